import { DateTime } from 'luxon';
import { spanMs } from '../core/config';
import { MomentosError } from '../core/errors';

const written = ['yyyy-MM-dd HH:mm', 'yyyy-MM-dd H:mm', 'dd/MM/yyyy HH:mm', 'd/M/yyyy H:mm', 'dd-MM-yyyy HH:mm', 'd.M.yyyy H:mm'];

/**
 * When something was said, as people write it: `15m` (ago), `10:30` (today; yesterday where that has not come yet), `2026-03-14 08:30`, `14/03/2026 08:30`
 * or ISO 8601, in the institution's zone. UTC ms; an empty text is now. Errors: `contact.invalid`.
 */
export function parseContactTime(text: string, now: number, timeZone: string): number {
  const words = text.trim();
  if (words === '' || /^(?:now|ahora)$/iu.test(words)) return now;
  if (/^[1-9]\d{0,4}[mhd]$/u.test(words)) return now - spanMs(words);
  if (/^\d{1,2}:\d{2}$/u.test(words)) {
    const today = DateTime.fromFormat(`${DateTime.fromMillis(now, { zone: timeZone }).toFormat('yyyy-MM-dd')} ${words}`, 'yyyy-MM-dd H:mm', { zone: timeZone });
    if (today.isValid) return (today.toMillis() > now ? today.minus({ days: 1 }) : today).toMillis();
  }
  for (const format of written) {
    const at = DateTime.fromFormat(words, format, { zone: timeZone });
    if (at.isValid) return at.toMillis();
  }
  const iso = /\d{4}-?\d{2}-?\d{2}/u.test(words) ? DateTime.fromISO(words, { zone: timeZone }) : DateTime.invalid('not ISO');
  if (!iso.isValid) throw new MomentosError('contact.invalid', { reason: 'time', text: words.slice(0, 60) });
  return iso.toMillis();
}

/** How a moment is written so that `parseContactTime` reads it again. */
export function writtenTime(at: number, timeZone: string): string {
  return DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm');
}
