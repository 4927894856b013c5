import { fstatSync, statSync, writeSync } from 'node:fs';
import { type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Low, type Adapter } from 'lowdb';
import { type Randomness } from '../core/clock';
import { sha256Hex } from '../core/auditChain';
import { MomentosError } from '../core/errors';
import { syncFolder, writeFileAtomic } from './atomicFile';
import { type DeskFolder } from './deskFolder';
import { endOfCompleteLines, lineEndingAt, readRange } from './lines';
import { type DeskLock } from './lock';

const writtenAtOnce = 64 * 1024;

/** What lowdb holds of a journal: where it stands, and the lines that are not written yet. */
interface JournalData {
  readonly head: { readonly size: number };
  readonly pending: readonly string[];
  /** Sync before success; false only for what can be told again after a crash. */
  readonly durable: boolean;
}

export interface JournalOptions {
  readonly path: string;
  readonly folder: DeskFolder;
  readonly lock: DeskLock;
  readonly random: Randomness;
}

/** Appends lowdb's pending lines to a JSON Lines file, and never rewrites what stands there. */
class JournalAdapter implements Adapter<JournalData> {
  /** Bytes that the last `read` set aside because no newline ended them. */
  tornBytes = 0;
  private handle: FileHandle | undefined;

  constructor(private readonly options: JournalOptions) {}

  /** Opens the file and finds its end; a torn last line goes to a file beside it. To be called under the lock. */
  async read(): Promise<JournalData> {
    const { folder, path, lock } = this.options;
    lock.assertHeld();
    this.tornBytes = 0;
    try {
      const handle = await this.open();
      const { size } = fstatSync(handle.fd);
      const end = endOfCompleteLines(handle, size);
      if (end < size) await this.setAside(handle, end, size);
      return { head: { size: end }, pending: [], durable: true };
    } catch (error) {
      throw folder.storeError(error, path);
    }
  }

  /** Errors: `lock.lost`, `audit.changedUnderneath` when the file is not as it was left, `store.diskFull`, `store.notWritable`. */
  async write(data: JournalData): Promise<void> {
    const { folder, path, lock } = this.options;
    const handle = this.handle;
    if (handle === undefined) throw new MomentosError('unexpected', { reason: 'journal is not open' });
    lock.assertHeld();
    this.assertUntouched(handle, data.head.size);
    const bytes = Buffer.from(`${data.pending.join('\n')}\n`);
    try {
      await writeAll(handle, bytes);
      if (data.durable) await handle.datasync();
    } catch (error) {
      // What was not acknowledged must not stay: a later line would stand behind half a one.
      await handle.truncate(data.head.size).catch(() => undefined);
      throw folder.storeError(error, path);
    }
  }

  /** Cuts the file from the size it is known to have to a smaller one. */
  async truncate(from: number, to: number): Promise<void> {
    const { lock, folder, path } = this.options;
    lock.assertHeld();
    try {
      const handle = await this.open();
      this.assertUntouched(handle, from);
      await handle.truncate(to);
      await handle.datasync();
    } catch (error) {
      throw folder.storeError(error, path);
    }
  }

  async lastLine(end: number): Promise<Uint8Array | undefined> {
    return this.handle === undefined ? undefined : lineEndingAt(this.handle, end);
  }

  async close(): Promise<void> {
    const handle = this.handle;
    this.handle = undefined;
    await handle?.close();
  }

  private async open(): Promise<FileHandle> {
    const { folder, path } = this.options;
    if (this.handle !== undefined && isSameFile(this.handle, path)) return this.handle;
    await this.close();
    const { handle, created } = await folder.openForAppending(path);
    this.handle = handle;
    if (created) await syncFolder(dirname(path));
    return handle;
  }

  private assertUntouched(handle: FileHandle, size: number): void {
    const { path, folder } = this.options;
    const now = statSync(path, { throwIfNoEntry: false });
    if (now?.size === size && now.ino === fstatSync(handle.fd).ino) return;
    throw new MomentosError('audit.changedUnderneath', { path: folder.relativePath(path), expectedSize: size, size: now?.size });
  }

  private async setAside(handle: FileHandle, end: number, size: number): Promise<void> {
    const { folder, path, random } = this.options;
    const torn = readRange(handle, end, size);
    await writeFileAtomic(`${path}.torn-${String(end)}-${sha256Hex(torn).slice(0, 12)}`, torn, { mode: folder.fileMode, random });
    await handle.truncate(end);
    await handle.sync();
    this.tornBytes = size - end;
  }
}

/** A file of lines that only grows, over lowdb. All but `close` is to be called under the desk's lock. */
export class Journal {
  private readonly adapter: JournalAdapter;
  private readonly database: Low<JournalData>;

  constructor(readonly options: JournalOptions) {
    this.adapter = new JournalAdapter(options);
    this.database = new Low<JournalData>(this.adapter, { head: { size: 0 }, pending: [], durable: true });
  }

  /** Bytes of complete lines, as this process knows it. */
  get size(): number {
    return this.database.data.head.size;
  }

  /** Sees what others wrote; returns how many bytes of a torn last line were set aside. */
  async catchUp(): Promise<number> {
    await this.database.read();
    return this.adapter.tornBytes;
  }

  /** Resolves when the lines are on disk (unless `durable` is false). After an error nothing of them remains. */
  async append(lines: readonly string[], durable = true): Promise<void> {
    if (lines.length === 0) return;
    const { head } = this.database.data;
    this.database.data = { head, pending: lines, durable };
    try {
      await this.database.write();
    } catch (error) {
      this.database.data = { head, pending: [], durable: true };
      throw error;
    }
    const written = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    this.database.data = { head: { size: head.size + written }, pending: [], durable: true };
  }

  /** Takes back lines that were appended last and that nothing else rests on. */
  async takeBack(size: number): Promise<void> {
    await this.adapter.truncate(this.size, size);
    this.database.data = { head: { size }, pending: [], durable: true };
  }

  /** The last complete line, without its newline. */
  async lastLine(): Promise<Uint8Array | undefined> {
    return this.adapter.lastLine(this.size);
  }

  async close(): Promise<void> {
    await this.adapter.close();
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  let written = 0;
  // A few lines go into the system's cache at once, without waiting for a thread of the pool.
  if (bytes.length <= writtenAtOnce) while (written < bytes.length) written += writeSync(handle.fd, bytes, written);
  while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
}

function isSameFile(handle: FileHandle, path: string): boolean {
  const now = statSync(path, { throwIfNoEntry: false });
  return now !== undefined && now.ino === fstatSync(handle.fd).ino;
}
