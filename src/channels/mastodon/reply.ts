import { type Clock } from '../../core/clock';
import { MomentosError } from '../../core/errors';
import { visibilities } from '../../core/mention';
import { type ReplyRequest, type SentReply } from '../../core/channelPort';
import { type MastodonApi } from './mastodonApi';
import { timeOf } from './toPost';

/**
 * Posts an answer. A repeat with the same key within an hour gives the same post on Mastodon; other servers ignore the key, so nobody may
 * count on it. An answer that more people would see than the post that it answers is refused before it is sent (`network.invalid`). Some servers post an answer to an unknown parent as a post of its own: then `attached` is false.
 */
export async function sendReply(api: MastodonApi, request: ReplyRequest, clock: Clock): Promise<SentReply> {
  const { parent, text, visibility, language, idempotencyKey, signal } = request;
  if (visibilities.indexOf(visibility) < visibilities.indexOf(parent.visibility)) throw new MomentosError('network.invalid', { reason: 'visibility' });
  const code = language === undefined ? undefined : /^[a-z]{2,3}/iu.exec(language)?.[0].toLowerCase();
  const json = { status: text, in_reply_to_id: parent.externalId, visibility, ...(code === undefined ? {} : { language: code }) };
  const status = await api.post({ json, headers: { 'Idempotency-Key': idempotencyKey }, ...(signal ? { signal } : {}) });
  const url = [status.url, status.uri].find((candidate) => /^https?:\/\//iu.test(candidate ?? '')) ?? undefined;
  return { externalId: status.id, url, postedAt: timeOf(status.created_at) ?? clock.now(), attached: status.in_reply_to_id === parent.externalId };
}
