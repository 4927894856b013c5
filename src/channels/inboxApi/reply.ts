import { type Clock } from '../../core/clock';
import { isMomentosError, MomentosError } from '../../core/errors';
import { type ChannelCapabilities, type ReplyRequest, type SentReply } from '../../core/channelPort';
import { type InboxApi } from './inboxApi';
import { timeOf, webUrl } from './toPost';

const normal = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

/**
 * Posts an answer under its key. A reply that the server says stood there before is looked at where it can be: one that reads otherwise is not
 * ours, and ours was not sent (`network.invalid`). An answer that more people would see than the message is refused before it is sent.
 */
export async function sendReply(api: InboxApi, request: ReplyRequest, capabilities: ChannelCapabilities, clock: Clock): Promise<SentReply> {
  const { parent, text, language, idempotencyKey, signal } = request;
  const visibility = request.visibility === 'public' ? 'public' : 'private';
  if (visibility === 'public' && parent.visibility !== 'public') throw new MomentosError('network.invalid', { reason: 'visibility' });
  if (visibility === 'private' && parent.visibility === 'public' && !capabilities.privateReply) throw new MomentosError('network.invalid', { reason: 'visibility' });
  const json = { inReplyTo: parent.externalId, text, visibility, ...(language === undefined ? {} : { lang: language }) } as const;
  const { reply, stands } = await api.reply(json, idempotencyKey, signal);
  const readAt = stands ? await standing(api, reply.externalId, request) : undefined;
  return {
    externalId: reply.externalId,
    url: webUrl(reply.url),
    postedAt: timeOf(reply.createdAt) ?? readAt ?? clock.now(),
    attached: (reply.inReplyTo ?? parent.externalId) === parent.externalId,
  };
}

/** UTC ms of the reply that stands; undefined = the server does not show it. Errors: `network.invalid` when it is another one. */
async function standing(api: InboxApi, externalId: string, { text, parent, signal }: ReplyRequest): Promise<number | undefined> {
  try {
    const message = await api.mention(externalId, signal);
    const other = normal(message.text ?? '') !== normal(text) || (message.inReplyTo ?? parent.externalId) !== parent.externalId;
    if (other) throw new MomentosError('network.invalid', { status: 409, reason: 'otherReply' });
    return timeOf(message.createdAt);
  } catch (error) {
    if (isMomentosError(error, 'network.invalid') && error.details['reason'] === 'otherReply') throw error;
    // It is only a second look: the server has said that the reply stands.
    return undefined;
  }
}
