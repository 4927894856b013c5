import { fstatSync } from 'node:fs';
import { rename, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type AuditJson } from '../core/audit';
import { commitmentOf, commitmentsOf, parseAuditLine, parseValueLine } from '../core/auditChain';
import { MomentosError } from '../core/errors';
import { type ErasedValues } from '../core/redaction';
import { syncFolder } from './atomicFile';
import { peekEntry } from './auditPeek';
import { chainPath, listSegments, valuesPath } from './auditSegments';
import { type DeskFolder } from './deskFolder';
import { readLines } from './lines';

/** Bytes that are written at once. */
const writeSize = 256 * 1024;

/** Values of one segment that go. */
export interface SegmentErasure {
  readonly segment: string;
  /** What the chain says of the entries concerned: number, then field, then commitment. */
  readonly commitments: ReadonlyMap<number, Readonly<Record<string, string>>>;
  /** Fields that go, by number. */
  readonly fields: ReadonlyMap<number, ReadonlySet<string>>;
}

/** Which segments hold the entries, with their commitments. Errors: `redaction.damaged` when an entry is not there or has no such value. */
export async function segmentErasures(folder: DeskFolder, erased: readonly ErasedValues[]): Promise<readonly SegmentErasure[]> {
  const wanted = new Map<number, ReadonlySet<string>>(erased.map(([seq, ...fields]) => [seq, new Set(fields)]));
  const found: SegmentErasure[] = [];
  let missing = wanted.size;
  for (const segment of listSegments(folder)) {
    const commitments = new Map<number, Readonly<Record<string, string>>>();
    const fields = new Map<number, ReadonlySet<string>>();
    await eachLine(folder, chainPath(folder, segment), (bytes) => {
      const peek = peekEntry(bytes);
      if (peek !== undefined && !wanted.has(peek.seq)) return;
      const entry = parseAuditLine(bytes);
      const own = entry === undefined ? undefined : wanted.get(entry.seq);
      if (entry === undefined || own === undefined) return;
      const committed = commitmentsOf(entry);
      if ([...own].some((field) => !(field in committed))) throw new MomentosError('redaction.damaged', { segment, seq: entry.seq });
      commitments.set(entry.seq, committed);
      fields.set(entry.seq, own);
    });
    missing -= fields.size;
    if (fields.size > 0) found.push({ segment, commitments, fields });
  }
  if (missing > 0) throw new MomentosError('redaction.damaged', {});
  return found;
}

/**
 * Reads the values that would go, handing them to `take`. Errors: `redaction.damaged` when one is not there, is another one than the log says, or when a
 * line of the file cannot be read: nobody could tell whose words it holds.
 */
export async function assertErasable(folder: DeskFolder, erasure: SegmentErasure, take: (seq: number, field: string, value: AuditJson) => void): Promise<void> {
  const { segment, fields, commitments } = erasure;
  const seen = new Set<string>();
  const path = valuesPath(folder, segment);
  await eachLine(folder, path, (bytes) => {
    const value = parseValueLine(bytes);
    if (value === undefined) throw new MomentosError('redaction.damaged', { segment, path: folder.relativePath(path) });
    if (fields.get(value.seq)?.has(value.field) !== true) return;
    if (commitmentOf(value.salt, value.value) !== commitments.get(value.seq)?.[value.field]) return;
    seen.add(`${String(value.seq)} ${value.field}`);
    take(value.seq, value.field, value.value);
  });
  for (const [seq, own] of fields) for (const field of own) if (!seen.has(`${String(seq)} ${field}`)) throw new MomentosError('redaction.damaged', { segment, seq, path: folder.relativePath(path) });
}

/** The values that still stand there, of those that go. */
export async function standingValues(folder: DeskFolder, erasure: SegmentErasure, take: (seq: number, field: string, value: AuditJson) => void): Promise<void> {
  await eachLine(folder, valuesPath(folder, erasure.segment), (bytes) => {
    const value = parseValueLine(bytes);
    if (value !== undefined && erasure.fields.get(value.seq)?.has(value.field) === true) take(value.seq, value.field, value.value);
  });
}

/**
 * Rewrites the values of a segment without those that go, and without values of the same entries that a crash left: a file of its own, synced, then put in
 * place. Streams. How many values went; 0 = nothing was there, and the file is as it was. Errors: `lock.lost`, `store.*`.
 */
export async function eraseValues(folder: DeskFolder, erasure: SegmentErasure, assertHeld: () => void): Promise<number> {
  const path = valuesPath(folder, erasure.segment);
  const temporary = `${path}.erasing.tmp`;
  let gone = 0;
  try {
    await unlink(temporary).catch(() => undefined);
    const { handle: copy } = await folder.openForAppending(temporary);
    try {
      const out = new Chunks(copy);
      await eachLine(folder, path, async (bytes) => {
        if (goes(bytes, erasure)) gone += 1;
        else await out.add(bytes);
      });
      await out.flush();
      await copy.sync();
    } finally {
      await copy.close();
    }
    if (gone === 0) {
      await unlink(temporary);
      return 0;
    }
    assertHeld();
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return gone;
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw folder.storeError(error, path);
  }
}

function goes(bytes: Uint8Array, { fields, commitments }: SegmentErasure): boolean {
  const value = parseValueLine(bytes);
  if (value === undefined) return false;
  const committed = commitments.get(value.seq);
  if (committed === undefined) return false;
  return fields.get(value.seq)?.has(value.field) === true || committed[value.field] !== commitmentOf(value.salt, value.value);
}

class Chunks {
  private held: Uint8Array[] = [];
  private size = 0;

  constructor(private readonly handle: FileHandle) {}

  async add(line: Uint8Array): Promise<void> {
    this.held.push(line, newline);
    this.size += line.length + 1;
    if (this.size >= writeSize) await this.flush();
  }

  async flush(): Promise<void> {
    const bytes = Buffer.concat(this.held);
    this.held = [];
    this.size = 0;
    let written = 0;
    while (written < bytes.length) written += (await this.handle.write(bytes, written)).bytesWritten;
  }
}

const newline = Buffer.from('\n');

/** Hands over each whole line of a file; of one that is not there, none. */
export async function eachLine(folder: DeskFolder, path: string, take: (bytes: Uint8Array) => Promise<void> | void): Promise<void> {
  const handle = await folder.openForReading(path);
  if (handle === undefined) return;
  try {
    for await (const lines of readLines(handle, 0, fstatSync(handle.fd).size)) {
      for (const { bytes } of lines) {
        const work = take(bytes);
        if (work !== undefined) await work;
      }
    }
  } finally {
    await handle.close();
  }
}
