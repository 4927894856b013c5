import { asMomentosError, isMomentosError, MomentosError } from '../core/errors';
import { type Mention, type Reply } from '../core/mention';
import { type DeskContext } from './context';
import { type SentResult } from './deskApi';
import { withReply } from './settle';

/**
 * Takes an answer back: deleted on the network, its words stay in the log. Written ahead (`stage: intended`), then with its outcome
 * (`done` or `failed`); deleting again after a crash is harmless. Errors: `reply.notFound`, `reply.reasonMissing`, `mention.wrongStatus`, `network.*`.
 */
export async function withdrawReply(context: DeskContext, replyId: string, reason: string): Promise<SentResult> {
  const why = reason.trim();
  if (why === '') throw new MomentosError('reply.reasonMissing');
  await context.inbox.refresh();
  const mention = context.inbox.byReply(replyId);
  const reply = mention?.replies.find(({ id }) => id === replyId);
  if (mention === undefined || reply === undefined) throw new MomentosError('reply.notFound', { id: replyId });
  if (reply.state === 'withdrawn') return { mention, reply };
  const channel = context.channel(mention.channel);
  if (!channel.capabilities.delete) throw new MomentosError('reply.notSupported');
  if (reply.state !== 'sent' || reply.externalId === undefined) throw new MomentosError('mention.wrongStatus', { status: reply.state });

  const entry = (stage: 'intended' | 'done' | 'failed', code?: string) =>
    ({ kind: 'reply.withdrawn', at: context.clock.now(), actor: context.operator, subject: replyId, body: { mention: mention.id, stage, ...(code === undefined ? {} : { code }) }, ...(stage === 'intended' ? { values: { reason: why } } : {}) }) as const;
  await context.audit.append([entry('intended')]);
  try {
    await channel.delete(reply.externalId);
  } catch (thrown) {
    if (!isMomentosError(thrown, 'network.notFound')) {
      await context.audit.append([entry('failed', asMomentosError(thrown).code)]);
      throw thrown;
    }
  }
  return context.inbox.update((transaction) => {
    const current = transaction.get(mention.id);
    const standing = current?.replies.find(({ id }) => id === replyId);
    if (current === undefined || standing === undefined) throw new MomentosError('reply.notFound', { id: replyId });
    const withdrawn: Reply = { ...standing, state: 'withdrawn', withdrawn: { reason: why, at: context.clock.now(), by: context.operator.name } };
    const another = current.replies.some(({ id, state }) => id !== replyId && state === 'sent');
    const next: Mention = { ...withReply(current, withdrawn), ...(another || current.status !== 'answered' ? {} : { status: current.claim === undefined ? 'open' : 'claimed' }), revision: current.revision + 1 };
    transaction.put(next);
    transaction.audit(entry('done'));
    return { mention: next, reply: withdrawn };
  });
}
