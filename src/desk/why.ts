import * as l10n from '@vscode/l10n';
import { type Mention } from '../core/mention';
import { moodOf } from '../core/mood';
import { type Evidence, shownConfidence } from '../core/sentiment';
import { kindOfReading, type RulePlace } from '../core/textReading';
import { type Desk } from './deskApi';
import { labelOf } from './inbox';
import { kindWords, languageWords, personalDataWords, priorityReasonWords, priorityWords, sentimentWords, targetWords, timeWords } from './words';

const longestWords = 60;

/** Why the desk shows a mention as it does, one sentence each: language, sentiment, what it is, urgency, topics, personal data, priority, legal term. Holds words of the text: hostile. */
export function whyWords(mention: Mention, desk: Pick<Desk, 'config' | 'language'>, now: number): readonly string[] {
  return [languageSentence(mention, desk.language), ...sentimentSentences(mention, desk.language), ...readingSentences(mention, desk), prioritySentence(mention), ...termSentences(mention, desk, now)];
}

function languageSentence({ language, unscored }: Mention, own: string): string {
  if (unscored === true) return l10n.t('The language of the text is not known yet.');
  return language === 'other' ? l10n.t('The language of the text is none that the desk reads.') : l10n.t('The text is in this language: {0}.', languageWords(language, own));
}

function sentimentSentences(mention: Mention, language: string): readonly string[] {
  const { sentiment } = mention;
  if (mention.unscored === true && sentiment.correctedTo === undefined) return [l10n.t('The desk could not read its words when it came; it will do so by itself.')];
  const percent = shownConfidence(sentiment);
  const label = sentimentWords(labelOf(mention));
  const scored = sentimentWords(sentiment.label);
  const head = sentiment.correctedTo !== undefined
    ? l10n.t('A person said that it reads as {0}; the desk had said: {1}, {2} % sure.', label, scored, percent)
    : moodOf(mention) === 'unsure' ? l10n.t('It is uncertain how it reads: neither side clearly weighs more. It is ranked no lower for that.') : l10n.t('It reads as {0}, {1} % sure.', label, percent);
  if (sentiment.evidence.length === 0 && moodOf(mention) === 'neutral' && sentiment.correctedTo === undefined) return [l10n.t('It reads as neutral: no word of it weighs either way.')];
  if (sentiment.evidence.length === 0) return [head, l10n.t('No word of it weighs either way.')];
  const weight = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'always' });
  const said = (each: Evidence): string => `${quoted(each.text)} (${weight.format(each.weight)})`;
  return [head, l10n.t('Words that weighed, in the order of the text: {0}.', sentiment.evidence.map(said).join(', '))];
}

function readingSentences(mention: Mention, { config }: Pick<Desk, 'config'>): readonly string[] {
  const { reading, post } = mention;
  if (reading === undefined) return [l10n.t('The desk has not read it for urgency and kind yet; it will do so by itself.')];
  const words = (places: readonly RulePlace[]): string => places.map(({ start, length }) => quoted(post.text.slice(start, start + length))).join(', ');
  const said = (what: string, places: readonly RulePlace[]): string => (places.length === 0 ? l10n.t('{0}.', what) : l10n.t('{0}, for these words: {1}.', what, words(places)));
  const kind = kindOfReading(reading);
  const sentences: string[] = [];
  if (reading.correctedKind !== undefined) sentences.push(l10n.t('A person said what it is: {0}.', kindWords(reading.correctedKind)));
  else if (kind === undefined) sentences.push(l10n.t('No rule tells what the citizen wants.'));
  else sentences.push(said(l10n.t('It is read as: {0}', kindWords(kind)), reading.kindPlaces));
  if (reading.urgency.length === 0) sentences.push(l10n.t('No rule of urgency speaks.'));
  for (const { rule, level, places } of reading.urgency) sentences.push(said(level === 'urgent' ? l10n.t('Urgent: {0}', priorityReasonWords(rule)) : l10n.t('It cannot wait long: {0}', priorityReasonWords(rule)), places));
  for (const { topic, places } of reading.topics) sentences.push(said(l10n.t('Topic: {0}', config.topics.find(({ id }) => id === topic)?.name ?? topic), places));
  if (reading.personalData.length > 0) sentences.push(l10n.t('It holds personal data: {0}. Do not repeat them in public.', [...new Set(reading.personalData.map(({ rule }) => personalDataWords(rule)))].join(', ')));
  return sentences;
}

function prioritySentence(mention: Mention): string {
  const reasons = mention.priorityReasons.map(priorityReasonWords).join(', ');
  const target = targetWords(mention);
  return reasons === '' ? l10n.t('Priority: {0}, as nothing raises or lowers it ({1}).', priorityWords(mention.priority), target) : l10n.t('Priority: {0}, because of: {1} ({2}).', priorityWords(mention.priority), reasons, target);
}

function termSentences({ legalTerm }: Mention, { config, language }: Pick<Desk, 'config' | 'language'>, now: number): readonly string[] {
  if (legalTerm === undefined) return [];
  const until = timeWords(legalTerm.dueAt, now, config.institution.timeZone, language);
  const term = l10n.t('The legal term of {0} working days ends: {1}', legalTerm.workingDays, until);
  return [legalTerm.source === undefined ? l10n.t('{0}.', term) : l10n.t('{0} ({1}).', term, legalTerm.source)];
}

function quoted(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
  const parts = [...line];
  return `«${parts.length > longestWords ? `${parts.slice(0, longestWords - 1).join('')}…` : line}»`;
}
