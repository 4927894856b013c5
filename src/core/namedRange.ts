import { DateTime } from 'luxon';

/** Ranges as people name them; quarters are those of the calendar, weeks begin on Monday. */
export const rangeNames = ['today', 'yesterday', 'this-week', 'last-week', 'this-month', 'last-month', 'this-quarter', 'last-quarter', 'this-year', 'last-year'] as const;
export type RangeName = (typeof rangeNames)[number];

export interface DayRange {
  /** UTC ms, inclusive. */
  readonly from: number;
  /** UTC ms, exclusive. */
  readonly to: number;
}

const units = { week: { weeks: 1 }, month: { months: 1 }, quarter: { quarters: 1 }, year: { years: 1 } } as const;

/** The whole days of a range in a time zone, as seen at `now` (UTC ms). */
export function namedRange(name: RangeName, now: number, timeZone: string): DayRange {
  const at = DateTime.fromMillis(now, { zone: timeZone });
  if (name === 'today' || name === 'yesterday') return days(at.startOf('day'), { days: 1 }, name === 'yesterday' ? 1 : 0);
  const [which, unit] = name.split('-') as ['this' | 'last', keyof typeof units];
  return days(at.startOf(unit), units[unit], which === 'last' ? 1 : 0);
}

function days(start: DateTime, length: Readonly<Record<string, number>>, back: 0 | 1): DayRange {
  const from = back === 1 ? start.minus(length) : start;
  return { from: from.toMillis(), to: from.plus(length).toMillis() };
}
