import { type IncomingPost } from '../../core/mention';
import { type Thread } from '../../core/channelPort';
import { type MastodonApi } from './mastodonApi';
import { toPost } from './toPost';

/** What Mastodon shows at most in each direction to somebody signed in. */
const mostRelatives = 4_096;

/**
 * The conversation around a post. `complete` is about what *our* server shows: our own answers live there, so that a remote author or a hidden
 * post of others does not make it incomplete, but a refresh that is still running, an item that cannot be read, or a full list does.
 * Errors: `network.notFound` when the post is gone.
 */
export async function readThread(api: MastodonApi, externalId: string, ownId: string, signal?: AbortSignal): Promise<Thread> {
  const status = await api.readStatus(externalId, signal);
  const { ancestors, descendants, partial } = await api.context(externalId, signal);
  const all = [...ancestors, status, ...descendants];
  const rootId = (ancestors[0] ?? status).id;
  const posts = new Map<string, IncomingPost>();
  let untimed = false;
  for (const each of all) {
    const post = toPost(each, { ownId, rootId });
    if (post) posts.set(post.externalId, post);
    else untimed = true;
  }
  const full = ancestors.length >= mostRelatives || descendants.length >= mostRelatives;
  return { posts: [...posts.values()].sort((left, right) => left.postedAt - right.postedAt), complete: !partial && !untimed && !full };
}
