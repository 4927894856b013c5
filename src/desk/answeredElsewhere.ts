import { isOpen, type IncomingPost, type Mention } from '../core/mention';
import { type DeskContext } from './context';

/** An answer of our account that the desk knows, or may turn out to know: it is no colleague's. */
function isOurs({ replies }: Mention, answer: IncomingPost): boolean {
  return replies.some(({ externalId, state, text }) => externalId === answer.externalId || state === 'intended' || state === 'unsettled' || (state === 'withdrawn' && text === answer.text));
}

/** Open mentions that somebody answered in our account's name without the desk. */
export function findAnswersElsewhere(context: DeskContext, channel: string, own: readonly IncomingPost[]): readonly { readonly mention: Mention; readonly answer: IncomingPost }[] {
  return own.flatMap((answer) => {
    const mention = answer.parentId === undefined ? undefined : context.inbox.byExternalId(channel, answer.parentId);
    if (mention === undefined || !isOpen(mention) || mention.answeredElsewhereAt !== undefined || isOurs(mention, answer)) return [];
    return [{ mention, answer }];
  });
}

/** A colleague answered in the network's own app: said once, with its latency; the mention is settled as answered elsewhere. False = it was known. */
export function noteAnswerElsewhere(context: DeskContext, mention: Mention, answer: IncomingPost): Promise<boolean> {
  return context.inbox.update((transaction) => {
    const current = transaction.get(mention.id);
    if (current === undefined || current.answeredElsewhereAt !== undefined || isOurs(current, answer)) return false;
    const open = current.status !== 'answered' && current.status !== 'closed';
    transaction.put({ ...current, answeredElsewhereAt: answer.postedAt, ...(open ? { status: 'answered' as const, snoozedUntil: undefined } : {}), revision: current.revision + 1 });
    transaction.audit({
      kind: 'mention.answeredElsewhere',
      at: context.clock.now(),
      actor: 'desk',
      subject: mention.id,
      body: { at: answer.postedAt, latencyMs: Math.max(0, answer.postedAt - current.post.postedAt), conversation: current.conversation, channel: current.channel },
      values: { externalId: answer.externalId, text: answer.text },
    });
    return true;
  });
}
