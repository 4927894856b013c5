import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import { type RangeName } from '../../core/namedRange';
import { redactionBases } from '../../core/redaction';
import { redactionBasisWords } from '../redactionWords';

/** Why something was erased, for its code; the code itself where it is not known. */
export function basisWords(basis: string): string {
  const known = redactionBases.find((code) => code === basis);
  return known === undefined ? basis : redactionBasisWords(known);
}

/** What a redaction was about. */
export function erasedScopeWords(scope: string): string {
  switch (scope) {
    case 'mention': return l10n.t('one message and its answers');
    case 'author': return l10n.t('everything on one person');
    case 'entry': return l10n.t('one entry');
    case 'retention': return l10n.t('messages whose time was up');
    case 'again': return l10n.t('what had come back');
    default: return scope;
  }
}

/** How the desk knows who acted. */
export function sourceWords(source: string): string {
  switch (source) {
    case 'key': return l10n.t('a signing key');
    case 'os': return l10n.t('the account of the operating system');
    case 'git': return l10n.t('declared in the settings of git');
    case 'env': return l10n.t('declared in the environment');
    case 'flag': return l10n.t('declared when calling (--as, or the setting)');
    case 'desk': return l10n.t('the desk itself, without a person');
    default: return source;
  }
}

/** `2 d 4 h`, `3 h 12 min`, `8 min`: two units, rounded down. */
export function durationText(ms: number | undefined): string {
  if (ms === undefined) return '–';
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return l10n.t('under 1 min');
  const parts = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const words = [l10n.t('{0} d', parts[0] ?? 0), l10n.t('{0} h', parts[1] ?? 0), l10n.t('{0} min', parts[2] ?? 0)];
  const first = parts.findIndex((part) => part > 0);
  return [first, first + 1].filter((at) => at < 3 && (parts[at] ?? 0) > 0).map((at) => words[at]).join(' ');
}

/** `from 1 to 31 May 2026`, whole days; the end is exclusive. */
export function rangeText(from: number, to: number, zone: string, language: string): string {
  const format = (at: number): string => DateTime.fromMillis(at, { zone, locale: language }).toLocaleString(DateTime.DATE_FULL);
  const [first, last] = [format(from), format(to - 1)];
  return first === last ? first : l10n.t('{0} to {1}', first, last);
}

/** Day and time with the offset of the zone. */
export function momentText(at: number, zone: string, language: string): string {
  return DateTime.fromMillis(at, { zone, locale: language }).toLocaleString({ ...DateTime.DATETIME_MED_WITH_SECONDS, timeZoneName: 'short' });
}

export function rangeNameWords(name: RangeName): string {
  switch (name) {
    case 'today': return l10n.t('Today');
    case 'yesterday': return l10n.t('Yesterday');
    case 'this-week': return l10n.t('This week');
    case 'last-week': return l10n.t('Last week');
    case 'this-month': return l10n.t('This month');
    case 'last-month': return l10n.t('Last month');
    case 'this-quarter': return l10n.t('This quarter');
    case 'last-quarter': return l10n.t('Last quarter');
    case 'this-year': return l10n.t('This year');
    case 'last-year': return l10n.t('Last year');
  }
}
