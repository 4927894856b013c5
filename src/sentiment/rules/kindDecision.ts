import { mentionKinds, type MentionKind } from '../../core/textReading';
import { type SentimentLabel } from '../../core/sentiment';

/** What a kind needs; more for those that nobody answers and for the one that has a law of its own. */
const needs: Readonly<Record<MentionKind, number>> = { question: 1, request: 1, complaint: 1, praise: 1, informationRequest: 2, spam: 3, abuse: 3 };
/** Where two weigh the same, the first. */
const order: readonly MentionKind[] = ['informationRequest', 'spam', 'abuse', 'complaint', 'question', 'request', 'praise'];
const askedWorth = 2;
const toneWorth = 2;
/** A text without a question mark that praises or complains asks nothing, most often; one that praises tells what was wrong before. Advertising never complains. */
const toneTakes = 1;

/** The kind with the most weight: of its rules, of a question mark and of the sentiment; undefined = none has enough. */
export function decideKind(weights: ReadonlyMap<MentionKind, number>, asks: boolean, sentiment: SentimentLabel): MentionKind | undefined {
  const total = (kind: MentionKind): number => {
    const own = weights.get(kind) ?? 0;
    if (kind === 'question') return own + (asks ? askedWorth : sentiment === 'neutral' ? 0 : -toneTakes);
    if (kind === 'complaint') return own + (sentiment === 'negative' ? toneWorth : sentiment === 'positive' ? -toneTakes : 0);
    if (kind === 'spam') return own - (sentiment === 'negative' ? toneWorth : 0);
    if (kind === 'praise') return own + (sentiment === 'positive' ? toneWorth : 0);
    return own;
  };
  const enough = mentionKinds.filter((kind) => total(kind) >= needs[kind]);
  return [...enough].sort((one, other) => total(other) - total(one) || order.indexOf(one) - order.indexOf(other))[0];
}
