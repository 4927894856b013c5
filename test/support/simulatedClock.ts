import { MomentosError } from '../../src/core/errors';
import { type Clock } from '../../src/core/clock';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that stands still while anything works, and jumps to the next sleeper when all that run are asleep. The servers and files beside it are real. */
export class SimulatedClock implements Clock {
  private readonly sleepers = new Set<Sleeper>();
  private time: number;

  constructor(start: number) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        this.sleepers.delete(sleeper);
        reject(new MomentosError('network.cancelled'));
      };
      const sleeper: Sleeper = {
        at: this.time + Math.ceil(Math.max(0, ms)),
        wake: () => {
          this.sleepers.delete(sleeper);
          signal?.removeEventListener('abort', cancel);
          resolve();
        },
      };
      if (signal?.aborted) {
        reject(new MomentosError('network.cancelled'));
        return;
      }
      signal?.addEventListener('abort', cancel, { once: true });
      this.sleepers.add(sleeper);
    });
  }

  /** The machine sleeps: time goes on, nobody is woken before it is over. */
  suspend(ms: number): void {
    this.time += ms;
  }

  /** Lets `ms` pass for `tasks` tasks that each are at work or asleep. `meanwhile` runs at each jump. */
  async pass(ms: number, tasks: number, meanwhile: () => Promise<void> | void = () => undefined): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await this.allAsleep(tasks);
      const next = [...this.sleepers].reduce<Sleeper | undefined>((first, each) => (first === undefined || each.at < first.at ? each : first), undefined);
      if (next === undefined || next.at > end) break;
      this.time = Math.max(this.time, next.at);
      await meanwhile();
      next.wake();
    }
    this.time = Math.max(this.time, end);
  }

  /** Until that many sleep, and nobody who was just woken is on the way to something else. */
  async allAsleep(tasks: number): Promise<void> {
    for (let still = 0; still < 3; ) {
      await new Promise((resolve) => setImmediate(resolve));
      still = this.sleepers.size >= tasks ? still + 1 : 0;
    }
  }
}
