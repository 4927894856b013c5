import { statSync } from 'node:fs';
import { parseValueLine } from '../core/auditChain';
import { type ErasedValues as ErasedValue } from '../core/redaction';
import { ErasedValues } from './auditErased';
import { chainPath, listSegments, valuesPath } from './auditSegments';
import { type DeskFolder } from './deskFolder';
import { eachLine } from './valuesErasing';

/** Values that stand in the desk folder although a sound `redacted` entry says that they are gone. Reads the chain for such entries; the values only if there are any. */
export async function returnedValues(folder: DeskFolder): Promise<readonly ErasedValue[]> {
  const segments = listSegments(folder);
  const sizes = new Map(segments.map((segment) => [segment, statSync(chainPath(folder, segment), { throwIfNoEntry: false })?.size ?? 0] as const));
  const erased = await ErasedValues.scan(folder, sizes);
  if (erased.isEmpty) return [];
  const found = new Map<number, Set<string>>();
  for (const segment of segments) {
    await eachLine(folder, valuesPath(folder, segment), (bytes) => {
      const value = parseValueLine(bytes);
      if (value === undefined || !erased.names(value.seq, value.field)) return;
      found.set(value.seq, (found.get(value.seq) ?? new Set()).add(value.field));
    });
  }
  return [...found].map(([seq, fields]): ErasedValue => [seq, ...[...fields].sort()]).sort(([one], [other]) => one - other);
}
