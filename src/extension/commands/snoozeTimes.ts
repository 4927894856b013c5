import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import { type Desk } from '../../desk/deskApi';
import { loadOffice } from '../../desk/office';
import { timeWords } from '../../desk/words';
import { askOne, askText, type Choice } from '../ask';

const hourMs = 3_600_000;
/** When a day begins for a desk without office hours. */
const morning = 8;

/** Until when; UTC ms. undefined = the person let it be. */
export async function askSnooze(desk: Desk, now: number): Promise<number | undefined> {
  const zone = desk.config.institution.timeZone;
  const choice = (label: string, at: number): Choice<number> => ({ label, description: timeWords(at, now, zone, desk.language), value: at });
  const { tomorrow, nextWorkingDay } = await openings(desk, now);
  const choices = [choice(l10n.t('For 1 hour'), now + hourMs), choice(l10n.t('For 3 hours'), now + 3 * hourMs), choice(l10n.t('Until tomorrow at opening'), tomorrow)];
  if (nextWorkingDay !== tomorrow) choices.push(choice(l10n.t('Until the next working day'), nextWorkingDay));
  choices.push({ label: l10n.t('Another date and time…'), value: Number.NaN });
  const until = await askOne(l10n.t('Snooze'), choices, l10n.t('The response target stays as it is'));
  return until !== undefined && Number.isNaN(until) ? askDate(desk, now) : until;
}

/** When something ends by itself; UTC ms, `open` = it does not. undefined = the person let it be. */
export async function askEnd(desk: Desk, now: number, title: string): Promise<number | 'open' | undefined> {
  const zone = desk.config.institution.timeZone;
  const choice = (label: string, at: number): Choice<number | 'open'> => ({ label, description: timeWords(at, now, zone, desk.language), value: at });
  const { tomorrow } = await openings(desk, now);
  const end = await askOne<number | 'open'>(title, [{ label: l10n.t('When a second person lifts it'), value: 'open' }, choice(l10n.t('For 1 hour'), now + hourMs), choice(l10n.t('For 3 hours'), now + 3 * hourMs), choice(l10n.t('Until tomorrow at opening'), tomorrow), { label: l10n.t('Another date and time…'), value: Number.NaN }], l10n.t('When does it end?'));
  return typeof end === 'number' && Number.isNaN(end) ? askDate(desk, now) : end;
}

/** Opening of tomorrow (8:00 where the office is closed or has no hours) and of the next working day after today. */
async function openings(desk: Desk, now: number): Promise<{ readonly tomorrow: number; readonly nextWorkingDay: number }> {
  const start = DateTime.fromMillis(now, { zone: desk.config.institution.timeZone }).startOf('day').plus({ days: 1 });
  const office = await loadOffice(desk.config);
  const opening = office?.nextOpening(start.toMillis());
  const plain = start.set({ hour: morning }).toMillis();
  const isTomorrow = opening !== undefined && opening < start.plus({ days: 1 }).toMillis();
  return { tomorrow: isTomorrow ? opening : plain, nextWorkingDay: opening ?? plain };
}

async function askDate(desk: Desk, now: number): Promise<number | undefined> {
  const zone = desk.config.institution.timeZone;
  const read = (text: string): DateTime => DateTime.fromFormat(text, 'yyyy-MM-dd HH:mm', { zone });
  const text = await askText({
    title: l10n.t('Snooze'),
    prompt: l10n.t('Year-month-day and hour, in the time zone {0}', zone),
    value: DateTime.fromMillis(now, { zone }).plus({ days: 1 }).set({ hour: morning, minute: 0 }).toFormat('yyyy-MM-dd HH:mm'),
    required: true,
    check: (answer) => {
      const date = read(answer);
      if (!date.isValid) return l10n.t('Please write it like 2026-03-14 08:00.');
      return date.toMillis() <= now ? l10n.t('That time has passed.') : undefined;
    },
  });
  return text === undefined ? undefined : read(text).toMillis();
}
