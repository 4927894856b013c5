import { DateTime } from 'luxon';
import { type DeskConfig } from '../core/config';
import { createOfficeHours, type OfficeHours } from '../core/officeHours';

/** The institution's office hours; undefined when none are configured. Holiday tables are loaded only when a country is named. */
export async function loadOffice(config: DeskConfig): Promise<OfficeHours | undefined> {
  if (config.officeHours === undefined) return undefined;
  return createOfficeHours(config.officeHours, config.institution.timeZone, await holidayTest(config));
}

async function holidayTest(config: DeskConfig): Promise<(isoDate: string) => boolean> {
  const { holidays } = config;
  if (holidays === undefined) return () => false;
  if (typeof holidays !== 'string') {
    const dates = new Set(holidays);
    return (isoDate) => dates.has(isoDate);
  }
  const { default: Holidays } = await import('date-holidays');
  const [country = '', region] = holidays.split('-');
  const calendar = region === undefined ? new Holidays(country) : new Holidays(country, region);
  const byYear = new Map<number, ReadonlySet<string>>();
  return (isoDate) => {
    const year = Number(isoDate.slice(0, 4));
    let dates = byYear.get(year);
    if (dates === undefined) {
      dates = new Set(calendar.getHolidays(year).filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10)));
      byYear.set(year, dates);
    }
    return dates.has(isoDate);
  };
}

/** Start and end (exclusive) of the day in the institution's time zone that holds `at`, UTC ms. */
export function dayOf(at: number, timeZone: string): { readonly from: number; readonly to: number } {
  const start = DateTime.fromMillis(at, { zone: timeZone }).startOf('day');
  return { from: start.toMillis(), to: start.plus({ days: 1 }).toMillis() };
}
