import { type Logger } from '../../core/clock';
import { type IncomingPost } from '../../core/mention';
import { type PostCheck } from '../../core/channelPort';
import { type PostEntity } from './entities';
import { chainsOf, firstVersion, newestVersion, newestVersions, type PostContext, toPost } from './toPost';
import { pageSize, type PostsPage, type XApi } from './xApi';

export interface ReadSource {
  readonly api: XApi;
  readonly logger: Logger;
  readonly ownId: string;
  readonly webOrigin: string;
  readonly signal?: AbortSignal | undefined;
}

/** What X says of a post that it does not show. */
export type Absence = 'gone' | 'hidden';

export interface Found {
  /** By the id of the first version, as they read now. */
  readonly posts: ReadonlyMap<string, PostEntity>;
  readonly absent: ReadonlyMap<string, Absence>;
  readonly pages: readonly PostsPage[];
}

/**
 * Reads posts by the ids of their first versions, each in its newest version. X answers 200 and says in `errors` what became of the rest: deleted
 * (`resource-not-found`), or not to be seen by us (protected, blocked, suspended), which is not gone.
 */
export async function readPosts(source: ReadSource, ids: readonly string[], wide = false): Promise<Found> {
  const posts = new Map<string, PostEntity>();
  const absent = new Map<string, Absence>();
  const pages: PostsPage[] = [];
  const take = async (wanted: readonly string[]): Promise<void> => {
    for (let start = 0; start < wanted.length; start += pageSize) {
      const page = await source.api.lookup(wanted.slice(start, start + pageSize), wide, source.signal);
      pages.push(page);
      for (const post of newestVersions([...posts.values(), ...page.posts, ...page.beside])) posts.set(firstVersion(post), post);
      for (const problem of page.problems) {
        const id = problem.resource_id ?? problem.value;
        if (id) absent.set(id, problem.type?.endsWith('/resource-not-found') ? 'gone' : 'hidden');
      }
    }
  };
  const wanted = [...new Set(ids)];
  await take(wanted.filter((id) => /^\d{1,20}$/u.test(id)));
  // An old version was sent for an old id, and the newest not beside it.
  const newer = wanted.flatMap((id) => {
    const post = posts.get(id);
    return post !== undefined && newestVersion(post) !== post.id ? [newestVersion(post)] : [];
  });
  if (newer.length > 0) await take(newer);
  return { posts, absent, pages };
}

export function contextOf(source: Pick<ReadSource, 'ownId' | 'webOrigin'>, pages: readonly PostsPage[]): PostContext {
  return {
    ownId: source.ownId,
    webOrigin: source.webOrigin,
    users: new Map(pages.flatMap((page) => [...page.users])),
    media: new Map(pages.flatMap((page) => [...page.media])),
    chains: chainsOf(pages.flatMap((page) => [...page.beside, ...page.posts])),
  };
}

/** Edits and deletions of known posts. A post that is hidden from us is neither found nor gone. */
export async function checkPosts(source: ReadSource, externalIds: readonly string[]): Promise<PostCheck> {
  const { posts, absent, pages } = await readPosts(source, externalIds);
  const context = contextOf(source, pages);
  const found: IncomingPost[] = [];
  const gone: string[] = [];
  for (const id of new Set(externalIds)) {
    const entity = posts.get(id);
    const post = entity && toPost(entity, context);
    if (post) found.push(post);
    else if (absent.get(id) === 'gone') gone.push(id);
    else source.logger.info('x: a post cannot be seen now', { id, hidden: absent.get(id) === 'hidden' });
  }
  return { found, gone };
}
