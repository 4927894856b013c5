import { fstatSync } from 'node:fs';
import { parseAuditLine, readAuditLine } from '../core/auditChain';
import { type AuditEntry, type AuditRecord } from '../core/audit';
import { type AuditRange } from '../core/ports';
import { peekEntry } from './auditPeek';
import { listSegments, openChain, segmentOf, valuesPath } from './auditSegments';
import { ValueJoiner } from './auditValues';
import { type DeskFolder } from './deskFolder';
import { BlockMemory, chainBlockSize, LineBlocks, valuesBlockSize } from './lineBlocks';
import { readLines } from './lines';

const newline = 0x0a;

/**
 * Streams the log as it stands now, without the lock: entries appended after the start may or may not be seen, unless `upTo` fixes the end. Lines that are
 * no entries are passed over: `verify` tells of them.
 */
export async function* readAuditRecords(folder: DeskFolder, range: AuditRange = {}): AsyncGenerator<AuditRecord> {
  const last = range.upTo?.count ?? Number.POSITIVE_INFINITY;
  const kinds: ReadonlySet<string> | undefined = range.kinds === undefined ? undefined : new Set(range.kinds);
  const valuesOf: ReadonlySet<string> | undefined = range.valuesOf === undefined ? undefined : new Set(range.valuesOf);
  // Of kinds that fieldsOf does not name, all values are asked for.
  const told = range.fieldsOf;
  const fields = told !== undefined && range.valuesOf?.every((kind) => told.has(kind)) === true ? new Set([...told.values()].flat()) : undefined;
  const firstSeq = range.fromSeq ?? 0;
  const selects = kinds !== undefined || firstSeq > 0 || range.leaveOut !== undefined;
  const leftOut = (seq: number, kind: string): boolean => seq < firstSeq || kinds?.has(kind) === false;
  const memory = { chain: new BlockMemory(chainBlockSize), values: new BlockMemory(valuesBlockSize) };
  for (const segment of listSegments(folder)) {
    // No entry of a segment is younger than its month, so whole months before the range need not be opened.
    if (range.from !== undefined && segment < segmentOf(range.from)) continue;
    const handle = await openChain(folder, segment);
    if (handle === undefined) continue;
    let joiner: ValueJoiner | undefined;
    try {
      const { size } = fstatSync(handle.fd);
      if (valuesOf?.size !== 0) joiner = await ValueJoiner.open(folder, valuesPath(folder, segment), fields, memory.values);
      const blocks = new LineBlocks(handle, 0, size, memory.chain);
      for (let block = await blocks.next(); block !== undefined; block = await blocks.next()) {
        for (let start = 0, end = block.indexOf(newline); end !== -1; start = end + 1, end = block.indexOf(newline, start)) {
          const line = block.subarray(start, end);
          const peek = selects ? peekEntry(line) : undefined;
          if (peek !== undefined && peek.seq < last && (leftOut(peek.seq, peek.kind) || range.leaveOut?.(peek) === true)) continue;
          const read = readAuditLine(line);
          if (read === undefined) continue;
          const { entry } = read;
          if (entry.seq >= last) return;
          const outside = (range.from !== undefined && entry.at < range.from) || (range.to !== undefined && entry.at >= range.to);
          if (outside || leftOut(entry.seq, entry.kind)) continue;
          if (joiner === undefined || valuesOf?.has(entry.kind) === false || range.valuesIf?.(entry) === false) {
            yield range.lines === true ? { entry, values: {}, line: read.line } : { entry, values: {} };
            continue;
          }
          joiner.passOver(entry.seq);
          const { values, salts } = await joiner.valuesFor(entry, range.fieldsOf?.get(entry.kind), range.fieldIf);
          yield range.lines === true ? { entry, values, salts, line: read.line } : { entry, values, salts };
        }
      }
    } finally {
      await handle.close();
      await joiner?.close();
    }
  }
}

/** Entries from a sequence number on, without their values, reading no older segment than needed. */
export async function readEntriesFrom(folder: DeskFolder, seq: number): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (const segment of [...listSegments(folder)].reverse()) {
    const handle = await openChain(folder, segment);
    if (handle === undefined) continue;
    const found: AuditEntry[] = [];
    let first: number | undefined;
    try {
      for await (const lines of readLines(handle, 0, fstatSync(handle.fd).size)) {
        for (const line of lines) {
          const entry = parseAuditLine(line.bytes);
          first ??= entry?.seq;
          if (entry !== undefined && entry.seq >= seq) found.push(entry);
        }
      }
    } finally {
      await handle.close();
    }
    entries.unshift(...found);
    if (first !== undefined && first <= seq) break;
  }
  return entries;
}
