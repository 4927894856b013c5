import { chainEntry, parseAuditLine, valueLine, type ChainedEntry } from '../core/auditChain';
import { type AuditDraft, type AuditEntry, type AuditHead, type AuditRecord, type AuditVerdict } from '../core/audit';
import { type Clock, type Logger, type Randomness } from '../core/clock';
import { MomentosError } from '../core/errors';
import { type AuditLog, type AuditRange, type AuditVerifyOptions } from '../core/ports';
import { readHeadFile, writeHeadFile } from './auditHeadFile';
import { readAuditRecords, readEntriesFrom } from './auditReader';
import { chainPath, emptyHead, headAfter, lastEntry, listSegments, segmentOf, valuesPath } from './auditSegments';
import { entriesPerWrite } from './auditValues';
import { clockToleranceMs, verifyAudit } from './auditVerify';
import { AuditWatch } from './auditWatch';
import { type DeskFolder } from './deskFolder';
import { Journal } from './journal';
import { type DeskLock } from './lock';

export interface AuditLogOptions {
  readonly folder: DeskFolder;
  readonly lock: DeskLock;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
}

interface OpenSegment {
  readonly name: string;
  readonly chain: Journal;
  readonly values: Journal;
}

const saltBytes = 16;

/** The audit log in `.momentos/audit`: a chain of entries per month, and their values beside them. Format: docs/audit-format.md. */
export class FileAuditLog implements AuditLog {
  private current: AuditHead | undefined;
  private segment: OpenSegment | undefined;
  /** Generation of the lock for which `current` holds; others may have written since any other. */
  private generation = -1;
  private writtenHead: string | undefined;
  private leftBehind = false;
  private settle: () => Promise<void> = () => Promise.resolve();

  private readonly watch: AuditWatch;

  constructor(private readonly options: AuditLogOptions) {
    this.watch = new AuditWatch(options.folder);
    options.lock.onGivingUp(() => {
      this.rememberHead();
    });
  }

  /** `work` runs under the lock before anything is appended: it finishes what another process had begun and not ended. */
  settleFirst(work: () => Promise<void>): void {
    this.settle = work;
  }

  async append(drafts: readonly AuditDraft[]): Promise<readonly AuditEntry[]> {
    if (drafts.length === 0) return [];
    return this.options.lock.run(async () => {
      await this.settle();
      return this.appendLocked(drafts);
    });
  }

  /** As `append`, for a caller that holds the lock and has settled what was open. After an error nothing of the drafts remains. */
  async appendLocked(drafts: readonly AuditDraft[]): Promise<readonly AuditEntry[]> {
    await this.catchUp();
    const before = this.current;
    const undo: (() => Promise<void>)[] = [];
    const wanted = new Set(drafts);
    const entries: AuditEntry[] = [];
    try {
      for (const run of this.runsOf(drafts)) {
        const written = await this.write(run.segment, run.drafts, undo);
        entries.push(...written.filter((_entry, index) => wanted.has(run.drafts[index] as AuditDraft)));
      }
    } catch (error) {
      await this.takeBack(undo, before);
      throw error;
    }
    return entries;
  }

  /** For a caller that holds the lock: what others began is finished. */
  settled(): Promise<void> {
    return this.settle();
  }

  /** True after a failed append of which something may still stand, until the log was read anew. */
  get mayHaveLeftEntries(): boolean {
    return this.leftBehind;
  }

  /** The head under the lock, after what others wrote. */
  async headLocked(): Promise<AuditHead> {
    await this.catchUp();
    return this.current ?? emptyHead;
  }

  /** Under the lock, after the values of a segment were put in place anew. */
  async valuesRewritten(segment: string): Promise<void> {
    if (this.segment?.name === segment) await this.segment.values.catchUp();
  }

  async entriesFrom(seq: number): Promise<readonly AuditEntry[]> {
    return readEntriesFrom(this.options.folder, seq);
  }

  async head(): Promise<AuditHead> {
    const entry = await lastEntry(this.options.folder);
    if (entry === 'unreadable') throw new MomentosError('audit.notVerified', { path: '.momentos/audit' });
    return entry === undefined ? emptyHead : headAfter(entry);
  }

  read(range?: AuditRange): AsyncIterable<AuditRecord> {
    return readAuditRecords(this.options.folder, range);
  }

  async verify(options?: AuditVerifyOptions): Promise<AuditVerdict> {
    return verifyAudit(this.options.folder, options);
  }

  onDidChange(listener: () => void): () => void {
    return this.watch.onDidChange(listener);
  }

  async dispose(): Promise<void> {
    this.watch.dispose();
    await this.closeSegment();
  }

  /** Sees what other processes appended, and repairs what a crash tore. */
  private async catchUp(): Promise<void> {
    const { lock, folder, logger, clock } = this.options;
    if (this.generation === lock.generation) return;
    const known = this.current;
    const newest = listSegments(folder).at(-1);
    const torn = newest === undefined ? 0 : await this.open(newest);
    const line = await this.segment?.chain.lastLine();
    const entry = newest === undefined || line === undefined ? await lastEntry(folder) : (parseAuditLine(line) ?? 'unreadable');
    if (entry === 'unreadable') throw new MomentosError('audit.notVerified', { segment: newest, path: '.momentos/audit' });
    const now = entry === undefined ? emptyHead : headAfter(entry);
    if (known !== undefined && (now.count < known.count || (now.count === known.count && now.hash !== known.hash))) {
      throw new MomentosError('audit.changedUnderneath', { path: '.momentos/audit', expectedCount: known.count, count: now.count });
    }
    const remembered = known === undefined ? readHeadFile(folder) : undefined;
    this.current = now;
    this.generation = lock.generation;
    this.leftBehind = false;
    const repairs: AuditDraft[] = [];
    const repaired = (body: AuditDraft['body']): AuditDraft => ({ kind: 'audit.repaired', at: clock.now(), actor: 'desk', subject: 'audit', body });
    if (remembered !== undefined && (remembered.count > now.count || (remembered.count === now.count && remembered.hash !== now.hash))) {
      logger.error('The audit log is shorter than it was', { was: remembered.count, is: now.count });
      repairs.push(repaired({ reason: 'tailCut', count: remembered.count, hash: remembered.hash }));
    }
    if (torn > 0) {
      logger.warn('A torn last line of the audit log was set aside', { segment: newest, bytes: torn });
      repairs.push(repaired({ reason: 'tornTail', bytes: torn }));
    }
    if (repairs.length > 0) await this.appendLocked(repairs);
  }

  /** Drafts in runs that are written at once: of one segment, not too many, with a note where the clock was set back. */
  private runsOf(drafts: readonly AuditDraft[]): readonly { readonly segment: string; readonly drafts: AuditDraft[] }[] {
    const runs: { segment: string; drafts: AuditDraft[] }[] = [];
    let segment = this.segment?.name ?? '';
    let last = this.current === undefined || this.current.count === 0 ? undefined : this.current.at;
    for (const draft of drafts) {
      const month = segmentOf(draft.at);
      if (month > segment) segment = month;
      let run = runs.at(-1);
      if (run === undefined || run.segment !== segment || run.drafts.length >= entriesPerWrite - 1) runs.push((run = { segment, drafts: [] }));
      if (last !== undefined && draft.at < last - clockToleranceMs) {
        run.drafts.push({ kind: 'audit.clockBack', at: draft.at, actor: 'desk', subject: 'audit', body: { previousAt: last } });
      }
      run.drafts.push(draft);
      last = draft.at;
    }
    return runs;
  }

  private async write(segment: string, drafts: readonly AuditDraft[], undo: (() => Promise<void>)[]): Promise<readonly AuditEntry[]> {
    await this.open(segment);
    const open = this.segment;
    if (open === undefined || this.current === undefined) throw new MomentosError('unexpected', { reason: 'no segment is open' });
    let head = this.current;
    const chained: ChainedEntry[] = [];
    for (const draft of drafts) {
      const next = chainEntry(draft, { seq: head.count, prev: head.hash }, () => this.options.random.bytes(saltBytes));
      chained.push(next);
      head = headAfter(next.entry);
    }
    const sizeBefore = open.chain.size;
    await open.values.append(chained.flatMap((entry) => entry.values.map(valueLine)));
    await open.chain.append(chained.map((entry) => entry.line));
    undo.push(async () => {
      await open.chain.takeBack(sizeBefore);
      if (this.segment !== open) await open.chain.close();
    });
    this.current = head;
    return chained.map((next) => next.entry);
  }

  /** What was not acknowledged must not stand. Where it cannot be taken back, the next section reads the log anew. */
  private async takeBack(undo: readonly (() => Promise<void>)[], before: AuditHead | undefined): Promise<void> {
    this.generation = -1;
    try {
      for (const step of [...undo].reverse()) await step();
      this.current = before;
    } catch (error) {
      this.leftBehind = true;
      this.options.logger.error('Entries of a failed append could not be taken back', { error });
    }
  }

  /** Opens a segment's files at their end; returns how many bytes of a torn last line were set aside from the chain. */
  private async open(name: string): Promise<number> {
    const { folder, lock, random, logger } = this.options;
    if (this.segment?.name === name && this.generation === lock.generation) return 0;
    if (this.segment?.name !== name) {
      await this.closeSegment();
      this.segment = {
        name,
        chain: new Journal({ path: chainPath(folder, name), folder, lock, random }),
        values: new Journal({ path: valuesPath(folder, name), folder, lock, random }),
      };
    }
    const tornValues = await this.segment.values.catchUp();
    if (tornValues > 0) logger.warn('A torn last line of the audit values was set aside', { segment: name, bytes: tornValues });
    return this.segment.chain.catchUp();
  }

  private async closeSegment(): Promise<void> {
    const open = this.segment;
    this.segment = undefined;
    await open?.chain.close();
    await open?.values.close();
  }

  private rememberHead(): void {
    if (this.current === undefined || this.segment === undefined || this.current.hash === this.writtenHead || this.generation !== this.options.lock.generation) return;
    writeHeadFile(this.options.folder, this.current, this.segment.name, this.segment.chain.size);
    this.writtenHead = this.current.hash;
  }
}
