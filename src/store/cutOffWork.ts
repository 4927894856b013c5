import { type Clock, type Logger } from '../core/clock';
import { asMomentosError } from '../core/errors';
import { type CutOffWork, type CutOffWorks, type ErasureOutcome } from '../core/erasurePorts';
import { type DeskFolder } from './deskFolder';
import { type FileInboxStore } from './inboxStore';
import { type DeskLock } from './lock';

/** Work of several steps under a marker, which a crash may cut off between two of them. */
export interface CutOffJob {
  readonly kind: CutOffWork['kind'];
  /** Whether its marker is there, without reading it: asked at each opening and each time the lock is taken. */
  readonly isCutOff: boolean;
  /** Under the lock: ends it. undefined = nothing was cut off; `dropped`: the log never had it, so nothing of it was done. Errors: why it cannot be ended. */
  finish(): Promise<ErasureOutcome | 'done' | 'dropped' | undefined>;
  /** Changes nothing. Errors: why it could not be ended. */
  examine(): Promise<void>;
}

export interface CutOffWorksOptions {
  readonly folder: DeskFolder;
  readonly lock: DeskLock;
  readonly inbox: FileInboxStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly jobs: readonly CutOffJob[];
}

/** Whoever holds the lock longer than this when a desk is opened is at that work itself, ms. */
const openingWaitMs = 3000;
/** What failed is not tried again before: it may mean to read the whole log, ms. */
const pauseMs = 30_000;

/** Ends what a crash cut off: when a desk is opened for writing, and whenever the lock is taken anew. */
export class FileCutOffWorks implements CutOffWorks {
  private readonly works = new Map<CutOffWork['kind'], CutOffWork>();
  private readonly triedAt = new Map<CutOffWork['kind'], number>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: CutOffWorksOptions) {
    options.inbox.onSettled(() => this.finish());
  }

  /** Before anything of the desk is shown. Never fails: what cannot be ended is told. */
  async atOpening(): Promise<void> {
    const { folder, jobs, lock, inbox } = this.options;
    const cutOff = jobs.filter((job) => job.isCutOff);
    if (folder.readOnly || cutOff.length === 0) return;
    try {
      await lock.run(() => inbox.settled(), openingWaitMs);
    } catch (thrown) {
      const error = asMomentosError(thrown);
      for (const job of cutOff) this.meet(job, error.code === 'lock.busy' ? { kind: job.kind, state: 'waiting' } : { kind: job.kind, state: 'failed', error });
    }
  }

  met(): readonly CutOffWork[] {
    return [...this.works.values()];
  }

  onDidMeet(listener: () => void): () => void {
    const own = (): void => {
      listener();
    };
    this.listeners.add(own);
    return () => {
      this.listeners.delete(own);
    };
  }

  async look(): Promise<readonly CutOffWork[]> {
    const found: CutOffWork[] = [];
    for (const job of this.options.jobs) {
      if (!job.isCutOff) continue;
      const met = this.works.get(job.kind);
      try {
        await job.examine();
        found.push(met?.state === 'failed' ? met : { kind: job.kind, state: 'waiting' });
      } catch (error) {
        found.push({ kind: job.kind, state: 'failed', error: asMomentosError(error) });
      }
    }
    return found;
  }

  /** A failure stops nobody else's work. */
  private async finish(): Promise<void> {
    const { jobs, clock } = this.options;
    for (const job of jobs) {
      if (!job.isCutOff || clock.now() - (this.triedAt.get(job.kind) ?? -pauseMs) < pauseMs) continue;
      try {
        const outcome = await job.finish();
        if (outcome !== undefined) this.meet(job, outcome === 'dropped' ? { kind: job.kind, state: 'dropped' } : { kind: job.kind, state: 'finished', ...(outcome === 'done' ? {} : { outcome }) });
      } catch (error) {
        this.triedAt.set(job.kind, clock.now());
        this.meet(job, { kind: job.kind, state: 'failed', error: asMomentosError(error) });
      }
    }
  }

  private meet({ kind }: CutOffJob, work: CutOffWork): void {
    const { logger } = this.options;
    const before = this.works.get(kind);
    if (work.state === 'failed') logger.error('Work that was cut off could not be completed', { kind, code: work.error?.code, details: work.error?.details });
    else if (work.state !== 'waiting') logger.info('Work that was cut off was completed', { kind, state: work.state, ...work.outcome });
    this.works.set(kind, work);
    if (before?.state === work.state && before.error?.code === work.error?.code) return;
    for (const listener of [...this.listeners]) listener();
  }
}
