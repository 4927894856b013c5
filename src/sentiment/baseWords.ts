import Sentiment from 'sentiment';
import afinn from 'sentiment/languages/en/labels.json';
import { type ScoredLanguage } from '../core/sentiment';
import { type Effect } from './entry';
import { type Lexicon } from './lexicon';

/**
 * What each single word does: the lexicon's words over those of `sentiment`, weighed by `sentiment` itself. It keeps its languages in a table of the module, adds emoji to the
 * labels that it is given, and lets `extras` change them for good. So each lexicon gets a copy of its own under a name that is taken away again, words reach it folded, one a token,
 * and extras are never used. Of its English words the faint ones (1 and -1: "record", "legal", "cut") are left out: in a message to an institution they say nothing.
 */
export function baseWeights(language: ScoredLanguage, lexicon: Lexicon): ReadonlyMap<string, Effect> {
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
  const found = new Map(lexicon.words);
  const sentiment = new Sentiment();
  const name = `momentos-${language}`;
  sentiment.registerLanguage(name, { labels: Object.fromEntries(labels) });
  const { words, calculation } = sentiment.analyze([...labels.keys()].join(' '), { language: name });
  sentiment.registerLanguage(name, { labels: {} });
  words.forEach((word, index) => {
    const weight = calculation[index]?.[word];
    if (weight !== undefined) found.set(word, found.get(word) ?? { kind: 'weight', weight });
  });
  return found;
}
