import { MomentosError } from '../../core/errors';
import { type ScoredLanguage, scoredLanguages } from '../../core/sentiment';
import { packPhrases, unpackPhrases } from '../compiledTables';
import { compilePhrases, type PhraseTables } from './phraseTables';
import { parseRules, type RuleEntry, type RuleSection } from './ruleFile';

/** Text of `media/rules/<language>.txt` by language. */
export type RuleData = Readonly<Partial<Record<ScoredLanguage, string>>>;

/** What a line of the rules says, apart from its words. */
export interface RuleMeaning extends Pick<RuleEntry, 'section' | 'weight' | 'part'> {
  readonly language: ScoredLanguage;
}

/** The rules of every language, as the reader uses them: a phrase is known by its place in `meanings`. */
export interface CompiledRules {
  readonly phrases: PhraseTables;
  readonly meanings: readonly RuleMeaning[];
}

const parts = ['a', 'b'] as const;

/** Most lines share their section. */
interface PackedMeanings {
  readonly sections: readonly RuleSection[];
  /** Four numbers a line: place of its section, weight, place of its part in `parts` or -1, place of its language. */
  readonly lines: readonly number[];
}

const numberWords = (
  'un una uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciocho diecinueve veinte veintiuno veintidos treinta cuarenta varios varias muchos muchas '
  + 'one two three four five six seven eight nine ten eleven twelve fifteen twenty several many um uma dois duas quatro sete oito nove dez deux trois quatre cinq sept huit neuf dix plusieurs'
).split(' ');

/** Throws `config.invalid` (details: `file`, `line`, `reason`) on the first line that cannot be read. */
export function compileRules(data: RuleData): CompiledRules {
  const entries = scoredLanguages.flatMap((language) => readFile(language, data[language] ?? '').map((entry) => ({ ...entry, language })));
  return {
    phrases: compilePhrases(entries.map(({ items }) => items), numberWords),
    meanings: entries.map(({ section, weight, part, language }) => ({ section, weight, ...(part === undefined ? {} : { part }), language })),
  };
}

/** `source`: names the words they were made from. */
export function packRules({ phrases, meanings }: CompiledRules, source: string): Uint8Array {
  const sections = [...new Map(meanings.map(({ section }) => [JSON.stringify(section), section]))];
  const places = new Map(sections.map(([key], place) => [key, place]));
  const lines = meanings.flatMap(({ section, weight, part, language }) => [places.get(JSON.stringify(section)) ?? 0, weight, part === undefined ? -1 : parts.indexOf(part), scoredLanguages.indexOf(language)]);
  const further: PackedMeanings = { sections: sections.map(([, section]) => section), lines };
  return packPhrases(phrases, source, further);
}

/** undefined: it is damaged, made from other words, or by another compiler. */
export function unpackRules(bytes: Uint8Array | undefined, source: string): CompiledRules | undefined {
  const file = unpackPhrases(bytes, source);
  if (file === undefined) return undefined;
  const { sections, lines } = file.further as PackedMeanings;
  const meanings: RuleMeaning[] = [];
  for (let at = 0; at < lines.length; at += 4) {
    const section = sections[lines[at] ?? 0];
    const part = parts[lines[at + 2] ?? -1];
    if (section !== undefined) meanings.push({ section, weight: lines[at + 1] ?? 0, ...(part === undefined ? {} : { part }), language: scoredLanguages[lines[at + 3] ?? 0] ?? 'es' });
  }
  return { phrases: file.phrases, meanings };
}

function readFile(language: ScoredLanguage, text: string): readonly RuleEntry[] {
  const { entries, problems } = parseRules(text, { repeats: false });
  const problem = problems[0];
  if (problem !== undefined) throw new MomentosError('config.invalid', { file: `rules/${language}.txt`, line: problem.line, reason: problem.code });
  return entries;
}
