import { type TopicConfig } from './config';
import { type Priority } from './mention';
import { type Score } from './sentiment';
import { kindOfReading, type TextReading } from './textReading';

/** Scores below this raise a mention to `high`. */
const clearlyNegative = -0.65;
const order: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];

export interface RankedPriority {
  readonly priority: Priority;
  /** Names of the rules that spoke, strongest first. */
  readonly reasons: readonly string[];
}

/**
 * Where a mention stands in the queue, by rules alone: urgency, a request under a law of access, the desk's own topics, spam. A clearly negative text raises to `high`;
 * sentiment never lowers. Only spam and the desk's own topics can lower, and never below a rule that raises.
 */
export function rankPriority(reading: TextReading, score: Pick<Score, 'label' | 'score'>, topics: readonly TopicConfig[]): RankedPriority {
  const found: { readonly name: string; readonly priority: Priority }[] = reading.urgency.map(({ rule, level }) => ({ name: rule, priority: level }));
  const kind = kindOfReading(reading);
  if (kind === 'informationRequest') found.push({ name: kind, priority: 'high' });
  if (kind === 'spam') found.push({ name: kind, priority: 'low' });
  for (const { topic } of reading.topics) {
    const priority = topics.find(({ id }) => id === topic)?.priority;
    if (priority !== undefined) found.push({ name: `topic:${topic}`, priority });
  }
  if (score.label === 'negative' && score.score <= clearlyNegative) found.push({ name: 'negative', priority: 'high' });
  const raising = found.filter(({ priority }) => priority !== 'low');
  const speaking = raising.length > 0 ? raising : found;
  const sorted = [...speaking].sort((a, b) => order.indexOf(a.priority) - order.indexOf(b.priority));
  return { priority: sorted[0]?.priority ?? 'normal', reasons: sorted.map(({ name }) => name) };
}
