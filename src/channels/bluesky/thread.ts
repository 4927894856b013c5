import * as v from 'valibot';
import { MomentosError } from '../../core/errors';
import { type Author, type IncomingPost } from '../../core/mention';
import { type Thread } from '../../core/channelPort';
import { type BlueskyApi } from './blueskyApi';
import { threadNodeSchema } from './entities';
import { readOwnPosts } from './ownPosts';
import { toPost } from './toPost';

/** The most that the lexicon allows; a server may show less. */
const depth = 1_000;
const parentHeight = 80;
/** Against threads without end. */
const mostPosts = 5_000;
/** The clocks of those who post differ from the network's. */
const slack = 86_400_000;

/**
 * The conversation around a post. Our own answers come from our repository, where nothing is late: `complete` is about them. Deleted and blocked
 * posts of others are left out. Errors: `network.notFound` when the post is gone or not to be seen by us.
 */
export async function readThread(api: BlueskyApi, uri: string, own: Author, signal?: AbortSignal): Promise<Thread> {
  const posts = new Map(postsOf(api, await api.thread(uri, depth, parentHeight, signal), own.id).map((post) => [post.externalId, post]));
  const asked = posts.get(uri);
  if (asked === undefined) throw new MomentosError('network.notFound', { reason: 'hidden' });
  const oldest = Math.min(...[...posts.values()].map(({ postedAt }) => postedAt));
  const ours = await readOwnPosts(api, own, oldest - slack, signal);
  const rootId = asked.rootId ?? uri;
  for (const post of ours.posts) {
    const known = posts.get(post.externalId);
    if (known !== undefined) posts.set(post.externalId, { ...known, ...post, media: known.media, text: known.text });
    else if (post.rootId === rootId || posts.has(post.parentId ?? '')) posts.set(post.externalId, post);
  }
  return { posts: inOrder([...posts.values()].map((post) => ({ ...post, rootId }))), complete: ours.complete };
}

/** All posts of a tree that can be seen. Not recursive: a thread may be deep. */
function postsOf(api: BlueskyApi, tree: unknown, ownId: string): readonly IncomingPost[] {
  const found: IncomingPost[] = [];
  const left: unknown[] = [tree];
  for (let node = left.pop(); node !== undefined && found.length < mostPosts; node = left.pop()) {
    const parsed = v.safeParse(threadNodeSchema, node);
    if (!parsed.success) continue;
    const { post, parent, replies } = parsed.output;
    const view = post === undefined ? undefined : api.postView(post);
    const incoming = view && toPost(view, ownId);
    if (incoming) found.push(incoming);
    left.push(...(parent === undefined || parent === null ? [] : [parent]), ...(replies ?? []));
  }
  return found;
}

/** By time, but an answer never before what it answers: the one who dates it may have another clock than the network. */
function inOrder(posts: readonly IncomingPost[]): readonly IncomingPost[] {
  const byId = new Map(posts.map((post) => [post.externalId, post]));
  const times = new Map<string, number>();
  const timeFor = (post: IncomingPost): number => {
    const path: IncomingPost[] = [];
    const met = new Set<string>();
    for (let each: IncomingPost | undefined = post; each && !times.has(each.externalId) && !met.has(each.externalId); each = each.parentId === undefined ? undefined : byId.get(each.parentId)) {
      path.push(each);
      met.add(each.externalId);
    }
    for (const each of path.reverse()) times.set(each.externalId, Math.max(each.postedAt, (times.get(each.parentId ?? '') ?? -Infinity) + 1));
    return times.get(post.externalId) ?? post.postedAt;
  };
  return [...posts].sort((left, right) => timeFor(left) - timeFor(right));
}

