import { readFileSync } from 'node:fs';
import { type ScoredLanguage, scoredLanguages } from '../../../src/core/sentiment';
import { createSentimentModel } from '../../../src/sentiment/sentimentModel';

/** The lexicon files as they ship. */
export const shippedLexicons = Object.fromEntries(scoredLanguages.map((language) =>
  [language, readFileSync(new URL(`../../../media/lexicons/${language}.txt`, import.meta.url), 'utf8')])) as Record<ScoredLanguage, string>;

export const shippedModel = createSentimentModel(shippedLexicons);

/** The weights as they ship. */
export const shippedWeights = Object.fromEntries(scoredLanguages.map((language) =>
  [language, new Uint8Array(readFileSync(new URL(`../../../media/models/${language}.bin`, import.meta.url)))])) as Record<ScoredLanguage, Uint8Array>;

/** The rated words as they ship. */
export const shippedRatings = Object.fromEntries(scoredLanguages.map((language) =>
  [language, readFileSync(new URL(`../../../media/ratings/${language}.txt`, import.meta.url), 'utf8')])) as Record<ScoredLanguage, string>;

export const trainedModel = createSentimentModel(shippedLexicons, { models: shippedWeights, ratings: shippedRatings });
