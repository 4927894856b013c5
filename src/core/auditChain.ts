import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { actorSources, auditKinds, type AuditDraft, type AuditEntry, type AuditJson, type AuditProblemCode } from './audit';
import { MomentosError } from './errors';

/** Bytes that end every line: `,"hash":"` + 64 hex + `"}`. */
const hashSuffixLength = 75;
const hashSuffix = /^,"hash":"([0-9a-f]{64})"\}$/u;
const hex64 = /^[0-9a-f]{64}$/u;
const entryKeys = ['actor', 'at', 'body', 'kind', 'prev', 'seq', 'subject'];
const knownKinds: ReadonlySet<string> = new Set(auditKinds);
const knownSources: ReadonlySet<string> = new Set([...actorSources, 'desk']);
/** Refuses bytes that are not UTF-8; a byte order mark stays visible, so that it is found. */
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A value as the values file keeps it: the salt is what keeps its commitment from being guessed. */
export interface AuditValue {
  readonly seq: number;
  readonly field: string;
  /** Lower-case hex, 16 bytes or more. */
  readonly salt: string;
  readonly value: AuditJson;
}

/** Where a new entry stands in the chain. */
export interface ChainPlace {
  readonly seq: number;
  readonly prev: string;
}

/** An entry ready to be written: its line without the newline, and the value lines that go to disk before it. */
export interface ChainedEntry {
  readonly entry: AuditEntry;
  readonly line: string;
  readonly values: readonly AuditValue[];
}

/** RFC 8785 form (JSON Canonicalization Scheme). Lone surrogates become U+FFFD, since the scheme has no form for them. */
export function canonicalForm(value: AuditJson): string {
  const text = canonicalize(value);
  if (text === undefined) throw new MomentosError('unexpected', { reason: 'not JSON' });
  return text;
}

export function sha256Hex(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** What stands in the chain for a value: SHA-256 over the salt's bytes followed by the UTF-8 bytes of the value's RFC 8785 form. */
export function commitmentOf(salt: string, value: AuditJson): string {
  return sha256Hex(Buffer.from(salt, 'hex'), canonicalForm(value));
}

/** The values that a draft commits to: its own, and who acted (`actor.name`, `actor.email`, `actor.osAccount`) where known. */
function valuesOf(draft: AuditDraft): Record<string, AuditJson> {
  const values: Record<string, AuditJson> = { ...draft.values };
  if (draft.actor !== 'desk') {
    if (draft.actor.name !== '') values['actor.name'] = draft.actor.name;
    if (draft.actor.email !== undefined && draft.actor.email !== '') values['actor.email'] = draft.actor.email;
    if (draft.actor.osAccount !== '') values['actor.osAccount'] = draft.actor.osAccount;
  }
  return values;
}

/** The same JSON with well-formed strings, without undefined members. Throws `unexpected` on fractions and keys that are not ASCII. */
function checkedJson(value: AuditJson, path: string): AuditJson {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new MomentosError('unexpected', { reason: 'audit numbers are integers', path });
    return value;
  }
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((item, index) => checkedJson(item, `${path}[${String(index)}]`));
  const result: Record<string, AuditJson> = {};
  for (const [key, item] of Object.entries(value) as [string, AuditJson | undefined][]) {
    if (!/^[\x20-\x7e]+$/u.test(key)) throw new MomentosError('unexpected', { reason: 'audit keys are ASCII', path });
    if (item !== undefined) result[key] = checkedJson(item, `${path}.${key}`);
  }
  return result;
}

function isList(value: AuditJson): value is readonly AuditJson[] {
  return Array.isArray(value);
}

function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd') : text;
}

/**
 * Makes the entry, its line and its value lines. `salt` is called once per value and gives 16 random bytes or more.
 * Errors: `unexpected` when a draft breaks the format (a fraction, a key that is not ASCII, a `values` member in its body).
 */
export function chainEntry(draft: AuditDraft, place: ChainPlace, salt: () => Uint8Array): ChainedEntry {
  if ('values' in draft.body) throw new MomentosError('unexpected', { reason: 'audit body must not hold values', kind: draft.kind });
  const values: AuditValue[] = [];
  const commitments: Record<string, string> = {};
  const checked = checkedJson(valuesOf(draft), 'values') as Record<string, AuditJson>;
  for (const field of Object.keys(checked).sort()) {
    const value: AuditValue = { seq: place.seq, field, salt: Buffer.from(salt()).toString('hex'), value: checked[field] ?? null };
    values.push(value);
    commitments[field] = commitmentOf(value.salt, value.value);
  }
  const body = checkedJson(draft.body, 'body') as Record<string, AuditJson>;
  const unhashed = {
    seq: place.seq,
    at: draft.at,
    kind: draft.kind,
    actor: draft.actor === 'desk' ? { id: 'desk', source: 'desk' as const } : { id: draft.actor.id, source: draft.actor.source },
    subject: wellFormed(draft.subject),
    body: values.length === 0 ? body : { ...body, values: commitments },
    prev: place.prev,
  };
  if (!Number.isSafeInteger(draft.at)) throw new MomentosError('unexpected', { reason: 'audit times are integers', kind: draft.kind });
  const canonical = canonicalForm(unhashed);
  const hash = sha256Hex(canonical);
  return { entry: { ...unhashed, hash }, line: `${canonical.slice(0, -1)},"hash":"${hash}"}`, values };
}

/** A line of the values file, without the newline. */
export function valueLine(value: AuditValue): string {
  return canonicalForm({ field: value.field, salt: value.salt, seq: value.seq, value: value.value });
}

/** undefined = the line is no value line. */
export function parseValueLine(bytes: Uint8Array): AuditValue | undefined {
  const parsed = parseJson(bytes);
  if (!isRecord(parsed)) return undefined;
  const { seq, field, salt, value } = parsed;
  if (!Number.isSafeInteger(seq) || typeof field !== 'string' || typeof salt !== 'string' || value === undefined) return undefined;
  if (!/^(?:[0-9a-f]{2}){16,}$/u.test(salt)) return undefined;
  return { seq: seq as number, field, salt, value: value as AuditJson };
}

/** A checked line of the chain. `entry` is undefined when nothing can be read from it. */
export interface CheckedLine {
  readonly entry: AuditEntry | undefined;
  readonly problems: readonly AuditProblemCode[];
}

/** Everything that can be said of one line by itself (not its place): form, fields, kind, hash. `bytes` are without the newline. */
export function checkAuditLine(bytes: Uint8Array): CheckedLine {
  const split = splitLine(bytes);
  if (split === undefined) return { entry: undefined, problems: ['line.malformed'] };
  const parsed = parseJson(split.canonical);
  const entry = entryOf(parsed, split.hash);
  const form = isRecord(parsed) ? canonicalOf(parsed) : undefined;
  if (!isRecord(parsed) || entry === undefined || form === undefined) return { entry: undefined, problems: ['line.malformed'] };
  const problems: AuditProblemCode[] = [];
  if (form !== split.canonical) problems.push('line.notCanonical');
  if (sha256Hex(split.canonical) !== split.hash) problems.push('hash.mismatch');
  if (Object.keys(parsed).length !== entryKeys.length || !knownSources.has(entry.actor.source) || !onlyIntegers(entry.body)) problems.push('schema.unknown');
  if (!knownKinds.has(entry.kind)) problems.push('kind.unknown');
  return { entry, problems };
}

/** Reads a line without checking its hash: for exports and reports, which verify apart. undefined = malformed. */
export function parseAuditLine(bytes: Uint8Array): AuditEntry | undefined {
  const split = splitLine(bytes);
  return split === undefined ? undefined : entryOf(parseJson(split.canonical), split.hash);
}

/** Commitments of an entry by field; empty when it has none. */
export function commitmentsOf(entry: AuditEntry): Readonly<Record<string, string>> {
  const values = entry.body['values'];
  return isRecord(values) ? (values as Record<string, string>) : {};
}

function splitLine(bytes: Uint8Array): { canonical: string; hash: string } | undefined {
  let text: string;
  try {
    text = strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
  const hash = hashSuffix.exec(text.slice(-hashSuffixLength))?.[1];
  return hash === undefined ? undefined : { canonical: `${text.slice(0, -hashSuffixLength)}}`, hash };
}

function parseJson(source: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof source === 'string' ? source : strictUtf8.decode(source)) as unknown;
  } catch {
    return undefined;
  }
}

/** undefined when it has no canonical form (nested past the stack). */
function canonicalOf(parsed: Readonly<Record<string, unknown>>): string | undefined {
  try {
    return canonicalize(parsed);
  } catch {
    return undefined;
  }
}

function entryOf(parsed: unknown, hash: string): AuditEntry | undefined {
  if (!isRecord(parsed)) return undefined;
  const { seq, at, kind, actor, subject, body, prev } = parsed;
  if (!Number.isSafeInteger(seq) || (seq as number) < 0 || !Number.isSafeInteger(at)) return undefined;
  if (typeof kind !== 'string' || typeof subject !== 'string' || typeof prev !== 'string' || !hex64.test(prev)) return undefined;
  if (!isRecord(actor) || typeof actor['id'] !== 'string' || typeof actor['source'] !== 'string' || !isRecord(body)) return undefined;
  const values = body['values'];
  if (values !== undefined && !(isRecord(values) && Object.values(values).every((commitment) => typeof commitment === 'string' && hex64.test(commitment)))) return undefined;
  return { seq, at, kind, actor, subject, body, prev, hash } as AuditEntry;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function onlyIntegers(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(onlyIntegers);
}
