import { type IncomingPost } from '../core/mention';
import { rankPriority, type RankedPriority } from '../core/priority';
import { type Score } from '../core/sentiment';
import { type TextReading } from '../core/textReading';
import { type DeskContext } from './context';

/** All that the desk finds in a text by itself. */
export interface Assessment {
  readonly score: Score;
  /** Version of the scorer. */
  readonly model: string;
  readonly reading: TextReading;
  readonly ranked: RankedPriority;
}

/** Sentiment, rules and priority of a post, as a new one or as edited. */
export function assess(context: Pick<DeskContext, 'model' | 'reader' | 'config'>, post: Pick<IncomingPost, 'text' | 'language'>): Assessment {
  const { config } = context;
  const model = context.model();
  const score = model.score(post.text, { language: post.language });
  const reading = context.reader().read(post.text, { language: score.language, sentiment: score.label, topics: config.topics, country: config.institution.country });
  return { score, model: model.version, reading, ranked: rankPriority(reading, score, config.topics) };
}
