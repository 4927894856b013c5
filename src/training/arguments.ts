import { parseArgs } from 'node:util';
import { type ScoredLanguage, scoredLanguages } from '../core/sentiment';

export interface Arguments {
  /** Folder with the labelled tweets. */
  readonly data: string;
  readonly languages: readonly ScoredLanguage[];
  readonly seed: number;
}

/** Ends the process with a sentence if they make no sense. */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' }, language: { type: 'string', multiple: true }, seed: { type: 'string', default: '7' } } });
  const languages = scoredLanguages.filter((language) => values.language === undefined || values.language.includes(language));
  if (values.data === undefined || languages.length === 0) {
    console.error('Usage: npm run sentiment:train (or eval:sentiment) -- --data DIR [--language es|en|pt|fr] [--seed 7]\nDIR holds spanish/train_text.txt, train_labels.txt, val_text.txt, val_labels.txt and so on for english, portuguese, french.');
    process.exit(2);
  }
  return { data: values.data, languages, seed: Number(values.seed) };
}
