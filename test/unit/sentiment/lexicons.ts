import { readFileSync } from 'node:fs';
import { type ScoredLanguage, scoredLanguages } from '../../../src/core/sentiment';
import { createSentimentModel } from '../../../src/sentiment/sentimentModel';

/** The lexicon files as they ship. */
export const shippedLexicons = Object.fromEntries(scoredLanguages.map((language) =>
  [language, readFileSync(new URL(`../../../media/lexicons/${language}.txt`, import.meta.url), 'utf8')])) as Record<ScoredLanguage, string>;

export const shippedModel = createSentimentModel(shippedLexicons);
