import { DateTime } from 'luxon';
import { type DeskConfig } from './config';
import { type LegalTerm } from './mention';
import { type OfficeHours } from './officeHours';
import { kindOfReading, type TextReading } from './textReading';

const longestSearchDays = 732;

/**
 * The legal term of a request for public information, where `informationRequests` of momentos.json says one: so many working days after the day of receipt, until the end of the
 * last. Working days are those on which the office opens; without office hours, Monday to Friday. undefined = it is no such request, or the desk promises none.
 */
export function legalTermOf(reading: TextReading | undefined, receivedAt: number, config: Pick<DeskConfig, 'informationRequests' | 'institution'>, office: OfficeHours | undefined): LegalTerm | undefined {
  const term = config.informationRequests;
  if (term === undefined || kindOfReading(reading) !== 'informationRequest') return undefined;
  let day = DateTime.fromMillis(receivedAt, { zone: config.institution.timeZone }).startOf('day');
  let counted = 0;
  for (let searched = 0; counted < term.workingDays && searched < longestSearchDays; searched += 1) {
    day = day.plus({ days: 1 });
    if (isWorkingDay(day, office)) counted += 1;
  }
  return { dueAt: day.plus({ days: 1 }).toMillis() - 1, workingDays: term.workingDays, ...(term.source === undefined ? {} : { source: term.source }) };
}

function isWorkingDay(day: DateTime, office: OfficeHours | undefined): boolean {
  if (office === undefined) return day.weekday <= 5;
  return (office.nextOpening(day.toMillis()) ?? Infinity) < day.plus({ days: 1 }).toMillis();
}
