import * as l10n from '@vscode/l10n';
import { type DeskConfig } from '../../core/config';
import { type Mention } from '../../core/mention';
import { moodOf } from '../../core/mood';
import { kindOfReading } from '../../core/textReading';
import { labelOf } from '../../desk/inbox';
import { dueWords, handleWords, kindWords, nameWords, placeWords, priorityWords, sentimentWords, spanWords, statusWords, timeLeftWords } from '../../desk/words';
import { oneLine, visibleText } from '../safeText';

/** Words inside a name that no initial is taken of. */
const particles = /^(?:de|del|la|las|los|el|y|e|da|do|dos|of|the|van|von)$/iu;

/** `Ana de la Cruz Soto` as `Ana C.`; a name of one word stays; without a name the handle. */
export function shortName(author: { readonly name: string; readonly handle: string; readonly plain?: boolean | undefined }): string {
  const words = visibleText(author.name)
    .replace(/:[a-zA-Z0-9_]+:/gu, ' ')
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}.]+$/gu, ''))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const [first, ...others] = words;
  const second = others.find((word) => !particles.test(word));
  if (first === undefined) return oneLine(handleWords(author) || nameWords(author), 24);
  if (second === undefined || /^.\.?$/u.test(first)) return oneLine(words.slice(0, 2).join(' '), 24);
  return oneLine(`${first} ${[...second][0]?.toUpperCase() ?? ''}.`, 24);
}

/** The words of the message without the accounts that it greets at its start. */
export function messageStart(mention: Mention, max: number): string {
  if (mention.erased === true) return l10n.t('(deleted by its author)');
  const text = mention.post.text.replace(/^(?:\s*@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?)+[\s,:]*/u, '');
  const warning = mention.post.warning === undefined || mention.post.warning === '' ? '' : `[${mention.post.warning}] `;
  const gone = mention.deletedAt === undefined ? '' : `${l10n.t('(deleted by its author)')} `;
  const words = oneLine(`${gone}${warning}${text}`, max);
  if (words !== '') return words;
  return mention.post.media.length > 0 ? l10n.t('(picture without words)') : l10n.t('(no words)');
}

/** Label of a row: what is left of the time (after an arrow: until it wakes; where no target runs: how long ago it was posted) and who wrote. */
export function rowLabel(mention: Mention, now: number): string {
  const left = mention.status === 'snoozed' && (mention.snoozedUntil ?? 0) > now ? `→ ${spanWords((mention.snoozedUntil ?? now) - now)}` : timeLeftWords(mention, now);
  const time = left ?? (mention.status === 'answered' ? undefined : l10n.t('{0} ago', spanWords(now - mention.post.postedAt)));
  return time === undefined ? shortName(mention.post.author) : `${time} · ${shortName(mention.post.author)}`;
}

/** What must be seen at once, before the words of the message; '' = nothing. */
export function rowAlert(mention: Mention): string {
  if (mention.priority === 'urgent') return l10n.t('URGENT');
  return kindOfReading(mention.reading) === 'informationRequest' ? l10n.t('PUBLIC INFO') : '';
}

/** Everything that the row says by place, shape and colour, as a sentence for a screen reader. */
export function rowSentence(mention: Mention, now: number, config: DeskConfig): string {
  const network = placeWords(config, mention.channel);
  const parts = [
    l10n.t('{author} on {network}: {text}', { author: oneLine(nameWords(mention.post.author), 60), network, text: messageStart(mention, 200) }),
    dueWords(mention, now),
    l10n.t('priority {0}', priorityWords(mention.priority)),
    moodOf(mention) === 'unsure' ? l10n.t('sentiment uncertain') : l10n.t('sentiment {0}', sentimentWords(labelOf(mention))),
    mention.submission === undefined ? (claimWords(mention) ?? statusWords(mention.status)) : l10n.t('waiting for approval'),
  ];
  const kind = kindOfReading(mention.reading);
  if (kind !== undefined) parts.push(kindWords(kind));
  if (mention.caseNumber !== undefined) parts.push(l10n.t('case {0}', oneLine(mention.caseNumber, 40)));
  return `${parts.join('. ')}.`;
}

/** undefined = nobody has claimed it. */
export function claimWords(mention: Mention): string | undefined {
  return mention.claim === undefined ? undefined : l10n.t('claimed by {0}', oneLine(mention.claim.name, 60));
}

/**
 * Flags of a row in a fixed order, for `when` clauses such as `viewItem =~ /^mention .*\bfree\b/`:
 * `mention <status> free|mine|theirs [unit] [link] [approval]`.
 */
export function rowFlags(mention: Mention, operatorId: string): string {
  const holder = mention.claim === undefined ? 'free' : mention.claim.actor === operatorId ? 'mine' : 'theirs';
  const flags = ['mention', mention.status, holder];
  if (mention.referral !== undefined && mention.referral.answer === undefined) flags.push('unit');
  if (mention.post.url !== undefined) flags.push('link');
  if (mention.submission !== undefined) flags.push('approval');
  return flags.join(' ');
}
