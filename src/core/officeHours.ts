import { DateTime } from 'luxon';

/** When the office answers: spans by weekday in one time zone, without holidays. */
export interface OfficeHours {
  /** Milliseconds of office time between two instants (UTC ms); 0 when `to` is not after `from`. */
  between(from: number, to: number): number;
  /** The instant at which `ms` of office time have passed since `from`; undefined when none comes within two years. */
  after(from: number, ms: number): number | undefined;
  isOpen(at: number): boolean;
  /** Start of the next span at or after `at`; `at` itself while open. */
  nextOpening(at: number): number | undefined;
}

interface Span { readonly from: number; readonly to: number }

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const longestSearchDays = 732;

/** ISO weekdays (1 = Monday) that a key such as `mon-fri` or `sat` names; `sat-mon` runs over the week's end. */
export function weekdaysOf(key: string): readonly number[] {
  const [first = '', last = first] = key.split('-');
  const from = dayNames.indexOf(first);
  const to = dayNames.indexOf(last);
  const count = ((to - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => ((from + index) % 7) + 1);
}

/**
 * @param hours e.g. `{ "mon-fri": ["08:00-12:00", "14:00-18:00"] }`; a later key replaces an earlier one for the same day.
 * @param isHoliday whether an ISO date (local) is a public holiday.
 */
export function createOfficeHours(hours: Readonly<Record<string, readonly string[]>>, timeZone: string, isHoliday: (isoDate: string) => boolean): OfficeHours {
  const byWeekday = new Map<number, readonly string[]>();
  for (const [key, spans] of Object.entries(hours)) for (const day of weekdaysOf(key)) byWeekday.set(day, spans);

  const cache = new Map<string, readonly Span[]>();
  const spansOf = (day: DateTime): readonly Span[] => {
    const iso = day.toISODate() ?? '';
    const cached = cache.get(iso);
    if (cached !== undefined) return cached;
    const texts = isHoliday(iso) ? [] : (byWeekday.get(day.weekday) ?? []);
    const spans = texts
      .map((text) => {
        const [from = '', to = ''] = text.split('-');
        return { from: timeOn(day, from), to: timeOn(day, to) };
      })
      .filter((span) => span.to > span.from)
      .sort((a, b) => a.from - b.from);
    cache.set(iso, spans);
    return spans;
  };
  const dayOf = (at: number): DateTime => DateTime.fromMillis(at, { zone: timeZone }).startOf('day');

  return {
    between(from, to) {
      let total = 0;
      for (let day = dayOf(from); day.toMillis() < to; day = day.plus({ days: 1 })) {
        for (const span of spansOf(day)) total += Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
      }
      return total;
    },
    after(from, ms) {
      let left = ms;
      let day = dayOf(from);
      for (let count = 0; count < longestSearchDays; count++, day = day.plus({ days: 1 })) {
        for (const span of spansOf(day)) {
          const start = Math.max(span.from, from);
          if (start >= span.to) continue;
          if (left <= span.to - start) return start + left;
          left -= span.to - start;
        }
      }
      return undefined;
    },
    isOpen: (at) => spansOf(dayOf(at)).some((span) => span.from <= at && at < span.to),
    nextOpening(at) {
      let day = dayOf(at);
      for (let count = 0; count < longestSearchDays; count++, day = day.plus({ days: 1 })) {
        for (const span of spansOf(day)) if (span.to > at) return Math.max(span.from, at);
      }
      return undefined;
    },
  };
}

function timeOn(day: DateTime, text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour === 24 ? day.plus({ days: 1 }).toMillis() : day.set({ hour, minute, second: 0, millisecond: 0 }).toMillis();
}
