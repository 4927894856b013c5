import { fstatSync, statSync, type Stats } from 'node:fs';
import { link, rename, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Clock, type Logger, type Randomness } from '../core/clock';
import { MomentosError } from '../core/errors';
import { syncFolder } from './atomicFile';
import { type DeskFolder } from './deskFolder';
import { inboxSchemaVersion, parseInboxRecord, plainInboxVersion, type InboxBatch, type InboxRecord } from './inboxRecord';
import { InboxState } from './inboxState';
import { readLines } from './lines';

export interface InboxFileOptions {
  readonly folder: DeskFolder;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
}

/** Mentions a line of a snapshot holds. */
const snapshotLine = 100;

/** The inbox as it stands on disk, read line by line as it grows, and the state that its finished batches give. */
export class InboxFile {
  readonly path: string;
  state = new InboxState();
  /** The last batch of the file, when its `done` is not there (yet). */
  openBatch: InboxBatch | undefined;
  private handle: FileHandle | undefined;
  /** Everything before is applied. */
  private offset = 0;
  private records = 0;
  private malformed = 0;

  constructor(private readonly options: InboxFileOptions) {
    this.path = options.folder.path('inbox.jsonl');
  }

  /** Mention records that newer ones have replaced. */
  get staleRecords(): number {
    return this.records - this.state.size;
  }

  /** Reads what was appended; a file that another process has rewritten is read anew. True when the state changed. Errors: `store.newerSchema`. */
  async readNew(): Promise<boolean> {
    const stats = this.stats();
    if (stats === undefined) return this.offset > 0 ? this.forget() : false;
    const { size } = stats;
    let changed = false;
    if (this.handle === undefined || fstatSync(this.handle.fd).ino !== stats.ino || size < this.offset) {
      changed = await this.forget();
      this.handle = await this.options.folder.openForReading(this.path);
    }
    this.openBatch = undefined;
    if (this.handle === undefined || size === this.offset) return changed;
    for await (const lines of readLines(this.handle, this.offset, size)) {
      for (const line of lines) changed = this.take(parseInboxRecord(line.bytes), line.end) || changed;
    }
    return changed;
  }

  /** Errors: `store.unreadable` where something else stands in place of the desk's folder. */
  private stats(): Stats | undefined {
    try {
      return statSync(this.path, { throwIfNoEntry: false });
    } catch (error) {
      throw this.options.folder.storeError(error, this.path);
    }
  }

  /** What this process has just appended. `end` = the end of the file; where it stood before, when the mark that it is done could not be set. */
  applyOwn(batch: InboxBatch, end: number): void {
    this.apply(batch);
    this.offset = end;
    this.openBatch = undefined;
  }

  /**
   * Writes the state (or another that takes its place) as a file of its own and puts it in place of the old one. Lines that cannot be read are kept beside,
   * all but those that `erasing` knows. To be called under the lock with everything finished.
   */
  async rewrite(assertHeld: () => void, next: InboxState = this.state, erasing?: (line: Uint8Array) => boolean): Promise<void> {
    const { folder } = this.options;
    const temporary = `${this.path}.snapshot`;
    try {
      await unlink(temporary).catch(() => undefined);
      const { handle: file } = await folder.openForAppending(temporary);
      try {
        for (const line of this.snapshotLines(next)) await file.write(`${line}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      assertHeld();
      if (this.malformed > 0) await this.keepMalformed(erasing);
      await rename(temporary, this.path);
      await syncFolder(dirname(this.path));
    } catch (error) {
      throw folder.storeError(error, this.path);
    }
    await this.close();
    this.state = next;
    this.handle = await folder.openForReading(this.path);
    this.offset = this.handle === undefined ? 0 : fstatSync(this.handle.fd).size;
    this.records = this.state.size;
    this.malformed = 0;
  }

  headerLine(): string {
    return this.headerOf(this.state);
  }

  async close(): Promise<void> {
    const handle = this.handle;
    this.handle = undefined;
    await handle?.close();
  }

  private headerOf({ salt }: InboxState): string {
    const generation = Buffer.from(this.options.random.bytes(8)).toString('hex');
    const header: InboxRecord = { type: 'header', schemaVersion: salt === undefined ? plainInboxVersion : inboxSchemaVersion, generation, ...(salt === undefined ? {} : { salt }) };
    return JSON.stringify(header);
  }

  private async keepMalformed(erasing: ((line: Uint8Array) => boolean) | undefined): Promise<void> {
    const { folder, clock, logger } = this.options;
    const kept = `${this.path}.unreadable-${String(clock.now())}`;
    if (erasing === undefined) await link(this.path, kept);
    else await this.copyMalformed(kept, erasing);
    logger.error('Lines of the inbox that cannot be read were kept beside', { path: folder.relativePath(kept), lines: this.malformed });
  }

  private async copyMalformed(path: string, erasing: (line: Uint8Array) => boolean): Promise<void> {
    const { folder } = this.options;
    const source = await folder.openForReading(this.path);
    if (source === undefined) return;
    const { handle: copy } = await folder.openForAppending(path);
    try {
      for await (const lines of readLines(source, 0, fstatSync(source.fd).size)) {
        for (const { bytes } of lines) if (parseInboxRecord(bytes) === undefined && !erasing(bytes)) await copy.write(Buffer.concat([bytes, Buffer.from('\n')]));
      }
      await copy.sync();
    } finally {
      await copy.close();
      await source.close();
    }
  }

  private async forget(): Promise<boolean> {
    const had = this.state.size > 0;
    await this.close();
    this.state = new InboxState();
    this.openBatch = undefined;
    this.offset = 0;
    this.records = 0;
    this.malformed = 0;
    return had;
  }

  private take(record: InboxRecord | undefined, end: number): boolean {
    const { folder, logger } = this.options;
    if (record === undefined) {
      this.malformed += 1;
      logger.error('A line of the inbox cannot be read', { path: folder.relativePath(this.path), before: end });
      if (this.openBatch === undefined) this.offset = end;
      return false;
    }
    if (record.type === 'header') {
      if (record.schemaVersion > inboxSchemaVersion) {
        throw new MomentosError('store.newerSchema', { path: folder.relativePath(this.path), found: record.schemaVersion, known: inboxSchemaVersion });
      }
      this.state.salt = record.salt;
      this.offset = end;
      return false;
    }
    if (record.type === 'batch' && record.audit !== undefined) {
      const earlier = this.openBatch;
      if (earlier !== undefined) this.apply(earlier);
      this.openBatch = record;
      return earlier !== undefined;
    }
    const batch = record.type === 'batch' ? record : this.openBatch;
    this.openBatch = undefined;
    this.offset = end;
    if (batch === undefined) return false;
    this.apply(batch);
    return true;
  }

  private apply(batch: InboxBatch): void {
    for (const mention of batch.mentions) this.state.put(mention);
    for (const [channel, networkId, id] of batch.authors) this.state.putAuthor(channel, networkId, id);
    for (const [hash, conversation] of batch.tombstones ?? []) this.state.putTombstone(hash, conversation);
    this.records += batch.mentions.length;
  }

  private *snapshotLines(state: InboxState): Iterable<string> {
    yield this.headerOf(state);
    const line = (mentions: InboxBatch['mentions'], authors: InboxBatch['authors'], tombstones?: InboxBatch['tombstones']): string =>
      JSON.stringify({ type: 'batch', batch: 'snapshot', mentions, authors, ...(tombstones === undefined ? {} : { tombstones }) } satisfies InboxRecord);
    yield line([], [...state.allAuthors()], state.salt === undefined ? undefined : [...state.allTombstones()]);
    let mentions: InboxBatch['mentions'][number][] = [];
    for (const mention of state.all()) {
      mentions.push(mention);
      if (mentions.length < snapshotLine) continue;
      yield line(mentions, []);
      mentions = [];
    }
    if (mentions.length > 0) yield line(mentions, []);
  }
}
