import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { actorSources, auditKinds, type AuditDraft, type AuditEntry, type AuditJson, type AuditProblemCode } from './audit';
import { MomentosError } from './errors';

/** Bytes that end every line: `,"hash":"` + 64 hex + `"}`. */
const hashSuffixLength = 75;
const hashSuffix = /^,"hash":"([0-9a-f]{64})"\}$/u;
const saltForm = /^(?:[0-9a-f]{2}){16,}$/u;
const hex64 = /^[0-9a-f]{64}$/u;
const entryKeys: ReadonlySet<string> = new Set(['actor', 'at', 'body', 'kind', 'prev', 'seq', 'subject']);
const knownKinds: ReadonlySet<string> = new Set(auditKinds);
const knownSources: ReadonlySet<string> = new Set([...actorSources, 'desk']);
/** Half a surrogate pair, which RFC 8785 has no form for. */
const loneSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f]/u;
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
  if (!saltForm.test(salt) || !isPlain(value)) return undefined;
  return { seq: seq as number, field, salt, value: value as AuditJson };
}

/** A checked line of the chain. `entry` is undefined when nothing can be read from it. */
export interface CheckedLine {
  readonly entry: AuditEntry | undefined;
  readonly problems: readonly AuditProblemCode[];
  /** The hash that the bytes have, where the line states another. */
  readonly computed?: string | undefined;
  /** What of it is of a form that this version does not know. */
  readonly unknown?: string | undefined;
}

/** Everything that can be said of one line by itself (not its place): form, fields, kind, hash. `bytes` are without the newline. */
export function checkAuditLine(bytes: Uint8Array): CheckedLine {
  const split = splitLine(bytes);
  if (split === undefined) return { entry: undefined, problems: ['line.malformed'] };
  const parsed = parseJson(split.canonical);
  const entry = entryOf(parsed, split.hash);
  if (!isRecord(parsed) || entry === undefined) return { entry: undefined, problems: ['line.malformed'] };
  const problems: AuditProblemCode[] = [];
  try {
    if (!isCanonical(parsed, split.canonical)) problems.push('line.notCanonical');
  } catch {
    // Nested past the stack: nothing that a reader could walk.
    return { entry: undefined, problems: ['line.malformed'] };
  }
  const computed = sha256Hex(split.canonical);
  if (computed !== split.hash) problems.push('hash.mismatch');
  const unknown = unknownIn(parsed, entry);
  if (unknown !== undefined) problems.push('schema.unknown');
  if (!knownKinds.has(entry.kind)) problems.push('kind.unknown');
  return problems.length === 0 ? { entry, problems } : { entry, problems, computed, unknown };
}

/** What a later version may have written there: a member, a source of the actor's name, a number that is no integer. */
function unknownIn(parsed: Readonly<Record<string, unknown>>, entry: AuditEntry): string | undefined {
  const keys = Object.keys(parsed);
  if (keys.length !== entryKeys.size) return keys.filter((key) => !entryKeys.has(key)).join(', ').slice(0, 80);
  if (!knownSources.has(entry.actor.source)) return `actor.source ${entry.actor.source}`.slice(0, 80);
  return onlyIntegers(entry.body) ? undefined : 'body';
}

/** Reads a line without checking its hash: for exports and reports, which verify apart. undefined = malformed. */
export function parseAuditLine(bytes: Uint8Array): AuditEntry | undefined {
  return readAuditLine(bytes)?.entry;
}

/** The same with the line as it stands there. */
export function readAuditLine(bytes: Uint8Array): { readonly entry: AuditEntry; readonly line: string } | undefined {
  let line: string;
  try {
    line = strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
  const parsed = parseJson(line);
  const hash = isRecord(parsed) ? parsed['hash'] : undefined;
  if (!isHash(hash) || !line.endsWith(`,"hash":"${hash}"}`)) return undefined;
  const entry = entryOf(parsed, hash, isLongAsHash);
  return entry === undefined ? undefined : { entry, line };
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

/**
 * Whether a text is the RFC 8785 form of what was parsed from it. JavaScript writes numbers and strings as RFC 8785 does (it was defined so) and keeps
 * members as they came, so that only their order is left to look at. Integer-like names come in an order of their own: such a text is written anew.
 */
function isCanonical(parsed: unknown, text: string): boolean {
  if (text.includes('\\ud') && loneSurrogate.test(text)) return false;
  if (JSON.stringify(parsed) === text && isSorted(parsed)) return true;
  return canonicalize(parsed) === text;
}

function isSorted(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let before: string | undefined;
  for (const [key, item] of Object.entries(value)) {
    if ((before !== undefined && key <= before) || (typeof item === 'object' && !isSorted(item))) return false;
    before = key;
  }
  return true;
}

/** Enough where a value must have this hash to be taken for the entry's: another text of this length is the hash of nothing. */
function isLongAsHash(commitment: unknown): boolean {
  return typeof commitment === 'string' && commitment.length === 64;
}

function isHash(commitment: unknown): commitment is string {
  return typeof commitment === 'string' && hex64.test(commitment);
}

function entryOf(parsed: unknown, hash: string, isCommitment: (text: unknown) => boolean = isHash): AuditEntry | undefined {
  if (!isRecord(parsed)) return undefined;
  const { seq, at, kind, actor, subject, body, prev } = parsed;
  if (!Number.isSafeInteger(seq) || (seq as number) < 0 || !Number.isSafeInteger(at)) return undefined;
  if (typeof kind !== 'string' || typeof subject !== 'string' || !isCommitment(prev)) return undefined;
  if (!isRecord(actor) || typeof actor['id'] !== 'string' || typeof actor['source'] !== 'string' || !isRecord(body)) return undefined;
  const values = body['values'];
  if (values !== undefined && !(isRecord(values) && Object.values(values).every(isCommitment))) return undefined;
  return { seq, at, kind, actor, subject, body, prev, hash } as AuditEntry;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Integers only, and not nested past the stack: such a value has a canonical form. */
function isPlain(value: unknown): boolean {
  try {
    return onlyIntegers(value) && canonicalize(value) !== undefined;
  } catch {
    return false;
  }
}

function onlyIntegers(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(onlyIntegers);
}
