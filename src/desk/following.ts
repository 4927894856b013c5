import { type Clock, type Logger, type Randomness } from '../core/clock';
import { asMomentosError } from '../core/errors';
import { type PollLease } from '../core/ports';
import { type FollowOptions } from './pullApi';

export interface FollowingDeps {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly lease: PollLease;
  readonly logger: Logger;
  /** Ids of the channels to follow. */
  readonly channels: readonly string[];
  /** UTC ms; undefined = it has not been looked at in this process. */
  readonly nextAt: (channel: string) => number | undefined;
  readonly isPulling: () => boolean;
  readonly pull: (channel: string) => Promise<void>;
  /** Takes over what other processes have stored. */
  readonly share: () => Promise<void>;
}

/** The wall clock is looked at this often: a timer does not know that the machine slept. */
const sliceMs = 15_000;
/** A slice that took this much longer was a sleep of the machine. */
const sleptMs = 60_000;
/** After a sleep the channels come back spread over this, ms. */
const wakeSpreadMs = 20_000;
const sharedMs = 30_000;

/** Each channel in a loop of its own until the signal ends: one that is slow never delays another, one that slept is asked once and not for all it missed. */
export function createFollowing(deps: FollowingDeps): (options: FollowOptions) => Promise<void> {
  const { clock, random, lease, logger } = deps;

  /** True when the machine slept meanwhile. */
  const sleepUntil = async (at: () => number, signal: AbortSignal): Promise<boolean> => {
    for (let now = clock.now(); now < at(); now = clock.now()) {
      const slice = Math.min(sliceMs, at() - now);
      await clock.sleep(slice, signal);
      if (clock.now() - now > slice + sleptMs) return true;
    }
    return false;
  };

  const guarded = async (what: string, work: () => Promise<void>, signal: AbortSignal): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      const error = asMomentosError(thrown);
      if (!signal.aborted && error.code !== 'network.cancelled') logger.warn(what, { code: error.code, details: error.details, error: error.code === 'unexpected' ? error.cause : undefined });
    }
  };

  const followChannel = async (channel: string, { signal, rhythm }: FollowOptions): Promise<void> => {
    while (!signal.aborted) {
      let pulled = false;
      await guarded('polling failed', async () => {
        if (!(await lease.tryAcquire())) return;
        await deps.pull(channel);
        pulled = true;
        if (rhythm().away && !deps.isPulling()) await lease.release();
      }, signal);
      const begin = clock.now();
      const { wishedMs } = rhythm();
      // A pull that a person asked for meanwhile moves the next one.
      const at = (): number => (pulled ? (deps.nextAt(channel) ?? begin + wishedMs) : begin + Math.min(sharedMs, wishedMs));
      if (await sleepUntil(at, signal)) await clock.sleep(random.fraction() * wakeSpreadMs, signal);
    }
  };

  const shareStored = async ({ signal }: FollowOptions): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(sharedMs, signal);
      await guarded('stored mentions not read', deps.share, signal);
    }
  };

  return async (options) => {
    const ended = (thrown: unknown): void => {
      if (!options.signal.aborted) throw asMomentosError(thrown);
    };
    await Promise.all([...deps.channels.map((channel) => followChannel(channel, options).catch(ended)), shareStored(options).catch(ended)]);
  };
}
