import { type Randomness } from '../core/clock';
import { type PollLease } from '../core/ports';
import { type DeskFolder } from './deskFolder';
import { LockFile } from './lockFile';

/**
 * The right to poll, in `.momentos/poll.lock`: kept until released or until its process is gone. Of another container under the same host name it is
 * taken over, since two that poll do no harm and none that polls does.
 */
export class FilePollLease implements PollLease {
  private lock: LockFile | undefined;

  constructor(
    private readonly folder: DeskFolder,
    private readonly random: Randomness,
  ) {}

  /** Errors: `lock.otherHost`, `store.notWritable`. */
  async tryAcquire(): Promise<boolean> {
    if (this.lock !== undefined && this.isStillHeld(this.lock)) return true;
    await this.folder.prepare();
    if (this.lock !== undefined && this.isStillHeld(this.lock)) return true;
    const path = this.folder.path('poll.lock');
    const lock = new LockFile({ path, mode: this.folder.fileMode, random: this.random, otherSpace: 'takeOver' });
    try {
      this.lock = lock.tryTake().state === 'taken' ? lock : undefined;
    } catch (error) {
      throw this.folder.storeError(error, path);
    }
    return this.lock !== undefined;
  }

  async release(): Promise<void> {
    const lock = this.lock;
    this.lock = undefined;
    lock?.release();
    await Promise.resolve();
  }

  private isStillHeld(lock: LockFile): boolean {
    try {
      lock.assertHeld();
      return true;
    } catch {
      return false;
    }
  }
}
