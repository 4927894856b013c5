import { isMomentosError } from '../../core/errors';
import { type IncomingPost } from '../../core/mention';
import { type Surroundings } from '../../core/channelPort';
import { type StatusEntity } from './entities';
import { type MastodonApi } from './mastodonApi';
import { toPost } from './toPost';

/** Pages of our own posts that are looked through at most, and conversations read, at one look; what is left comes at the next. */
const mostPages = 5;
const mostContexts = 10;

/** What has been seen of our own posts: by status id, how many answers it had. In memory only: what is handed out twice is known by its id. */
export type SeenAround = Map<string, number>;

/**
 * Our own posts since a time, and the answers to them. Mastodon tells of an answer only if it names us, so the conversation of each of our posts whose
 * number of answers has grown is read. Errors: `network.*`.
 */
export async function readAround(api: MastodonApi, ownId: string, since: number, seen: SeenAround, signal?: AbortSignal): Promise<Surroundings> {
  const statuses = await ownStatuses(api, ownId, since, seen, signal);
  const own = statuses.map((status) => toPost(status, { ownId })).filter((post) => post !== undefined);
  const answers = new Map<string, IncomingPost>();
  let read = 0;
  for (const status of statuses) {
    const count = status.replies_count ?? 0;
    if (count <= (seen.get(status.id) ?? 0)) {
      seen.set(status.id, count);
      continue;
    }
    if (read >= mostContexts) continue;
    read += 1;
    for (const answer of await answersTo(api, status, ownId, signal)) answers.set(answer.externalId, answer);
    seen.set(status.id, count);
  }
  return { own, answers: [...answers.values()] };
}

/** Newest first, no further back than `since`; once our posts are known, no further than the first page that brings nothing new. */
async function ownStatuses(api: MastodonApi, ownId: string, since: number, seen: SeenAround, signal: AbortSignal | undefined): Promise<readonly StatusEntity[]> {
  const found = new Map<string, StatusEntity>();
  let maxId: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const statuses = await api.statusesOf(ownId, maxId, signal);
    const fresh = statuses.filter(({ id, created_at: at }) => !found.has(id) && (Date.parse(at ?? '') || 0) >= since);
    for (const status of fresh) found.set(status.id, status);
    maxId = statuses.at(-1)?.id;
    if (fresh.length < statuses.length || maxId === undefined || fresh.some(({ id }) => seen.has(id))) break;
  }
  return [...found.values()];
}

async function answersTo(api: MastodonApi, status: StatusEntity, ownId: string, signal: AbortSignal | undefined): Promise<readonly IncomingPost[]> {
  try {
    const { ancestors, descendants } = await api.context(status.id, signal);
    const rootId = (ancestors[0] ?? status).id;
    return descendants.map((descendant) => toPost(descendant, { ownId, rootId })).filter((post) => post !== undefined).filter((post) => !post.own && post.parentId === status.id);
  } catch (error) {
    // The post went away between two reads.
    if (isMomentosError(error, 'network.notFound')) return [];
    throw error;
  }
}
