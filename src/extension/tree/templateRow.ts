import * as l10n from '@vscode/l10n';
import { DateTime } from 'luxon';
import { type Template, type TemplateStatus } from '../../core/template';
import { templateStateWords } from '../../desk/words';
import { oneLine } from '../safeText';

/** From this many days before its last day a row says when the template expires. */
const soonDays = 30;

/** The text that a row is about: the working one, else the one in use. */
export function shownTemplate(status: TemplateStatus): Template | undefined {
  return status.working ?? status.approved;
}

/** The title in the language of the interface, else in the first that there is, else the id. */
export function rowTitle(status: TemplateStatus, language: string): string {
  const title = shownTemplate(status)?.title ?? {};
  return oneLine(title[language] ?? Object.values(title)[0] ?? status.id, 80);
}

/** Days until the last day on which the text in use (else the working one) may be sent; undefined = no end, or it is not near. `today` is an ISO date. */
export function daysToExpiry(status: TemplateStatus, today: string): number | undefined {
  const expires = (status.approved ?? status.working)?.expires;
  if (expires === undefined || status.state === 'expired') return undefined;
  const days = Math.round(DateTime.fromISO(expires, { zone: 'utc' }).diff(DateTime.fromISO(today, { zone: 'utc' }), 'days').days);
  return days < 0 || days > soonDays ? undefined : days;
}

function expiryWords(days: number): string {
  if (days === 0) return l10n.t('expires today');
  return days === 1 ? l10n.t('expires tomorrow') : l10n.t('expires in {0} days', days);
}

/** What stands after the title: missing signatures, version, languages, an end that is near. That it waits for the operator is said by its icon. */
export function rowDescription(status: TemplateStatus, today: string): string {
  const template = shownTemplate(status);
  const days = daysToExpiry(status, today);
  return [
    status.unsigned === true ? l10n.t('without signature') : '',
    status.signatures === undefined || status.state !== 'inReview' ? '' : l10n.t('{0} of {1} signatures', status.signatures.given, status.signatures.needed),
    template === undefined ? '' : `v${String(template.version)}`,
    Object.keys(template?.bodies ?? {}).join(', '),
    days === undefined ? '' : expiryWords(days),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** What a screen reader says of a row. */
export function rowSentence(status: TemplateStatus, waitsForMe: boolean, today: string, language: string): string {
  return [rowTitle(status, language), templateStateWords(status.state), waitsForMe ? l10n.t('waits for you') : '', rowDescription(status, today)].filter((part) => part !== '').join(', ');
}

/** What waits for the operator first, then by title. */
export function inRowOrder(statuses: readonly TemplateStatus[], waitsForMe: ReadonlySet<string>, language: string): readonly TemplateStatus[] {
  return [...statuses].sort(
    (one, other) => Number(waitsForMe.has(other.id)) - Number(waitsForMe.has(one.id)) || rowTitle(one, language).localeCompare(rowTitle(other, language), language) || (one.id < other.id ? -1 : 1),
  );
}
