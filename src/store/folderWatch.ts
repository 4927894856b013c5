import { watch, type FSWatcher } from 'node:fs';

/** Milliseconds: several events of one write are told once; where the system's events fail (network folders), it is looked anyway. */
const settleMs = 50;
const lookMs = 2000;

/** Calls back when something in a folder may have changed; never keeps the process alive. */
export class FolderWatch {
  private watcher: FSWatcher | undefined;
  private poll: NodeJS.Timeout | undefined;
  private pending: NodeJS.Timeout | undefined;

  constructor(
    private readonly folder: string,
    private readonly onMayHaveChanged: () => void,
  ) {}

  start(): void {
    if (this.poll !== undefined) return;
    this.poll = setInterval(() => {
      if (this.watcher === undefined) this.watchFolder();
      this.onMayHaveChanged();
    }, lookMs);
    this.poll.unref();
    this.watchFolder();
  }

  stop(): void {
    clearInterval(this.poll);
    clearTimeout(this.pending);
    this.poll = undefined;
    this.pending = undefined;
    this.watcher?.close();
    this.watcher = undefined;
  }

  /** The folder may not be there yet: the next look tries again. */
  private watchFolder(): void {
    try {
      this.watcher = watch(this.folder, { persistent: false }, () => {
        this.soon();
      });
      this.watcher.on('error', () => {
        this.watcher?.close();
        this.watcher = undefined;
      });
    } catch {
      this.watcher = undefined;
    }
  }

  private soon(): void {
    if (this.pending !== undefined) return;
    this.pending = setTimeout(() => {
      this.pending = undefined;
      this.onMayHaveChanged();
    }, settleMs);
    this.pending.unref();
  }
}
