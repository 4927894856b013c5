import { type TopicConfig } from './config';
import { type Mention } from './mention';
import { findTopics } from './topics';

export type HoldScope = { readonly kind: 'all' } | { readonly kind: 'topic' | 'channel'; readonly id: string };

/** While it stands, nothing goes out to what it covers but its statement. */
export interface Hold {
  /** Local id, `h-` and 12 characters. */
  readonly id: string;
  readonly scope: HoldScope;
  readonly reason: string;
  /** Id of the approved template that may be sent; undefined = nothing may. */
  readonly statement?: string | undefined;
  /** UTC ms at which it ends by itself; undefined = only a second person ends it. */
  readonly until?: number | undefined;
  /** `key`: fingerprint of the reviewer key at hand. */
  readonly by: { readonly id: string; readonly name: string; readonly email?: string | undefined; readonly osAccount: string; readonly key?: string | undefined };
  /** UTC ms. */
  readonly at: number;
}

/** Those that stand at a time. */
export function standingHolds(holds: readonly Hold[], now: number): readonly Hold[] {
  return holds.filter(({ until }) => until === undefined || now < until);
}

/** Those that cover a mention, or an answer to it with a template on these topics. */
export function coveringHolds(holds: readonly Hold[], mention: Mention, topics: readonly TopicConfig[], answerTopics: readonly string[] = []): readonly Hold[] {
  const found = new Set([...findTopics(mention.post.text, topics).map(({ topic }) => topic), ...answerTopics]);
  return holds.filter(({ scope }) => scope.kind === 'all' || (scope.kind === 'channel' ? scope.id === mention.channel : found.has(scope.id)));
}
