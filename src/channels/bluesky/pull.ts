import { type Logger } from '../../core/clock';
import { type IncomingPost } from '../../core/mention';
import { type PullPage } from '../../core/channelPort';
import { type BlueskyApi, type NotificationPage } from './blueskyApi';
import { fingerprint, type PullPosition, readPosition, writePosition } from './cursor';
import { type NotificationEntity } from './entities';
import { didOf, timeOf, toPost } from './toPost';

/** How far behind the newest notification the list is read again each time: posts that came late, or were dated back, sort among the older ones. */
const overlap = 72 * 3_600_000;
/** At least so many pages are read, so that a quiet account is seen whole and no date is too early. */
const fewestPages = 3;
/** Against servers that never come to an end. */
const mostPages = 400;
/** Posts are read so many at a time (getPosts takes no more). */
const chunk = 25;

export interface PullSource {
  readonly api: BlueskyApi;
  readonly logger: Logger;
  readonly channelId: string;
  readonly ownId: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Walks back over the list, takes what was not handed out yet, and hands it out from the oldest on. The list is ordered by the earlier of the declared
 * time and the network's, so that late posts and those that were dated back stand behind newer ones: it never stops at the first known post.
 */
export async function* pullNotifications(source: PullSource, cursor: string | undefined, since: number): AsyncGenerator<PullPage> {
  const before = (cursor === undefined ? undefined : readPosition(cursor)) ?? { watermark: undefined, from: since, depth: undefined, seen: new Set<string>() };
  const { listed, depth } = await walkBack(source, (before.watermark ?? before.from) - overlap);
  const fresh = listed.filter(({ uri }) => !before.seen.has(fingerprint(uri))).reverse();
  // What is not listed any more need not be remembered: it was deleted, or lies behind the stretch.
  const listedNow = new Set(listed.map(({ uri }) => fingerprint(uri)));
  let position: PullPosition = { ...before, depth, seen: new Set([...before.seen].filter((known) => listedNow.has(known))) };
  if (fresh.length === 0) {
    // Even an empty list says where to go on from.
    if (cursor === undefined) yield { posts: [], cursor: writePosition(position) };
    return;
  }
  for (let start = 0; start < fresh.length; start += chunk) {
    const part = fresh.slice(start, start + chunk);
    const { posts, read } = await readPosts(source, part.filter((item) => concernsUs(item, source.ownId)), before);
    const done = part.filter((item) => !concernsUs(item, source.ownId) || read.has(item.uri));
    if (done.length === 0) continue;
    position = {
      ...position,
      watermark: Math.max(position.watermark ?? 0, ...done.map((item) => timeOf(item.indexedAt) ?? 0)),
      seen: new Set([...position.seen, ...done.map(({ uri }) => fingerprint(uri))]),
    };
    yield { posts, cursor: writePosition(position) };
  }
}

/**
 * The reference server's cursor is the time of the last item, and what shares that time is jumped over. So it is asked a moment later, and what comes again
 * counts once. undefined = it is no such cursor.
 */
function justAfter(cursor: string): string | undefined {
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/u.test(cursor) ? timeOf(cursor) : undefined;
  return time === undefined ? undefined : new Date(time + 1).toISOString();
}

interface Walk {
  readonly listed: readonly NotificationEntity[];
  /** Sort time of the oldest, UTC ms; 0 = the whole list was read. */
  readonly depth: number;
}

/** The list, newest first, down to `end` and three pages at least. A post that stands on two pages counts once. */
async function walkBack(source: PullSource, end: number): Promise<Walk> {
  const items = new Map<string, NotificationEntity>();
  const take = async (at: string | undefined): Promise<NotificationPage> => {
    const answer = await source.api.notifications(at, source.signal);
    for (const item of answer.items) items.set(item.uri, item);
    return answer;
  };
  let cursor: string | undefined;
  let depth = Infinity;
  for (let page = 1; page <= mostPages; page += 1) {
    const known = items.size;
    let answer = await take(cursor === undefined ? undefined : (justAfter(cursor) ?? cursor));
    // A page all of one moment leads nowhere but to itself: then only the server's own way goes on.
    if (cursor !== undefined && answer.cursor !== undefined && (items.size === known || answer.cursor === cursor)) answer = await take(cursor);
    depth = Math.min(depth, timeOf(answer.items.at(-1)?.indexedAt) ?? Infinity);
    if (answer.cursor === undefined || answer.cursor === cursor) return { listed: [...items.values()], depth: 0 };
    if (depth < end && page >= fewestPages) return { listed: [...items.values()], depth };
    cursor = answer.cursor;
  }
  source.logger.warn('bluesky: the walk back was ended after too many pages', { channel: source.channelId, pages: mostPages });
  return { listed: [...items.values()], depth };
}

/**
 * A reply is told for five levels below a post of ours; what citizens say to each other there is theirs. Ours is what answers us, what names or quotes us
 * (the server's reasons `mention` and `quote`), and where an author goes on after a post of their own.
 */
function concernsUs({ reason, author, record }: NotificationEntity, ownId: string): boolean {
  if (author.did === ownId) return false;
  if (reason !== 'reply') return true;
  const parent = record.reply?.parent.uri;
  return parent === undefined || didOf(parent) === ownId || didOf(parent) === author.did;
}

/**
 * The posts as they stand now, oldest first by the list. Left out is what the network had before the first run's beginning, unless the last run would have
 * met it: not every server tells when a post came. `read`: those that need no second look.
 */
async function readPosts(source: PullSource, items: readonly NotificationEntity[], before: PullPosition): Promise<{ readonly posts: readonly IncomingPost[]; readonly read: ReadonlySet<string> }> {
  const views = new Map((await source.api.posts(items.map(({ uri }) => uri), source.signal)).map((view) => [view.uri, view]));
  const posts: IncomingPost[] = [];
  for (const { uri, indexedAt } of items) {
    const view = views.get(uri);
    const post = view && toPost(view, source.ownId);
    const cameSince = before.depth !== undefined && (timeOf(indexedAt) ?? 0) > before.depth;
    if (post && (post.postedAt >= before.from || cameSince)) posts.push(post);
    else if (view && !post) source.logger.warn('bluesky: a post without a time was left out', { channel: source.channelId, uri });
  }
  return { posts, read: new Set(views.keys()) };
}
