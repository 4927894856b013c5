import { constants, existsSync, type Stats } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { MomentosError } from '../core/errors';
import { syncFolder } from './atomicFile';

export type Sharing = 'private' | 'group';

const modes = {
  private: { folder: 0o700, file: 0o600 },
  group: { folder: 0o2770, file: 0o660 },
} as const;

/** Never through a symbolic link; 0 where the system has no such flag. */
export const noFollow = (constants.O_NOFOLLOW as number | undefined) ?? 0;

/** The `.momentos` folder of a desk: where its files lie and with which rights they are made, whatever the umask. */
export class DeskFolder {
  readonly root: string;
  private ready = false;

  constructor(
    readonly dir: string,
    readonly sharing: Sharing,
    readonly readOnly: boolean,
  ) {
    this.root = join(dir, '.momentos');
  }

  get fileMode(): number {
    return modes[this.sharing].file;
  }

  path(...parts: readonly string[]): string {
    return join(this.root, ...parts);
  }

  /** Makes `.momentos` and its folders where they are missing. Errors: `store.notWritable`, `store.unreadable` when one is a link. */
  async prepare(): Promise<void> {
    if (this.ready && existsSync(this.path('lock.queue'))) return;
    this.assertWritable();
    await this.ensureFolder(this.root);
    await this.applySharing();
    for (const name of ['audit', 'drafts', 'lock.queue']) await this.ensureFolder(this.path(name));
    await this.writeIgnoreFile();
    this.ready = true;
  }

  /** Errors: `store.notWritable` on a desk opened for reading. */
  assertWritable(): void {
    if (this.readOnly) throw new MomentosError('store.notWritable', { path: '.momentos', readOnly: true });
  }

  /** Opens a file for reading; undefined = there is none. Errors: `store.unreadable` (a link, a folder, no right to). */
  async openForReading(path: string): Promise<FileHandle | undefined> {
    try {
      const handle = await open(path, constants.O_RDONLY | noFollow);
      if ((await handle.stat()).isFile()) return handle;
      await handle.close();
    } catch (error) {
      if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return undefined;
      if (isSystemError(error, 'EACCES', 'EPERM')) throw new MomentosError('store.unreadable', { path: this.relativePath(path), system: error.code }, { cause: error });
      throw this.storeError(error, path);
    }
    throw new MomentosError('store.unreadable', { path: this.relativePath(path), reason: 'not a file' });
  }

  /** Opens a file for appending, made with the desk's rights where it is missing. */
  async openForAppending(path: string): Promise<{ readonly handle: FileHandle; readonly created: boolean }> {
    this.assertWritable();
    const flags = constants.O_APPEND | constants.O_RDWR | noFollow;
    try {
      return { handle: await open(path, flags), created: false };
    } catch (error) {
      if (!isSystemError(error, 'ENOENT')) throw this.storeError(error, path);
    }
    try {
      const handle = await open(path, flags | constants.O_CREAT, this.fileMode);
      await handle.chmod(this.fileMode);
      return { handle, created: true };
    } catch (error) {
      throw this.storeError(error, path);
    }
  }

  /** What the system says of a failure, as the desk's error. */
  storeError(error: unknown, path: string): unknown {
    if (error instanceof MomentosError) return error;
    const details = { path: this.relativePath(path), system: systemCode(error) };
    if (isSystemError(error, 'ENOSPC', 'EDQUOT', 'EFBIG')) return new MomentosError('store.diskFull', details, { cause: error });
    if (isSystemError(error, 'EACCES', 'EROFS', 'EPERM')) return new MomentosError('store.notWritable', details, { cause: error });
    if (isSystemError(error, 'ELOOP', 'EISDIR', 'ENOTDIR', 'EMLINK', 'EIO')) return new MomentosError('store.unreadable', details, { cause: error });
    return error;
  }

  relativePath(path: string): string {
    return relative(this.dir, path) || '.';
  }

  /** Makes a folder below `.momentos` with the desk's rights, where it is missing. */
  async makeFolder(path: string): Promise<void> {
    this.assertWritable();
    await this.ensureFolder(path);
  }

  private async ensureFolder(path: string): Promise<void> {
    try {
      const made = await mkdir(path).then(() => true, (error: unknown) => {
        if (isSystemError(error, 'EEXIST')) return false;
        throw error;
      });
      if (made) {
        await chmod(path, modes[this.sharing].folder);
        await syncFolder(dirname(path));
      } else if (!(await lstat(path)).isDirectory()) throw new MomentosError('store.unreadable', { path: this.relativePath(path), system: 'ENOTDIR' });
    } catch (error) {
      throw this.storeError(error, path);
    }
  }

  /** After `sharing` was changed in the configuration: gives what is there the rights of the new one, where it is ours to give. */
  private async applySharing(): Promise<void> {
    const wanted = modes[this.sharing];
    const root = await lstat(this.root);
    if ((root.mode & 0o777) === (wanted.folder & 0o777) || !isOurs(root)) return;
    await this.applyTo(this.root);
  }

  private async applyTo(folder: string): Promise<void> {
    const wanted = modes[this.sharing];
    await chmod(folder, wanted.folder);
    for (const item of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, item.name);
      if (!isOurs(await lstat(path))) continue;
      if (item.isDirectory()) await this.applyTo(path);
      else if (item.isFile()) await chmod(path, wanted.file);
    }
  }

  private async writeIgnoreFile(): Promise<void> {
    const path = this.path('.gitignore');
    try {
      const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, this.fileMode);
      try {
        await handle.chmod(this.fileMode);
        await handle.writeFile('*\n');
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (!isSystemError(error, 'EEXIST')) throw this.storeError(error, path);
    }
  }
}

function isOurs(stats: Stats): boolean {
  return process.getuid === undefined || stats.uid === process.getuid();
}

/** True for an error of the operating system with one of these codes. */
export function isSystemError(error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException {
  const code = systemCode(error);
  return code !== undefined && codes.includes(code);
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
