import parseTweet from 'twitter-text/dist/parseTweet.js';

/** In UTF-16 code units. No post on X is longer, and twitter-text takes quadratic time on hostile text: 27 s for 100,000 of `https://a.a.a…`. */
const longest = 10_000;

/**
 * The weighted length of X, by X's own library (twitter-text, config v3): NFC, a link 23, an emoji 2, other code points 1 or 2 (`…` and `€` count two).
 * Of what is longer than any post only that it is too long is right.
 */
export function countForX(text: string): number {
  return text.length > longest ? [...text].length : parseTweet(text).weightedLength;
}
