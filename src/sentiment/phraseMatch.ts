import { type ScannedText } from './scannedText';
import { wordFlags } from './wordFlags';
import { EdgeFilter, edgeKey, followersOf, manySymbols, numberSymbol, type WordSymbols, type WordTables } from './wordTables';

const widestGap = 5;

/** Finds the phrase that starts at a word and says most (most words, then the shortest span); looks at a bounded number of words. */
export class PhraseMatch {
  /** Of the last phrase found: its last word, and its value; 0: none. */
  last = 0;
  value = 0;
  /** Words of the phrase, without its gaps. */
  private size = 0;

  private readonly followers: Int32Array;
  private readonly filter: EdgeFilter;

  constructor(private readonly scan: ScannedText, private readonly symbols: WordSymbols, private readonly tables: WordTables) {
    this.followers = followersOf(tables);
    this.filter = new EdgeFilter(tables);
  }

  /** False where the next word shows at once that no phrase starts at this one; for most words with which phrases do begin it does. */
  mayBegin(at: number): boolean {
    const { symbols, scan } = this;
    const asks = symbols.asks[at] ?? 0;
    const answers = symbols.answers[at + 1] ?? 0;
    if ((asks & answers) === 0) return false;
    if (asks < 0) return true;
    if (at + 1 >= scan.words || ((scan.flags[at + 1] ?? 0) & wordFlags.anyPause) !== 0) return false;
    return ((asks | answers) & manySymbols) !== 0 || this.filter.mayHold(edgeKey(this.tables.roots[symbols.exact[at] ?? 0] ?? 0, symbols.exact[at + 1] ?? 0));
  }

  /** Whether a phrase starts at this word. */
  find(at: number): boolean {
    const { symbols, tables, scan } = this;
    this.value = 0;
    this.size = 0;
    const symbol = symbols.exact[at] ?? 0;
    const { roots } = tables;
    const root = roots[symbol] ?? 0;
    if (root !== 0) this.follow(root, at, 1);
    if ((((scan.flags[at] ?? 0) & wordFlags.number) !== 0 || tables.numbers[symbol] === 1) && roots[numberSymbol] !== 0) this.follow(roots[numberSymbol] ?? 0, at, 1);
    const to = symbols.stemsFrom[at + 1] ?? 0;
    for (let index = symbols.stemsFrom[at] ?? 0; index < to; index += 1) {
      const node = roots[symbols.stems[index] ?? 0] ?? 0;
      if (node !== 0) this.follow(node, at, 1);
    }
    return this.value !== 0;
  }

  /** Goes on from a node that the word `at` led to. */
  private follow(node: number, at: number, size: number): void {
    const { scan, tables } = this;
    const value = tables.nodeValues[node] ?? 0;
    if (value !== 0 && (size > this.size || (size === this.size && at < this.last))) {
      this.value = value;
      this.size = size;
      this.last = at;
    }
    if (at + 1 >= scan.words) return;
    if (((scan.flags[at + 1] ?? 0) & wordFlags.anyPause) === 0) this.step(node, at + 1, size + 1);
    const gap = tables.gaps[node] ?? 0;
    if (gap === 0) return;
    const furthest = Math.min(at + 1 + widestGap, scan.words - 1);
    for (let to = at + 1; to <= furthest; to += 1) {
      if (((scan.flags[to] ?? 0) & wordFlags.afterSentence) !== 0) return;
      this.step(gap, to, size + 1);
    }
  }

  private step(node: number, at: number, size: number): void {
    const { symbols, tables, scan } = this;
    if (((this.followers[node] ?? 0) & (symbols.answers[at] ?? 0)) === 0) return;
    const symbol = symbols.exact[at] ?? 0;
    if (symbol !== 0) {
      const next = tables.edges.get(edgeKey(node, symbol));
      if (next !== 0) this.follow(next, at, size);
    }
    if (((scan.flags[at] ?? 0) & wordFlags.number) !== 0 || tables.numbers[symbol] === 1) {
      const next = tables.edges.get(edgeKey(node, numberSymbol));
      if (next !== 0) this.follow(next, at, size);
    }
    const to = symbols.stemsFrom[at + 1] ?? 0;
    for (let index = symbols.stemsFrom[at] ?? 0; index < to; index += 1) {
      const next = tables.edges.get(edgeKey(node, symbols.stems[index] ?? 0));
      if (next !== 0) this.follow(next, at, size);
    }
  }
}
