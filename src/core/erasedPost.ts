import { type IncomingPost, type Mention } from './mention';

/** What the network calls a mention and our answers to it. */
export function externalIdsOf({ post, replies }: Pick<Mention, 'post' | 'replies'>): readonly string[] {
  return [post.externalId, ...replies.flatMap(({ externalId }) => externalId ?? [])];
}

/** The post without the ids of erased ones that it answers or quotes; itself when it names none. */
export function withoutErased(post: IncomingPost, isErased: (externalId: string) => boolean): IncomingPost {
  const gone = (id: string | undefined): boolean => id !== undefined && isErased(id);
  const { parentId, rootId, quotedId } = post;
  if (!gone(parentId) && !gone(rootId) && !gone(quotedId)) return post;
  return { ...post, parentId: gone(parentId) ? undefined : parentId, rootId: gone(rootId) ? undefined : rootId, quotedId: gone(quotedId) ? undefined : quotedId };
}
