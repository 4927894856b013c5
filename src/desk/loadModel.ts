import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScoredLanguage, scoredLanguages, type SentimentModel } from '../core/sentiment';
import { createSentimentModel } from '../sentiment/sentimentModel';

/** `model`: the trained model over the lexicon, where there is one for the language. `lexicon`: the lexicon alone. */
export const sentimentModels = ['model', 'lexicon'] as const;
export type SentimentModelName = (typeof sentimentModels)[number];

/**
 * The scorer with the lexicons and models of `mediaDir`; entries of a desk's own `lexicon.<language>.txt` (in `deskDir`) come on top and win.
 * Errors: `config.invalid` for a line of a lexicon that cannot be read.
 */
export function loadModel(mediaDir: string, options: { readonly name?: SentimentModelName | undefined; readonly deskDir?: string | undefined } = {}): SentimentModel {
  const lexicons = ofEach((language) => readFileSync(join(mediaDir, 'lexicons', `${language}.txt`), 'utf8'));
  const { deskDir } = options;
  const own = deskDir === undefined ? {} : ofEach((language) => {
    const path = join(deskDir, `lexicon.${language}.txt`);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  });
  const models = options.name === 'lexicon' ? {} : ofEach((language) => {
    const path = join(mediaDir, 'models', `${language}.bin`);
    return existsSync(path) ? readFileSync(path) : undefined;
  });
  return createSentimentModel(lexicons, { own, models });
}

function ofEach<T>(read: (language: ScoredLanguage) => T | undefined): Partial<Record<ScoredLanguage, T>> {
  const found: Partial<Record<ScoredLanguage, T>> = {};
  for (const language of scoredLanguages) {
    const value = read(language);
    if (value !== undefined) found[language] = value;
  }
  return found;
}
