import { type IncomingPost } from '../../core/mention';
import { type Thread } from '../../core/ports';
import { type MastodonApi } from './mastodonApi';
import { toPost } from './toPost';

/** What Mastodon shows at most in each direction to somebody signed in. */
const mostRelatives = 4_096;

/**
 * The conversation around a post. `complete` is about what *our* server shows: our own answers live there, so that a remote author does not
 * make it incomplete, but a refresh that is still running, an item that cannot be read, or a full list does.
 * Errors: `network.notFound` when the post is gone.
 */
export async function readThread(api: MastodonApi, externalId: string, ownId: string, signal?: AbortSignal): Promise<Thread> {
  const status = await api.readStatus(externalId, signal);
  const { ancestors, descendants, partial } = await api.context(externalId, signal);
  const all = [...ancestors, status, ...descendants];
  const ids = new Set(all.map((each) => each.id));
  const rootId = (ancestors[0] ?? status).id;
  // The parent is told but not shown: hidden from us, or not here yet.
  const orphan = all.some((each) => each.in_reply_to_id && !ids.has(each.in_reply_to_id) && !descendants.includes(each));
  const posts = new Map<string, IncomingPost>();
  let untimed = false;
  for (const each of all) {
    const post = toPost(each, { ownId, rootId });
    if (post) posts.set(post.externalId, post);
    else untimed = true;
  }
  const full = ancestors.length >= mostRelatives || descendants.length >= mostRelatives;
  return { posts: [...posts.values()].sort((left, right) => left.postedAt - right.postedAt), complete: !partial && !orphan && !untimed && !full };
}
