import { spanMs } from '../core/config';
import { withoutErased } from '../core/erasedPost';
import { asMomentosError } from '../core/errors';
import { isOpen, type IncomingPost, type Mention } from '../core/mention';
import { type Channel } from '../core/channelPort';
import { type InboxTransaction } from '../core/ports';
import { type ScoredText } from '../core/textScoring';
import { findAnswersElsewhere, noteAnswerElsewhere } from './answeredElsewhere';
import { edited, receive } from './arrival';
import { type DeskContext } from './context';
import { maskDeleted } from './deletedPosts';
import { readPosts } from './readPosts';

/** Open mentions that are re-read for edits and deletions at each pull; the rest take their turn at the next ones. */
const recheckedPerPull = 40;
/** Conversations that are looked up on the network for new posts whose parent is unknown, at each page. */
const lookedUpPerPage = 10;

/** What one pull brought. */
export interface Tally {
  received: number;
  new: number;
  updated: number;
  /** How long after it was posted the latest of the new ones was seen, ms; undefined = there was none that was posted since the connection. */
  lagMs: number | undefined;
  readonly urgent: string[];
}

export interface PullTask {
  readonly context: DeskContext;
  readonly channel: Channel;
  readonly tally: Tally;
  /** Where the re-reading of open mentions goes on, by channel. */
  readonly turns: Map<string, number>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Everything that a channel has to tell: what is new, page by page, the cursor moved last; what open mentions have become (edited, deleted); what a
 * colleague answered in the network's own app, and what came back to us without naming us. Errors: `network.*`, `secret.*`, `lock.*`, `store.*`.
 */
export async function pullChannel(task: PullTask): Promise<void> {
  const { context, channel, tally, signal } = task;
  const { clock, channelState, config } = context;
  let state = await channelState.read(channel.id);
  if (state.connectedAt === undefined || state.account === undefined) {
    const account = await channel.account(signal);
    state = await channelState.update(channel.id, (old) => ({ ...old, connectedAt: old.connectedAt ?? clock.now(), account }));
  }
  const connectedAt = state.connectedAt ?? clock.now();
  const since = Math.min(clock.now() - spanMs(config.history), state.resumeFrom ?? Infinity);
  for await (const page of channel.pull({ cursor: state.cursor?.value, since, recheck: [], signal })) {
    tally.received += page.posts.length;
    await storePosts(task, page.posts, connectedAt);
    await settleElsewhere(task, page.posts.filter(({ own }) => own));
    if (page.gone !== undefined && page.gone.length > 0) tally.updated += await maskDeleted(context, channel.id, page.gone);
    if (page.cursor !== undefined) {
      const cursor = { value: page.cursor, at: clock.now() };
      await channelState.update(channel.id, (old) => ({ ...old, cursor, resumeFrom: undefined }));
    }
  }
  await recheck(task);
  await lookAround(task, since, connectedAt);
}

function isNews(known: Mention | undefined, post: IncomingPost): boolean {
  return known === undefined || known.post.text !== post.text || known.deletedAt !== undefined;
}

async function storePosts(task: PullTask, posts: readonly IncomingPost[], connectedAt: number): Promise<void> {
  const { context, channel, signal } = task;
  const { inbox } = context;
  const fresh = posts.filter((post) => !post.own && !inbox.isErased(channel.id, post.externalId) && isNews(inbox.byExternalId(channel.id, post.externalId), post)).sort((a, b) => a.postedAt - b.postedAt);
  if (fresh.length === 0) return;
  const conversations = await lookUpConversations(context, channel, fresh, signal);
  const scored = await readAll(task, fresh, conversations);
  await inbox.update((transaction) => {
    for (const post of fresh) storePost(task, transaction, { found: post, scored: scored.get(post.externalId), conversations, connectedAt });
  });
}

/** Before the lock is taken: nobody waits for it while texts are read. */
function readAll({ context: { inbox, scoring }, channel: { id }, signal }: PullTask, posts: readonly IncomingPost[], conversations: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, ScoredText>> {
  const known = (post: string | undefined): string | undefined => (post === undefined ? undefined : inbox.conversationOf(id, post));
  const conversationOf = ({ externalId, parentId, rootId, conversationId }: IncomingPost): string | undefined =>
    known(externalId) ?? known(parentId) ?? conversations.get(externalId) ?? known(rootId) ?? (conversationId === undefined ? undefined : inbox.conversationNamed(id, conversationId));
  return readPosts({ inbox, scoring }, posts, { scope: id, conversationOf, signal });
}

interface FoundPost {
  readonly found: IncomingPost;
  readonly scored: ScoredText | undefined;
  readonly conversations: ReadonlyMap<string, string>;
  readonly connectedAt: number;
}

function storePost({ context, channel, tally }: PullTask, transaction: InboxTransaction, { found, scored, conversations, connectedAt }: FoundPost): void {
  if (transaction.isErased(channel.id, found.externalId)) return;
  const post = withoutErased(found, (id) => transaction.isErased(channel.id, id));
  const known = transaction.byExternalId(channel.id, post.externalId);
  if (known !== undefined) {
    const change = edited(context, known, post, scored);
    if (change === undefined) return;
    transaction.put(change.mention);
    transaction.audit(change.entry);
    tally.updated++;
    return;
  }
  const parent = found.parentId === undefined ? undefined : (transaction.conversationOf(channel.id, found.parentId) ?? conversations.get(post.externalId));
  const root = found.rootId === undefined ? undefined : transaction.conversationOf(channel.id, found.rootId);
  const named = post.conversationId === undefined ? undefined : transaction.conversationNamed(channel.id, post.conversationId);
  const mention = receive(context, transaction, channel.id, post, { conversation: parent ?? root ?? named, connectedAt, scored });
  tally.new++;
  if (!mention.backlog) tally.lagMs = Math.max(0, mention.receivedAt - post.postedAt);
  if (mention.priority === 'urgent' && !mention.backlog) tally.urgent.push(mention.id);
  settleWaiting(context, transaction, mention);
}

/** The citizen wrote again: what waited for him no longer waits. */
export function settleWaiting(context: DeskContext, transaction: InboxTransaction, mention: Mention): void {
  for (const other of transaction.conversation(mention.conversation)) {
    if (other.status !== 'waiting' || other.authorId !== mention.authorId || other.id === mention.id) continue;
    transaction.put({ ...other, status: other.replies.some(({ state }) => state === 'sent') ? 'answered' : 'open', revision: other.revision + 1 });
    transaction.audit({ kind: 'mention.woken', at: context.clock.now(), actor: 'desk', subject: other.id, body: { by: mention.id } });
  }
}

/** Conversations of posts whose parent is not at the desk (a colleague's answer in the network's app): by the nearest ancestor that is. */
async function lookUpConversations(context: DeskContext, channel: Channel, posts: readonly IncomingPost[], signal: AbortSignal | undefined): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (!channel.capabilities.thread) return found;
  const here = new Set(posts.map((post) => post.externalId));
  const isKnown = (id: string | undefined): boolean => id !== undefined && context.inbox.conversationOf(channel.id, id) !== undefined;
  const unknown = posts.filter(({ parentId, rootId }) => parentId !== undefined && !here.has(parentId) && !isKnown(parentId) && !isKnown(rootId));
  for (const post of unknown.slice(-lookedUpPerPage)) {
    try {
      const thread = await channel.thread(post.externalId, signal);
      const parents = new Map(thread.posts.map((item) => [item.externalId, item.parentId]));
      const seen = new Set<string>();
      for (let id = post.parentId; id !== undefined && !seen.has(id); id = parents.get(id)) {
        seen.add(id);
        const conversation = context.inbox.conversationOf(channel.id, id);
        if (conversation !== undefined) {
          found.set(post.externalId, conversation);
          break;
        }
      }
    } catch (thrown) {
      const error = asMomentosError(thrown);
      if (error.code === 'network.cancelled' || error.code === 'network.unauthorized' || error.code === 'network.rateLimited') throw error;
      context.logger.info('conversation not found', { channel: channel.id, code: error.code });
    }
  }
  return found;
}

/** Edits and deletions come without a notification: open mentions are read again, some at each pull. */
async function recheck(task: PullTask): Promise<void> {
  const { context, channel, tally, turns, signal } = task;
  const open = [...context.inbox.all()].filter((mention) => mention.channel === channel.id && isOpen(mention) && mention.deletedAt === undefined);
  if (open.length === 0) return;
  const turn = (turns.get(channel.id) ?? 0) % open.length;
  turns.set(channel.id, turn + recheckedPerPull);
  const ids = [...open.slice(turn), ...open.slice(0, turn)].slice(0, recheckedPerPull).map((mention) => mention.post.externalId);
  const { found, gone } = await channel.check(ids, signal);
  const changed = found.filter((post) => isNews(context.inbox.byExternalId(channel.id, post.externalId), post));
  if (changed.length > 0) {
    const scored = await readAll(task, changed, new Map());
    await context.inbox.update((transaction) => {
      for (const post of changed) {
        const known = transaction.byExternalId(channel.id, post.externalId);
        const change = known === undefined ? undefined : edited(context, known, withoutErased(post, (id) => transaction.isErased(channel.id, id)), scored.get(post.externalId));
        if (change === undefined) continue;
        transaction.put(change.mention);
        transaction.audit(change.entry);
        tally.updated++;
      }
    });
  }
  if (gone.length > 0) tally.updated += await maskDeleted(context, channel.id, gone);
}

/** What a colleague answered in the network's own app settles a mention. */
async function settleElsewhere({ context, channel, tally }: PullTask, own: readonly IncomingPost[]): Promise<void> {
  for (const { mention, answer } of findAnswersElsewhere(context, channel.id, own)) if (await noteAnswerElsewhere(context, mention, answer)) tally.updated++;
}

/** Our own posts, for what colleagues answered; and answers that named us no more are mentions all the same. */
async function lookAround(task: PullTask, since: number, connectedAt: number): Promise<void> {
  const { channel, tally, signal } = task;
  if (channel.around === undefined) return;
  const { own, answers } = await channel.around(since, signal);
  await settleElsewhere(task, own);
  tally.received += answers.length;
  await storePosts(task, answers, connectedAt);
}
