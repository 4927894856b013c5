import { type ChannelPace, type RateLimits } from './channelPort';

export interface PaceFacts {
  /** UTC ms. */
  readonly now: number;
  readonly pace: ChannelPace;
  /** How often a person wants the networks looked at, ms, said for a network whose usual pace is a minute; the others keep their proportion to it. */
  readonly wishedMs: number;
  /** The pause before this pull, ms; undefined = it was the first. */
  readonly intervalMs: number | undefined;
  /** New mentions that this pull brought. */
  readonly arrived: number;
  /** Pulls in a row that failed, this one included. */
  readonly failures: number;
  /** UTC ms: the network does not want to be asked before. */
  readonly retryAt: number | undefined;
  readonly limits: RateLimits | undefined;
  /** Nobody has looked at this window for a while. */
  readonly away: boolean;
  /** Random, in [0, 1). */
  readonly fraction: number;
}

export interface NextPull {
  /** UTC ms. */
  readonly at: number;
  /** Without jitter, ms. */
  readonly intervalMs: number;
}

const minute = 60_000;
const awayMs = 5 * minute;
/** However often a channel fails, it is tried again after this, ms. */
const longestFailureMs = 15 * minute;
/** Requests that a pull may take: mentions, conversations, what is re-read. */
const requestsPerPull = 5;
/** Below this share of what a network allows, what is left is spread until the reset. */
const scarce = 0.25;

/** When to look at a channel again: sooner while mentions flow, later while it is quiet, failing or nearly out of what its network allows. */
export function nextPull(facts: PaceFacts): NextPull {
  const { now, pace, fraction } = facts;
  const usual = Math.max(pace.fastestMs, (pace.usualMs * facts.wishedMs) / minute);
  const slowest = Math.max(pace.slowestMs, usual);
  const before = facts.intervalMs ?? usual;
  const flowing = facts.arrived > 0 ? Math.min(before, usual) / 2 : before < usual ? before * 2 : before * 1.25;
  const calm = clamp(flowing, Math.min(pace.fastestMs, usual), facts.arrived > 0 ? usual : slowest);
  const failing = facts.failures === 0 ? calm : Math.min(Math.max(longestFailureMs, usual), usual * 2 ** Math.min(facts.failures, 10));
  const intervalMs = Math.max(failing, spread(facts), facts.away ? awayMs : 0);
  const jittered = intervalMs * (0.9 + 0.2 * fraction);
  const asked = facts.retryAt === undefined ? 0 : facts.retryAt + 3_000 * fraction;
  return { at: Math.round(Math.max(now + jittered, asked)), intervalMs: Math.round(intervalMs) };
}

function spread({ limits, now }: PaceFacts): number {
  if (limits?.resetAt === undefined || limits.resetAt <= now) return 0;
  const share = limits.limit === undefined || limits.limit === 0 ? 1 : limits.remaining / limits.limit;
  if (limits.remaining >= requestsPerPull && share >= scarce) return 0;
  const pullsLeft = Math.floor(limits.remaining / requestsPerPull);
  return (limits.resetAt - now) / Math.max(1, pullsLeft);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
