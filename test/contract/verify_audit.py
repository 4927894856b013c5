#!/usr/bin/env python3
"""A second verifier of the audit log, written from docs/audit-format.md alone: Python 3, standard library only.

    verify_audit.py AUDIT_FOLDER [--expect HASH]

Prints {"ok", "entries", "segments", "head", "erased", "actors", "problems": [{"severity", "code", "seq"}]}; exit 0, or 6 when the log does not verify.
"""
import datetime, glob, hashlib, json, math, os, re, sys

ZEROS, SAFE, HEX64, SALT = "0" * 64, 2**53 - 1, re.compile(r"[0-9a-f]{64}"), re.compile(r"(?:[0-9a-f]{2}){16,}")
FIELDS = {"actor", "at", "body", "kind", "prev", "seq", "subject"}
SOURCES = ("flag", "env", "git", "os", "key", "desk")
NOTES = {"value.notErased", "value.orphan", "clock.back", "tail.torn"}
problems = []

def tell(code, seq=None, severity=None):
    if code:
        problems.append({"severity": severity or ("note" if code in NOTES else "error"), "code": code, "seq": seq})

def canonical(value):
    """RFC 8785 for what the log may hold: keys in the order of UTF-16 code units, shortest escapes, integers."""
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(key) + ":" + canonical(item) for key, item in pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(int(value) if integer(value) else value, ensure_ascii=False)

def integer(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= SAFE and value == int(value)

def only_integers(value):
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(map(only_integers, items)) and (integer(value) or isinstance(value, bool) or not isinstance(value, (int, float)))

def parse(data):
    """None for what is no JSON; also for numbers that no RFC 8785 form has, and for nesting past the stack."""
    try:
        return json.loads(data.decode("utf-8"), parse_constant=int, parse_float=lambda text: float(text) if math.isfinite(float(text)) else int(text))
    except (ValueError, RecursionError):
        return None

def entry_of(line):
    """(entry or None, problems of the line itself)"""
    suffix, plain = re.fullmatch(rb',"hash":"([0-9a-f]{64})"\}', line[-75:]), line[:-75] + b"}"
    entry = parse(plain) if suffix else None
    whole = (
        isinstance(entry, dict) and integer(entry.get("seq")) and entry["seq"] >= 0 and integer(entry.get("at"))
        and all(isinstance(entry.get(name), str) for name in ("kind", "subject", "prev")) and HEX64.fullmatch(entry["prev"])
        and isinstance(entry.get("actor"), dict) and all(isinstance(entry["actor"].get(name), str) for name in ("id", "source"))
        and isinstance(entry.get("body"), dict) and isinstance(entry["body"].get("values", {}), dict)
        and all(isinstance(one, str) and HEX64.fullmatch(one) for one in entry["body"].get("values", {}).values())
    )
    if not whole:
        return None, []
    stated, strange = suffix.group(1).decode(), set(entry) != FIELDS or entry["actor"]["source"] not in SOURCES or not only_integers(entry["body"])
    other = canonical(entry).encode("utf-8", "surrogatepass") != plain
    tests = {"line.notCanonical": other, "hash.mismatch": hashlib.sha256(plain).hexdigest() != stated, "schema.unknown": strange}
    return {**entry, "hash": stated}, [code for code, holds in tests.items() if holds]

def lines_of(path):
    """Whole lines, and what follows the last of them: last lines without an end, or with NUL bytes, were torn by a crash."""
    *lines, rest = open(path, "rb").read().split(b"\n") if os.path.exists(path) else [b""]
    while lines and b"\0" in lines[-1] and ".values." not in path:
        rest = lines.pop() + b"\n" + rest
    return lines, rest

def values_of(path):
    """{(seq, field): [commitment, ...]}"""
    kept = {}
    for one in map(parse, lines_of(path)[0]):
        sound = isinstance(one, dict) and integer(one.get("seq")) and isinstance(one.get("field"), str) and isinstance(one.get("salt"), str)
        if not sound or not SALT.fullmatch(one["salt"]) or "value" not in one or not only_integers(one["value"]):
            tell("value.malformed")
            continue
        text = canonical(one["value"]).encode("utf-8", "surrogatepass")
        kept.setdefault((one["seq"], one["field"]), []).append(hashlib.sha256(bytes.fromhex(one["salt"]) + text).hexdigest())
    return kept

def erasures_of(chains):
    """{number of a sound `redacted` entry: [(seq, field), ...], None where the list cannot be read or points ahead}, and all pairs that count."""
    lists, pairs = {}, set()
    for entry, own in (entry_of(line) for lines, _rest in chains for line in lines if b'"kind":"redacted"' in line):
        named = entry["body"].get("erased") if entry else None
        sound = isinstance(named, list) and all(isinstance(one, list) and len(one) > 1 and integer(one[0]) and one[0] >= 0 for one in named)
        sound = sound and all(isinstance(field, str) for one in named for field in one[1:])
        flat = [(one[0], field) for one in named for field in one[1:]] if sound else []
        if entry and not own and entry["kind"] == "redacted":
            pairs.update(pair for pair in flat if pair[0] < entry["seq"])
            lists[entry["seq"]] = flat if sound and all(pair[0] < entry["seq"] for pair in flat) else None
    return lists, pairs

def verify(folder, expect):
    names = [name for place in ("", "archive") for name in glob.glob(os.path.join(glob.escape(folder), place, "*.json*"))]
    files = {os.path.basename(path): path for path in reversed(names)}
    segments = sorted(name[:-6] for name in files if re.fullmatch(r"[0-9]{4}-[0-9]{2}\.jsonl", name))
    entries, next_seq, prev, head, last_at, found = 0, 0, ZEROS, ZEROS, None, expect in (None, ZEROS)
    erased, actors, exist, known = 0, dict.fromkeys(SOURCES, 0), set(), parse(open(files["head.json"], "rb").read()) if "head.json" in files else None
    known = known if isinstance(known, dict) and known.get("schemaVersion") == 1 and integer(known.get("count")) and known["count"] >= 0 else None
    chains = {segment: lines_of(files[segment + ".jsonl"]) for segment in segments}
    erasures, pairs = erasures_of(chains.values())
    for segment, (lines, rest) in chains.items():
        kept = values_of(files.get(segment + ".values.jsonl", ""))
        if rest:
            tell("tail.torn", severity="note" if segment == segments[-1] else "error")
        for index, line in enumerate(lines):
            entry, own = entry_of(line)
            if entry is None:
                tell("line.malformed", next_seq)
                next_seq, prev = next_seq + 1, None
                continue
            seq, at, cut = entry["seq"], entry["at"], entry["body"].get("reason") == "tailCut" if entry["kind"] == "audit.repaired" else None
            tests = {
                "segment.missing": index == 0 and seq > next_seq,
                "seq.gap": seq < next_seq or seq > next_seq and index > 0,
                "prev.mismatch": seq == next_seq and prev not in (None, entry["prev"]),
                "segment.order": abs(at) > 8.64e15 or datetime.datetime.fromtimestamp(at / 1000, datetime.timezone.utc).strftime("%Y-%m") > segment,
                "clock.back": last_at is not None and at < last_at - 5000,
                "tail.cut": cut is True,
                "tail.torn": cut is False,
                "head.mismatch": known and seq == known["count"] - 1 and entry["hash"] != known.get("hash"),
            }
            for code in own + [code for code, holds in tests.items() if holds]:
                tell(code, seq)
            for field, commitment in entry["body"].get("values", {}).items():
                there, named = kept.get((seq, field), []), (seq, field) in pairs
                exist.add((seq, field) if named else None)
                erased += named and not there
                if commitment in there:
                    there.remove(commitment)
                    tell("value.notErased" if named else None, seq)
                else:
                    tell("value.mismatch" if there else None if named else "value.missing", seq)
            found, source = found or entry["hash"] == expect, entry["actor"]["source"]
            actors[source] = actors.get(source, 0) + 1
            entries, next_seq, prev, head, last_at = entries + 1, seq + 1, entry["hash"], entry["hash"], at
        for (seq, _field), others in kept.items():
            problems.extend({"severity": "note", "code": "value.orphan", "seq": seq} for _other in others)
    for seq, named in erasures.items():
        tell("redaction.unfounded" if named is None or not exist.issuperset(named) else None, seq)
    tell("tail.cut" if known and known["count"] > next_seq else None, next_seq)
    tell(None if found else "head.mismatch")
    ok, known_actors = all(problem["severity"] == "note" for problem in problems), {source: actors[source] for source in SOURCES}
    return {"ok": ok, "entries": entries, "segments": len(segments), "head": head, "erased": erased, "actors": known_actors, "problems": problems}

if __name__ == "__main__":
    verdict = verify(sys.argv[1], sys.argv[sys.argv.index("--expect") + 1] if "--expect" in sys.argv else None)
    print(json.dumps(verdict))
    sys.exit(0 if verdict["ok"] else 6)
