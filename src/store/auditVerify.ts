import { fstatSync } from 'node:fs';
import { checkAuditLine } from '../core/auditChain';
import { emptyHash, type AuditEntry, type AuditHead, type AuditProblem, type AuditProblemCode, type AuditVerdict, type Progress } from '../core/audit';
import { readHeadFile } from './auditHeadFile';
import { chainPath, listSegments, segmentOf, valuesPath } from './auditSegments';
import { ValueJoiner } from './auditValues';
import { isMomentosError } from '../core/errors';
import { isSystemError, type DeskFolder } from './deskFolder';
import { endOfCompleteLines, readLines, type FileLine } from './lines';

/** A step back of the clock smaller than this (ms) is two processes that finished in another order than they began; more is a note. */
export const clockToleranceMs = 5000;

/** Reported one by one up to here; a log that is damaged all over must not fill the memory. */
const mostProblems = 10_000;

export interface VerifyOptions {
  /** A head hash that must occur in the chain. */
  readonly expect?: string | undefined;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Checks a log from its first byte to its end as of now, in memory that does not grow with it. Takes no lock and writes nothing. */
export async function verifyAudit(folder: DeskFolder, options: VerifyOptions = {}): Promise<AuditVerdict> {
  return new Verification(folder, options).run();
}

class Verification {
  private readonly problems: AuditProblem[] = [];
  private ok = true;
  private entries = 0;
  private expectedSeq = 0;
  /** undefined = the line before could not be read. */
  private prev: string | undefined = emptyHash;
  private head: string = emptyHash;
  private lastAt: number | undefined;
  private found: boolean;
  private known: AuditHead | undefined;
  private readonly sizes = new Map<string, number>();
  private bytesTotal = 0;
  private bytesBefore = 0;

  constructor(
    private readonly folder: DeskFolder,
    private readonly options: VerifyOptions,
  ) {
    this.found = options.expect === undefined || options.expect === emptyHash;
  }

  async run(): Promise<AuditVerdict> {
    this.known = readHeadFile(this.folder);
    const segments = await listSegments(this.folder);
    await this.fixEnds(segments);
    for (const [index, segment] of segments.entries()) await this.readableSegment(segment, index === segments.length - 1);
    if (this.known !== undefined && this.known.count > this.expectedSeq) this.tell('error', 'tail.cut', { seq: this.expectedSeq });
    if (!this.found) this.tell('error', 'head.mismatch', {});
    this.options.progress?.(1);
    return { ok: this.ok, entries: this.entries, segments: segments.length, head: this.head, problems: this.problems };
  }

  /** What is appended while we read is not looked at. */
  private async fixEnds(segments: readonly string[]): Promise<void> {
    for (const segment of segments) {
      const handle = await this.folder.openForReading(chainPath(this.folder, segment)).catch(() => undefined);
      if (handle === undefined) continue;
      try {
        const { size } = fstatSync(handle.fd);
        this.sizes.set(segment, size);
        this.bytesTotal += size;
      } finally {
        await handle.close();
      }
    }
  }

  /** A segment that the system cannot give us is a finding, not the end of the verification. */
  private async readableSegment(segment: string, newest: boolean): Promise<void> {
    try {
      await this.segment(segment, newest);
    } catch (error) {
      if (!isSystemError(error, 'EIO', 'EACCES', 'EPERM', 'ELOOP') && !isMomentosError(error, 'store.unreadable')) throw error;
      this.tell('error', 'segment.unreadable', { segment });
      this.prev = undefined;
    }
  }

  private async segment(segment: string, newest: boolean): Promise<void> {
    const size = this.sizes.get(segment);
    const handle = size === undefined ? undefined : await this.folder.openForReading(chainPath(this.folder, segment));
    if (size === undefined || handle === undefined) {
      this.tell('error', 'segment.unreadable', { segment });
      this.prev = undefined;
      return;
    }
    const joiner = await ValueJoiner.open(this.folder, valuesPath(this.folder, segment), (code, seq) => {
      this.tell(code === 'value.orphan' ? 'note' : 'error', code, { seq, segment });
    });
    try {
      const end = await endOfCompleteLines(handle, size);
      if (end < size) this.tell(newest ? 'note' : 'error', 'tail.torn', { segment });
      let first = true;
      for await (const lines of readLines(handle, 0, end)) {
        this.options.signal?.throwIfAborted();
        for (const line of lines) {
          await this.line(line, segment, first, joiner);
          first = false;
        }
        this.options.progress?.((this.bytesBefore + (lines.at(-1)?.end ?? 0)) / Math.max(1, this.bytesTotal));
      }
      await joiner.finish();
    } finally {
      await handle.close();
      await joiner.close();
    }
    this.bytesBefore += size;
  }

  private async line(line: FileLine, segment: string, firstOfSegment: boolean, joiner: ValueJoiner): Promise<void> {
    const { entry, problems } = checkAuditLine(line.bytes);
    const seq = entry?.seq ?? this.expectedSeq;
    for (const code of problems) this.tell(code === 'kind.unknown' ? 'note' : 'error', code, { seq, segment });
    if (entry === undefined) {
      this.expectedSeq += 1;
      this.prev = undefined;
      return;
    }
    this.place(entry, segment, firstOfSegment);
    this.times(entry, segment);
    this.repairs(entry, segment);
    if (entry.hash === this.options.expect) this.found = true;
    if (this.known !== undefined && entry.seq === this.known.count - 1 && entry.hash !== this.known.hash) this.tell('error', 'head.mismatch', { seq, segment });
    for (const code of (await joiner.valuesFor(entry)).problems) this.tell('error', code, { seq, segment });
    this.entries += 1;
    this.expectedSeq = entry.seq + 1;
    this.prev = entry.hash;
    this.head = entry.hash;
  }

  private place(entry: AuditEntry, segment: string, firstOfSegment: boolean): void {
    if (entry.seq !== this.expectedSeq) this.tell('error', firstOfSegment && entry.seq > this.expectedSeq ? 'segment.missing' : 'seq.gap', { seq: entry.seq, segment });
    else if (this.prev !== undefined && entry.prev !== this.prev) this.tell('error', 'prev.mismatch', { seq: entry.seq, segment });
  }

  private times(entry: AuditEntry, segment: string): void {
    if (isYounger(entry.at, segment)) this.tell('error', 'segment.order', { seq: entry.seq, segment });
    if (this.lastAt !== undefined && entry.at < this.lastAt - clockToleranceMs) this.tell('note', 'clock.back', { seq: entry.seq, segment });
    this.lastAt = entry.at;
  }

  private repairs(entry: AuditEntry, segment: string): void {
    if (entry.kind !== 'audit.repaired') return;
    if (entry.body['reason'] === 'tailCut') this.tell('error', 'tail.cut', { seq: entry.seq, segment });
    else this.tell('note', 'tail.torn', { seq: entry.seq, segment });
  }

  private tell(severity: AuditProblem['severity'], code: AuditProblemCode, where: { readonly seq?: number | undefined; readonly segment?: string | undefined }): void {
    if (severity === 'error') this.ok = false;
    if (this.problems.length < mostProblems) this.problems.push({ severity, code, ...where });
  }
}

/** True when a time lies after the month of its segment: a writer would have begun a new one. Times no calendar has count too. */
function isYounger(at: number, segment: string): boolean {
  return Math.abs(at) > 8.64e15 || segmentOf(at) > segment;
}
