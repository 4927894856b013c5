import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SentimentModel } from '../core/sentiment';
import { type TextScan } from '../sentiment/scan';
import { createSentimentModel } from '../sentiment/sentimentModel';
import { bytesOf, ofEachLanguage, tableOf, textOf } from './mediaFiles';

/** `model`: the trained model over the lexicon, where there is one for the language. `lexicon`: the lexicon alone. */
export const sentimentModels = ['model', 'lexicon'] as const;
export type SentimentModelName = (typeof sentimentModels)[number];

export interface LoadOptions {
  readonly name?: SentimentModelName | undefined;
  readonly deskDir?: string | undefined;
  /** One that is shared with the reader of the rules. */
  readonly scan?: TextScan | undefined;
}

/**
 * The scorer with the lexicons, ratings and models of `mediaDir`; entries of a desk's own `lexicon.<language>.txt` (in `deskDir`) come on top and win.
 * Errors: `config.invalid` for a line of a lexicon that cannot be read.
 */
export function loadModel(mediaDir: string, { name, deskDir, scan }: LoadOptions = {}): SentimentModel {
  const lexicons = ofEachLanguage((language) => readFileSync(join(mediaDir, 'lexicons', `${language}.txt`), 'utf8'));
  const own = deskDir === undefined ? {} : ofEachLanguage((language) => textOf(deskDir, `lexicon.${language}.txt`));
  const ratings = ofEachLanguage((language) => textOf(mediaDir, 'ratings', `${language}.txt`));
  const models = name === 'lexicon' ? {} : ofEachLanguage((language) => bytesOf(mediaDir, 'models', `${language}.bin`));
  const languages = tableOf(mediaDir, 'languages');
  const tables = { ...ofEachLanguage((language) => tableOf(mediaDir, language)), ...(languages === undefined ? {} : { languages }) };
  return createSentimentModel(lexicons, { own, ratings, models, tables, scan });
}
