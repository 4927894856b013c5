import { createHash } from 'node:crypto';
import { MomentosError } from '../core/errors';
import { type Evidence, type Score, type ScoredLanguage, scoredLanguages, type SentimentLabel, type SentimentModel } from '../core/sentiment';
import { type BaseWords, createBaseWords } from './baseWords';
import { findEvidence, isKnown } from './evidence';
import { detectLanguage, type Vocabularies } from './language';
import { type Lexicon, parseLexicon } from './lexicon';
import { tokenize } from './tokens';

/** Text of `media/lexicons/<language>.txt` by language; a language without one is scored by emoji (English: by the words of `sentiment` too). */
export type LexiconData = Readonly<Partial<Record<ScoredLanguage, string>>>;

/** Raised with each change of the rules; the words have a hash of their own. */
const scorerVersion = 1;
/** Sum of the weights from which a text is called positive or negative. */
const threshold = 0.9;
/** Sum of the weights at which the score is 0.7. */
const halfway = 4;

interface Language {
  readonly lexicon: Lexicon;
  readonly base: BaseWords;
}

/** Builds the scorer. Throws `config.invalid` (details: `file`, `line`, `reason`) on the first line of a lexicon that cannot be read. */
export function createSentimentModel(data: LexiconData): SentimentModel {
  const hash = createHash('sha256').update(JSON.stringify(scoredLanguages.map((language) => data[language] ?? ''))).digest('hex').slice(0, 12);
  const languages = new Map<ScoredLanguage, Language>();
  for (const language of scoredLanguages) {
    const lexicon = parseLexicon(data[language] ?? '');
    const problem = lexicon.problems[0];
    if (problem !== undefined) throw new MomentosError('config.invalid', { file: `${language}.txt`, line: problem.line, reason: problem.code });
    languages.set(language, { lexicon, base: createBaseWords(language, lexicon, hash) });
  }
  const vocabularies: Vocabularies = new Map([...languages].map(([language, { lexicon, base }]) => [language, (form: string) => isKnown(form, lexicon, base)]));
  return {
    version: `lexicon-${String(scorerVersion)}-${hash}`,
    score: (text, options = {}): Score => {
      const tokens = tokenize(text);
      const language = options.force ?? detectLanguage(text, tokens, options.language, vocabularies);
      const known = language === 'other' ? undefined : languages.get(language);
      if (known === undefined) return { label: 'neutral', score: 0, confidence: 0, language, evidence: [] };
      return { ...judge(findEvidence(text, tokens, known.lexicon, known.base)), language };
    },
  };
}

/** Label, score and confidence from the evidence alone. */
function judge(evidence: readonly Evidence[]): Omit<Score, 'language'> {
  const sum = evidence.reduce((total, { weight }) => total + weight, 0);
  const label: SentimentLabel = sum >= threshold ? 'positive' : sum <= -threshold ? 'negative' : 'neutral';
  const margin = label === 'neutral' ? threshold - Math.abs(sum) : Math.abs(sum) - threshold;
  return { label, score: round(sum / Math.sqrt(sum * sum + halfway * halfway)), confidence: round(confidenceOf(label, margin, evidence.length > 0)), evidence };
}

/** Rises with the distance from the nearest threshold. Neutral is never sure: most often the lexicon just does not know the words. */
function confidenceOf(label: SentimentLabel, margin: number, hits: boolean): number {
  if (label === 'neutral') return hits ? 0.3 + (0.1 * margin) / threshold : 0.25;
  return 0.4 + 0.55 * (1 - Math.exp(-margin / 3));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
