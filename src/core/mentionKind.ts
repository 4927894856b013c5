import { fold } from './text/fold';
import { type SentimentLabel } from './sentiment';

export const mentionKinds = ['question', 'request', 'complaint', 'praise'] as const;
/** What a citizen wants with a text, as far as a rule of one line can tell. */
export type MentionKind = (typeof mentionKinds)[number];

/** Words that open a question in Spanish and English, also where nobody types the question mark. */
const asking = /\?|(?:^|[.!]\s*)(?:que|cual|cuales|como|cuando|cuanto|cuanta|donde|quien|por que|a que|sera que|hay que|puedo|se puede|what|which|how|when|where|who|why|can i|do i|is there|does)\b/u;
const wanting = /\b(?:necesito|quisiera|quiero|solicito|por favor|favor de|agradeceria|i need|i would like|please|could you)\b/u;

/** By the form of the text first, then by its tone; undefined = none of them. The first rule that fits decides. */
export function mentionKind(text: string, sentiment: SentimentLabel): MentionKind | undefined {
  const folded = fold(text.slice(0, 4_000)).replaceAll('¿', '').replaceAll('¡', '').trim();
  if (asking.test(folded)) return 'question';
  if (wanting.test(folded)) return 'request';
  if (sentiment === 'negative') return 'complaint';
  return sentiment === 'positive' ? 'praise' : undefined;
}
