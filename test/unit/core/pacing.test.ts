import { describe, expect, test } from 'vitest';
import { nextPull, type PaceFacts } from '../../../src/core/pacing';

const now = Date.UTC(2026, 10, 22, 9);
const minute = 60_000;
const pace = { usualMs: minute, fastestMs: 15_000, slowestMs: 5 * minute };
const next = (change: Partial<PaceFacts> = {}) =>
  nextPull({ now, pace, wishedMs: minute, intervalMs: undefined, arrived: 0, failures: 0, retryAt: undefined, limits: undefined, away: false, fraction: 0.5, ...change });

/** The pauses of a channel over several pulls that all go the same way. */
function pauses(count: number, change: Partial<PaceFacts>): readonly number[] {
  const found: number[] = [];
  let intervalMs: number | undefined;
  for (let turn = 0; turn < count; turn += 1) {
    intervalMs = next({ intervalMs, ...change }).intervalMs;
    found.push(intervalMs);
  }
  return found;
}

describe('the pace of a channel', () => {
  test('is faster while mentions flow, but never faster than the network likes', () => {
    const found = pauses(5, { arrived: 3 });
    expect(found[0]).toBeLessThan(minute);
    expect(found.at(-1)).toBe(15_000);
  });

  test('is slower while it is quiet, but never slower than it should be', () => {
    const found = pauses(20, {});
    expect(found).toEqual([...found].sort((left, right) => left - right));
    expect(found.at(-1)).toBe(5 * minute);
  });

  test('is the usual one again soon after it was fast', () => {
    expect(next({ intervalMs: 15_000 }).intervalMs).toBe(30_000);
    expect(next({ intervalMs: 4 * minute, arrived: 1 }).intervalMs).toBe(30_000);
  });

  test('follows what the person wishes, in proportion, within what the network allows', () => {
    expect(next({ wishedMs: 15_000, arrived: 1 }).intervalMs).toBe(15_000);
    expect(next({ wishedMs: 60 * minute }).intervalMs).toBe(60 * minute);
    const slow = { usualMs: 5 * minute, fastestMs: minute, slowestMs: 15 * minute };
    expect(next({ pace: slow, intervalMs: 5 * minute, arrived: 1 }).intervalMs).toBe(150_000);
    expect(next({ pace: slow, wishedMs: 2 * minute, intervalMs: 10 * minute, arrived: 1 }).intervalMs).toBe(5 * minute);
  });

  test('backs off when pulls fail, up to a quarter of an hour', () => {
    const found = [1, 2, 3, 4, 9, 50].map((failures) => next({ failures }).intervalMs);
    expect(found).toEqual([2 * minute, 4 * minute, 8 * minute, 15 * minute, 15 * minute, 15 * minute]);
  });

  test('keeps away for as long as the network asks', () => {
    expect(next({ failures: 1, retryAt: now + 40 * minute }).at).toBeGreaterThanOrEqual(now + 40 * minute);
  });

  test('spreads the rest of a scarce budget until it is reset', () => {
    expect(next({ limits: { limit: 300, remaining: 290, resetAt: now + 15 * minute, at: now } }).intervalMs).toBe(75_000);
    expect(next({ limits: { limit: 300, remaining: 20, resetAt: now + 16 * minute, at: now } }).intervalMs).toBe(4 * minute);
    expect(next({ limits: { limit: 300, remaining: 0, resetAt: now + 16 * minute, at: now } }).intervalMs).toBe(16 * minute);
    expect(next({ limits: { limit: 300, remaining: 0, resetAt: now - 1, at: now - 2 } }).intervalMs).toBe(75_000);
  });

  test('is slow in a window that nobody looks at', () => {
    expect(next({ away: true, arrived: 5 }).intervalMs).toBe(5 * minute);
  });

  test('jitter keeps many desks apart, by a tenth at most', () => {
    const at = [0, 0.5, 0.999].map((fraction) => next({ intervalMs: minute, arrived: 0, fraction }).at - now);
    expect(at[0]).toBeLessThan(at[1]!);
    expect(at[1]).toBeLessThan(at[2]!);
    expect(at[2]! / at[1]!).toBeLessThan(1.11);
  });
});
