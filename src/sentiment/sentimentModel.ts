import { createHash } from 'node:crypto';
import { MomentosError } from '../core/errors';
import { type Score, type ScoredLanguage, scoredLanguages, type SentimentModel } from '../core/sentiment';
import { compileLexicon } from './compile';
import { LanguageFinder } from './language';
import { LanguageScorer } from './languageScorer';
import { parseLexicon, parseLexicons } from './lexicon';
import { decodeWeights } from './linearModel';
import { TextScan } from './scan';
import { knowsWord } from './wordTables';

/** Text of `media/lexicons/<language>.txt` by language; a language without one is scored by emoji (English: by the words of `sentiment` too). */
export type LexiconData = Readonly<Partial<Record<ScoredLanguage, string>>>;

export interface FurtherData {
  /** `lexicon.<language>.txt` of a desk: its entries come on top and win. */
  readonly own?: LexiconData;
  /** `media/models/<language>.bin`; a language without one is scored by its lexicon alone. */
  readonly models?: Readonly<Partial<Record<ScoredLanguage, Uint8Array>>>;
}

/** Raised with each change of the rules; words and weights have a hash of their own. */
const scorerVersion = 2;

/**
 * Builds the scorer. Errors: `config.invalid` (details: `file`, `line`, `reason`) on the first line of a lexicon that cannot be read, and (without `line`) on a model of
 * another version.
 */
export function createSentimentModel(lexicons: LexiconData, { own = {}, models = {} }: FurtherData = {}): SentimentModel {
  const scan = new TextScan();
  const scorers = new Map<string, LanguageScorer>();
  const vocabularies = new Map<ScoredLanguage, (scan: TextScan, word: number) => boolean>();
  for (const language of scoredLanguages) {
    const added = own[language];
    const lexicon = added === undefined ? parseLexicon(lexicons[language] ?? '') : parseLexicons(lexicons[language] ?? '', added);
    const problem = lexicon.problems[0];
    if (problem !== undefined) throw new MomentosError('config.invalid', { file: added === undefined ? `${language}.txt` : `lexicon.${language}.txt`, line: problem.line, reason: problem.code });
    const compiled = compileLexicon(language, lexicon);
    const bytes = models[language];
    scorers.set(language, new LanguageScorer(scan, compiled, bytes === undefined ? undefined : decodeWeights(bytes, `${language}.bin`)));
    vocabularies.set(language, (read, word) => knowsWord(compiled.tables, read, word));
  }
  const finder = new LanguageFinder(scan, vocabularies);
  return {
    version: versionOf(lexicons, own, models),
    score: (text, options = {}): Score => {
      scan.read(text);
      const language = options.force ?? finder.find(options.language, options.conversation);
      const scorer = scorers.get(language);
      if (scorer === undefined) return { label: 'neutral', score: 0, confidence: 0, language, evidence: [] };
      scorer.read();
      const { label, score, confidence } = scorer;
      const evidence = options.evidence === false ? [] : scorer.evidence();
      return { label, score, confidence, language, evidence };
    },
  };
}

function versionOf(lexicons: LexiconData, own: LexiconData, models: NonNullable<FurtherData['models']>): string {
  const words = hashOf(JSON.stringify(scoredLanguages.map((language) => (own[language] === undefined ? (lexicons[language] ?? '') : [lexicons[language], own[language]]))));
  const trained = scoredLanguages.filter((language) => models[language] !== undefined);
  if (trained.length === 0) return `lexicon-${String(scorerVersion)}-${words}`;
  return `model-${String(scorerVersion)}-${words}-${hashOf(trained.map((language) => `${language}:${hashOf(models[language] ?? '')}`).join())}`;
}

function hashOf(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 12);
}
