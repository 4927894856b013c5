import { hashStart, hashStep } from './hash';
import { type HashTable } from './hashTable';
import { type TextScan } from './scan';
import { wordFlags } from './wordFlags';

/** Symbol of whatever counts as a number. */
export const numberSymbol = 1;

/**
 * Words, beginnings of words and phrases with a value each, compiled into typed arrays: words and stems are symbols (small numbers), phrases an automaton whose edges are
 * symbols. What a value means is the caller's affair: the lexicons number their effects, rules of other kinds may number themselves.
 */
export interface WordTables {
  /** Symbols by the hash of a word, and of a beginning. */
  readonly words: HashTable;
  readonly stems: HashTable;
  /** By the first two letters (`stemGate`), the lengths of the stems that begin with them, one bit a length. */
  readonly stemLengths: Uint32Array;
  /** Value of the word or stem by itself, by symbol; 0: none. */
  readonly values: Uint16Array;
  /** Node that the symbol leads to at the beginning of a phrase; 0: none begins with it. */
  readonly roots: Uint16Array;
  /** 1: the word is a number ("tres"). */
  readonly numbers: Uint8Array;
  /** Nodes by node and symbol (`edgeKey`). */
  readonly edges: HashTable;
  /** Value of the phrase that ends at the node; 0: none. */
  readonly nodeValues: Uint16Array;
  /** Node behind a gap; 0: none follows. */
  readonly gaps: Uint16Array;
}

export const stemGates = 1 << 10;

export function stemGate(first: number, second: number): number {
  return ((first & 31) << 5) | (second & 31);
}

/** Longer stems than this are no more than this long. */
export const longestStem = 31;

export function edgeKey(node: number, symbol: number): number {
  return (node << 16) | symbol;
}

/** Whether the tables give a word of the scan a value of its own, with repeated letters kept once. */
export function knowsWord(tables: WordTables, scan: TextScan, word: number): boolean {
  if (tables.values[tables.words.get(scan.shortHash[word] ?? 0)] !== 0) return true;
  const elongated = ((scan.flags[word] ?? 0) & wordFlags.elongated) !== 0;
  const from = (scan.letterAt[word] ?? 0) + (elongated ? (scan.letterCount[word] ?? 0) : 0);
  const lengths = tables.stemLengths[stemGate(scan.letters[from] ?? 0, scan.letters[from + 1] ?? 0)] ?? 0;
  const last = Math.min(scan.shortCount[word] ?? 0, lengths === 0 ? 0 : longestStem);
  let prefix = hashStart;
  for (let length = 1; length <= last; length += 1) {
    prefix = hashStep(prefix, scan.letters[from + length - 1] ?? 0);
    if (((lengths >>> length) & 1) === 1 && tables.values[tables.stems.get(prefix)] !== 0) return true;
  }
  return false;
}

/** The words of the last text that was read, as symbols of one set of tables. */
export class WordSymbols {
  /** Symbol of the word as a whole, by word; 0: none. */
  exact = new Uint16Array(256);
  /** Its stems are `stems[stemsFrom[word]]` to `stems[stemsFrom[word + 1]]`, the longest last. */
  stemsFrom = new Int32Array(257);
  stems = new Uint16Array(256);
  /** Value of the word by itself. */
  value = new Uint16Array(256);
  private used = 0;

  read(scan: TextScan, tables: WordTables): void {
    this.makeRoom(scan.words);
    this.used = 0;
    for (let word = 0; word < scan.words; word += 1) {
      this.stemsFrom[word] = this.used;
      const known = this.look(scan, tables, word, scan.hash[word] ?? 0, scan.letterAt[word] ?? 0, scan.letterCount[word] ?? 0);
      if (!known && ((scan.flags[word] ?? 0) & wordFlags.elongated) !== 0) {
        this.used = this.stemsFrom[word] ?? 0;
        this.look(scan, tables, word, scan.shortHash[word] ?? 0, (scan.letterAt[word] ?? 0) + (scan.letterCount[word] ?? 0), scan.shortCount[word] ?? 0);
      }
    }
    this.stemsFrom[scan.words] = this.used;
  }

  /** Answers whether the tables know the word in this form. */
  private look(scan: TextScan, tables: WordTables, word: number, hash: number, letterAt: number, count: number): boolean {
    const symbol = tables.words.get(hash);
    let value = tables.values[symbol] ?? 0;
    let longest = 0;
    const { letters } = scan;
    const lengths = tables.stemLengths[stemGate(letters[letterAt] ?? 0, letters[letterAt + 1] ?? 0)] ?? 0;
    const last = lengths === 0 ? 0 : Math.min(count, longestStem);
    let prefix = hashStart;
    for (let length = 1; length <= last && lengths >>> length !== 0; length += 1) {
      prefix = hashStep(prefix, letters[letterAt + length - 1] ?? 0);
      if (((lengths >>> length) & 1) === 0) continue;
      const stem = tables.stems.get(prefix);
      if (stem === 0) continue;
      if (this.used === this.stems.length) this.growStems();
      this.stems[this.used] = stem;
      this.used += 1;
      longest = tables.values[stem] || longest;
    }
    if (value === 0) value = longest;
    this.exact[word] = symbol;
    this.value[word] = value;
    return symbol !== 0 || value !== 0;
  }

  private makeRoom(words: number): void {
    if (words <= this.exact.length && !(this.exact.length > 1 << 14 && words < 1 << 12)) return;
    const size = Math.max(256, words);
    this.exact = new Uint16Array(size);
    this.stemsFrom = new Int32Array(size + 1);
    this.stems = new Uint16Array(size);
    this.value = new Uint16Array(size);
  }

  private growStems(): void {
    const grown = new Uint16Array(this.stems.length * 2);
    grown.set(this.stems);
    this.stems = grown;
  }
}
