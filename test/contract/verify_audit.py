#!/usr/bin/env python3
"""A second verifier of the audit log, written from docs/audit-format.md alone: Python 3, standard library only.

    verify_audit.py AUDIT_FOLDER [--expect HASH]

Prints {"ok", "entries", "segments", "head", "problems": [{"severity", "code", "seq"}]}; exit 0, or 6 when the log does not verify.
"""
import hashlib, json, os, re, sys
from datetime import datetime, timezone

ZEROS, SAFE = "0" * 64, 2**53 - 1
HEX64, SALT = re.compile(r"[0-9a-f]{64}"), re.compile(r"(?:[0-9a-f]{2}){16,}")
FIELDS = {"actor", "at", "body", "kind", "prev", "seq", "subject"}
SOURCES = {"flag", "env", "git", "os", "key", "desk"}
problems, ok = [], True


def tell(severity, code, seq=None):
    global ok
    ok = ok and severity != "error"
    problems.append({"severity": severity, "code": code, "seq": seq})


def canonical(value):
    """RFC 8785 for what the log may hold: keys in the order of UTF-16 code units, shortest escapes, integers."""
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(key) + ":" + canonical(item) for key, item in pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float) and value.is_integer() and abs(value) <= SAFE:
        value = int(value)
    return json.dumps(value, ensure_ascii=False)


def integer(value):
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= SAFE


def only_integers(value):
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return integer(value)
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(map(only_integers, items))


def parse(data):
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None


def entry_of(line):
    """(entry or None, problems of the line itself)"""
    suffix = re.fullmatch(rb',"hash":"([0-9a-f]{64})"\}', line[-75:])
    plain = line[:-75] + b"}"
    entry = parse(plain) if suffix else None
    whole = (
        isinstance(entry, dict) and integer(entry.get("seq")) and entry["seq"] >= 0 and integer(entry.get("at"))
        and all(isinstance(entry.get(name), str) for name in ("kind", "subject", "prev")) and HEX64.fullmatch(entry["prev"])
        and isinstance(entry.get("actor"), dict) and all(isinstance(entry["actor"].get(name), str) for name in ("id", "source"))
        and isinstance(entry.get("body"), dict) and isinstance(entry["body"].get("values", {}), dict)
        and all(isinstance(one, str) and HEX64.fullmatch(one) for one in entry["body"].get("values", {}).values())
    )
    if not whole:
        return None, ["line.malformed"]
    found, entry["hash"] = [], suffix.group(1).decode()
    bare = {name: value for name, value in entry.items() if name != "hash"}
    if canonical(bare).encode("utf-8", "surrogatepass") != plain:
        found.append("line.notCanonical")
    if hashlib.sha256(plain).hexdigest() != entry["hash"]:
        found.append("hash.mismatch")
    if set(bare) != FIELDS or entry["actor"]["source"] not in SOURCES or not only_integers(entry["body"]):
        found.append("schema.unknown")
    return entry, found


def values_of(path):
    """{(seq, field): [commitment, ...]}; a last line without its end was torn by a crash and is no value."""
    kept = {}
    lines = open(path, "rb").read().split(b"\n")[:-1] if os.path.exists(path) else []
    for line in lines:
        one = parse(line)
        sound = isinstance(one, dict) and integer(one.get("seq")) and isinstance(one.get("field"), str) and isinstance(one.get("salt"), str)
        if not sound or not SALT.fullmatch(one["salt"]) or "value" not in one:
            tell("error", "value.malformed")
            continue
        text = canonical(one["value"]).encode("utf-8", "surrogatepass")
        kept.setdefault((one["seq"], one["field"]), []).append(hashlib.sha256(bytes.fromhex(one["salt"]) + text).hexdigest())
    return kept


def verify(folder, expect):
    segments = sorted(name[:-6] for name in os.listdir(folder) if re.fullmatch(r"\d{4,6}-\d{2}\.jsonl", name))
    entries, next_seq, prev, head, last_at, found = 0, 0, ZEROS, ZEROS, None, expect in (None, ZEROS)
    try:
        known = json.load(open(os.path.join(folder, "head.json"), encoding="utf-8"))
        known = known if isinstance(known, dict) and integer(known.get("count")) else None
    except (OSError, ValueError):
        known = None
    for segment in segments:
        kept = values_of(os.path.join(folder, segment + ".values.jsonl"))
        *lines, rest = open(os.path.join(folder, segment + ".jsonl"), "rb").read().split(b"\n")
        if rest:
            tell("note" if segment == segments[-1] else "error", "tail.torn")
        for index, line in enumerate(lines):
            entry, own = entry_of(line)
            for code in own:
                tell("error", code, entry["seq"] if entry else next_seq)
            if entry is None:
                next_seq, prev = next_seq + 1, None
                continue
            seq = entry["seq"]
            if seq != next_seq:
                tell("error", "segment.missing" if index == 0 and seq > next_seq else "seq.gap", seq)
            elif prev is not None and entry["prev"] != prev:
                tell("error", "prev.mismatch", seq)
            if abs(entry["at"]) > 8.64e15 or datetime.fromtimestamp(entry["at"] / 1000, timezone.utc).strftime("%Y-%m") > segment:
                tell("error", "segment.order", seq)
            if last_at is not None and entry["at"] < last_at - 5000:
                tell("note", "clock.back", seq)
            if entry["kind"] == "audit.repaired":
                cut = entry["body"].get("reason") == "tailCut"
                tell("error" if cut else "note", "tail.cut" if cut else "tail.torn", seq)
            if known and seq == known["count"] - 1 and entry["hash"] != known.get("hash"):
                tell("error", "head.mismatch", seq)
            for field, commitment in entry["body"].get("values", {}).items():
                there = kept.get((seq, field), [])
                if commitment in there:
                    there.remove(commitment)
                else:
                    tell("error", "value.mismatch" if there else "value.missing", seq)
            found = found or entry["hash"] == expect
            entries, next_seq, prev, head, last_at = entries + 1, seq + 1, entry["hash"], entry["hash"], entry["at"]
        for (seq, _field), others in kept.items():
            for _other in others:
                tell("note", "value.orphan", seq)
    if known and known["count"] > next_seq:
        tell("error", "tail.cut", next_seq)
    if not found:
        tell("error", "head.mismatch")
    return {"ok": ok, "entries": entries, "segments": len(segments), "head": head, "problems": problems}


if __name__ == "__main__":
    wanted = sys.argv[sys.argv.index("--expect") + 1] if "--expect" in sys.argv else None
    print(json.dumps(verify(sys.argv[1], wanted)))
    sys.exit(0 if ok else 6)
