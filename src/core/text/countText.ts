/** How the network counts the length of an answer. */
export interface LengthRule {
  readonly max: number;
  /** `mastodon`: characters, each URL counts `urlLength`, a remote mention counts its local part only. */
  readonly method: 'mastodon' | 'graphemes' | 'codePoints' | 'twitter';
  readonly urlLength?: number | undefined;
}
