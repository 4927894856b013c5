import Sentiment from 'sentiment';
import afinn from 'sentiment/languages/en/labels.json';
import { type ScoredLanguage } from '../core/sentiment';
import { type Lexicon } from './lexicon';
import { type Word } from './tokens';

/** Weights of single words in a text: `sentiment` with our words over its English ones. */
export interface BaseWords {
  /** One weight a word, in the order of the words; `undefined` for a word that is not listed. */
  weigh(forms: readonly string[]): readonly (number | undefined)[];
  has(form: string): boolean;
}

/**
 * `sentiment` keeps its languages in a table of the module, adds emoji to the labels that it is given, and lets `extras` change them for good. So each lexicon
 * gets a copy of its own under a name of its own (`key`, which must differ where the words differ), words reach it folded, one a token, and extras are never used.
 * Of its English words the faint ones (1 and -1: "record", "legal", "cut") are left out: in a message to an institution they say nothing.
 */
export function createBaseWords(language: ScoredLanguage, lexicon: Lexicon, key: string): BaseWords {
  const labels = new Map<string, number>();
  if (language === 'en') {
    for (const [word, weight] of Object.entries(afinn as Readonly<Record<string, number>>)) {
      if (/^[a-z]+$/.test(word) && Math.abs(weight) > 1) labels.set(word, weight);
    }
  }
  for (const [word, effect] of lexicon.words) {
    if (effect.kind === 'weight') labels.set(word, effect.weight);
    else labels.delete(word);
  }
  const name = `momentos-${language}-${key}`;
  const sentiment = new Sentiment();
  sentiment.registerLanguage(name, { labels: Object.fromEntries(labels) });
  return {
    has: (form) => labels.has(form),
    weigh: (forms) => {
      const listed = forms.flatMap((form, index) => (labels.has(form) ? [index] : []));
      const weights: (number | undefined)[] = new Array<number | undefined>(forms.length).fill(undefined);
      if (listed.length === 0) return weights;
      const { words, calculation } = sentiment.analyze(listed.map((index) => forms[index]).join(' '), { language: name });
      // Both run from the last word of the text to the first, and hold every word, since none but listed words was given.
      listed.reverse().forEach((index, hit) => {
        weights[index] = calculation[hit]?.[words[hit] ?? ''];
      });
      return weights;
    },
  };
}

/** The spelling of a word to look up: as written, or with repeated letters kept once where only that is known. */
export function knownForm(word: Word, known: (form: string) => boolean): string {
  if (!word.elongated || known(word.form)) return word.form;
  return word.short;
}
