import { type Randomness } from '../core/clock';
import { type RateLimits } from '../core/channelPort';

/** How often and how long a read is tried again. Times in ms. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attempts: number;
  readonly firstDelay: number;
  readonly longestDelay: number;
  /** The most that one call waits in all because a server asks for it; beyond it the call fails and says when to come back. */
  readonly longestWait: number;
}

export const usualRetries: RetryPolicy = { attempts: 4, firstDelay: 500, longestDelay: 8_000, longestWait: 30_000 };

/** No server keeps a channel away for longer than this, whatever its headers say. */
const furthestRetry = 3_600_000;

/** Milliseconds before try number `attempt` + 1 (from 1): exponential, half of it random, so that many desks do not return together. */
export function backoffDelay(attempt: number, random: Randomness, policy: RetryPolicy): number {
  const full = Math.min(policy.longestDelay, policy.firstDelay * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * random.fraction());
}

/**
 * When the server wants to be asked again, UTC ms by our clock; undefined = it does not say. `Retry-After` (seconds or HTTP date, RFC 9110)
 * goes before the reset header of the limit (`X-RateLimit-Reset` in ISO 8601 on Mastodon and GoToSocial, `x-rate-limit-reset` in epoch seconds on X,
 * `RateLimit-Reset` in epoch seconds on Bluesky and seconds to go elsewhere). Dates are read against the answer's own `Date`, so that a clock that is
 * wrong here does no harm.
 */
export function retryTime(header: (name: string) => string | undefined, now: number): number | undefined {
  const asked = fromText(header('retry-after'), now, aheadOf(header, now), 'seconds') ?? resetTime(header, now);
  return asked === undefined ? undefined : Math.min(Math.max(asked, now), now + furthestRetry);
}

/** The spellings of the networks, and of the IETF draft. */
const prefixes = ['x-ratelimit-', 'x-rate-limit-', 'ratelimit-'];

/** What an answer says about the limit that it counted against; undefined = nothing that can be read. */
export function rateLimits(header: (name: string) => string | undefined, now: number): RateLimits | undefined {
  for (const prefix of prefixes) {
    const remaining = count(header(`${prefix}remaining`));
    if (remaining === undefined) continue;
    const resetAt = fromText(header(`${prefix}reset`), now, aheadOf(header, now), 'either');
    return { limit: count(header(`${prefix}limit`)), remaining, resetAt: resetAt === undefined ? undefined : Math.round(resetAt), at: now };
  }
  return undefined;
}

function resetTime(header: (name: string) => string | undefined, now: number): number | undefined {
  for (const prefix of prefixes) {
    const at = fromText(header(`${prefix}reset`), now, aheadOf(header, now), 'either');
    if (at !== undefined) return at;
  }
  return undefined;
}

/** How far the server's clock is ahead of ours, ms. */
function aheadOf(header: (name: string) => string | undefined, now: number): number {
  const serverNow = Date.parse(header('date') ?? '');
  return Number.isNaN(serverNow) ? 0 : serverNow - now;
}

/** `300`, or the first number of `100, 100;w=60`. */
function count(text: string | undefined): number | undefined {
  const number = /^\s*(\d{1,12})\b/u.exec(text ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}

function fromText(text: string | undefined, now: number, ahead: number, numbers: 'seconds' | 'either'): number | undefined {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return undefined;
  if (/^\d+(?:\.\d+)?$/u.test(trimmed)) {
    const number = Number(trimmed);
    if (numbers === 'seconds' || number < 1e9) return now + number * 1000;
    return (number < 1e12 ? number * 1000 : number) - ahead;
  }
  // JavaScript makes a date of almost anything; a month or a year has to be there.
  if (!/^(?:\d{4}-|[A-Z][a-z]{2})/u.test(trimmed)) return undefined;
  const date = Date.parse(trimmed);
  return Number.isNaN(date) ? undefined : date - ahead;
}
