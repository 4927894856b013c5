import { type Clock, type Logger, type Randomness } from '../core/clock';
import { MomentosError } from '../core/errors';
import { type Mention } from '../core/mention';
import { type InboxStore, type InboxTransaction } from '../core/ports';
import { type FileAuditLog } from './auditLog';
import { type DeskFolder } from './deskFolder';
import { draftsMissing } from './draftsMissing';
import { FolderWatch } from './folderWatch';
import { InboxFile } from './inboxFile';
import { type InboxBatch } from './inboxRecord';
import { PendingChanges } from './inboxTransaction';
import { Journal } from './journal';
import { type DeskLock } from './lock';

export interface InboxStoreOptions {
  readonly folder: DeskFolder;
  readonly lock: DeskLock;
  readonly audit: FileAuditLog;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
}

const saltBytes = 32;

/** Replaced records before the file is rewritten, and how many of them for each live one. */
const staleAtLeast = 1000;
const stalePerLive = 2;

/**
 * The mentions of a desk: all in memory, and in `.momentos/inbox.jsonl`. What `update` changes is first promised there, with the audit drafts; then stands in
 * the audit log; then is marked done. Whoever takes the lock after a crash finishes what was promised.
 */
export class FileInboxStore implements InboxStore {
  private readonly file: InboxFile;
  private readonly journal: Journal;
  private readonly watch: FolderWatch;
  private readonly listeners = new Set<() => void>();
  private reading: Promise<unknown> = Promise.resolve();
  /** Generation of the lock up to which everything was read and finished. */
  private settledGeneration = -1;
  private changing = false;
  private compacting: Promise<void> = Promise.resolve();
  private afterSettling: () => Promise<void> = () => Promise.resolve();

  constructor(private readonly options: InboxStoreOptions) {
    this.file = new InboxFile(options);
    this.journal = new Journal({ path: this.file.path, folder: options.folder, lock: options.lock, random: options.random });
    this.watch = new FolderWatch(options.folder.root, () => {
      this.refresh().catch((error: unknown) => {
        options.logger.warn('The inbox could not be read again', { error });
      });
    });
    options.audit.settleFirst(() => this.settle());
  }

  async refresh(): Promise<boolean> {
    const changed = await this.alone(() => this.file.readNew());
    if (changed) this.tell();
    return changed;
  }

  get(id: string): Mention | undefined {
    return this.file.state.get(id);
  }

  byExternalId(channel: string, externalId: string): Mention | undefined {
    return this.file.state.byExternalId(channel, externalId);
  }

  all(): Iterable<Mention> {
    return this.file.state.all();
  }

  conversation(id: string): readonly Mention[] {
    return this.file.state.conversation(id);
  }

  byAuthor(authorId: string): readonly Mention[] {
    return this.file.state.byAuthor(authorId);
  }

  conversationOf(channel: string, externalId: string): string | undefined {
    return this.file.state.conversationOf(channel, externalId);
  }

  conversationNamed(channel: string, conversationId: string): string | undefined {
    return this.file.state.conversationNamed(channel, conversationId);
  }

  byReply(replyId: string): Mention | undefined {
    return this.file.state.byReply(replyId);
  }

  unsettled(): readonly Mention[] {
    return this.file.state.unsettled();
  }

  unread(): readonly Mention[] {
    return this.file.state.unread();
  }

  authorId(channel: string, networkAuthorId: string): string | undefined {
    return this.file.state.authorId(channel, networkAuthorId);
  }

  isErased(channel: string, externalId: string): boolean {
    return this.file.state.isErased(channel, externalId);
  }

  size(): number {
    return this.file.state.size;
  }

  /** `work` runs under the lock once the inbox has finished what others left, before anything else is changed. */
  onSettled(work: () => Promise<void>): void {
    this.afterSettling = work;
  }

  /** For a caller that holds the lock: everything that others began is finished. */
  settled(): Promise<void> {
    return this.settle();
  }

  /**
   * Under the lock, after settling: takes mentions out for good, `changed` in place of their namesakes, and rewrites the file. `erasing`: true for a line
   * that cannot be read and must not be kept. How many authors went with them.
   */
  async erase(ids: ReadonlySet<string>, changed: readonly Mention[], erasing: (line: Uint8Array) => boolean): Promise<{ readonly mentions: number; readonly authors: number }> {
    const { lock, random } = this.options;
    const gone = await this.alone(async () => {
      const { state } = this.file;
      const next = state.without(ids, changed, () => Buffer.from(random.bytes(saltBytes)).toString('hex'));
      await this.file.rewrite(() => {
        lock.assertHeld();
      }, next, erasing);
      await this.journal.catchUp();
      return { mentions: state.size - next.size, authors: state.authorCount - next.authorCount };
    });
    this.tell();
    return gone;
  }

  async update<T>(change: (transaction: InboxTransaction) => Promise<T> | T): Promise<T> {
    const result = await this.options.lock.run(async () => {
      if (this.changing) throw new MomentosError('unexpected', { reason: 'an update of the inbox within another' });
      await this.settle();
      const changes = new PendingChanges(this.file.state);
      this.changing = true;
      try {
        const value = await change(changes);
        if (!changes.isEmpty) await this.alone(() => this.commit(changes));
        return { value, changed: !changes.isEmpty };
      } finally {
        this.changing = false;
      }
    });
    if (result.changed) {
      this.tell();
      this.compactWhenWorthwhile();
    }
    return result.value;
  }

  async forgetReplaced(): Promise<void> {
    const rewriting = this.compacting.then(() => this.rewriteWhen(() => this.file.staleRecords > 0));
    this.compacting = rewriting.catch(() => undefined);
    await rewriting;
  }

  onDidChange(listener: () => void): () => void {
    const own = (): void => {
      listener();
    };
    this.listeners.add(own);
    this.watch.start();
    return () => {
      this.listeners.delete(own);
      if (this.listeners.size === 0) this.watch.stop();
    };
  }

  async dispose(): Promise<void> {
    this.listeners.clear();
    this.watch.stop();
    await this.compacting;
    await this.reading;
    await this.journal.close();
    await this.file.close();
  }

  /** Under the lock: sees what others wrote, and finishes a batch that its writer could not. */
  private async settle(): Promise<void> {
    const { lock } = this.options;
    if (this.settledGeneration === lock.generation) return;
    const changed = await this.alone(async () => {
      const torn = await this.journal.catchUp();
      if (torn > 0) this.options.logger.warn('A torn last line of the inbox was set aside', { bytes: torn });
      const read = await this.file.readNew();
      const open = this.file.openBatch;
      if (open !== undefined) await this.finish(open);
      return read || open !== undefined;
    });
    this.settledGeneration = lock.generation;
    if (changed) this.tell();
    await this.afterSettling();
  }

  private async finish(batch: InboxBatch): Promise<void> {
    const { audit, logger } = this.options;
    if (batch.audit !== undefined) {
      await audit.headLocked();
      const missing = draftsMissing(batch.audit.drafts, await audit.entriesFrom(batch.audit.count));
      await audit.appendLocked(missing);
      logger.info('An unfinished change of the inbox was completed', { mentions: batch.mentions.length, entries: missing.length });
    }
    await this.journal.append([doneLine(batch)]);
    this.file.applyOwn(batch, this.journal.size);
  }

  private async commit(changes: PendingChanges): Promise<void> {
    const { audit, random } = this.options;
    const before = this.journal.size;
    const promised = changes.drafts.length > 0 ? { audit: { count: (await audit.headLocked()).count, drafts: changes.drafts } } : {};
    const batch: InboxBatch = {
      type: 'batch',
      batch: Buffer.from(random.bytes(6)).toString('hex'),
      mentions: [...changes.mentions.values()],
      authors: [...changes.authors.values()],
      ...promised,
    };
    await this.journal.append([...(before === 0 ? [this.file.headerLine()] : []), JSON.stringify(batch)]);
    const isDone = batch.audit === undefined || (await this.keepPromise(batch, before));
    this.file.applyOwn(batch, isDone ? this.journal.size : before);
  }

  /** False = both are on disk, only the mark that they are is missing. */
  private async keepPromise(batch: InboxBatch, sizeBefore: number): Promise<boolean> {
    const { audit, logger } = this.options;
    try {
      await audit.appendLocked(batch.audit?.drafts ?? []);
    } catch (error) {
      this.settledGeneration = -1;
      if (!audit.mayHaveLeftEntries) await this.journal.takeBack(sizeBefore).catch((cause: unknown) => {
        logger.error('A change of the inbox that failed could not be taken back', { error: cause });
      });
      throw error;
    }
    try {
      await this.journal.append([doneLine(batch)], false);
      return true;
    } catch (error) {
      this.settledGeneration = -1;
      logger.warn('A change of the inbox could not be marked as done', { error });
      return false;
    }
  }

  private compactWhenWorthwhile(): void {
    const { folder, logger } = this.options;
    const isWorthwhile = (): boolean => this.file.staleRecords > staleAtLeast && this.file.staleRecords > stalePerLive * this.file.state.size;
    if (!isWorthwhile() || folder.readOnly) return;
    this.compacting = this.compacting
      .then(() => this.rewriteWhen(isWorthwhile))
      .catch((error: unknown) => {
        logger.warn('The inbox could not be rewritten', { error });
      });
  }

  private async rewriteWhen(isWorthwhile: () => boolean): Promise<void> {
    const { lock } = this.options;
    await lock.run(async () => {
      await this.settle();
      await this.alone(async () => {
        if (!isWorthwhile()) return;
        await this.file.rewrite(() => {
          lock.assertHeld();
        });
        await this.journal.catchUp();
      });
    });
  }

  /** One at a time within this process: reading on and applying an own change must not overtake each other. */
  private async alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.reading.then(work);
    this.reading = turn.catch(() => undefined);
    return turn;
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

function doneLine(batch: InboxBatch): string {
  return JSON.stringify({ type: 'done', batch: batch.batch });
}
