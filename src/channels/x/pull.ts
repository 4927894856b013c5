import { type Logger } from '../../core/clock';
import { isMomentosError } from '../../core/errors';
import { type PullPage } from '../../core/channelPort';
import { type PostEntity } from './entities';
import { compareIds, idAt, timeOfId } from './snowflake';
import { chainsOf, newestVersions, type PostContext, toPost } from './toPost';
import { pageSize, type PostsPage, type XApi } from './xApi';

/** X shows the newest 800 mentions only. */
const reachable = 800;
/** Pages may be short; this is against servers that never come to an end. */
const mostPages = 40;
/** The tokens of pages can end in the middle of a run. */
const mostRestarts = 2;
/** X's lists are made by many machines: a post can show up after one with a greater id. So much is asked for again each time, ms. */
const overlap = 60_000;

export interface PullSource {
  readonly api: XApi;
  readonly logger: Logger;
  readonly channelId: string;
  readonly ownId: string;
  readonly webOrigin: string;
  readonly signal: AbortSignal | undefined;
}

/** The newest id that was handed out, and those of the minute before it. */
interface Position {
  readonly newest: string;
  readonly seen: ReadonlySet<string>;
}

/**
 * Mentions after the cursor. X sends the newest first and keeps no place in between, so everything is fetched with one `since_id` until there is no
 * `next_token`, then handed out from the oldest on, the cursor moving along. When X fails in the middle, what has come is handed out without moving it.
 */
export async function* pullMentions(source: PullSource, cursor: string | undefined, since: number): AsyncGenerator<PullPage> {
  const from = cursor === undefined ? undefined : parseCursor(cursor);
  const start: readonly [string, string] = from === undefined ? ['start_time', wholeSeconds(since)] : ['since_id', sinceId(from)];
  const { pages, failure } = await fetchAll(source, start).catch((error: unknown) => {
    // An id that X takes no more (it is too old, say): the same place as a time.
    const at = from && timeOfId(from.newest);
    if (at === undefined || !isMomentosError(error, 'network.invalid') || !((error.details['parameters'] ?? []) as readonly string[]).includes('since_id')) throw error;
    return fetchAll(source, ['start_time', wholeSeconds(at - overlap)]);
  });
  const items = inOrder(pages).filter((post) => (from === undefined ? (timeOfId(post.id) ?? Infinity) >= since : !from.seen.has(post.id) && post.id !== from.newest));
  if (items.length > 0) yield* handOut(source, pages, items, from, failure !== undefined);
  // Nothing young enough: the place to go on from is known all the same.
  else if (from === undefined && failure === undefined) yield { posts: [], cursor: idAt(since) };
  if (failure !== undefined) throw failure;
}

async function fetchAll(source: PullSource, start: readonly [string, string]): Promise<{ readonly pages: readonly PostsPage[]; readonly failure: unknown }> {
  for (let run = 0; ; run += 1) {
    const pages: PostsPage[] = [];
    try {
      for await (const page of walk(source, start)) pages.push(page);
      return { pages, failure: undefined };
    } catch (error) {
      if (pages.length === 0) throw error;
      const ended = isMomentosError(error, 'network.invalid', 'network.notFound');
      if (!ended || run >= mostRestarts) return { pages, failure: error };
      source.logger.info('x: a page was no longer to be had, so the pull starts again', { channel: source.channelId, pages: pages.length });
    }
  }
}

async function* walk(source: PullSource, start: readonly [string, string]): AsyncGenerator<PostsPage> {
  const { api, logger, channelId, ownId, signal } = source;
  const tokens = new Set<string>();
  let count = 0;
  let token: string | undefined;
  do {
    const page = await api.mentions(ownId, token === undefined ? [start] : [start, ['pagination_token', token]], signal);
    yield page;
    count += page.posts.length;
    token = page.nextToken;
    if (token !== undefined && (tokens.has(token) || tokens.size >= mostPages)) {
      logger.warn('x: the pull was ended after too many pages', { channel: channelId, pages: tokens.size });
      return;
    }
    if (token !== undefined) tokens.add(token);
  } while (token !== undefined);
  if (count >= reachable) logger.warn('x: as many mentions came as X shows; older ones cannot be had', { channel: channelId, mentions: count });
}

/** Oldest first by id, each version once. */
function inOrder(pages: readonly PostsPage[]): readonly PostEntity[] {
  // Somebody who passes on what another wrote says nothing to us.
  const said = pages.flatMap((page) => page.posts).filter((post) => !post.references.some(({ type }) => type === 'retweeted'));
  const versions = new Map(said.map((post) => [post.id, post]));
  return [...versions.values()].sort((left, right) => compareIds(left.id, right.id));
}

function* handOut(source: PullSource, pages: readonly PostsPage[], items: readonly PostEntity[], from: Position | undefined, broken: boolean): Generator<PullPage> {
  const context: PostContext = {
    ownId: source.ownId,
    webOrigin: source.webOrigin,
    users: new Map(pages.flatMap((page) => [...page.users])),
    media: new Map(pages.flatMap((page) => [...page.media])),
    chains: chainsOf(pages.flatMap((page) => [...page.beside, ...page.posts])),
  };
  const seen = new Set(from === undefined ? [] : [...from.seen, from.newest]);
  let newest = from?.newest;
  for (let start = 0; start < items.length; start += pageSize) {
    const part = items.slice(start, start + pageSize);
    for (const { id } of part) {
      seen.add(id);
      if (newest === undefined || compareIds(id, newest) > 0) newest = id;
    }
    const posts = newestVersions(part).flatMap((entity) => {
      const post = toPost(entity, context);
      if (post === undefined) source.logger.warn('x: a mention without author or time was left out', { channel: source.channelId, id: entity.id });
      return post ?? [];
    });
    yield { posts, cursor: broken || newest === undefined ? undefined : cursorAt(newest, seen) };
  }
}

/** As X wants times; what lies before is filtered out afterwards. */
function wholeSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function sinceId({ newest }: Position): string {
  const at = timeOfId(newest);
  return at === undefined ? newest : idAt(at - overlap);
}

function cursorAt(newest: string, seen: ReadonlySet<string>): string {
  const from = (timeOfId(newest) ?? Infinity) - overlap;
  const kept = [...seen].filter((id) => id !== newest && (timeOfId(id) ?? -Infinity) >= from);
  return [newest, ...kept.sort(compareIds)].join(' ');
}

function parseCursor(cursor: string): Position {
  const [newest = '', ...seen] = cursor.split(' ');
  return { newest, seen: new Set(seen) };
}
