import * as v from 'valibot';
import { isMomentosError } from '../../core/errors';
import { type PostCheck } from '../../core/channelPort';
import { type BlueskyApi } from './blueskyApi';
import { threadNodeSchema } from './entities';
import { toPost } from './toPost';

/**
 * Reads posts again. What the list leaves out may be deleted, or hidden from us (its author blocked our account, or left for a while): each is asked for
 * by itself, and only where the AppView says that there is no such post, it is gone.
 */
export async function checkPosts(api: BlueskyApi, externalIds: readonly string[], ownId: string, signal?: AbortSignal): Promise<PostCheck> {
  const wanted = [...new Set(externalIds)];
  const views = new Map((await api.posts(wanted, signal)).map((view) => [view.uri, view]));
  const gone: string[] = [];
  for (const uri of wanted) {
    if (!views.has(uri) && (await isGone(api, uri, signal))) gone.push(uri);
  }
  return { found: [...views.values()].map((view) => toPost(view, ownId)).filter((post) => post !== undefined), gone };
}

async function isGone(api: BlueskyApi, uri: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    const parsed = v.safeParse(threadNodeSchema, await api.thread(uri, 0, 0, signal));
    return parsed.success && parsed.output.notFound === true;
  } catch (error) {
    if (isMomentosError(error, 'network.notFound') && error.details['xrpcError'] === 'NotFound') return true;
    throw error;
  }
}
