import { asMomentosError, MomentosError } from '../core/errors';
import { type IncomingPost, type Mention, type Reply } from '../core/mention';
import { type Thread } from '../core/channelPort';
import { type InboxTransaction } from '../core/ports';
import { latencyBlock, oldestUnanswered } from '../core/responseClock';
import { sameWords } from '../core/text/fold';
import { type AuditJson } from '../core/audit';
import { type DeskContext } from './context';
import { type SentResult } from './deskApi';

/** A server may still be working on a request that we gave up: an absent answer proves nothing before this time has passed. */
const provesAbsenceAfterMs = 45_000;

/** Our answer in a thread: our account, this parent, this text; undefined = it is not there. */
export function findOurs(thread: Thread, parentId: string, text: string): IncomingPost | undefined {
  return thread.posts.find((post) => post.own && post.parentId === parentId && sameWords(post.text, text));
}

/** Any answer of our account to this post. */
export function answeredByUs(thread: Thread | undefined, parentId: string): IncomingPost | undefined {
  return thread?.posts.find((post) => post.own && post.parentId === parentId);
}

export interface SentFacts {
  readonly externalId: string | undefined;
  readonly url: string | undefined;
  /** UTC ms. */
  readonly sentAt: number;
  readonly confirmedAt: number;
}

/** Writes that the network (or, by hand, the citizen) has the reply: `reply.sent` with its latency block (and `reply.settled` when it was found out later). */
export async function recordSent(context: DeskContext, mentionId: string, replyId: string, sent: SentFacts, settledBy?: 'thread' | 'person'): Promise<SentResult> {
  return context.inbox.update((transaction) => {
    const mention = transaction.get(mentionId);
    const reply = mention?.replies.find(({ id }) => id === replyId);
    if (mention === undefined || reply === undefined) throw new MomentosError('reply.notFound', { id: replyId });
    if (reply.state === 'sent' || reply.state === 'withdrawn') return { mention, reply };
    return markSent(context, transaction, mention, reply, sent, settledBy);
  });
}

/** The same within a transaction of the caller's. */
export function markSent(context: DeskContext, transaction: InboxTransaction, mention: Mention, reply: Reply, sent: SentFacts, settledBy: 'thread' | 'person' | undefined): SentResult {
  const at = context.clock.now();
  const conversation = transaction.conversation(mention.conversation);
  const latency = latencyBlock({ mention, conversation, office: context.office, sentAt: sent.sentAt, confirmedAt: sent.confirmedAt, approvedAt: reply.approvedAt, approved: reply.approved });
  const covered = coveredBy(mention, conversation);
  const next: Reply = { ...reply, state: 'sent', sentAt: sent.sentAt, externalId: sent.externalId, url: sent.url, latencyMs: latency.calendarMs, sender: undefined, failure: undefined };
  const answered: Mention = { ...withReply(mention, next), status: 'answered', snoozedUntil: undefined, returned: undefined, inApprovalMs: undefined, revision: mention.revision + 1 };
  transaction.put(answered);
  for (const other of covered) transaction.put({ ...other, status: 'answered', snoozedUntil: undefined, revision: other.revision + 1 });
  if (settledBy !== undefined) {
    transaction.audit({ kind: 'reply.settled', at, actor: settledBy === 'person' ? context.operator : 'desk', subject: reply.id, body: { mention: mention.id, outcome: 'sent', by: settledBy } });
  }
  transaction.audit({
    kind: 'reply.sent',
    at,
    actor: settledBy === undefined ? context.operator : 'desk',
    subject: reply.id,
    body: { mention: mention.id, conversation: mention.conversation, channel: mention.channel, covers: covered.map(({ id }) => id), ...(reply.byHand === true ? { givenBy: 'hand' } : {}), latency: { ...latency } },
    values: { externalId: sent.externalId ?? null, ...(sent.url === undefined ? {} : { url: sent.url }) },
  });
  return { mention: answered, reply: next };
}

/** Earlier messages of the same citizen in the conversation that this answer answers too: its latency runs from the oldest of them. */
function coveredBy(mention: Mention, conversation: readonly Mention[]): readonly Mention[] {
  const since = oldestUnanswered(mention, conversation).post.postedAt;
  return conversation.filter(
    (other) =>
      other.id !== mention.id && other.authorId === mention.authorId && other.status !== 'answered' && other.status !== 'closed' && other.post.postedAt >= since && other.post.postedAt <= mention.post.postedAt &&
      !other.replies.some(({ state }) => state === 'intended' || state === 'unsettled'),
  );
}

/** Writes that the reply was not sent: `reply.failed`; the mention is open again. */
export async function recordFailed(context: DeskContext, mentionId: string, replyId: string, code: string, settledBy?: 'thread' | 'person'): Promise<SentResult> {
  return changeReply(context, mentionId, replyId, (mention, reply) => {
    const body: Record<string, AuditJson> = { mention: mentionId, code };
    return {
      next: { ...reply, state: 'failed', failure: code, sender: undefined },
      // What a second person had let go waits again: nothing of it is lost, nobody has to hand it in anew.
      mention: reply.approved === undefined || mention.submission !== undefined ? mention : { ...mention, submission: reply.approved.submission },
      entries: [
        ...(settledBy === undefined ? [] : [{ kind: 'reply.settled' as const, body: { mention: mentionId, outcome: 'failed', by: settledBy }, byPerson: settledBy === 'person' }]),
        { kind: 'reply.failed' as const, body, byPerson: settledBy === undefined },
      ],
    };
  });
}

/** Writes that nobody can tell: a person must look. */
export async function recordUnsettled(context: DeskContext, mentionId: string, replyId: string): Promise<SentResult> {
  return changeReply(context, mentionId, replyId, (mention, reply) =>
    reply.state === 'unsettled' ? undefined : { next: { ...reply, state: 'unsettled', sender: undefined }, mention, entries: [{ kind: 'reply.unsettled' as const, body: { mention: mentionId }, byPerson: false }] },
  );
}

interface ReplyChange {
  readonly next: Reply;
  readonly mention: Mention;
  readonly entries: readonly { readonly kind: 'reply.failed' | 'reply.settled' | 'reply.unsettled'; readonly body: Readonly<Record<string, AuditJson>>; readonly byPerson: boolean }[];
}

function changeReply(context: DeskContext, mentionId: string, replyId: string, change: (mention: Mention, reply: Reply) => ReplyChange | undefined): Promise<SentResult> {
  return context.inbox.update((transaction) => {
    const mention = transaction.get(mentionId);
    const reply = mention?.replies.find(({ id }) => id === replyId);
    if (mention === undefined || reply === undefined) throw new MomentosError('reply.notFound', { id: replyId });
    if (reply.state !== 'intended' && reply.state !== 'unsettled') return { mention, reply };
    const changed = change(mention, reply);
    if (changed === undefined) return { mention, reply };
    const next: Mention = { ...withReply(changed.mention, changed.next), revision: mention.revision + 1 };
    transaction.put(next);
    for (const { kind, body, byPerson } of changed.entries) transaction.audit({ kind, at: context.clock.now(), actor: byPerson ? context.operator : 'desk', subject: replyId, body });
    return { mention: next, reply: changed.next };
  });
}

export function withReply(mention: Mention, reply: Reply): Mention {
  return { ...mention, replies: [...mention.replies.filter(({ id }) => id !== reply.id), reply] };
}

/**
 * What became of replies that were cut off: sent if the thread shows our account, this parent and this text; failed only if a complete read shows
 * none; else unsettled. Replies that a living process is sending are left to it. Nothing is sent again.
 */
export async function settleReplies(context: DeskContext, isSenderAlive: (sender: NonNullable<Reply['sender']>) => boolean, only?: string, signal?: AbortSignal): Promise<readonly SentResult[]> {
  const results: SentResult[] = [];
  for (const mention of context.inbox.unsettled()) {
    if (only !== undefined && mention.id !== only) continue;
    for (const reply of mention.replies) {
      if (reply.state !== 'intended' && reply.state !== 'unsettled') continue;
      if (reply.state === 'intended' && reply.sender !== undefined && isSenderAlive(reply.sender)) continue;
      results.push(await settleOne(context, mention, reply, signal));
    }
  }
  return results;
}

async function settleOne(context: DeskContext, mention: Mention, reply: Reply, signal: AbortSignal | undefined): Promise<SentResult> {
  let thread: Thread | undefined;
  try {
    const channel = context.channel(mention.channel);
    thread = channel.capabilities.thread ? await channel.thread(mention.post.externalId, signal) : undefined;
  } catch (thrown) {
    context.logger.info('reply not settled yet', { reply: reply.id, code: asMomentosError(thrown).code });
  }
  const found = thread === undefined ? undefined : findOurs(thread, mention.post.externalId, reply.text);
  if (found !== undefined) {
    return recordSent(context, mention.id, reply.id, { externalId: found.externalId, url: found.url, sentAt: Math.max(reply.intendedAt, found.postedAt), confirmedAt: found.postedAt }, 'thread');
  }
  if (thread?.complete === true && context.clock.now() - reply.intendedAt >= provesAbsenceAfterMs) return recordFailed(context, mention.id, reply.id, 'network.outcomeUnknown', 'thread');
  return recordUnsettled(context, mention.id, reply.id);
}
