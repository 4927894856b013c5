import { fstatSync, lstatSync } from 'node:fs';
import { commitmentsOf, parseAuditLine } from '../core/auditChain';
import { emptyHash, type AuditEntry, type AuditHead, type AuditVerdict } from '../core/audit';
import { isMomentosError } from '../core/errors';
import { type AuditSpan, type AuditVerifyOptions } from '../core/ports';
import { ErasedValues } from './auditErased';
import { AuditFindings } from './auditFindings';
import { readHeadFile } from './auditHeadFile';
import { chainPath, listSegments, openChain, segmentOf, valuesPath } from './auditSegments';
import { scanAuditLine, type ScannedEntry, type ScannedLine } from './auditLineScan';
import { startOfSpan } from './auditSpan';
import { ValueCheck, type StandingValue } from './auditValueCheck';
import { isSystemError, type DeskFolder } from './deskFolder';
import { BlockMemory, chainBlockSize, LineBlocks, valuesBlockSize } from './lineBlocks';
import { endOfCompleteLines } from './lines';

/** A step back of the clock smaller than this (ms) is two processes that finished in another order than they began; more is a note. */
export const clockToleranceMs = 5000;

const newline = 0x0a;
/** Times that a calendar has, in ms. */
const latest = 8.64e15;
const earliest = -latest;

/**
 * Checks a log from its first byte to its end as of now, in memory that does not grow with it. Takes no lock and writes nothing. Where texts are missing and the log grew
 * meanwhile, it is read once more: they may have been erased while we read, by an entry behind the end that we knew.
 */
export async function verifyAudit(folder: DeskFolder, options: AuditVerifyOptions = {}): Promise<AuditVerdict> {
  const end = logEnd(folder);
  const verdict = await new Verification(folder, options).run();
  const grew = verdict.problems.some(({ code }) => code === 'value.missing') && logEnd(folder) !== end;
  return grew ? new Verification(folder, options).run() : verdict;
}

/** Changes with each entry: name and size of the newest segment. */
function logEnd(folder: DeskFolder): string {
  const newest = listSegments(folder).at(-1);
  return newest === undefined ? '' : `${newest} ${String(lstatSync(chainPath(folder, newest), { throwIfNoEntry: false })?.size)}`;
}

class Verification {
  private readonly findings = new AuditFindings();
  private readonly span: AuditSpan;
  private readonly isWhole: boolean;
  /** undefined = nothing is known of the line before. */
  private expectedSeq: number | undefined = 0;
  private prev: string | undefined = emptyHash;
  private head: string = emptyHash;
  private lastAt: number | undefined;
  private foundHead: boolean;
  private known: AuditHead | undefined;
  private erased = new ErasedValues();
  private readonly sizes = new Map<string, number>();
  private readonly memory = { chain: new BlockMemory(chainBlockSize), values: new BlockMemory(valuesBlockSize) };
  private bytesTotal = 0;
  private bytesBefore = 0;
  /** The first entry that was read at all, and the last. */
  private firstRead: number | undefined;
  private lastRead = -1;
  private ended = false;
  /** No entry of the segment may be as young as this (ms). */
  private monthEnd = 0;
  /** Where we are: the segment, and the line in its file. */
  private current = '';
  private lineNumber = 0;

  constructor(
    private readonly folder: DeskFolder,
    private readonly options: AuditVerifyOptions,
  ) {
    this.span = options.span ?? {};
    this.isWhole = Object.values(this.span).every((limit) => limit === undefined);
    this.foundHead = options.expect === undefined || options.expect === emptyHash;
  }

  async run(): Promise<AuditVerdict> {
    const { folder, options, findings } = this;
    this.known = readHeadFile(folder);
    const segments = listSegments(folder);
    await this.fixEnds(segments);
    this.erased = await ErasedValues.scan(folder, this.sizes, options.signal);
    const from = await this.start(segments);
    for (const [index, segment] of segments.entries()) {
      if (index >= from && !this.ended) await this.readableSegment(segment, index === segments.length - 1);
      this.bytesBefore += this.sizes.get(segment) ?? 0;
    }
    await this.unfounded();
    if (this.span.to === undefined && this.span.toSeq === undefined && this.known !== undefined && this.known.count > (this.expectedSeq ?? 0)) {
      findings.tell('tail.cut', { seq: this.expectedSeq, expected: String(this.known.count), found: String(this.expectedSeq ?? 0) });
    }
    if (!this.foundHead) findings.tell('head.mismatch', { expected: options.expect, found: this.head });
    options.progress?.(1);
    const { ok, entries, problems, untold, actors, erased, first, last } = findings;
    return { ok, entries, segments: segments.length, head: this.head, problems, untold, actors, erased, range: first === undefined || last === undefined ? undefined : { first, last } };
  }

  /** What is appended while we read is not looked at. */
  private async fixEnds(segments: readonly string[]): Promise<void> {
    for (const segment of segments) {
      const handle = await openChain(this.folder, segment).catch(() => undefined);
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

  /** Index of the first segment that must be read. A head to be found may stand anywhere, so that nothing is passed over then. */
  private async start(segments: readonly string[]): Promise<number> {
    if (this.isWhole || this.options.expect !== undefined) return 0;
    const { index, before } = await startOfSpan(this.folder, segments, this.span);
    if (index > 0) {
      this.expectedSeq = before === undefined ? undefined : before.seq + 1;
      this.prev = before?.hash;
      this.lastAt = before?.at;
    }
    return index;
  }

  /** A segment that the system cannot give us is a finding, not the end of the verification. */
  private async readableSegment(segment: string, newest: boolean): Promise<void> {
    try {
      await this.segment(segment, newest);
    } catch (error) {
      if (!isSystemError(error, 'EIO', 'EACCES', 'EPERM', 'ELOOP') && !isMomentosError(error, 'store.unreadable')) throw error;
      this.unreadable(segment);
    }
  }

  private unreadable(segment: string): void {
    this.findings.tell('segment.unreadable', { segment, file: `${segment}.jsonl` });
    this.prev = undefined;
  }

  private async segment(segment: string, newest: boolean): Promise<void> {
    const size = this.sizes.get(segment);
    const handle = size === undefined ? undefined : await openChain(this.folder, segment);
    if (size === undefined || handle === undefined) {
      this.unreadable(segment);
      return;
    }
    this.monthEnd = endOfMonth(segment);
    this.current = segment;
    const valuesFile = `${segment}.values.jsonl`;
    let values: ValueCheck | undefined;
    try {
      values = new ValueCheck(await this.folder.openForReading(valuesPath(this.folder, segment)), (line) => {
        // Of a line that says nothing nobody knows whether it belongs to the span.
        if (this.isWhole) this.findings.tell('value.malformed', { segment, file: valuesFile, line });
      }, this.memory.values);
      const end = endOfCompleteLines(handle, size);
      await this.lines(new LineBlocks(handle, 0, end, this.memory.chain), values);
      if (end < size && !this.ended) this.findings.tell('tail.torn', { segment, file: `${segment}.jsonl`, found: String(size - end) }, newest ? 'note' : 'error');
      if (this.isWhole) await this.leftOver(values, segment, valuesFile);
    } finally {
      await handle.close();
      await values?.close();
    }
  }

  private async lines(blocks: LineBlocks, values: ValueCheck): Promise<void> {
    let line = 0;
    let passed = false;
    for (let block = await blocks.next(); block !== undefined && !this.ended; block = await blocks.next()) {
      this.options.signal?.throwIfAborted();
      let start = 0;
      for (let end = block.indexOf(newline); end !== -1 && !this.ended; end = block.indexOf(newline, start)) {
        const from = start;
        start = end + 1;
        line += 1;
        if (!this.isWhole && this.passOver(block.subarray(from, end))) {
          passed = true;
          continue;
        }
        this.lineNumber = line;
        const entry = this.line(scanAuditLine(block, from, end));
        if (entry === undefined) continue;
        if (passed) values.passOver(entry.seq);
        passed = false;
        if (!this.hasItsValues(entry, values)) await this.values(entry, values);
      }
      this.options.progress?.((this.bytesBefore + blocks.offset) / Math.max(1, this.bytesTotal));
    }
  }

  /** True for an entry outside the span: it is only read, so that the one after it can be compared with it. */
  private passOver(bytes: Uint8Array): boolean {
    const entry = parseAuditLine(bytes);
    if (entry === undefined) {
      const due = this.expectedSeq ?? 0;
      if (this.span.fromSeq === undefined || due >= this.span.fromSeq) return false;
      this.expectedSeq = due + 1;
      this.prev = undefined;
      return true;
    }
    const { fromSeq = 0, toSeq = Number.POSITIVE_INFINITY, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = this.span;
    if (entry.seq > toSeq && this.options.expect === undefined) this.ended = true;
    if (entry.seq >= fromSeq && entry.seq <= toSeq && entry.at >= from && entry.at < to) return false;
    if (entry.hash === this.options.expect) this.foundHead = true;
    for (const field of Object.keys(commitmentsOf(entry))) this.erased.names(entry.seq, field);
    this.goOn(entry);
    return true;
  }

  private goOn(entry: Pick<AuditEntry, 'seq' | 'at' | 'hash'>): void {
    this.expectedSeq = entry.seq + 1;
    this.prev = entry.hash;
    this.lastAt = entry.at;
    this.firstRead ??= entry.seq;
    if (entry.seq > this.lastRead) this.lastRead = entry.seq;
  }

  private line({ entry, problems, computed, unknown }: ScannedLine): ScannedEntry | undefined {
    const seq = entry?.seq ?? this.expectedSeq;
    for (const code of problems) {
      const detail = code === 'hash.mismatch' ? { expected: computed, found: entry?.hash } : code === 'kind.unknown' ? { found: entry?.kind } : code === 'schema.unknown' ? { found: unknown } : {};
      this.findings.tell(code, { seq, ...this.here(), ...detail });
    }
    if (entry === undefined) {
      this.expectedSeq = (this.expectedSeq ?? 0) + 1;
      this.prev = undefined;
      return undefined;
    }
    this.place(entry);
    this.times(entry);
    this.repairs(entry);
    if (entry.hash === this.options.expect) this.foundHead = true;
    if (this.known !== undefined && entry.seq === this.known.count - 1 && entry.hash !== this.known.hash) this.findings.tell('head.mismatch', { seq, ...this.here(), expected: this.known.hash, found: entry.hash });
    this.findings.count(entry);
    this.head = entry.hash;
    this.goOn(entry);
    return entry;
  }

  private here(): { readonly segment: string; readonly file: string; readonly line: number } {
    return { segment: this.current, file: `${this.current}.jsonl`, line: this.lineNumber };
  }

  private place(entry: ScannedEntry): void {
    const { seq } = entry;
    const due = this.expectedSeq ?? seq;
    if (seq !== due) this.findings.tell(this.lineNumber === 1 && seq > due ? 'segment.missing' : 'seq.gap', { seq, ...this.here(), expected: String(due), found: String(seq) });
    else if (this.prev !== undefined && entry.prev !== this.prev) this.findings.tell('prev.mismatch', { seq, ...this.here(), expected: this.prev, found: entry.prev });
  }

  private times(entry: ScannedEntry): void {
    const { seq, at } = entry;
    if (at >= this.monthEnd || at < earliest) this.findings.tell('segment.order', { seq, ...this.here(), expected: this.current, found: Math.abs(at) > latest ? String(at) : segmentOf(at) });
    if (this.lastAt !== undefined && at < this.lastAt - clockToleranceMs) this.findings.tell('clock.back', { seq, ...this.here(), expected: String(this.lastAt), found: String(at) });
  }

  private repairs(entry: ScannedEntry): void {
    if (entry.kind !== 'audit.repaired') return;
    const { reason, count, bytes } = entry.body ?? {};
    if (reason === 'tailCut') this.findings.tell('tail.cut', { seq: entry.seq, ...this.here(), ...(typeof count === 'number' ? { expected: String(count), found: String(entry.seq) } : {}) });
    else this.findings.tell('tail.torn', { seq: entry.seq, ...this.here(), ...(typeof bytes === 'number' ? { found: String(bytes) } : {}) });
  }

  /** True when the values of an entry stand there as the desk writes them: nothing else needs to be looked at. */
  private hasItsValues({ seq, fields, commitments }: ScannedEntry, values: ValueCheck): boolean {
    if (fields.length === 0) return true;
    const standing = values.of(seq);
    if (!this.erased.isEmpty || standing.length !== fields.length) return false;
    for (let index = 0; index < fields.length; index += 1) if (standing[index]?.commitment !== commitments[index] || standing[index]?.field !== fields[index]) return false;
    values.take(seq);
    return true;
  }

  private async values({ seq, fields, commitments }: ScannedEntry, values: ValueCheck): Promise<void> {
    while (values.mayHold(seq) && !holdsAll(values.of(seq), fields, commitments)) await values.readMore();
    const standing = values.take(seq);
    const at = { seq, segment: this.current, file: `${this.current}.values.jsonl` };
    for (const [index, field] of fields.entries()) {
      const commitment = commitments[index] ?? '';
      const isErased = this.erased.names(seq, field);
      const match = standing.findIndex((value) => value.commitment === commitment && value.field === field);
      if (match === -1) {
        const other = standing.find((value) => value.field === field);
        if (other !== undefined) this.findings.tell('value.mismatch', { ...at, line: other.line, field, expected: commitment, found: other.commitment });
        else if (isErased) this.findings.erased += 1;
        else this.findings.tell('value.missing', { ...at, field, expected: commitment });
        continue;
      }
      const [value] = standing.splice(match, 1);
      if (isErased) this.findings.tell('value.notErased', { ...at, line: value?.line, field });
    }
    for (const { field, line } of standing) this.findings.tell('value.orphan', { ...at, line, field });
  }

  /** Reads to the end, so that what belongs to no entry is told. */
  private async leftOver(values: ValueCheck, segment: string, file: string): Promise<void> {
    do {
      for (const [seq, standing] of values.leftOver()) for (const { field, line } of standing) this.findings.tell('value.orphan', { seq, segment, file, field, line });
      await values.readMore();
    } while (!values.atEnd);
    for (const [seq, standing] of values.leftOver()) for (const { field, line } of standing) this.findings.tell('value.orphan', { seq, segment, file, field, line });
  }

  private async unfounded(): Promise<void> {
    if (this.erased.isEmpty || this.firstRead === undefined) return;
    const { firstRead, lastRead } = this;
    const { first, last } = this.findings;
    const covers = (seq: number): boolean => this.isWhole || (seq >= firstRead && seq <= lastRead);
    for (const { seq, names } of await this.erased.unfounded(this.folder, this.sizes, covers, this.options.signal)) {
      if (!this.isWhole && (first === undefined || last === undefined || seq < first || seq > last)) continue;
      this.findings.tell('redaction.unfounded', { seq, ...(names === undefined ? {} : { found: `${String(names[0])} ${names.slice(1).join(', ')}` }) });
    }
  }
}

function holdsAll(standing: readonly StandingValue[], fields: readonly string[], commitments: readonly string[]): boolean {
  for (let index = 0; index < fields.length; index += 1) {
    // As the desk writes them they stand in the same order.
    if (standing[index]?.commitment === commitments[index] && standing[index]?.field === fields[index]) continue;
    if (!standing.some((value) => value.commitment === commitments[index] && value.field === fields[index])) return false;
  }
  return true;
}

/** The first millisecond after a month; a writer would have begun a new segment then. */
function endOfMonth(segment: string): number {
  return Date.UTC(Number(segment.slice(0, 4)), Number(segment.slice(5)));
}
