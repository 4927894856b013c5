import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, type Randomness } from '../core/clock';
import { MomentosError } from '../core/errors';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, signal === undefined ? {} : { signal });
    } catch (cause) {
      throw new MomentosError('network.cancelled', {}, { cause });
    }
  },
};

/** The machine's randomness; jitter needs no secrecy but gets it all the same. */
export const systemRandomness: Randomness = {
  bytes: (length) => randomBytes(length),
  fraction: () => randomBytes(4).readUInt32BE() / 2 ** 32,
};
