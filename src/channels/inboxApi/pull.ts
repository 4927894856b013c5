import { type Clock, type Logger } from '../../core/clock';
import { isMomentosError, MomentosError } from '../../core/errors';
import { type IncomingPost } from '../../core/mention';
import { type PullPage } from '../../core/channelPort';
import { type FeedPage, type InboxApi } from './inboxApi';
import { toPost } from './toPost';

/** Against servers that always say that there is more; 400 pages are 16,000 changes, and the next pull goes on from there. */
const mostPages = 400;
/** Pages without any change, one after the other. */
const mostEmptyPages = 20;

export interface PullSource {
  readonly api: InboxApi;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly channelId: string;
  readonly ownId: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * The feed from the cursor to its end. The cursor is the server's; it only grows, so a cursor that comes again while there is said to be more can lead
 * nowhere: `network.malformed`, after what was read has been handed out. A cursor that the server does not know any more starts over at `since`.
 */
export async function* pullMentions(source: PullSource, cursor: string | undefined, since: number): AsyncGenerator<PullPage> {
  const { logger, channelId: channel } = source;
  let from = cursor;
  let first = cursor === undefined;
  let empty = 0;
  const seen = new Set(cursor === undefined ? [] : [cursor]);
  for (let count = 0; count < mostPages; count += 1) {
    let page: FeedPage;
    try {
      page = await source.api.mentions(from === undefined ? { from: since } : { since: from }, source.signal);
    } catch (error) {
      if (count > 0 || from === undefined || !isMomentosError(error, 'network.invalid') || error.details['serverCode'] !== 'cursor_unknown') throw error;
      logger.warn('inbox api: the server does not know the cursor any more; it is read from the start', { channel });
      from = undefined;
      first = true;
      continue;
    }
    const { nextCursor, hasMore } = page;
    const grown = nextCursor !== undefined && !seen.has(nextCursor);
    if (page.changes.length > 0 || grown) yield { ...contents(source, page, first ? since : -Infinity), cursor: grown ? nextCursor : undefined };
    if (page.changes.length > 0 && !grown) logger.warn('inbox api: the cursor did not move over a page with items', { channel });
    if (!hasMore) return;
    if (!grown) throw new MomentosError('network.malformed', { path: '/v1/mentions', reason: 'cursor' });
    empty = page.changes.length === 0 ? empty + 1 : 0;
    if (empty >= mostEmptyPages) break;
    seen.add(nextCursor);
    from = nextCursor;
  }
  logger.warn('inbox api: the pull was ended; the server always says that there is more', { channel });
}

/** The last change of a message counts, at its own place. `oldest`: what was written before (UTC ms) is left out, on the first run. */
function contents(source: PullSource, page: FeedPage, oldest: number): Pick<PullPage, 'posts' | 'gone'> {
  const posts = new Map<string, IncomingPost>();
  const gone = new Set<string>();
  for (const change of page.changes) {
    posts.delete(change.externalId);
    gone.delete(change.externalId);
    if ('deleted' in change) {
      gone.add(change.externalId);
      continue;
    }
    const post = toPost(change.message, source.ownId, source.clock.now());
    if (post.postedAt >= oldest) posts.set(post.externalId, post);
  }
  return { posts: [...posts.values()], gone: [...gone] };
}
