import { type LengthRule } from './countText';

/** Networks that a template which names none is looked at for, besides those of the desk. */
export const commonNetworks: readonly string[] = ['mastodon', 'bluesky', 'x'];

/**
 * What the network takes where no server has been asked: Mastodon's default, Bluesky's 300 graphemes and 3,000 bytes (app.bsky.feed.post), X's weighted
 * 280 (twitter-text, config v3).
 */
export function usualLengthRule(network: string): LengthRule {
  switch (network) {
    case 'bluesky': return { max: 300, method: 'graphemes', maxBytes: 3_000 };
    case 'x': return { max: 280, method: 'twitter', urlLength: 23 };
    default: return { max: 500, method: 'mastodon', urlLength: 23 };
  }
}
