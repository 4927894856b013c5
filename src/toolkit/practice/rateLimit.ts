import { MomentosError } from '../../core/errors';

/** So many requests in so many seconds. */
export interface RequestLimit {
  readonly count: number;
  readonly seconds: number;
}

/** Reads `N/SECONDS`, for example `300/300`. Throws `usage.invalid` when it is anything else or one of them is 0. */
export function parseLimit(text: string): RequestLimit {
  const match = /^\s*(\d{1,7})\s*\/\s*(\d{1,6})\s*s?\s*$/.exec(text);
  const limit = { count: Number(match?.[1] ?? 0), seconds: Number(match?.[2] ?? 0) };
  if (limit.count === 0 || limit.seconds === 0) throw new MomentosError('usage.invalid', { option: '--limit', value: text, expected: 'N/SECONDS' });
  return limit;
}

/** Mastodon's documented limit; announced, but never enforced, when no limit was asked for. */
const documented: RequestLimit = { count: 300, seconds: 300 };

/** Counts requests in fixed windows, as Mastodon does. */
export class RateLimiter {
  private windowEnd = 0;
  private used = 0;

  constructor(private readonly limit: RequestLimit | undefined, private readonly now: () => number) {}

  /** Counts one request; `allowed` is false when it is over the limit. The headers go with every answer; the reset is an ISO 8601 time. */
  take(): { readonly allowed: boolean; readonly headers: Record<string, string> } {
    const { count, seconds } = this.limit ?? documented;
    const at = this.now();
    if (at >= this.windowEnd) {
      const length = seconds * 1000;
      this.windowEnd = (Math.floor(at / length) + 1) * length;
      this.used = 0;
    }
    this.used += 1;
    const remaining = this.limit ? Math.max(0, count - this.used) : count - 1;
    return { allowed: !this.limit || this.used <= count, headers: rateLimitHeaders(count, remaining, this.windowEnd) };
  }
}

export function rateLimitHeaders(limit: number, remaining: number, resetMs: number): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': new Date(resetMs).toISOString().replace('Z', '000Z'),
  };
}
