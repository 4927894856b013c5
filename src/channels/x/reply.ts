import { isMomentosError, MomentosError } from '../../core/errors';
import { type ReplyRequest, type SentReply } from '../../core/channelPort';
import { sameWords } from '../../core/text/fold';
import { type ReadSource } from './check';
import { timeOfId } from './snowflake';
import { readThread } from './thread';

/** Clocks may differ by this, ms. */
const skew = 120_000;

/**
 * Posts an answer to the newest version of a post. X knows no keys and refuses a text that stands already (`403`, duplicate): then it is looked for. Found
 * under this post since it was intended, it is this answer; surely not there: `network.duplicate`; else `network.outcomeUnknown`.
 * An answer on X is public, so a post of a protected account is not answered (`network.invalid`).
 */
export async function sendReply(source: ReadSource, request: ReplyRequest, now: () => number): Promise<SentReply> {
  const { parent, text, visibility, signal } = request;
  if (parent.visibility !== 'public' || visibility !== 'public') throw new MomentosError('network.invalid', { reason: 'visibility' });
  try {
    const { id } = await source.api.create({ text, reply: { in_reply_to_tweet_id: parent.versionId ?? parent.externalId } }, signal);
    const given = timeOfId(id);
    const at = now();
    return { externalId: id, url: `${source.webOrigin}/i/web/status/${id}`, postedAt: given !== undefined && Math.abs(given - at) < 86_400_000 ? given : at, attached: true };
  } catch (error) {
    if (!isMomentosError(error, 'network.duplicate')) throw error;
    return standing(source, request, now());
  }
}

/** The answer that X says stands already. */
async function standing(source: ReadSource, { parent, text, intendedAt }: ReplyRequest, now: number): Promise<SentReply> {
  let complete = false;
  try {
    const thread = await readThread(source, parent.externalId, now);
    const same = thread.posts.filter((post) => post.own && post.parentId === parent.externalId && sameWords(post.text, text));
    const ours = same.find((post) => post.postedAt >= intendedAt - skew);
    if (ours !== undefined) return { externalId: ours.externalId, url: ours.url, postedAt: ours.postedAt, attached: true };
    complete = thread.complete;
  } catch (error) {
    if (!isMomentosError(error)) throw error;
  }
  throw new MomentosError(complete ? 'network.duplicate' : 'network.outcomeUnknown', { reason: 'duplicate' });
}
