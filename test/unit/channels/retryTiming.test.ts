import { describe, expect, test } from 'vitest';
import { backoffDelay, rateLimits, retryTime, usualRetries } from '../../../src/channels/retryTiming';

const now = Date.UTC(2026, 10, 18, 9, 0, 0);
const at = (headers: Record<string, string>): number | undefined => retryTime((name) => headers[name], now);
const iso = (ms: number): string => new Date(ms).toISOString();

describe('when to come back', () => {
  test.each([
    ['seconds', { 'retry-after': '30' }, now + 30_000],
    ['an HTTP date', { 'retry-after': new Date(now + 60_000).toUTCString() }, now + 60_000],
    ['an ISO reset', { 'x-ratelimit-reset': iso(now + 90_000) }, now + 90_000],
    ['an ISO reset in microseconds', { 'x-ratelimit-reset': '2026-11-18T09:15:00.000000Z' }, now + 900_000],
    ['an epoch reset', { 'x-ratelimit-reset': String((now + 45_000) / 1000) }, now + 45_000],
    ['an epoch reset in milliseconds', { 'x-ratelimit-reset': String(now + 45_000) }, now + 45_000],
    ['a reset in seconds to go', { 'x-ratelimit-reset': '12' }, now + 12_000],
    ['Retry-After before the reset', { 'retry-after': '5', 'x-ratelimit-reset': iso(now + 90_000) }, now + 5_000],
    ['a time gone by', { 'x-ratelimit-reset': iso(now - 90_000) }, now],
    ['no more than an hour', { 'retry-after': '99999999' }, now + 3_600_000],
    ['a server whose clock is ten minutes ahead', { date: new Date(now + 600_000).toUTCString(), 'x-ratelimit-reset': iso(now + 630_000) }, now + 30_000],
  ])('%s', (_name, headers, expected) => {
    expect(at(headers as Record<string, string>)).toBe(expected);
  });

  test.each([{}, { 'retry-after': '' }, { 'retry-after': 'soon' }, { 'x-ratelimit-reset': '-1' }])('not told by %j', (headers) => {
    expect(at(headers as Record<string, string>)).toBeUndefined();
  });
});

test('pauses double, up to the longest, half of each by chance', () => {
  const random = (fraction: number) => ({ bytes: () => new Uint8Array(), fraction: () => fraction });
  const delays = (fraction: number): number[] => [1, 2, 3, 9].map((attempt) => backoffDelay(attempt, random(fraction), usualRetries));
  expect(delays(0)).toEqual([250, 500, 1_000, 4_000]);
  expect(delays(0.999_999)).toEqual([500, 1_000, 2_000, 8_000]);
});

describe('what an answer says about limits', () => {
  const said = (headers: Record<string, string>) => rateLimits((name) => headers[name], now);

  test.each([
    ['Mastodon', { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': new Date(now + 60_000).toISOString() }],
    ['X', { 'x-rate-limit-limit': '300', 'x-rate-limit-remaining': '12', 'x-rate-limit-reset': String(Math.round((now + 60_000) / 1000)) }],
    ['Bluesky', { 'ratelimit-limit': '300', 'ratelimit-remaining': '12', 'ratelimit-reset': String(Math.round((now + 60_000) / 1000)), 'ratelimit-policy': '300;w=300' }],
    ['the IETF draft', { 'ratelimit-limit': '300, 300;w=60', 'ratelimit-remaining': '12', 'ratelimit-reset': '60' }],
  ])('as %s spells it', (_name, headers) => {
    const limits = said(headers as Record<string, string>);
    expect(limits).toMatchObject({ limit: 300, remaining: 12, at: now });
    expect(Math.abs((limits?.resetAt ?? 0) - (now + 60_000))).toBeLessThan(1_000);
  });

  test.each([{}, { 'x-ratelimit-remaining': 'plenty' }, { 'x-ratelimit-limit': '300' }])('nothing where nothing is said (%j)', (headers) => {
    expect(said(headers as Record<string, string>)).toBeUndefined();
  });
});
