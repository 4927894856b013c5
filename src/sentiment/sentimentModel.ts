import { createHash } from 'node:crypto';
import { MomentosError } from '../core/errors';
import { type Score, type ScoredLanguage, scoredLanguages, type SentimentModel, type TextLanguage } from '../core/sentiment';
import { type CompiledLexicon, compileLexicon } from './compile';
import { unpackLanguageVotes, unpackLexicon } from './compiledTables';
import { LanguageFinder, type Vocabulary } from './language';
import { LanguageScorer } from './languageScorer';
import { compileLanguageVotes } from './languageVotes';
import { parseLexicon, parseLexicons } from './lexicon';
import { checkWeights, decodeWeights } from './linearModel';
import { parseRatings } from './ratings';
import { TextScan } from './scan';
import { knowsWord, mostNumbers } from './wordTables';

/** Text of `media/lexicons/<language>.txt` by language; a language without one is scored by emoji (English: by the words of `sentiment` too). */
export type LexiconData = Readonly<Partial<Record<ScoredLanguage, string>>>;

export interface FurtherData {
  /** `lexicon.<language>.txt` of a desk: its entries come on top and win. */
  readonly own?: LexiconData;
  /** Text of `media/ratings/<language>.txt`; the model of a language is only good with the ratings that it was trained with. */
  readonly ratings?: LexiconData;
  /** `media/models/<language>.bin`; a language without one is scored by its lexicon alone. */
  readonly models?: Readonly<Partial<Record<ScoredLanguage, Uint8Array>>>;
  /** `dist/tables/<language>.bin` and `languages.bin`; what is missing or made from other words is compiled anew. */
  readonly tables?: Readonly<Partial<Record<ScoredLanguage | 'languages', Uint8Array>>>;
  /** One that is shared with the reader of the rules, so that a text is split once. */
  readonly scan?: TextScan | undefined;
}

/** Raised with each change of the rules; words and weights have a hash of their own. */
const scorerVersion = 2;

/**
 * Builds the scorer. Errors: `config.invalid` (details: `file`, `line`, `reason`) on the first line of a lexicon that cannot be read, and (without `line`) on a model of
 * another version and on a lexicon that is too large (`tooMany`).
 */
export function createSentimentModel(lexicons: LexiconData, { own = {}, ratings = {}, models = {}, tables = {}, scan = new TextScan({ remembers: true }) }: FurtherData = {}): SentimentModel {
  const scorers = new Map<string, LanguageScorer>();
  const parts = new Map<string, { readonly language: ScoredLanguage; readonly lexicon: CompiledLexicon; readonly bytes: Uint8Array | undefined }>();
  const vocabularies = new Map<ScoredLanguage, Vocabulary>();
  for (const language of scoredLanguages) {
    const lexicon = lexiconOf(language, { text: lexicons[language] ?? '', ratings: ratings[language] ?? '', own: own[language], compiled: tables[language] });
    const bytes = models[language];
    if (bytes !== undefined) checkWeights(bytes, `${language}.bin`);
    parts.set(language, { language, lexicon, bytes });
    vocabularies.set(language, (read, word) => knowsWord(lexicon.tables, read, word));
  }
  const finder = new LanguageFinder(scan, unpackLanguageVotes(tables.languages) ?? compileLanguageVotes(), vocabularies);
  /** Made at the first text of its language. */
  const scorerOf = (language: TextLanguage): LanguageScorer | undefined => {
    const made = scorers.get(language);
    const part = made === undefined ? parts.get(language) : undefined;
    if (part === undefined) return made;
    const scorer = new LanguageScorer(scan, part.language, part.lexicon, part.bytes === undefined ? undefined : decodeWeights(part.bytes, `${language}.bin`));
    scorers.set(language, scorer);
    return scorer;
  };
  return {
    version: versionOf(lexicons, ratings, own, models),
    score: (text, options = {}): Score => {
      scan.read(text);
      const language = options.force ?? finder.find(options.language, options.conversation);
      const scorer = scorerOf(language);
      if (scorer === undefined) return { label: 'neutral', score: 0, confidence: 0, language, evidence: [] };
      scorer.read();
      const { label, score, confidence } = scorer;
      return { label, score, confidence, language, evidence: options.evidence === false ? [] : scorer.evidence(options.bothSides === true) };
    },
  };
}

/** Names the words of a lexicon, and the rated ones beside them. */
export function lexiconHash(text: string, ratings = ''): string {
  return hashOf(ratings === '' ? text : JSON.stringify([text, ratings]));
}

interface LexiconParts {
  readonly text: string;
  readonly ratings: string;
  readonly own: string | undefined;
  readonly compiled: Uint8Array | undefined;
}

function lexiconOf(language: ScoredLanguage, { text, ratings, own, compiled }: LexiconParts): CompiledLexicon {
  const known = own === undefined ? unpackLexicon(compiled, lexiconHash(text, ratings)) : undefined;
  if (known !== undefined) return known;
  const lexicon = own === undefined ? parseLexicon(text) : parseLexicons(text, own);
  const problem = lexicon.problems[0];
  const file = own === undefined ? `${language}.txt` : `lexicon.${language}.txt`;
  if (problem !== undefined) throw new MomentosError('config.invalid', { file, line: problem.line, reason: problem.code });
  const made = compileLexicon(language, lexicon, parseRatings(ratings));
  if (Math.max(made.tables.values.length, made.tables.nodeValues.length) > mostNumbers) throw new MomentosError('config.invalid', { file, reason: 'tooMany' });
  return made;
}

function versionOf(lexicons: LexiconData, ratings: LexiconData, own: LexiconData, models: NonNullable<FurtherData['models']>): string {
  const words = hashOf(JSON.stringify(scoredLanguages.map((language) => (own[language] === undefined ? (lexicons[language] ?? '') : [lexicons[language], own[language]]))));
  const trained = scoredLanguages.filter((language) => models[language] !== undefined);
  if (trained.length === 0) return `lexicon-${String(scorerVersion)}-${words}`;
  return `model-${String(scorerVersion)}-${words}-${hashOf(trained.map((language) => `${language}:${hashOf(models[language] ?? '')}${hashOf(ratings[language] ?? '')}`).join())}`;
}

function hashOf(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 12);
}
