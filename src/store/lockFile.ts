import { constants, closeSync, fchmodSync, linkSync, openSync, readFileSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { uptime } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Randomness } from '../core/clock';
import { MomentosError } from '../core/errors';
import { isSystemError } from './deskFolder';
import { livenessOf, ownIdentity, type ProcessIdentity } from './processIdentity';

/** What stands in a lock file. */
export interface LockHolder extends ProcessIdentity {
  readonly schemaVersion: 1;
  readonly token: string;
}

export type Attempt = { readonly state: 'taken' } | { readonly state: 'held'; /** undefined = it has just changed hands. */ readonly by: LockHolder | undefined };

export interface LockFileOptions {
  readonly path: string;
  readonly mode: number;
  readonly random: Randomness;
  /** What to do with a lock of another container under the same host name, whose process cannot be seen. */
  readonly otherSpace: 'refuse' | 'takeOver';
}

/** Locks that this process holds, given back when it ends by itself. */
const heldLocks = new Set<LockFile>();
let exitHandled = false;

/**
 * A file that one living process has. It is made whole by one system call, and taken over only when its process is known to be gone; who may do
 * that is settled by a second lock file named after the dead holder's token, so that two heirs never rob each other.
 */
export class LockFile {
  private readonly token: string;
  private readonly text: string;
  private held = false;

  constructor(private readonly options: LockFileOptions) {
    this.token = Buffer.from(options.random.bytes(16)).toString('hex');
    const holder: LockHolder = { schemaVersion: 1, ...ownIdentity(), token: this.token };
    this.text = `${JSON.stringify(holder)}\n`;
  }

  get path(): string {
    return this.options.path;
  }

  /** Tries once. Errors: `lock.otherHost`, `store.unreadable` (a lock file that says nothing and is younger than the machine's start). */
  tryTake(): Attempt {
    if (this.held) return { state: 'taken' };
    const seen = readQuietly(this.path);
    if (seen === undefined) return this.makeNew();
    const holder = parseHolder(seen);
    if (holder === undefined) {
      if (!olderThanBoot(this.path)) throw new MomentosError('store.unreadable', { path: basename(this.path) });
    } else {
      const liveness = livenessOf(holder);
      if (liveness === 'otherHost' || (liveness === 'otherSpace' && this.options.otherSpace === 'refuse')) {
        throw new MomentosError('lock.otherHost', { host: holder.host, pid: holder.pid, path: basename(this.path) });
      }
      if (liveness === 'alive') return { state: 'held', by: holder };
    }
    return this.takeOver(seen, holder);
  }

  /** Errors: `lock.lost` when the file no longer names this holder. */
  assertHeld(): void {
    if (this.held && readQuietly(this.path) === this.text) return;
    this.forget();
    throw new MomentosError('lock.lost', { path: basename(this.path) });
  }

  /** Gives the lock back; a file that is no longer ours is left alone. */
  release(): void {
    if (!this.held) return;
    if (readQuietly(this.path) === this.text) removeQuietly(this.path);
    this.forget();
  }

  /** The process is ending: what cannot be removed is left to the next one, which sees that we are gone. */
  releaseAtExit(): void {
    try {
      this.release();
    } catch {
      this.forget();
    }
  }

  private took(): Attempt {
    this.held = true;
    heldLocks.add(this);
    if (!exitHandled) {
      exitHandled = true;
      process.on('exit', () => {
        for (const lock of heldLocks) lock.releaseAtExit();
      });
    }
    return { state: 'taken' };
  }

  private forget(): void {
    this.held = false;
    heldLocks.delete(this);
  }

  private makeNew(): Attempt {
    const temporary = this.temporaryPath();
    try {
      this.writeWhole(temporary);
      linkSync(temporary, this.path);
      return this.took();
    } catch (error) {
      if (isSystemError(error, 'EEXIST')) return { state: 'held', by: undefined };
      throw error;
    } finally {
      removeQuietly(temporary);
    }
  }

  private takeOver(seen: string, holder: LockHolder | undefined): Attempt {
    const heir = new LockFile({ ...this.options, path: `${this.path}.heir-${holder?.token ?? 'unreadable'}`, otherSpace: 'takeOver' });
    if (heir.tryTake().state === 'held') return { state: 'held', by: holder };
    const temporary = this.temporaryPath();
    try {
      if (readQuietly(this.path) !== seen) return { state: 'held', by: undefined };
      this.writeWhole(temporary);
      renameSync(temporary, this.path);
      return this.took();
    } finally {
      removeQuietly(temporary);
      heir.release();
    }
  }

  private temporaryPath(): string {
    return join(dirname(this.path), `.${basename(this.path)}.${this.token}`);
  }

  private writeWhole(path: string): void {
    const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, this.options.mode);
    try {
      fchmodSync(file, this.options.mode);
      writeSync(file, this.text);
    } finally {
      closeSync(file);
    }
  }
}

/** undefined = it is no lock text (empty after a power failure, or not ours). */
export function parseHolder(text: string): LockHolder | undefined {
  try {
    const parsed = JSON.parse(text) as Partial<LockHolder> | null;
    return parsed !== null && typeof parsed.pid === 'number' && typeof parsed.host === 'string' && typeof parsed.token === 'string' && /^[0-9a-f]{8,64}$/u.test(parsed.token)
      ? (parsed as LockHolder)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A file from before the machine's start was made by a process that is gone. */
function olderThanBoot(path: string): boolean {
  try {
    return statSync(path).mtimeMs < Date.now() - uptime() * 1000 - 1000;
  } catch {
    return false;
  }
}

function readQuietly(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error;
  }
}
