import { isMomentosError, MomentosError } from '../../core/errors';
import { type IncomingPost } from '../../core/mention';
import { type Thread } from '../../core/channelPort';
import { contextOf, readPosts, type ReadSource } from './check';
import { firstVersion, newestVersions, toPost } from './toPost';
import { type PostsPage } from './xApi';

/** Recent search goes back seven days, ms; with a margin for clocks that differ. */
export const searched = 7 * 86_400_000 - 10 * 60_000;
const mostPages = 10;

export interface Walked {
  readonly pages: readonly PostsPage[];
  /** All there was, each item readable. */
  readonly whole: boolean;
}

/**
 * The conversation around a post: recent search by its id, and our own timeline since then, for search is some seconds late. `complete` is about the
 * answers to this post: false when it is older than the search, when a list was cut or could not be had, or held something unreadable.
 * Errors: `network.notFound` when the post is gone, `network.forbidden` when it is hidden from us.
 */
export async function readThread(source: ReadSource, externalId: string, now: number): Promise<Thread> {
  const asked = await readPosts(source, [externalId], true);
  const entity = asked.posts.get(externalId);
  if (entity === undefined) throw new MomentosError(asked.absent.get(externalId) === 'hidden' ? 'network.forbidden' : 'network.notFound', { id: externalId });
  const root = entity.conversation_id ?? externalId;
  const search = await walk((position) => source.api.searchConversation(root, position, source.signal), []);
  const own = await walk((position) => source.api.timeline(source.ownId, position, source.signal), [['since_id', externalId]]);
  const context = contextOf(source, [...asked.pages, ...search.pages, ...own.pages]);
  const all = [...asked.pages, ...search.pages, ...own.pages].flatMap((page) => [...page.posts, ...page.beside]);
  const sameConversation = newestVersions(all).filter((post) => post.conversation_id === root || firstVersion(post) === root || firstVersion(post) === externalId);
  const posts = sameConversation.map((post) => toPost(post, context));
  const readable = posts.filter((post): post is IncomingPost => post !== undefined);
  const postedAt = readable.find((post) => post.externalId === externalId)?.postedAt ?? 0;
  return {
    posts: readable.sort((left, right) => left.postedAt - right.postedAt || left.externalId.localeCompare(right.externalId)),
    complete: search.whole && own.whole && readable.length === posts.length && now - postedAt < searched,
  };
}

/** All pages of a list. A plan without this list makes the thread incomplete, not impossible. */
export async function walk(fetch: (position: readonly (readonly [string, string])[]) => Promise<PostsPage>, start: readonly (readonly [string, string])[]): Promise<Walked> {
  const pages: PostsPage[] = [];
  let whole = true;
  let token: string | undefined;
  try {
    do {
      const page = await fetch(token === undefined ? start : [...start, ['pagination_token', token]]);
      pages.push(page);
      if (page.unread > 0) whole = false;
      token = page.nextToken;
    } while (token !== undefined && pages.length < mostPages);
  } catch (error) {
    if (!isMomentosError(error, 'network.planForbids', 'network.invalid') && !(isMomentosError(error, 'network.forbidden') && pages.length === 0)) throw error;
    return { pages, whole: false };
  }
  return { pages, whole: whole && token === undefined };
}
