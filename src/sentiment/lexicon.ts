import { type Effect, type PhraseItem } from './entry';
import { addPhrase, type PhraseNode, phraseRoot } from './phraseTree';
import { TextScan } from './scan';
import { wordFlags } from './wordFlags';

export type LexiconProblemCode = 'noValue' | 'badValue' | 'badEntry' | 'gapAtEdge' | 'tooManyGaps' | 'tooLong' | 'duplicate' | 'contradiction';

/** What is wrong in a line of a lexicon file; `other` is the line that it repeats or contradicts. */
export interface LexiconProblem {
  readonly line: number;
  readonly code: LexiconProblemCode;
  readonly entry: string;
  readonly other?: number | undefined;
}

export interface Lexicon {
  /** Lines that hold an entry without a problem. */
  readonly entries: number;
  readonly words: ReadonlyMap<string, Effect>;
  /** Beginnings of words, without their `*`; the longest wins, a whole word wins over all. */
  readonly stems: ReadonlyMap<string, Effect>;
  readonly phrases: PhraseNode;
  readonly problems: readonly LexiconProblem[];
}

/** Shortest beginning of a word that a lexicon may list. */
const shortestStem = 2;
const longestPhrase = 10;
const mostGaps = 2;

/**
 * Reads a lexicon file. A line is an entry, a tab (or two spaces or more), a value, and after another tab a remark; lines that begin with `#` are comments.
 * An entry is a word, the beginning of a word (`demor*`), words to choose from (`malo|mala`), or a phrase of these with `*` for a gap of up to
 * five words and `{n}` for a number. A value is a weight from -5 to 5, `irony 2`, `courtesy 1.5`, `not`, `x1.5`, or `but`. Accents and capitals make no difference.
 * Lines with a problem are left out and named in `problems`.
 */
export function parseLexicon(text: string): Lexicon {
  const builder = new LexiconBuilder();
  builder.addAll(text);
  return builder.lexicon();
}

/** The same with the entries of a second file, which win where both say something; `problems` are those of the second file. */
export function parseLexicons(text: string, own: string): Lexicon {
  const builder = new LexiconBuilder();
  builder.addAll(text);
  builder.startOver();
  builder.addAll(own);
  return builder.lexicon();
}

class LexiconBuilder {
  private entries = 0;
  private readonly words = new Map<string, Effect>();
  private readonly stems = new Map<string, Effect>();
  private readonly phrases = phraseRoot();
  private problems: LexiconProblem[] = [];
  private readonly effects = new Map<string, Effect>();
  private readonly parts = new Map<string, readonly PhraseItem[]>();
  private readonly seen = new Map<string, { readonly line: number; readonly effect: Effect }>();

  lexicon(): Lexicon {
    return { entries: this.entries, words: this.words, stems: this.stems, phrases: this.phrases, problems: this.problems };
  }

  addAll(text: string): void {
    text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/).forEach((line, index) => {
      this.add(line, index + 1);
    });
  }

  /** What comes next contradicts nothing that came before: it replaces it. */
  startOver(): void {
    this.problems = [];
    this.seen.clear();
  }

  private add(raw: string, line: number): void {
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) return;
    const [entry = '', value] = content.split(/\t+|\s{2,}/);
    const fail = (code: LexiconProblemCode, other?: number): void => {
      this.problems.push({ line, code, entry, ...(other === undefined ? {} : { other }) });
    };
    if (value === undefined || value === '') return fail('noValue');
    const effect = this.effectOf(value);
    if (effect === undefined) return fail('badValue');
    const items = parseEntry(entry, this.parts);
    if (typeof items === 'string') return fail(items);
    const keys = spellings(items);
    for (const key of keys) {
      const other = this.seen.get(key);
      if (other !== undefined) return fail(sameEffect(other.effect, effect) ? 'duplicate' : 'contradiction', other.line);
    }
    for (const key of keys) this.seen.set(key, { line, effect });
    this.entries += 1;
    this.keep(items, effect);
  }

  /** One object a value: most entries share theirs. */
  private effectOf(value: string): Effect | undefined {
    const known = this.effects.get(value);
    if (known !== undefined) return known;
    const effect = parseEffect(value);
    if (effect !== undefined) this.effects.set(value, effect);
    return effect;
  }

  private keep(items: readonly PhraseItem[], effect: Effect): void {
    const first = items[0];
    if (first === undefined || first.kind === 'gap') return;
    if (items.length === 1 && first.kind === 'words') {
      for (const word of first.exact) this.words.set(word, effect);
      for (const stem of first.stems) this.stems.set(stem, effect);
      return;
    }
    addPhrase(this.phrases, items, effect);
  }
}

/** The words, gaps and numbers of an entry, or what is wrong with it. `parts`: what was parsed before; the same few words stand in most phrases. */
export function parseEntry(entry: string, parts: Map<string, readonly PhraseItem[]>): readonly PhraseItem[] | 'badEntry' | 'gapAtEdge' | 'tooLong' | 'tooManyGaps' {
  const items: PhraseItem[] = [];
  for (const part of entry.split(/\s+/)) {
    const parsed = parts.get(part) ?? parseItem(part);
    if (parsed === undefined) return 'badEntry';
    parts.set(part, parsed);
    items.push(...parsed);
  }
  if (items.length === 0) return 'badEntry';
  if (items[0]?.kind === 'gap' || items.at(-1)?.kind === 'gap') return 'gapAtEdge';
  if (items.length > longestPhrase) return 'tooLong';
  return items.filter((item) => item.kind === 'gap').length > mostGaps ? 'tooManyGaps' : items;
}

function parseEffect(value: string): Effect | undefined {
  if (value === 'not') return { kind: 'negator' };
  if (value === 'but') return { kind: 'contrast' };
  const degree = /^x(\d(?:\.\d+)?)$/.exec(value);
  if (degree !== null) {
    const factor = Number(degree[1]);
    return factor > 0 && factor <= 3 ? { kind: 'degree', factor } : undefined;
  }
  const praise = /^(irony|courtesy) (\d(?:\.\d+)?)$/.exec(value);
  if (praise !== null) return { kind: praise[1] === 'irony' ? 'irony' : 'courtesy', weight: Number(praise[2]) };
  if (!/^[+-]?\d(?:\.\d+)?$/.test(value)) return undefined;
  const weight = Number(value);
  return Math.abs(weight) <= 5 ? { kind: 'weight', weight } : undefined;
}

function parseItem(part: string): readonly PhraseItem[] | undefined {
  if (part === '*') return [{ kind: 'gap' }];
  if (part === '{n}') return [{ kind: 'number' }];
  return part.includes('|') ? parseChoice(part) : parsePart(part);
}

function parseChoice(part: string): PhraseItem[] | undefined {
  const exact = new Set<string>();
  const stems: string[] = [];
  for (const choice of part.split('|')) {
    const parsed = parsePart(choice);
    const only = parsed?.[0];
    if (parsed?.length !== 1 || only?.kind !== 'words') return undefined;
    for (const word of only.exact) exact.add(word);
    stems.push(...only.stems);
  }
  return [{ kind: 'words', exact, stems }];
}

const scan = new TextScan();

/** One word, or two where the tokens of a text would be two as well ("n'est"). */
function parsePart(part: string): PhraseItem[] | undefined {
  const stem = part.endsWith('*');
  const body = stem ? part.slice(0, -1) : part;
  if (body === '' || /[*{}|]/.test(body)) return undefined;
  scan.read(body);
  const forms: string[] = [];
  for (let word = 0; word < scan.words; word += 1) {
    if (word > 0 && ((scan.flags[word] ?? 0) & (wordFlags.afterComma | wordFlags.afterSentence)) !== 0) return undefined;
    forms.push(((scan.flags[word] ?? 0) & wordFlags.laugh) === 0 ? scan.form(word) : 'jaja');
  }
  if (forms.length === 0 || (stem && (forms.at(-1)?.length ?? 0) < shortestStem)) return undefined;
  return forms.map((form, index) => (stem && index === forms.length - 1 ? { kind: 'words', exact: new Set(), stems: [form] } : { kind: 'words', exact: new Set([form]), stems: [] }));
}

/** Every way to read the choices of an entry, so that `malo|mala` and `mala` are seen to be one; beyond 200 ways, only the entry as a whole. */
export function spellings(items: readonly PhraseItem[]): readonly string[] {
  let ways = [''];
  for (const item of items) {
    const choices = item.kind === 'gap' ? ['*'] : item.kind === 'number' ? ['{n}'] : [...item.exact, ...item.stems.map((stem) => `${stem}*`)];
    if (choices.length === 1) {
      ways = ways.map((way) => `${way} ${choices[0] ?? ''}`);
      continue;
    }
    if (ways.length * choices.length > 200) return [items.map(itemText).join(' ')];
    ways = ways.flatMap((way) => choices.map((choice) => `${way} ${choice}`));
  }
  return ways;
}

function itemText(item: PhraseItem): string {
  return item.kind === 'words' ? [...item.exact, ...item.stems.map((stem) => `${stem}*`)].sort().join('|') : item.kind;
}

function sameEffect(a: Effect, b: Effect): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
