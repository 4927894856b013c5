import { type AuditEntry, type AuditJson } from './audit';

/** What a `redacted` entry erased: numbers of entries and the names of their values that are gone. */
export type Erasure = readonly (readonly [seq: number, ...fields: string[]])[];

/**
 * Reads `body.erased` of a `redacted` entry. undefined = not in the form `[[seq, "field", ...], ...]`, and so it excuses nothing. Whether the entries and
 * values that it names exist is for the verifier to see.
 */
export function erasureOf(entry: AuditEntry): Erasure | undefined {
  const erased = entry.body['erased'];
  if (!isList(erased)) return undefined;
  const pairs: [number, ...string[]][] = [];
  for (const item of erased) {
    if (!isList(item)) return undefined;
    const [seq, ...fields] = item;
    if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0 || fields.length === 0 || !fields.every((field) => typeof field === 'string')) return undefined;
    pairs.push([seq, ...fields]);
  }
  return pairs;
}

function isList(value: AuditJson | undefined): value is readonly AuditJson[] {
  return Array.isArray(value);
}
