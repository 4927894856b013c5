// `npm run sentiment:train -- --data DIR [--language es]`: trains the models of `media/models` on labelled tweets and on our own corpus; the same data gives the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScoredLanguage } from '../core/sentiment';
import { encodeWeights } from '../sentiment/linearModel';
import { lexiconHash } from '../sentiment/sentimentModel';
import { readArguments } from './arguments';
import { readCorpus, readPosts, readTweets, readWordLists } from './examples';
import { quantise } from './quantise';
import { recipes } from './recipes';
import { calibrationsOf, drawFolds, outOfFold, rowsOf, train } from './train';

const largest = 64 * 1024;

function trainLanguage(language: ScoredLanguage, data: string, seed: number): void {
  const recipe = recipes[language];
  const lists = readWordLists('media', language);
  const measured = [...readTweets(data, language, 'train'), ...readTweets(data, language, 'val'), ...readCorpus(join('media', 'corpus'), language)];
  const rows = rowsOf(language, lists, recipe, [...measured, ...readPosts(join('media', 'corpus'), language)]);
  const calibrations = calibrationsOf(outOfFold(rows, drawFolds(measured.length, 5, seed), recipe));
  const weights = quantise({ ...train(rows, recipe), ...calibrations }, { lexicon: lexiconHash(lists.lexicon, lists.ratings), pieces: recipe.pieces });
  const bytes = encodeWeights(weights);
  if (bytes.length > largest) throw new RangeError(`${language}: ${String(bytes.length)} bytes`);
  mkdirSync(join('media', 'models'), { recursive: true });
  writeFileSync(join('media', 'models', `${language}.bin`), bytes);
  console.log(`${language}: ${String(rows.length)} texts, ${String(bytes.length)} bytes`);
}

const { data, languages, seed } = readArguments(process.argv.slice(2));
for (const language of languages) trainLanguage(language, data, seed);
