import { type Logger } from '../../core/clock';
import { type IncomingPost } from '../../core/mention';
import { type PullPage } from '../../core/channelPort';
import { type MastodonApi, type NotificationItem } from './mastodonApi';
import { timeOf, toPost } from './toPost';

/** Against servers that never come to an end; 400 pages are 16,000 mentions. */
const mostPages = 400;
const chunk = 40;

export interface PullSource {
  readonly api: MastodonApi;
  readonly logger: Logger;
  readonly channelId: string;
  readonly ownId: string;
  readonly signal: AbortSignal | undefined;
}

/** The cursor is the id of the newest notification that was handed out. */
export async function* pullMentions(source: PullSource, cursor: string | undefined, since: number): AsyncGenerator<PullPage> {
  let from = cursor;
  if (from === undefined) {
    for await (const page of firstRun(source, since)) {
      from = page.cursor ?? from;
      yield page;
    }
  }
  if (from !== undefined) yield* forward(source, from);
}

/** Walks back by `max_id` to `since`, then hands out from the oldest on, so that a run that is cut off can be taken up where it stood. */
async function* firstRun(source: PullSource, since: number): AsyncGenerator<PullPage> {
  const newest = newestFirst(await source.api.notifications({}, source.signal));
  const items = await walkBack(source, newest, (item) => (timeOf(item.at) ?? Infinity) < since);
  const wanted = items.filter((item) => (timeOf(item.at) ?? Infinity) >= since);
  const last = newest[0];
  if (last === undefined) return;
  // Nothing young enough: the place to go on from is known all the same.
  if (wanted.length === 0) yield { posts: [], cursor: last.id };
  else yield* handOut(source, wanted);
}

/**
 * Page by page after the cursor. With `min_id` Mastodon answers what comes right after it, newest first inside the page, so that nothing is
 * jumped over; an empty page is the end. Servers that ignore `min_id` are told by their sending the cursor's own item again.
 */
async function* forward(source: PullSource, cursor: string): AsyncGenerator<PullPage> {
  let from = cursor;
  const seen = new Set([from]);
  let page = newestFirst(await source.api.notifications({ minId: from }, source.signal));
  for (let count = 0; count < mostPages; count += 1) {
    if (page.some((item) => seen.has(item.id))) {
      yield* fromList(source, page, cursor, seen);
      return;
    }
    const newest = page[0];
    if (newest === undefined) return;
    for (const item of page) seen.add(item.id);
    from = newest.id;
    // Whether the server keeps to `min_id` shows in the next page only. Until it has, moving the cursor could jump over what lies between.
    let next: readonly NotificationItem[];
    try {
      next = newestFirst(await source.api.notifications({ minId: from }, source.signal));
    } catch (error) {
      yield { posts: toPosts(source, page), cursor: undefined };
      throw error;
    }
    if (next.some((item) => seen.has(item.id))) {
      yield* fromList(source, [...next.filter((item) => !seen.has(item.id)), ...page], cursor, new Set([cursor]));
      return;
    }
    yield { posts: toPosts(source, page), cursor: from };
    page = next;
  }
  source.logger.warn('mastodon: the pull was ended after too many pages', { channel: source.channelId, pages: mostPages });
}

/** For servers without `min_id`: what stands before the cursor's item in the list, walking back for it where the list comes in pages. */
async function* fromList(source: PullSource, list: readonly NotificationItem[], cursor: string, seen: ReadonlySet<string>): AsyncGenerator<PullPage> {
  const known = (item: NotificationItem): boolean => seen.has(item.id) || item.id === cursor;
  const items = await walkBack(source, list, known);
  const end = items.findIndex(known);
  yield* handOut(source, end < 0 ? items : items.slice(0, end));
}

/** The list and what is older, newest first, until an item is met that is the end, or nothing unseen comes. */
async function walkBack(source: PullSource, list: readonly NotificationItem[], isEnd: (item: NotificationItem) => boolean): Promise<readonly NotificationItem[]> {
  const items = [...list];
  const seen = new Set(items.map((item) => item.id));
  for (let count = 0; count < mostPages; count += 1) {
    const oldest = items.at(-1);
    if (oldest === undefined || items.some(isEnd)) return items;
    const older = newestFirst(await source.api.notifications({ maxId: oldest.id }, source.signal)).filter((item) => !seen.has(item.id));
    if (older.length === 0) return items;
    for (const item of older) seen.add(item.id);
    items.push(...older);
  }
  source.logger.warn('mastodon: the walk back was ended after too many pages', { channel: source.channelId, pages: mostPages });
  return items;
}

/** Newest first in, oldest chunk first out; the cursor of a chunk stands at its newest item. */
function* handOut(source: PullSource, items: readonly NotificationItem[]): Generator<PullPage> {
  for (let end = items.length; end > 0; end -= chunk) {
    const part = items.slice(Math.max(0, end - chunk), end);
    yield { posts: toPosts(source, part), cursor: part[0]?.id };
  }
}

/** Oldest first; a status that stands twice on the page is handed out once. */
function toPosts(source: PullSource, items: readonly NotificationItem[]): readonly IncomingPost[] {
  const posts = new Map<string, IncomingPost>();
  for (const item of [...items].reverse()) {
    const post = item.status && toPost(item.status, { ownId: source.ownId, notifiedAt: timeOf(item.at) });
    if (post) posts.set(post.externalId, post);
    else if (item.status) source.logger.warn('mastodon: a mention without a time was left out', { channel: source.channelId, id: item.status.id });
  }
  return [...posts.values()];
}

/**
 * Ids are opaque and the order is the server's: newest first, as all known servers do. Only a page whose ids *and* times both run upwards
 * is turned round.
 */
function newestFirst(items: readonly NotificationItem[]): readonly NotificationItem[] {
  const first = items[0];
  const last = items.at(-1);
  if (!first || !last || first === last) return items;
  const upwards = items.every((item, index) => {
    const before = items[index - 1];
    return before === undefined || (comesAfter(item.id, before.id) && (timeOf(item.at) ?? 0) >= (timeOf(before.at) ?? 0));
  });
  return upwards && (timeOf(last.at) ?? 0) > (timeOf(first.at) ?? 0) ? [...items].reverse() : items;
}

function comesAfter(left: string, right: string): boolean {
  return left.length === right.length ? left > right : left.length > right.length;
}
