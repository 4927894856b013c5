import { type Logger } from '../../core/clock';
import { isMomentosError } from '../../core/errors';
import { type IncomingPost } from '../../core/mention';
import { type PostCheck } from '../../core/channelPort';
import { type StatusEntity } from './entities';
import { type MastodonApi } from './mastodonApi';
import { toPost } from './toPost';

/**
 * Reads posts again. Several at once where the server can; what that does not bring is asked for one by one, and only a 404 (or 410) there makes it
 * gone. When everything is "not found", our own account must be found at least: else it is the server that is gone, not the posts.
 */
export async function checkPosts(api: MastodonApi, logger: Logger, externalIds: readonly string[], ownId: string, signal?: AbortSignal): Promise<PostCheck> {
  const wanted = new Set(externalIds);
  const found = new Map<string, StatusEntity>();
  const gone: string[] = [];
  let unlisted = false;
  try {
    const listed = api.listMissing ? [] : await api.readStatuses([...wanted], signal);
    for (const status of listed) if (wanted.has(status.id)) found.set(status.id, status);
  } catch (error) {
    // Servers before Mastodon 4.3 know no such list, and say so in various ways.
    if (!isMomentosError(error, 'network.notFound', 'network.invalid', 'network.malformed', 'network.forbidden', 'network.unexpected', 'network.unavailable')) throw error;
    unlisted = isMomentosError(error, 'network.notFound', 'network.invalid', 'network.unexpected');
  }
  for (const id of wanted) {
    if (found.has(id)) continue;
    try {
      found.set(id, await api.readStatus(id, signal));
    } catch (error) {
      if (isMomentosError(error, 'network.notFound')) gone.push(id);
      else if (isMomentosError(error, 'network.malformed', 'network.forbidden')) logger.warn('mastodon: a post could not be read again', { id, code: error.code });
      else if (isMomentosError(error, 'network.rateLimited') && found.size + gone.length > 0) break;
      else throw error;
    }
  }
  // Only a server that works otherwise shows that it has no such list.
  if (unlisted && found.size > 0) api.listMissing = true;
  if (gone.length > 0 && found.size === 0) await api.verifyCredentials(signal);
  return { found: posts([...found.values()], ownId), gone };
}

function posts(statuses: readonly StatusEntity[], ownId: string): readonly IncomingPost[] {
  return statuses.map((status) => toPost(status, { ownId })).filter((post) => post !== undefined);
}
