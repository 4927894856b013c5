import * as l10n from '@vscode/l10n';
import { type Mention } from '../core/mention';
import { kindOfReading, type RulePlace } from '../core/textReading';
import { singleLine } from '../core/text/fold';
import { type Desk } from './deskApi';
import { kindWords, personalDataWords, priorityReasonWords, timeWords } from './words';

const wordsShown = 5;

/** What the rules found in a mention, a short line each, with the words for which they spoke: urgency, kind, topics, personal data, legal term. Holds words of the text: hostile. */
export function findingLines(mention: Mention, { config, language }: Pick<Desk, 'config' | 'language'>): readonly string[] {
  const { reading, post, legalTerm } = mention;
  const kind = kindOfReading(reading);
  const said = (what: string, places: readonly RulePlace[]): string => {
    const words = places.slice(0, wordsShown).map(({ start, length }) => `«${singleLine(post.text.slice(start, start + length))}»`).join(', ');
    return words === '' ? what : `${what}: ${words}`;
  };
  const lines = (reading?.urgency ?? []).map(({ rule, level, places }) => said(level === 'urgent' ? l10n.t('Urgent: {0}', priorityReasonWords(rule)) : l10n.t('It cannot wait long: {0}', priorityReasonWords(rule)), places));
  if (kind !== undefined) lines.push(reading?.correctedKind === undefined ? said(l10n.t('Kind: {0}', kindWords(kind)), reading?.kindPlaces ?? []) : l10n.t('Kind: {0}, as a person said', kindWords(kind)));
  for (const { topic, places } of reading?.topics ?? []) lines.push(said(l10n.t('Topic: {0}', config.topics.find(({ id }) => id === topic)?.name ?? topic), places));
  const data = [...new Set(reading?.personalData.map(({ rule }) => personalDataWords(rule)) ?? [])];
  if (data.length > 0) lines.push(l10n.t('Personal data: {0}', data.join(', ')));
  if (legalTerm !== undefined) lines.push(l10n.t('Legal term: {0} working days, until {1}', legalTerm.workingDays, timeWords(legalTerm.dueAt, mention.receivedAt, config.institution.timeZone, language)));
  return lines;
}
