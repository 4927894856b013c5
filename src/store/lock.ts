import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { type Logger, type Randomness } from '../core/clock';
import { MomentosError } from '../core/errors';
import { type DeskFolder } from './deskFolder';
import { LockFile } from './lockFile';
import { LockQueue } from './lockQueue';

export interface DeskLockOptions {
  readonly folder: DeskFolder;
  readonly random: Randomness;
  readonly logger: Logger;
  /** Milliseconds to wait for another process before `lock.busy`. */
  readonly waitMs?: number | undefined;
}

/** How long a holder with work of its own goes on after another process asked: with a section begun just before its end, less than 50 ms. */
const quantumMs = 35;
/** How often who is next looks whether the lock is free: at first, after a while, and when it takes long. */
const nextLooksMs = [1, 5, 20] as const;
/** How often who waits behind others looks, for each one before it: what it waits for takes a turn of each of them. */
const behindLookMs = 10;
const slowestLookMs = 40;
/** How often an idle holder looks whether somebody asks, and after how long it gives the lock back unasked. */
const idleLookMs = 10;
const idleMs = 100;

/** How long another process is waited for before `lock.busy`, unless the options say so. */
const usualWaitMs = 15_000;

/** How long a desk that is being closed still waits for another process, for what it was asked to write before. */
const closingWaitMs = 2000;

/**
 * The one lock of a desk. `run` lets one section at a time pass, in this process and among all. Between sections the lock is kept as a lease and
 * given up once another process asks, in order of asking.
 */
export class DeskLock {
  private lease: LockFile | undefined;
  private tail: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private askedAt: number | undefined;
  private idleTimer: NodeJS.Timeout | undefined;
  private idleSince = 0;
  private disposed = false;
  private taken = 0;
  private readonly queue: LockQueue;
  private readonly inside = new AsyncLocalStorage<{ active: boolean }>();
  private readonly beforeGivingUp: (() => void)[] = [];

  constructor(private readonly options: DeskLockOptions) {
    this.queue = new LockQueue(options.folder.path('lock.queue'), options.folder.fileMode, options.random);
  }

  /** Grows each time the lock was taken anew: what a store knew before may be old. */
  get generation(): number {
    return this.taken;
  }

  /** `work` runs before the lock is given up. */
  onGivingUp(work: () => void): void {
    this.beforeGivingUp.push(work);
  }

  /**
   * Runs a section under the lock; a section called from within a section runs at once. `waitMs`: where it waits shorter for another process than others do.
   * Errors: `lock.busy` (waited in vain), `lock.otherHost`, `lock.lost`, `store.notWritable`, and what the section throws.
   */
  async run<T>(section: () => Promise<T>, waitMs?: number): Promise<T> {
    if (this.inside.getStore()?.active === true) return section();
    if (this.disposed) throw new MomentosError('unexpected', { reason: 'the desk is closed' });
    this.waiting += 1;
    const turn = this.tail.then(() => this.pass(section, waitMs));
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  /** To be called before each write. Errors: `lock.lost`. */
  assertHeld(): void {
    if (this.lease === undefined) throw new MomentosError('lock.lost', { path: 'lock' });
    try {
      this.lease.assertHeld();
    } catch (error) {
      this.lease = undefined;
      throw error;
    }
  }

  /** Waits for the sections asked for so far and gives the lock back; later ones are refused. */
  async dispose(): Promise<void> {
    this.disposed = true;
    await this.tail;
    this.giveUp();
  }

  private async pass<T>(section: () => Promise<T>, waitMs: number | undefined): Promise<T> {
    this.waiting -= 1;
    this.stopIdling();
    const mark = { active: true };
    try {
      return await this.inside.run(mark, async () => {
        await this.take(waitMs);
        return await section();
      });
    } finally {
      mark.active = false;
      if (this.lease !== undefined && this.waiting === 0) this.idle();
    }
  }

  private async take(waitMs = this.options.waitMs ?? usualWaitMs): Promise<void> {
    if (this.lease !== undefined) {
      if (this.askedAt === undefined && this.queue.first() !== undefined) this.askedAt = performance.now();
      if (this.askedAt === undefined || performance.now() - this.askedAt < quantumMs) {
        this.assertHeld();
        return;
      }
      this.giveUp();
    }
    await this.options.folder.prepare();
    try {
      this.lease = await this.obtain(Math.min(waitMs, this.options.waitMs ?? usualWaitMs));
    } catch (error) {
      throw this.options.folder.storeError(error, this.options.folder.path('lock'));
    }
    this.askedAt = undefined;
    this.taken += 1;
  }

  private async obtain(waitMs: number): Promise<LockFile> {
    const { folder, random } = this.options;
    const file = new LockFile({ path: folder.path('lock'), mode: folder.fileMode, random, otherSpace: 'refuse' });
    if (this.queue.first() === undefined && file.tryTake().state === 'taken') return file;
    const ticket = this.queue.join();
    try {
      const since = performance.now();
      let nextSince: number | undefined;
      for (;;) {
        const before = this.queue.before(ticket);
        const attempt = before === 0 ? file.tryTake() : undefined;
        if (attempt?.state === 'taken') return file;
        const now = performance.now();
        if (before === 0) nextSince ??= now;
        const waited = now - since;
        if (waited > (this.disposed ? closingWaitMs : waitMs)) throw new MomentosError('lock.busy', { pid: attempt?.by?.pid, waitedMs: Math.round(waited) });
        await delay(nextSince === undefined ? Math.min(before * behindLookMs, slowestLookMs) : lookMs(now - nextSince));
      }
    } finally {
      this.queue.leave(ticket);
    }
  }

  /** Nobody here wants the lock now: keep it a moment for the next section, or give it to who asks. */
  private idle(): void {
    this.idleSince = performance.now();
    if (this.askedAt !== undefined) {
      setImmediate(() => {
        if (this.waiting === 0 && this.idleTimer !== undefined) this.giveUp();
      });
    }
    this.idleTimer = setInterval(() => {
      if (performance.now() - this.idleSince > idleMs || this.isAsked()) this.giveUp();
    }, idleLookMs);
    this.idleTimer.unref();
  }

  /** A queue that cannot be read counts as asked: without it nobody could tell us. */
  private isAsked(): boolean {
    try {
      return this.queue.first() !== undefined;
    } catch {
      return true;
    }
  }

  private stopIdling(): void {
    clearInterval(this.idleTimer);
    this.idleTimer = undefined;
  }

  private giveUp(): void {
    this.stopIdling();
    const lease = this.lease;
    if (lease === undefined) return;
    for (const work of this.beforeGivingUp) {
      try {
        work();
      } catch (error) {
        this.options.logger.warn('Work before giving up the lock failed', { error });
      }
    }
    this.lease = undefined;
    try {
      lease.release();
    } catch (error) {
      this.options.logger.warn('The lock could not be given back', { error });
    }
  }
}

/** Who is next looks often at first; who must wait long anyway leaves the processor to the holder. */
function lookMs(waitedMs: number): number {
  return waitedMs < 300 ? nextLooksMs[0] : waitedMs < 3000 ? nextLooksMs[1] : nextLooksMs[2];
}
