import { type ScoredLanguage } from '../core/sentiment';

/** What was chosen for a language by cross-validation. */
export interface Recipe {
  readonly pieces: boolean;
  readonly buckets: number;
  /** Texts that a feature must stand in to get a weight. */
  readonly least: number;
  /** Inverse strengths of the pull towards zero for hashed weights: of the expert for posts, and of the one for mentions to institutions. */
  readonly generalC: number;
  readonly civicC: number;
  /** Of what tells the domains apart. */
  readonly gateC: number;
  /** What a tweet counts there, as there are more mentions than tweets. */
  readonly gateTweets: number;
  /** For the other features, what comes from the lexicon most of all. */
  readonly generalDenseC: number;
  readonly civicDenseC: number;
  /** What a post counts for the expert for mentions to institutions. */
  readonly otherDomain: number;
  /** What a post of our own counts for the expert for posts, and for the one for mentions to institutions. */
  readonly generalPosts: number;
  readonly civicPosts: number;
  /** Texts, posts of our own among them, that also give a feature a weight; undefined: only tweets and mentions do. */
  readonly leastWithPosts?: number;
}

/** So many that hardly two features share one; a model stays under 64 KB because it holds only those that are not too rare. */
const buckets = 1 << 16;
const words = { pieces: false, buckets, generalC: 2, civicC: 8, gateC: 10, gateTweets: 3, generalDenseC: 0.015, civicDenseC: 0.02, otherDomain: 0.05, generalPosts: 0.3, civicPosts: 0 };

export const recipes: Readonly<Record<ScoredLanguage, Recipe>> = {
  es: { ...words, least: 8, generalC: 1, generalDenseC: 0.03, gateC: 200, generalPosts: 0.15, civicPosts: 0.2, otherDomain: 0.02 },
  en: { ...words, least: 6, generalC: 1, generalDenseC: 0.01, civicPosts: 0.06 },
  pt: { ...words, least: 3, generalC: 1.5, leastWithPosts: 4 },
  fr: { ...words, least: 3, generalC: 1.5, generalDenseC: 0.005, generalPosts: 0.15, leastWithPosts: 4 },
};

/** Writers who were asked for what is hard to read in half of their texts and more; an inbox holds less of it. */
export const hardHands: ReadonlySet<string> = new Set(['es-barrio', 'es-hilo', 'es-norte', 'es-oficios', 'es-sur', 'en-home', 'en-metro', 'en-towns']);

/** What a text of theirs counts beside another mention. */
export const hardMentions = 0.5;
