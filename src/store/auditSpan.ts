import { fstatSync } from 'node:fs';
import { parseAuditLine } from '../core/auditChain';
import { type AuditEntry } from '../core/audit';
import { type AuditSpan } from '../core/ports';
import { openChain, segmentOf } from './auditSegments';
import { type DeskFolder } from './deskFolder';
import { LineBlocks } from './lineBlocks';
import { endOfCompleteLines, lineEndingAt } from './lines';

const newline = 0x0a;

/** Where reading must begin to check a span: the index of a segment, and the entry before it (undefined = there is none, or it cannot be read). */
export async function startOfSpan(folder: DeskFolder, segments: readonly string[], span: AuditSpan): Promise<{ readonly index: number; readonly before: AuditEntry | undefined }> {
  let index = 0;
  const { from, fromSeq } = span;
  // No entry of a segment is younger than its month, so whole months before the span need not be opened.
  if (from !== undefined) while (index < segments.length - 1 && (segments[index] ?? '') < segmentOf(from)) index += 1;
  if (fromSeq !== undefined) {
    for (let next = index + 1; next < segments.length; next += 1) {
      const first = await firstEntry(folder, segments[next] ?? '');
      if (first !== undefined && first.seq > fromSeq) break;
      if (first !== undefined) index = next;
    }
  }
  const before = segments[index - 1];
  return { index, before: before === undefined ? undefined : await lastEntryOf(folder, before) };
}

async function firstEntry(folder: DeskFolder, segment: string): Promise<AuditEntry | undefined> {
  const handle = await openChain(folder, segment).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const block = await new LineBlocks(handle, 0, fstatSync(handle.fd).size).next();
    return block === undefined ? undefined : parseAuditLine(block.subarray(0, block.indexOf(newline)));
  } finally {
    await handle.close();
  }
}

async function lastEntryOf(folder: DeskFolder, segment: string): Promise<AuditEntry | undefined> {
  const handle = await openChain(folder, segment).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const line = lineEndingAt(handle, endOfCompleteLines(handle, fstatSync(handle.fd).size));
    return line === undefined ? undefined : parseAuditLine(line);
  } finally {
    await handle.close();
  }
}
