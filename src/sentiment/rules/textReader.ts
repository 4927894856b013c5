import { createHash } from 'node:crypto';
import { MomentosError } from '../../core/errors';
import { type ScoredLanguage, scoredLanguages, type TextLanguage } from '../../core/sentiment';
import { type MentionKind, type RulePlace, type TextReader, type UrgencyFinding } from '../../core/textReading';
import { findStatedPersonalData } from '../../core/text/statedPersonalData';
import { findTopics } from '../../core/topics';
import { TextScan } from '../scan';
import { wordFlags } from '../wordFlags';
import { decideKind } from './kindDecision';
import { type FoundPhrase, PhraseFinder } from './phraseFinder';
import { compilePhrases } from './phraseTables';
import { parseRules, type RuleEntry } from './ruleFile';

/** Text of `media/rules/<language>.txt` by language. */
export type RuleData = Readonly<Partial<Record<ScoredLanguage, string>>>;

/** Raised with each change of how rules are read; the words have a hash of their own. */
const readerVersion = 1;
/** Sum of the weights at which a rule of urgency speaks. */
const speaks = 2;

const numberWords = (
  'un una uno dos tres cuatro cinco seis siete ocho nueve diez doce quince veinte treinta varios varias muchos muchas '
  + 'one two three four five six seven eight nine ten several many um uma dois duas quatro sete oito nove dez deux trois quatre cinq sept huit neuf dix plusieurs'
).split(' ');

interface LanguageEntry extends RuleEntry {
  readonly language: ScoredLanguage;
}

/** What one rule found: its weight, and the words that raised it. */
interface RuleSum {
  readonly entry: LanguageEntry;
  weight: number;
  readonly places: RulePlace[];
}

/**
 * Builds the reader. Rules of urgency count in every language: a danger told in two languages is one all the same; kinds are told by the rules of the text's own language.
 * Throws `config.invalid` (details: `file`, `line`, `reason`) on the first line that cannot be read. `scan`: one that is shared with the scorer, so that a text is split once.
 */
export function createTextReader(data: RuleData, scan = new TextScan()): TextReader {
  const entries = scoredLanguages.flatMap((language) => readFile(language, data[language] ?? ''));
  const finder = new PhraseFinder(scan, compilePhrases(entries.map(({ items }) => items), numberWords));
  const hash = createHash('sha256').update(JSON.stringify(scoredLanguages.map((language) => data[language] ?? ''))).digest('hex').slice(0, 12);
  const version = `rules-${String(readerVersion)}-${hash}`;
  return {
    version,
    read(text, setting) {
      if (scan.text !== text) scan.read(text);
      const sums = sumByRule(finder.find(), entries, scan, setting.language);
      const kinds = new Map<MentionKind, number>();
      const urgency: UrgencyFinding[] = [];
      for (const { entry: { section }, weight, places } of sums) {
        if (section.group === 'kind') kinds.set(section.rule, weight);
        else if (weight >= speaks) urgency.push({ rule: section.rule, level: section.level, places });
      }
      const kind = decideKind(kinds, scan.asks > 0 || scan.opensQuestion > 0, setting.sentiment);
      return {
        version,
        kind,
        kindPlaces: sums.find(({ entry: { section } }) => section.group === 'kind' && section.rule === kind)?.places ?? [],
        urgency: urgency.sort((one, other) => Number(one.level === 'high') - Number(other.level === 'high')),
        topics: findTopics(text, setting.topics),
        personalData: findStatedPersonalData(text, setting.country),
      };
    },
  };
}

function readFile(language: ScoredLanguage, text: string): readonly LanguageEntry[] {
  const { entries, problems } = parseRules(text, { repeats: false });
  const problem = problems[0];
  if (problem !== undefined) throw new MomentosError('config.invalid', { file: `rules/${language}.txt`, line: problem.line, reason: problem.code });
  return entries.map((entry) => ({ ...entry, language }));
}

/** By rule the longest phrases that do not overlap, in the order of the rules. */
function sumByRule(found: readonly FoundPhrase[], entries: readonly LanguageEntry[], scan: TextScan, language: TextLanguage): readonly RuleSum[] {
  const byRule = new Map<string, { readonly entry: LanguageEntry; readonly found: FoundPhrase[] }>();
  for (const phrase of found) {
    const entry = entries[phrase.phrase];
    if (entry === undefined) continue;
    const { section } = entry;
    if (section.group === 'kind' && language !== 'other' && entry.language !== language) continue;
    if (section.group === 'kind' && section.opening && !opensSentence(scan, phrase.first)) continue;
    const key = `${section.group} ${section.rule}`;
    const known = byRule.get(key);
    if (known === undefined) byRule.set(key, { entry, found: [phrase] });
    else known.found.push(phrase);
  }
  return [...byRule.values()].map(({ entry, found: own }) => ({ entry, ...sumOf(own, entries, scan) }));
}

/** A greeting before it does no harm ("Buenas, dónde queda..."). */
function opensSentence(scan: TextScan, word: number): boolean {
  return word === 0 || ((scan.flags[word] ?? 0) & (wordFlags.afterSentence | wordFlags.afterComma)) !== 0;
}

function sumOf(found: readonly FoundPhrase[], entries: readonly LanguageEntry[], scan: TextScan): { readonly weight: number; readonly places: RulePlace[] } {
  const taken = new Set<number>();
  const counted = new Set<number>();
  const places: RulePlace[] = [];
  let weight = 0;
  const weightOf = (phrase: number): number => entries[phrase]?.weight ?? 0;
  const best = [...found].sort((one, other) => other.size - one.size || weightOf(other.phrase) - weightOf(one.phrase) || one.last - one.first - (other.last - other.first) || one.first - other.first);
  for (const { phrase, first, last } of best) {
    const own = weightOf(phrase);
    if (own < 0) {
      // What speaks against a rule speaks whatever else covers its words.
      if (!counted.has(phrase)) weight += own;
      counted.add(phrase);
      continue;
    }
    const covered = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    if (covered.some((word) => taken.has(word))) continue;
    for (const word of covered) taken.add(word);
    // Said again and again it is one reason.
    if (own === 0 || counted.has(phrase)) continue;
    counted.add(phrase);
    weight += own;
    const start = scan.start[first] ?? 0;
    places.push({ start, length: (scan.end[last] ?? start) - start });
  }
  return { weight, places: places.sort((one, other) => one.start - other.start) };
}
