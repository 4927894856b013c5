import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { emptyHash, type AuditDraft } from '../../../src/core/audit';
import { chainEntry, valueLine } from '../../../src/core/auditChain';

const batch = 2000;

/**
 * Writes an audit log of one month straight into its files, without lock and sync: for logs of a million entries, which the store would take an hour for.
 * `values` leaves out the values of some entries, as erasing does. Returns the head.
 */
export function writeBigLog(deskDir: string, segment: string, count: number, draftOf: (index: number) => AuditDraft, values: (index: number) => boolean = () => true): { readonly hash: string; readonly count: number } {
  const folder = join(deskDir, '.momentos', 'audit');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const chain = openSync(join(folder, `${segment}.jsonl`), 'wx', 0o600);
  const kept = openSync(join(folder, `${segment}.values.jsonl`), 'wx', 0o600);
  let prev = emptyHash;
  for (let from = 0; from < count; from += batch) {
    let lines = '';
    let valueLines = '';
    for (let seq = from; seq < Math.min(count, from + batch); seq += 1) {
      const made = chainEntry(draftOf(seq), { seq, prev }, () => randomBytes(16));
      prev = made.entry.hash;
      lines += `${made.line}\n`;
      if (values(seq)) for (const value of made.values) valueLines += `${valueLine(value)}\n`;
    }
    writeSync(chain, lines);
    writeSync(kept, valueLines);
  }
  closeSync(chain);
  closeSync(kept);
  return { hash: prev, count };
}
