import { createHash } from 'node:crypto';
import { MomentosError } from '../core/errors';
import { type Evidence, type Score, type ScoredLanguage, scoredLanguages, type SentimentLabel, type SentimentModel } from '../core/sentiment';
import { compileLexicon } from './compile';
import { LanguageFinder, type Vocabularies } from './language';
import { parseLexicon } from './lexicon';
import { lexiconEvidence } from './lexiconEvidence';
import { LexiconPass } from './lexiconPass';
import { TextScan } from './scan';
import { knowsWord } from './wordTables';

/** Text of `media/lexicons/<language>.txt` by language; a language without one is scored by emoji (English: by the words of `sentiment` too). */
export type LexiconData = Readonly<Partial<Record<ScoredLanguage, string>>>;

/** Raised with each change of the rules; the words have a hash of their own. */
const scorerVersion = 2;
/** Sum of the weights from which a text is called positive or negative. */
const threshold = 0.9;
/** Sum of the weights at which the score is 0.7. */
const halfway = 4;

/** Builds the scorer. Throws `config.invalid` (details: `file`, `line`, `reason`) on the first line of a lexicon that cannot be read. */
export function createSentimentModel(data: LexiconData): SentimentModel {
  const hash = createHash('sha256').update(JSON.stringify(scoredLanguages.map((language) => data[language] ?? ''))).digest('hex').slice(0, 12);
  const scan = new TextScan();
  const passes = new Map<string, LexiconPass>();
  const vocabularies = new Map<ScoredLanguage, (scan: TextScan, word: number) => boolean>();
  for (const language of scoredLanguages) {
    const lexicon = parseLexicon(data[language] ?? '');
    const problem = lexicon.problems[0];
    if (problem !== undefined) throw new MomentosError('config.invalid', { file: `${language}.txt`, line: problem.line, reason: problem.code });
    const compiled = compileLexicon(language, lexicon);
    passes.set(language, new LexiconPass(scan, compiled));
    vocabularies.set(language, (read, word) => knowsWord(compiled.tables, read, word));
  }
  const finder = new LanguageFinder(scan, vocabularies satisfies Vocabularies);
  return {
    version: `lexicon-${String(scorerVersion)}-${hash}`,
    score: (text, options = {}): Score => {
      scan.read(text);
      const language = options.force ?? finder.find(options.language);
      const pass = passes.get(language);
      if (pass === undefined) return { label: 'neutral', score: 0, confidence: 0, language, evidence: [] };
      pass.read();
      return { ...judge(pass, options.evidence === false ? [] : lexiconEvidence(text, pass)), language };
    },
  };
}

/** Label, score and confidence from the hits alone. */
function judge(pass: LexiconPass, evidence: readonly Evidence[]): Omit<Score, 'language'> {
  let sum = 0;
  for (let hit = 0; hit < pass.hits; hit += 1) sum += pass.hitWeight[hit] ?? 0;
  const label: SentimentLabel = sum >= threshold ? 'positive' : sum <= -threshold ? 'negative' : 'neutral';
  const margin = label === 'neutral' ? threshold - Math.abs(sum) : Math.abs(sum) - threshold;
  return { label, score: round(sum / Math.sqrt(sum * sum + halfway * halfway)), confidence: round(confidenceOf(label, margin, pass.hits > 0)), evidence };
}

/** Rises with the distance from the nearest threshold. Neutral is never sure: most often the lexicon just does not know the words. */
function confidenceOf(label: SentimentLabel, margin: number, hits: boolean): number {
  if (label === 'neutral') return hits ? 0.3 + (0.1 * margin) / threshold : 0.25;
  return 0.4 + 0.55 * (1 - Math.exp(-margin / 3));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
