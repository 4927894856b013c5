import { describe, expect, it } from 'vitest';
import { namedRange, rangeNames } from '../../../src/core/namedRange';

const zone = 'America/Santo_Domingo';
/** Wednesday 20 May 2026, 21:30 in Santo Domingo; the 21st already in UTC. */
const now = Date.UTC(2026, 4, 21, 1, 30);
const local = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day, 4);

describe('a range by its name', () => {
  it.each([
    ['today', local(2026, 5, 20), local(2026, 5, 21)],
    ['yesterday', local(2026, 5, 19), local(2026, 5, 20)],
    ['this-week', local(2026, 5, 18), local(2026, 5, 25)],
    ['last-week', local(2026, 5, 11), local(2026, 5, 18)],
    ['this-month', local(2026, 5, 1), local(2026, 6, 1)],
    ['last-month', local(2026, 4, 1), local(2026, 5, 1)],
    ['this-quarter', local(2026, 4, 1), local(2026, 7, 1)],
    ['last-quarter', local(2026, 1, 1), local(2026, 4, 1)],
    ['this-year', local(2026, 1, 1), local(2027, 1, 1)],
    ['last-year', local(2025, 1, 1), local(2026, 1, 1)],
  ] as const)('%s is of whole days in the time zone of the institution', (name, from, to) => {
    expect(namedRange(name, now, zone)).toEqual({ from, to });
  });

  it('that was last ends where the present one begins', () => {
    for (const name of rangeNames.filter((each) => each.startsWith('last-'))) expect(namedRange(name, now, zone).to).toBe(namedRange(name.replace('last', 'this') as 'this-week', now, zone).from);
  });

  it('has days of 23 and 25 hours where the clock is changed', () => {
    const hours = (at: number): number => {
      const { from, to } = namedRange('today', at, 'Europe/Madrid');
      return (to - from) / 3_600_000;
    };
    expect([hours(Date.UTC(2026, 2, 29, 12)), hours(Date.UTC(2026, 9, 25, 12))]).toEqual([23, 25]);
  });
});
