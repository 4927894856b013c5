import { MomentosError } from '../core/errors';
import { type Mention, type Reply } from '../core/mention';
import { type DeskContext } from './context';
import { type SentResult } from './deskApi';
import { checkedTime } from './record';
import { recordFailed, recordSent } from './settle';

/** The answer of a mention that a person is to give, or has perhaps given: nobody has said yet. */
export function toBeGiven(mention: Pick<Mention, 'replies'>): Reply | undefined {
  return mention.replies.find(({ byHand, state }) => byHand === true && (state === 'intended' || state === 'unsettled'));
}

/**
 * A person says whether an answer was given. `at`: when, UTC ms; undefined = now, or the time it was prepared where that was cut off. Not given: its words
 * stay as a draft. Errors: `contact.invalid`.
 */
export async function settleByHand(context: DeskContext, mention: Mention, reply: Reply, given: boolean, at: number | undefined): Promise<SentResult> {
  const cutOff = reply.state === 'unsettled';
  if (!given) {
    const kept = await context.drafts.read(mention.id);
    if (kept === undefined && reply.approved === undefined) await context.drafts.write({ mentionId: mention.id, text: reply.text, values: {}, savedAt: context.clock.now(), by: reply.by });
    return recordFailed(context, mention.id, reply.id, 'reply.notGiven', cutOff ? 'person' : undefined);
  }
  const now = context.clock.now();
  const sentAt = at === undefined ? (cutOff ? reply.intendedAt : now) : checkedTime(at, now, 'answerAt');
  if (sentAt < mention.post.postedAt) throw new MomentosError('contact.invalid', { reason: 'answerEarly' });
  const result = await recordSent(context, mention.id, reply.id, { externalId: undefined, url: undefined, sentAt, confirmedAt: now }, cutOff ? 'person' : undefined);
  await context.drafts.remove(mention.id);
  return result;
}
