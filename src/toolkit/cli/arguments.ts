import { DateTime } from 'luxon';
import { spanMs } from '../../core/config';
import { type Confirmation, confirmations } from '../../core/confirmations';
import { MomentosError } from '../../core/errors';
import { type AuditSpan } from '../../core/ports';

/** `name=value` pairs of `--set`. Errors: `usage.invalid`. */
export function parsePairs(pairs: readonly string[]): Readonly<Record<string, string>> {
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new MomentosError('usage.invalid', { reason: `--set ${pair}` });
    values[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return { ...values };
}

/** `2h`, `30m`, `3d` from now, or an ISO time in the institution's zone; UTC ms. Errors: `snooze.invalid`. */
export function parseUntil(text: string, now: number, timeZone: string): number {
  if (/^[1-9]\d{0,4}[mhd]$/u.test(text)) return now + spanMs(text);
  const at = DateTime.fromISO(text, { zone: timeZone });
  if (!at.isValid) throw new MomentosError('snooze.invalid', { text });
  return at.toMillis();
}

/** An ISO date or time in the institution's zone; UTC ms. `end`: a bare date means the end of that day. Errors: `report.invalidRange`. */
export function parseInstant(text: string | undefined, timeZone: string, end = false): number | undefined {
  if (text === undefined) return undefined;
  const at = DateTime.fromISO(text, { zone: timeZone });
  if (!at.isValid) throw new MomentosError('report.invalidRange', { text });
  return (end && /^\d{4}-\d{2}-\d{2}$/u.test(text) ? at.plus({ days: 1 }) : at).toMillis();
}

/** What `--from` and `--to` of verifying mean: numbers of entries, both inclusive, or dates and times. Errors: `report.invalidRange`. */
export function parseSpan(from: string | undefined, to: string | undefined, timeZone: string): AuditSpan {
  const first = seqOf(from);
  const last = seqOf(to);
  const span = {
    fromSeq: first,
    toSeq: last,
    from: first === undefined ? parseInstant(from, timeZone) : undefined,
    to: last === undefined ? parseInstant(to, timeZone, true) : undefined,
  };
  if ((first !== undefined && last !== undefined && last < first) || (span.from !== undefined && span.to !== undefined && span.to <= span.from)) throw new MomentosError('report.invalidRange', { text: `${from ?? ''} – ${to ?? ''}` });
  return span;
}

function seqOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/u.test(text) ? Number(text) : undefined;
}

export function parseWhole(text: string, name: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d{1,9}$/u.test(text) || value < least || value > most) throw new MomentosError('usage.invalid', { reason: `--${name} ${text} (${String(least)}-${String(most)})` });
  return value;
}

/** Codes of `--confirm`, separated by commas. Errors: `usage.invalid`. */
export function parseConfirmations(text: string | undefined): readonly Confirmation[] {
  return (text ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '').map((part) => {
    const known = confirmations.find((code) => code === part);
    if (known === undefined) throw new MomentosError('usage.invalid', { reason: `--confirm ${part} (${confirmations.join(', ')})` });
    return known;
  });
}
