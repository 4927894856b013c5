import { type TextScan } from '../scan';
import { wordFlags } from '../wordFlags';
import { edgeKey, numberSymbol, WordSymbols } from '../wordTables';
import { type PhraseTables } from './phraseTables';

const widestGap = 5;
/** The rest of a longer text is not read: what is urgent is said before. */
export const wordsRead = 4_000;

export interface FoundPhrase {
  /** Its number. */
  readonly phrase: number;
  /** Words, both inclusive. */
  readonly first: number;
  readonly last: number;
  /** Words of the phrase, without its gaps. */
  readonly size: number;
}

/** Finds every phrase of the tables in the text of a scan. One finder serves one text after the other. */
export class PhraseFinder {
  private readonly symbols = new WordSymbols();
  private found: FoundPhrase[] = [];

  constructor(private readonly scan: TextScan, private readonly phrases: PhraseTables) {}

  /** In the order of their first word. */
  find(): readonly FoundPhrase[] {
    const { scan, symbols } = this;
    const { roots, numbers } = this.phrases.tables;
    this.found = [];
    symbols.read(scan, this.phrases.tables);
    const words = Math.min(scan.words, wordsRead);
    for (let at = 0; at < words; at += 1) {
      const symbol = symbols.exact[at] ?? 0;
      this.begin(roots[symbol] ?? 0, at);
      if (((scan.flags[at] ?? 0) & wordFlags.number) !== 0 || numbers[symbol] === 1) this.begin(roots[numberSymbol] ?? 0, at);
      const to = symbols.stemsFrom[at + 1] ?? 0;
      for (let index = symbols.stemsFrom[at] ?? 0; index < to; index += 1) this.begin(roots[symbols.stems[index] ?? 0] ?? 0, at);
    }
    return this.found;
  }

  private begin(node: number, at: number): void {
    if (node !== 0) this.follow(node, at, at, 1);
  }

  /** Goes on from a node that the word `at` led to. */
  private follow(node: number, first: number, at: number, size: number): void {
    const { scan } = this;
    const { tables, endings } = this.phrases;
    const value = tables.nodeValues[node] ?? 0;
    if (value !== 0) for (const phrase of endings[value] ?? []) this.found.push({ phrase, first, last: at, size });
    if (at + 1 >= scan.words) return;
    if (((scan.flags[at + 1] ?? 0) & wordFlags.anyPause) === 0) this.step(node, first, at + 1, size + 1);
    const gap = tables.gaps[node] ?? 0;
    if (gap === 0) return;
    const furthest = Math.min(at + 1 + widestGap, scan.words - 1);
    for (let to = at + 1; to <= furthest; to += 1) {
      if (((scan.flags[to] ?? 0) & wordFlags.afterSentence) !== 0) return;
      this.step(gap, first, to, size + 1);
    }
  }

  private step(node: number, first: number, at: number, size: number): void {
    const { symbols, scan } = this;
    const { tables } = this.phrases;
    const symbol = symbols.exact[at] ?? 0;
    const go = (edge: number): void => {
      const next = tables.edges.get(edgeKey(node, edge));
      if (next !== 0) this.follow(next, first, at, size);
    };
    if (symbol !== 0) go(symbol);
    if (((scan.flags[at] ?? 0) & wordFlags.number) !== 0 || tables.numbers[symbol] === 1) go(numberSymbol);
    const to = symbols.stemsFrom[at + 1] ?? 0;
    for (let index = symbols.stemsFrom[at] ?? 0; index < to; index += 1) go(symbols.stems[index] ?? 0);
  }
}
