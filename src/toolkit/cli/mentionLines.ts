import * as l10n from '@vscode/l10n';
import { type Mention } from '../../core/mention';
import { moodOf } from '../../core/mood';
import { kindOfReading } from '../../core/textReading';
import { firstWords, showBidi, singleLine, withoutLeadingMentions } from '../../core/text/fold';
import { labelOf } from '../../desk/inbox';
import { nameWords, priorityWords, sentimentWords, statusWords, timeLeftWords } from '../../desk/words';
import { type Terminal } from './terminal';

/** ISO 8601 in UTC. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** The stable form of a mention for `--json` (README, "Command line"). */
export function mentionJson(mention: Mention): Record<string, unknown> {
  const { post } = mention;
  return {
    id: mention.id,
    channel: mention.channel,
    author: { id: mention.authorId, handle: post.author.handle, name: post.author.name },
    text: post.text,
    language: mention.language,
    postedAt: iso(post.postedAt),
    receivedAt: iso(mention.receivedAt),
    sentiment: { label: labelOf(mention), score: mention.sentiment.score },
    priority: mention.priority,
    status: mention.status,
    dueAt: iso(mention.target.dueAt),
    conversation: mention.conversation,
    case: mention.caseNumber ?? null,
    url: post.url ?? null,
    backlog: mention.backlog,
    claimedBy: mention.claim?.name ?? null,
    snoozedUntil: mention.snoozedUntil === undefined ? null : iso(mention.snoozedUntil),
    unit: mention.referral?.unit ?? null,
    closeReason: mention.closed?.reason ?? null,
    deleted: mention.deletedAt !== undefined,
    mood: moodOf(mention),
    kind: kindOfReading(mention.reading) ?? null,
    topics: mention.reading?.topics.map(({ topic }) => topic) ?? [],
    urgency: mention.reading?.urgency.map(({ rule }) => rule) ?? [],
    personalData: [...new Set(mention.reading?.personalData.map(({ rule }) => rule))],
    legalDueAt: mention.legalTerm === undefined ? null : iso(mention.legalTerm.dueAt),
    replies: mention.replies.map((reply) => ({
      id: reply.id,
      state: reply.state,
      text: reply.text,
      url: reply.url ?? null,
      sentAt: reply.sentAt === undefined ? null : iso(reply.sentAt),
      latencyMs: reply.latencyMs ?? null,
    })),
  };
}

const marks = { negative: '▼', neutral: '●', positive: '▲' } as const;
const colours = { negative: 'red', neutral: 'dim', positive: 'green' } as const;

/** One mention on one line of a terminal; what came from outside can steer nothing. */
export function mentionLine(mention: Mention, now: number, terminal: Terminal): string {
  const label = labelOf(mention);
  const left = timeLeftWords(mention, now) ?? (mention.backlog ? l10n.t('before') : '');
  const due = left.startsWith('−') ? terminal.colour('red', left.padStart(8)) : left.padStart(8);
  const author = plain(nameWords(mention.post.author), 22).padEnd(22);
  return `${mention.id.slice(0, 8)}  ${terminal.colour(colours[label], marks[label])} ${due}  ${priorityWords(mention.priority).padEnd(8)} ${statusWords(mention.status).padEnd(10)} ${author} ${plain(`${mention.deletedAt === undefined ? '' : `${l10n.t('(deleted by its author)')} `}${withoutLeadingMentions(mention.post.text)}`, 70)}`;
}

export function mentionHeading(mention: Mention): string {
  return `${mention.id}  ${sentimentWords(labelOf(mention))}, ${priorityWords(mention.priority)}, ${statusWords(mention.status)}`;
}

/** A text from outside on one line: no control characters, no hidden marks. */
export function plain(text: string, max: number): string {
  return showBidi(firstWords(text, max));
}

/** The whole text, line by line, indented. */
export function indented(text: string): string {
  return text.split('\n').map((line) => `    ${showBidi(singleLine(line))}`).join('\n');
}
