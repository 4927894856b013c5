import { type Mention } from './mention';
import { isUnsure, sentimentLabels, type SentimentLabel } from './sentiment';

export const moods = [...sentimentLabels, 'unsure'] as const;
/** How a text sounds, as people are shown it. */
export type Mood = SentimentLabel | 'unsure';

/** What a person said of it, else what the scorer said, else `unsure`. */
export function moodOf(mention: Pick<Mention, 'sentiment' | 'language' | 'unscored'>): Mood {
  const { sentiment, language, unscored } = mention;
  if (sentiment.correctedTo !== undefined) return sentiment.correctedTo;
  return unscored === true || isUnsure({ ...sentiment, language }) ? 'unsure' : sentiment.label;
}
