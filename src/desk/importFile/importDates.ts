import { DateTime } from 'luxon';

export const dateOrders = ['dmy', 'mdy'] as const;
/** Whether the day or the month stands first where both are numbers: `03/04/2026`. */
export type DateOrder = (typeof dateOrders)[number];

const numbered = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap]\.?\s?m\.?)?)?$/iu;
const yearFirst = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap]\.?\s?m\.?)?)?$/iu;
const withZone = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})$/iu;
/** 2001 to 2100 in seconds: other numbers are no moments. */
const epochFrom = 978_307_200;
const epochTo = 4_102_444_800;

/**
 * A moment as files write it: ISO 8601, seconds or milliseconds since 1970, `dd/mm/yyyy` or `mm/dd/yyyy` by `order`, with or without a time, in the
 * institution's zone where none is named. UTC ms; undefined = it is none.
 */
export function parseImportDate(text: string, timeZone: string, order: DateOrder): number | undefined {
  const words = text.trim();
  if (/^\d{10}(?:\.\d+)?$/u.test(words)) return inRange(Number(words)) ? Math.round(Number(words) * 1_000) : undefined;
  if (/^\d{13}$/u.test(words)) return inRange(Number(words) / 1_000) ? Number(words) : undefined;
  if (withZone.test(words)) return millis(DateTime.fromISO(words.replace(/\s+(?=[Z+-])/iu, '').replace(' ', 'T').replace(',', '.')));
  const ordered = numbered.exec(words);
  if (ordered !== null) {
    const [, first = '', second = '', year = '', ...clock] = ordered;
    const [day, month] = order === 'dmy' ? [first, second] : [second, first];
    return moment(year.length === 2 ? `20${year}` : year, month, day, clock, timeZone);
  }
  const iso = yearFirst.exec(words);
  if (iso === null) return undefined;
  const [, year = '', month = '', day = '', ...clock] = iso;
  return moment(year, month, day, clock, timeZone);
}

function moment(year: string, month: string, day: string, [hour, minute, second, half]: readonly (string | undefined)[], timeZone: string): number | undefined {
  let hours = Number(hour ?? 0);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (/^p/iu.test(half) ? 12 : 0);
  }
  return millis(DateTime.fromObject({ year: Number(year), month: Number(month), day: Number(day), hour: hours, minute: Number(minute ?? 0), second: Number(second ?? 0) }, { zone: timeZone }));
}

function millis(date: DateTime): number | undefined {
  return date.isValid ? date.toMillis() : undefined;
}

function inRange(seconds: number): boolean {
  return seconds >= epochFrom && seconds < epochTo;
}

/** What the values of a column say of their order: `unclear` where each could be either, `none` where none is written so. */
export function dateOrderOf(values: Iterable<string>): DateOrder | 'unclear' | 'none' {
  let order: DateOrder | undefined;
  let seen = false;
  for (const value of values) {
    const found = numbered.exec(value.trim());
    if (found === null) continue;
    seen = true;
    const [first, second] = [Number(found[1]), Number(found[2])];
    if (first > 12 && second <= 12) order ??= 'dmy';
    else if (second > 12 && first <= 12) order ??= 'mdy';
  }
  return order ?? (seen ? 'unclear' : 'none');
}

/** True where a value reads as a moment in any order. */
export function looksLikeDate(text: string, timeZone: string): boolean {
  return parseImportDate(text, timeZone, 'dmy') !== undefined || parseImportDate(text, timeZone, 'mdy') !== undefined;
}
