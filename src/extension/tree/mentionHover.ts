import * as l10n from '@vscode/l10n';
import { type Mention } from '../../core/mention';
import { moodOf } from '../../core/mood';
import { type Evidence, shownConfidence } from '../../core/sentiment';
import { type Desk } from '../../desk/deskApi';
import { findingLines } from '../../desk/findingLines';
import { labelOf } from '../../desk/inbox';
import { dueWords, handleWords, nameWords, placeWords, priorityReasonWords, priorityWords, sentimentWords, silenceWords, statusWords, targetWords, timeWords, visibilityWords } from '../../desk/words';
import { escapeMarkdown, oneLine } from '../safeText';
import { claimWords, messageStart } from './mentionRow';

const contactsShown = 3;
const evidenceShown = 5;

/** The hover of a row as Markdown; all that came from outside is escaped. */
export function mentionHover(mention: Mention, desk: Desk, now: number): string {
  const zone = desk.config.institution.timeZone;
  const when = (at: number): string => timeWords(at, now, zone, desk.language);
  const { author, visibility } = mention.post;
  const place = [placeWords(desk.config, mention.channel), ...(author.plain === true ? [] : [visibilityWords(visibility)])].join(', ');
  const head = `**${escapeMarkdown(oneLine(author.name === '' && author.plain === true ? nameWords(author) : author.name, 80))}** ${escapeMarkdown(oneLine(author.name === '' && author.plain === true ? '' : handleWords(author), 81))}`.trimEnd();
  const times = l10n.t('posted {0}, seen {1}', when(mention.post.postedAt), when(mention.receivedAt));
  return [
    `${head}  \n${escapeMarkdown(`${place} · ${times}`)}`,
    ...(mention.deletedAt === undefined ? [] : [escapeMarkdown(mention.erased === true ? l10n.t('Deleted by its author; its words are erased here too.') : l10n.t('Deleted by its author.'))]),
    escapeMarkdown(limited(mention.post.text)),
    ...media(mention),
    facts(mention, now),
    ...found(findingLines(mention, desk)),
    ...why(mention, desk.language),
    ...contacts(mention, desk, when),
  ].join('\n\n');
}

function limited(text: string): string {
  return text.length > 4_000 ? `${text.slice(0, 4_000)}…` : text;
}

function media(mention: Mention): readonly string[] {
  if (mention.post.media.length === 0) return [];
  return mention.post.media.map(({ alt }) => `*${escapeMarkdown(alt === undefined || alt === '' ? l10n.t('Picture without a description') : l10n.t('Picture: {0}', oneLine(alt, 300)))}*`);
}

function facts(mention: Mention, now: number): string {
  const reasons = mention.priorityReasons.map(priorityReasonWords).join(', ');
  const lines = [
    `${dueWords(mention, now)} (${targetWords(mention)})`,
    reasons === '' ? l10n.t('Priority: {0}', priorityWords(mention.priority)) : l10n.t('Priority: {0}: {1}', priorityWords(mention.priority), reasons),
    l10n.t('State: {0}', mention.submission === undefined ? (claimWords(mention) ?? statusWords(mention.status)) : l10n.t('waiting for approval')),
  ];
  if (mention.caseNumber !== undefined) lines.push(l10n.t('Case: {0}', oneLine(mention.caseNumber, 60)));
  if (mention.notes.length > 0) lines.push(l10n.t('Notes: {0}', mention.notes.length));
  return lines.map((line) => escapeMarkdown(line)).join('  \n');
}

function found(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [lines.map((line) => escapeMarkdown(oneLine(line, 300))).join('  \n')];
}

function why(mention: Mention, language: string): readonly string[] {
  const weighed = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const label = sentimentWords(labelOf(mention));
  if (mention.sentiment.correctedTo !== undefined) return [escapeMarkdown(l10n.t('Sentiment: {0}, as a person said', label))];
  if (mention.sentiment.evidence.length === 0 && moodOf(mention) === 'neutral') return [escapeMarkdown(l10n.t('Sentiment: {0}; no word of it weighs either way', label))];
  const words = [...mention.sentiment.evidence].sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight)).slice(0, evidenceShown);
  const listed = (own: readonly Evidence[]): string => own.map(({ text, weight }) => `${oneLine(text, 40)} ${weight > 0 ? '+' : '−'}${weighed.format(Math.abs(weight))}`).join(', ');
  if (moodOf(mention) === 'unsure') {
    const head = l10n.t('Sentiment: uncertain');
    const silence = silenceWords(mention);
    if (silence !== undefined) return [escapeMarkdown(`${head}. ${silence}`)];
    const side = (name: string, own: readonly Evidence[]): string => `${name}: ${listed(own) || l10n.t('nothing')}`;
    return [[head, side(l10n.t('For negative'), words.filter(({ weight }) => weight < 0)), side(l10n.t('For positive'), words.filter(({ weight }) => weight > 0))].map((line) => escapeMarkdown(line)).join('  \n')];
  }
  const head = l10n.t('Sentiment: {0}, {1} % sure', label, shownConfidence(mention.sentiment));
  return [escapeMarkdown(words.length === 0 ? head : `${head}: ${listed(words)}`)];
}

function contacts(mention: Mention, desk: Desk, when: (at: number) => string): readonly string[] {
  const earlier = desk.inbox.earlierContacts(mention);
  if (earlier.length === 0) return [escapeMarkdown(l10n.t('First contact with this desk'))];
  const shown = earlier.slice(0, contactsShown).map((other) => `${when(other.post.postedAt)}: ${messageStart(other, 70)} (${statusWords(other.status)})`);
  return [[l10n.t('Other contacts: {0}', earlier.length), ...shown].map((line) => escapeMarkdown(line)).join('  \n')];
}
