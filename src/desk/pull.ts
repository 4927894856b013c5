import { type ChannelConfig, spanMs } from '../core/config';
import { asMomentosError, MomentosError } from '../core/errors';
import { isOpen, type IncomingPost, type Mention } from '../core/mention';
import { type Channel, type ChannelState, type InboxTransaction, type PollLease } from '../core/ports';
import { edited, receive } from './arrival';
import { type DeskContext } from './context';
import { type DeskPull, type PullResult } from './deskApi';

/** Open mentions that are re-read for edits and deletions at each pull; the rest take their turn at the next ones. */
const recheckedPerPull = 40;
/** Conversations that are looked up on the network for new posts whose parent is unknown, at each page. */
const lookedUpPerPage = 10;
const longestDelayMs = 5 * 60_000;

interface Tally { received: number; new: number; updated: number; readonly urgent: string[] }

/** `settle`: looks again at answers whose outcome is not known; runs after each pull that finds one. */
export function createPull(context: DeskContext, lease: PollLease, channels: readonly ChannelConfig[], settle: (signal: AbortSignal | undefined) => Promise<unknown>): DeskPull {
  const failures = new Map<string, number>();
  const turns = new Map<string, number>();
  const running = new Map<string, Promise<PullResult>>();

  const pullOne = async (config: ChannelConfig, signal: AbortSignal | undefined): Promise<PullResult> => {
    const tally: Tally = { received: 0, new: 0, updated: 0, urgent: [] };
    let error: MomentosError | null = null;
    try {
      const channel = context.channel(config.id);
      if (channel.capabilities.pull) await pullChannel(context, channel, tally, turns, signal);
      failures.delete(config.id);
    } catch (thrown) {
      error = asMomentosError(thrown);
      failures.set(config.id, (failures.get(config.id) ?? 0) + 1);
      context.logger.warn('pull failed', { channel: config.id, code: error.code });
    }
    await recordOutcome(context, config.id, error);
    return { id: config.id, received: tally.received, new: tally.new, updated: tally.updated, error, urgent: tally.urgent };
  };

  return {
    async pull(options = {}) {
      const wanted = channels.filter(({ id }) => options.channel === undefined || id === options.channel);
      if (options.channel !== undefined && wanted.length === 0) throw new MomentosError('channel.notFound', { channel: options.channel, known: channels.map(({ id }) => id) });
      await context.inbox.refresh();
      await wake(context);
      let done = 0;
      const results = await Promise.all(
        wanted.map(async (config) => {
          let work = running.get(config.id);
          if (work === undefined) {
            work = pullOne(config, options.signal).finally(() => running.delete(config.id));
            running.set(config.id, work);
          }
          const result = await work;
          options.progress?.(++done / wanted.length);
          return result;
        }),
      );
      if (context.inbox.unsettled().length > 0) await settle(options.signal);
      return results;
    },
    tryLease: () => lease.tryAcquire(),
    releaseLease: () => lease.release(),
    nextDelay(results, { baseMs, unfocusedMs }) {
      const now = context.clock.now();
      const worst = Math.max(0, ...[...failures.values()]);
      const base = unfocusedMs >= 10 * 60_000 ? Math.max(baseMs, longestDelayMs) : baseMs;
      const backedOff = worst === 0 ? base : Math.min(longestDelayMs, base * 2 ** Math.min(worst, 6));
      const retryAt = Math.max(0, ...results.map(({ error }) => (typeof error?.details['retryAt'] === 'number' ? error.details['retryAt'] : 0)));
      const jitter = 1 + (context.random.fraction() - 0.5) * 0.2;
      return Math.round(Math.min(longestDelayMs, Math.max(backedOff * jitter, retryAt - now)));
    },
    state: (channelId) => context.channelState.read(channelId),
  };
}

async function pullChannel(context: DeskContext, channel: Channel, tally: Tally, turns: Map<string, number>, signal: AbortSignal | undefined): Promise<void> {
  const { clock, channelState, config, inbox } = context;
  let state = await channelState.read(channel.id);
  if (state.connectedAt === undefined || state.account === undefined) {
    const account = await channel.account(signal);
    state = await channelState.update(channel.id, (old) => ({ ...old, connectedAt: old.connectedAt ?? clock.now(), account }));
  }
  const connectedAt = state.connectedAt ?? clock.now();
  for await (const page of channel.pull({ cursor: state.cursor?.value, since: clock.now() - spanMs(config.history), recheck: [], signal })) {
    tally.received += page.posts.length;
    const fresh = page.posts.filter((post) => !post.own && isNews(inbox.byExternalId(channel.id, post.externalId), post)).sort((a, b) => a.postedAt - b.postedAt);
    if (fresh.length > 0) {
      const conversations = await lookUpConversations(context, channel, fresh, signal);
      await inbox.update((transaction) => {
        for (const post of fresh) store(context, transaction, channel.id, post, conversations, connectedAt, tally);
      });
    }
    if (page.cursor !== undefined) {
      const cursor = { value: page.cursor, at: clock.now() };
      await channelState.update(channel.id, (old) => ({ ...old, cursor }));
    }
  }
  await recheck(context, channel, tally, turns, signal);
}

function isNews(known: Mention | undefined, post: IncomingPost): boolean {
  return known === undefined || known.post.text !== post.text;
}

function store(context: DeskContext, transaction: InboxTransaction, channel: string, post: IncomingPost, conversations: ReadonlyMap<string, string>, connectedAt: number, tally: Tally): void {
  const known = transaction.byExternalId(channel, post.externalId);
  if (known !== undefined) {
    const change = edited(context, known, post);
    if (change === undefined) return;
    transaction.put(change.mention);
    transaction.audit(change.entry);
    tally.updated++;
    return;
  }
  const parent = post.parentId === undefined ? undefined : (transaction.conversationOf(channel, post.parentId) ?? conversations.get(post.externalId));
  const root = post.rootId === undefined ? undefined : transaction.conversationOf(channel, post.rootId);
  const mention = receive(context, transaction, channel, post, { conversation: parent ?? root, connectedAt });
  tally.new++;
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
  const unknown = posts.filter(({ parentId }) => parentId !== undefined && !here.has(parentId) && context.inbox.conversationOf(channel.id, parentId) === undefined);
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
async function recheck(context: DeskContext, channel: Channel, tally: Tally, turns: Map<string, number>, signal: AbortSignal | undefined): Promise<void> {
  const open = [...context.inbox.all()].filter((mention) => mention.channel === channel.id && isOpen(mention) && mention.deletedAt === undefined);
  if (open.length === 0) return;
  const turn = (turns.get(channel.id) ?? 0) % open.length;
  turns.set(channel.id, turn + recheckedPerPull);
  const ids = [...open.slice(turn), ...open.slice(0, turn)].slice(0, recheckedPerPull).map((mention) => mention.post.externalId);
  const { found, gone } = await channel.check(ids, signal);
  const changed = found.filter((post) => isNews(context.inbox.byExternalId(channel.id, post.externalId), post));
  if (changed.length === 0 && gone.length === 0) return;
  await context.inbox.update((transaction) => {
    for (const post of changed) {
      const known = transaction.byExternalId(channel.id, post.externalId);
      const change = known === undefined ? undefined : edited(context, known, post);
      if (change === undefined) continue;
      transaction.put(change.mention);
      transaction.audit(change.entry);
      tally.updated++;
    }
    for (const externalId of gone) {
      const known = transaction.byExternalId(channel.id, externalId);
      if (known === undefined || known.deletedAt !== undefined) continue;
      const at = context.clock.now();
      transaction.put({ ...known, deletedAt: at, revision: known.revision + 1 });
      transaction.audit({ kind: 'mention.deleted', at, actor: 'desk', subject: known.id, body: {} });
      tally.updated++;
    }
  });
}

/** Snoozed mentions whose time has come are open again. */
async function wake(context: DeskContext): Promise<void> {
  const now = context.clock.now();
  const due = (mention: Mention): boolean => mention.status === 'snoozed' && (mention.snoozedUntil ?? 0) <= now;
  const ids = [...context.inbox.all()].filter(due).map((mention) => mention.id);
  if (ids.length === 0) return;
  await context.inbox.update((transaction) => {
    for (const id of ids) {
      const mention = transaction.get(id);
      if (mention === undefined || !due(mention)) continue;
      transaction.put({ ...mention, status: mention.claim === undefined ? 'open' : 'claimed', snoozedUntil: undefined, revision: mention.revision + 1 });
      transaction.audit({ kind: 'mention.woken', at: now, actor: 'desk', subject: id, body: {} });
    }
  });
}

/** A poll that brings nothing writes nothing but this small state, and only when it says something new or a minute has passed. */
async function recordOutcome(context: DeskContext, channelId: string, error: MomentosError | null): Promise<void> {
  try {
    await context.channelState.update(channelId, (state): ChannelState => ({ ...state, lastPullAt: context.clock.now(), lastError: error?.code }));
  } catch (thrown) {
    context.logger.warn('channel state not written', { channel: channelId, code: asMomentosError(thrown).code });
  }
}
