import { createHash } from 'node:crypto';
import { scoredLanguages, type TextLanguage } from '../../core/sentiment';
import { type MentionKind, type RulePlace, type TextReader, type UrgencyFinding } from '../../core/textReading';
import { findStatedPersonalData } from '../../core/text/statedPersonalData';
import { findTopics } from '../../core/topics';
import { TextScan } from '../scan';
import { wordFlags } from '../wordFlags';
import { compileRules, type RuleData, type RuleMeaning, unpackRules } from './compiledRules';
import { decideKind } from './kindDecision';
import { type FoundPhrase, PhraseFinder } from './phraseFinder';

/** Raised with each change of how rules are read; the words have a hash of their own. */
const readerVersion = 2;
/** Sum of the weights at which a rule of urgency speaks. */
const speaks = 2;
/** The rule whose entries add to every rule of danger that found something, or take from it: whether it goes on now, or is over, or somebody only asks. */
const anyDanger = 'any';
/** What it may add, and take. */
const mostAdded = 1;
const mostTaken = -4;
/** Faint words within a question count half ("¿La emergencia recibe sin seguro?"). */
const faint = 3;

/** Folded words before which a sentence has not begun yet. */
const greetings = new Set((
  'hola ola buen buena buenas buenos dia dias tarde tardes noche noches saludos oiga oigan oye disculpe disculpen disculpa perdon perdone perdonen vecinos amigos senor senores senora estimados consulta pregunta y pero pues '
  + 'hi hello hey good morning afternoon evening day sir madam admin please pls abeg habari and so ola oi bom boa bonjour salut bonsoir'
).split(' '));

/** What one rule found: its weight, and the words that raised it. */
interface RuleSum {
  readonly entry: RuleMeaning;
  weight: number;
  readonly places: RulePlace[];
}

export interface ReaderParts {
  /** One that is shared with the scorer, so that a text is split once. */
  readonly scan?: TextScan | undefined;
  /** `dist/tables/rules.bin`; the rules are compiled anew where it is of other words. */
  readonly compiled?: Uint8Array | undefined;
}

/** Names the words of the rules. */
export function rulesHash(data: RuleData): string {
  return createHash('sha256').update(JSON.stringify(scoredLanguages.map((language) => data[language] ?? ''))).digest('hex').slice(0, 12);
}

/**
 * Builds the reader. Rules of urgency count in every language: a danger told in two languages is one all the same; kinds are told by the rules of the text's own language.
 * Throws `config.invalid` (details: `file`, `line`, `reason`) on the first line that cannot be read.
 */
export function createTextReader(data: RuleData, { scan = new TextScan({ remembers: true }), compiled }: ReaderParts = {}): TextReader {
  const hash = rulesHash(data);
  const { phrases, meanings: entries } = unpackRules(compiled, hash) ?? compileRules(data);
  const finder = new PhraseFinder(scan, phrases);
  const version = `rules-${String(readerVersion)}-${hash}`;
  return {
    version,
    read(text, setting) {
      if (scan.text !== text || !scan.isWhole) scan.read(text);
      const sums = sumByRule(finder.find(), entries, scan, setting.language);
      const kinds = new Map<MentionKind, number>();
      const urgency: UrgencyFinding[] = [];
      const bearing = sums.find(({ entry: { section } }) => section.group === 'urgency' && section.rule === anyDanger)?.weight ?? 0;
      const added = Math.max(mostTaken, Math.min(mostAdded, bearing));
      for (const { entry: { section }, weight, places } of sums) {
        if (section.group === 'kind') kinds.set(section.rule, weight);
        else if (section.rule !== anyDanger && weight > 0 && weight + (section.level === 'urgent' ? added : 0) >= speaks) urgency.push({ rule: section.rule, level: section.level, places });
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

/** By rule the longest phrases that do not overlap, in the order of the rules. */
function sumByRule(found: readonly FoundPhrase[], entries: readonly RuleMeaning[], scan: TextScan, language: TextLanguage): readonly RuleSum[] {
  const byRule = new Map<string, { readonly entry: RuleMeaning; readonly found: FoundPhrase[] }>();
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

/** A greeting before it does no harm, with or without a comma ("Buenas, dónde queda...", "hi is there"). */
function opensSentence(scan: TextScan, word: number): boolean {
  let at = word;
  while (at > 0 && !startsAfterPause(scan, at) && greetings.has(scan.form(at - 1))) at -= 1;
  return at === 0 || startsAfterPause(scan, at);
}

function startsAfterPause(scan: TextScan, word: number): boolean {
  return ((scan.flags[word] ?? 0) & (wordFlags.afterSentence | wordFlags.afterComma)) !== 0;
}

function sumOf(found: readonly FoundPhrase[], entries: readonly RuleMeaning[], scan: TextScan): { readonly weight: number; readonly places: RulePlace[] } {
  const taken = new Set<number>();
  const shielded = new Set<number>();
  const counted = new Set<number>();
  const parts = { a: [] as RulePlace[], b: [] as RulePlace[] };
  const places: RulePlace[] = [];
  let weight = 0;
  const weightOf = (phrase: number): number => entries[phrase]?.weight ?? 0;
  const longest = new Int32Array(scan.words);
  for (const { phrase, first, last, size } of found) {
    if (weightOf(phrase) <= 0) continue;
    for (let word = first; word <= last; word += 1) longest[word] = Math.max(longest[word] ?? 0, size);
  }
  // What shields comes before shorter phrases; of the others the weightiest comes first.
  const shields = ({ phrase, first, last, size }: FoundPhrase): boolean =>
    weightOf(phrase) === 0 && entries[phrase]?.part === undefined && Array.from({ length: last - first + 1 }, (_, index) => longest[first + index] ?? 0).every((other) => other < size);
  const rankOf = (each: FoundPhrase): number => (shields(each) ? Infinity : weightOf(each.phrase));
  const ranked = found.map((each) => ({ ...each, rank: rankOf(each) }));
  const best = ranked.sort((one, other) => (one.rank === other.rank ? 0 : other.rank - one.rank) || other.size - one.size || one.last - one.first - (other.last - other.first) || one.first - other.first);
  for (const { phrase, first, last } of best) {
    const entry = entries[phrase];
    if (entry === undefined) continue;
    const covered = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    if (covered.every((word) => shielded.has(word))) continue;
    const start = scan.start[first] ?? 0;
    const place = { start, length: (scan.end[last] ?? start) - start };
    if (entry.part !== undefined) {
      parts[entry.part].push(place);
      continue;
    }
    const own = entry.weight;
    if (own < 0) {
      // What speaks against a rule speaks whatever else covers its words.
      if (!counted.has(phrase)) weight += own;
      counted.add(phrase);
      continue;
    }
    if (covered.some((word) => taken.has(word))) continue;
    for (const word of covered) taken.add(word);
    if (own === 0) for (const word of covered) shielded.add(word);
    // Said again and again it is one reason.
    if (own === 0 || counted.has(phrase)) continue;
    counted.add(phrase);
    const asked = entry.section.group === 'urgency' && own < faint && covered.every((word) => ((scan.flags[word] ?? 0) & wordFlags.asked) !== 0);
    weight += asked ? own / 2 : own;
    places.push(place);
  }
  if (parts.a.length > 0 && parts.b.length > 0) {
    weight += speaks;
    places.push(...parts.a, ...parts.b);
  }
  return { weight, places: places.sort((one, other) => one.start - other.start) };
}
