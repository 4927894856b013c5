import { type Author, type IncomingPost } from '../../core/mention';
import { type BlueskyApi } from './blueskyApi';
import { ownPost } from './toPost';

/** 1,000 posts of ours. */
const mostPages = 10;
/** Keys of records tell the time at which an app made them, and clocks differ. */
const slack = 3_600_000;

export interface OwnPosts {
  readonly posts: readonly IncomingPost[];
  /** True when everything since then has been read. */
  readonly complete: boolean;
}

/**
 * What our account has posted since then (UTC ms), newest first, from its own repository: there it stands at once, whoever posted it and whatever the AppView
 * has seen of it.
 */
export async function readOwnPosts(api: BlueskyApi, own: Author, since: number, signal?: AbortSignal): Promise<OwnPosts> {
  const posts: IncomingPost[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await api.ownRecords(own.id, cursor, signal);
    const read = answer.records.map((record) => ownPost(record, own)).filter((post) => post !== undefined);
    posts.push(...read.filter((post) => post.postedAt >= since));
    const last = read.at(-1);
    if (answer.cursor === undefined || answer.cursor === cursor || (last !== undefined && last.postedAt < since - slack)) return { posts, complete: true };
    cursor = answer.cursor;
  }
  return { posts, complete: false };
}

/** So much is read again at each look, ms: apps date posts by their own clock. */
const overlap = 24 * 3_600_000;

/** What our account has posted, so that a look reads little more than what is new since the last one. */
export class OwnPostsMemory {
  private known: { readonly ownId: string; readonly since: number; readonly readAt: number; readonly posts: ReadonlyMap<string, IncomingPost> } | undefined;

  /** Those since then (UTC ms). `now`: UTC ms. */
  async read(api: BlueskyApi, own: Author, since: number, now: number, signal?: AbortSignal): Promise<readonly IncomingPost[]> {
    const before = this.known?.ownId === own.id && since >= this.known.since ? this.known : undefined;
    const { posts, complete } = await readOwnPosts(api, own, before === undefined ? since : Math.max(since, before.readAt - overlap), signal);
    const all = new Map([...(before?.posts.values() ?? []), ...posts].filter(({ postedAt }) => postedAt >= since).map((post) => [post.externalId, post]));
    if (complete) this.known = { ownId: own.id, since, readAt: now, posts: all };
    return [...all.values()];
  }
}
