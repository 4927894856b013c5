import { link, lstat, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Randomness } from '../core/clock';
import { MomentosError } from '../core/errors';

const flushBytes = 64 * 1024;

/** A file that appears under its name only when it is whole: written beside it, synced, then moved. Readable by its owner only. */
export class NewFile {
  private constructor(
    private readonly path: string,
    private readonly temporary: string,
    private readonly handle: FileHandle,
    private readonly overwrite: boolean,
  ) {}

  /** Errors: `export.exists`, `export.notWritable`. */
  static async begin(path: string, options: { readonly overwrite: boolean; readonly random: Randomness }): Promise<NewFile> {
    const target = resolve(path);
    const there = await kindOf(target);
    if (there === 'other') throw new MomentosError('export.notWritable', { path, reason: 'EISDIR' });
    if (there === 'file' && !options.overwrite) throw new MomentosError('export.exists', { path });
    const token = Buffer.from(options.random.bytes(6)).toString('hex');
    const temporary = join(dirname(target), `.${basename(target)}.${token}.tmp`);
    try {
      return new NewFile(target, temporary, await open(temporary, 'wx', 0o600), options.overwrite);
    } catch (error) {
      throw notWritable(path, error);
    }
  }

  /** Writes all pieces in order and resolves to what they return. Errors: `export.notWritable`, and those of the pieces. */
  async writeAll<T>(pieces: AsyncGenerator<string, T>): Promise<T> {
    let held = '';
    try {
      for (;;) {
        const next = await pieces.next();
        if (next.done !== true) held += next.value;
        if (held.length >= flushBytes || next.done === true) {
          await this.write(held);
          held = '';
        }
        if (next.done === true) return next.value;
      }
    } catch (error) {
      // Lets the source close what it reads from.
      await pieces.return(undefined as T);
      throw error;
    }
  }

  /** Errors: `export.exists` when somebody else was faster, `export.notWritable`. */
  async finish(): Promise<void> {
    try {
      await this.handle.sync();
      await this.handle.close();
      if (this.overwrite) await rename(this.temporary, this.path);
      else await this.moveWithoutOverwriting();
    } catch (error) {
      throw error instanceof MomentosError ? error : notWritable(this.path, error);
    }
  }

  /** Leaves nothing behind; after `finish` it does nothing. */
  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await unlink(this.temporary).catch(() => undefined);
  }

  private async write(text: string): Promise<void> {
    try {
      await this.handle.writeFile(text, 'utf8');
    } catch (error) {
      throw notWritable(this.path, error);
    }
  }

  private async moveWithoutOverwriting(): Promise<void> {
    try {
      await link(this.temporary, this.path);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw new MomentosError('export.exists', { path: this.path });
      // File systems without hard links: nearly as good, since the file was not there a moment ago.
      if ((await kindOf(this.path)) !== undefined) throw new MomentosError('export.exists', { path: this.path });
      await rename(this.temporary, this.path);
      return;
    }
    await unlink(this.temporary);
  }
}

async function kindOf(path: string): Promise<'file' | 'other' | undefined> {
  try {
    const stats = await lstat(path);
    return stats.isFile() || stats.isSymbolicLink() ? 'file' : 'other';
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw notWritable(path, error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function notWritable(path: string, cause: unknown): MomentosError {
  return new MomentosError('export.notWritable', { path, reason: codeOf(cause) }, { cause });
}
