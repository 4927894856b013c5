import { MomentosError } from '../../core/errors';
import { type ReplyRequest, type SentReply } from '../../core/channelPort';
import { type BlueskyApi, postCollection } from './blueskyApi';
import { type StrongRef } from './entities';
import { richText } from './facets';
import { recordKey } from './recordKey';
import { postUrl } from './toPost';

/**
 * Posts an answer under its own key, the same at each try: a repeat changes nothing. The network would take an answer to a post that is gone, so that the
 * post is looked at first (`network.notFound`); so is whether its author lets us answer (`network.forbidden`).
 */
export async function sendReply(api: BlueskyApi, request: ReplyRequest, ownId: string): Promise<SentReply> {
  const { parent, text, language, idempotencyKey, intendedAt, signal } = request;
  const [view] = await api.posts([parent.externalId], signal);
  if (view === undefined) throw new MomentosError('network.notFound', { reason: 'parent' });
  if (view.viewer?.replyDisabled === true) throw new MomentosError('network.forbidden', { reason: 'replyDisabled' });
  const above: StrongRef = { uri: view.uri, cid: view.cid };
  const { facets } = await richText(text, (handle) => api.resolveHandle(handle, signal));
  const record = {
    $type: postCollection,
    text,
    createdAt: new Date(intendedAt).toISOString(),
    ...(language === undefined ? {} : { langs: [language] }),
    ...(facets.length === 0 ? {} : { facets }),
    reply: { root: view.record.reply?.root ?? above, parent: above },
  };
  const { uri } = await api.putPost(ownId, recordKey(intendedAt, idempotencyKey), record, signal);
  return { externalId: uri, url: postUrl(uri), postedAt: intendedAt, attached: true };
}
