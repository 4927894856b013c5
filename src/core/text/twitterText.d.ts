/** The one function that we need: the package's own entry brings all of them, and in another shape for bundlers than for Node. */
declare module 'twitter-text/dist/parseTweet.js' {
  import { type parseTweet } from 'twitter-text';

  const parse: typeof parseTweet;
  export default parse;
}
