import { hashText } from './hash';
import { type HashTable } from './hashTable';
import { resized } from './resized';
import { type TextScan } from './scan';
import { type ScannedText } from './scannedText';
import { wordFlags } from './wordFlags';
import { noSlot } from './wordMemo';

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
  readonly stemLengths: Int32Array;
  /** A bit by the hash of four letters (`filterBit`): a stem may begin with them. Shorter stems are not in it. */
  readonly stemFilter: Int32Array;
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

const stemGates = 1 << 10;
/** Letters by which most words are seen to begin with no stem. */
const filterLetters = 4;
const filterBits = 1 << 13;
/** Bits of the lengths that the filter knows nothing of. */
const shortLengths = (1 << filterLetters) - 1;

/** The tables that tell which stems a word may begin with. */
export function stemGatesOf(stems: Iterable<string>): Pick<WordTables, 'stemLengths' | 'stemFilter'> {
  const stemLengths = new Int32Array(stemGates);
  const stemFilter = new Int32Array(filterBits / 32);
  for (const stem of stems) {
    const gate = stemGate(stem.charCodeAt(0), stem.charCodeAt(1));
    stemLengths[gate] = (stemLengths[gate] ?? 0) | (1 << stem.length);
    const bit = filterBit(hashText(stem.slice(0, filterLetters)));
    stemFilter[bit >>> 5] = (stemFilter[bit >>> 5] ?? 0) | (1 << bit);
  }
  return { stemLengths, stemFilter };
}

function filterBit(hash: number): number {
  return (hash ^ (hash >>> 13)) & (filterBits - 1);
}

/** The lengths of stems that a word of so many letters may begin with, one bit a length. What stands behind a short word is read too, and means nothing. */
function stemLengthsOf(tables: WordTables, scan: ScannedText, letterAt: number, count: number): number {
  const { letters } = scan;
  const bit = filterBit(scan.beginnings[letterAt + filterLetters - 1] ?? 0);
  const long = -(((tables.stemFilter[bit >>> 5] ?? 0) >>> bit) & 1);
  const lengths = (tables.stemLengths[stemGate(letters[letterAt] ?? 0, letters[letterAt + 1] ?? 0)] ?? 0) & (long | shortLengths);
  return count >= longestStem ? lengths : lengths & ((2 << count) - 1);
}

function stemGate(first: number, second: number): number {
  return ((first & 31) << 5) | (second & 31);
}

/** Longer stems than this are no more than this long. */
export const longestStem = 31;

export function edgeKey(node: number, symbol: number): number {
  return (node << 16) | symbol;
}

/** Whether the tables give a word of the scan a value of its own, with repeated letters kept once. */
export function knowsWord(tables: WordTables, scan: ScannedText, word: number): boolean {
  if (tables.values[tables.words.get(scan.shortHash[word] ?? 0)] !== 0) return true;
  const elongated = ((scan.flags[word] ?? 0) & wordFlags.elongated) !== 0;
  const from = (scan.letterAt[word] ?? 0) + (elongated ? (scan.letterCount[word] ?? 0) : 0);
  const { beginnings } = scan;
  let lengths = stemLengthsOf(tables, scan, from, scan.shortCount[word] ?? 0);
  while (lengths !== 0) {
    const length = 31 - Math.clz32(lengths & -lengths);
    lengths &= lengths - 1;
    if (tables.values[tables.stems.get(beginnings[from + length - 1] ?? 0)] !== 0) return true;
  }
  return false;
}

const knownInts = 4;

/** The words of the last text that was read, as symbols of one set of tables. */
export class WordSymbols {
  /** Symbol of the word as a whole, by word; 0: none. */
  exact = new Uint16Array(256);
  /** Its stems are `stems[stemsFrom[word]]` to `stems[stemsFrom[word + 1]]`, the longest last. */
  stemsFrom = new Int32Array(257);
  stems = new Uint16Array(256);
  /** Value of the word by itself. */
  value = new Uint16Array(256);
  /** 1: a phrase may begin with the word. */
  begins = new Uint8Array(256);
  private used = 0;
  /** Of the words in the memo of the scan: number of the word; symbol, and value in the upper half; `begins`, and number of stems above it; the stems. */
  private known = new Int32Array(0);

  /** Always with the same scan and the same tables. */
  read(scan: TextScan, tables: WordTables): void {
    this.makeRoom(scan.words);
    this.used = 0;
    if (this.known.length !== scan.slots * knownInts) this.known = new Int32Array(scan.slots * knownInts);
    const { words, slot: slots, number: numbers } = scan;
    const { stemsFrom, exact, value, begins, known } = this;
    for (let word = 0; word < words; word += 1) {
      stemsFrom[word] = this.used;
      const slot = slots[word] ?? noSlot;
      const at = slot * knownInts;
      if (slot === noSlot || known[at] !== numbers[word]) {
        this.lookUp(scan, tables, word);
        continue;
      }
      const symbols = known[at + 1] ?? 0;
      exact[word] = symbols;
      value[word] = symbols >>> 16;
      const further = known[at + 2] ?? 0;
      begins[word] = further & 1;
      if (further > 1) this.addStems(further >>> 1, known[at + 3] ?? 0);
    }
    stemsFrom[words] = this.used;
  }

  private lookUp(scan: TextScan, tables: WordTables, word: number): void {
    const from = this.used;
    const known = this.look(scan, tables, word, scan.hash[word] ?? 0, scan.letterAt[word] ?? 0, scan.letterCount[word] ?? 0);
    if (!known && ((scan.flags[word] ?? 0) & wordFlags.elongated) !== 0) {
      this.used = from;
      this.look(scan, tables, word, scan.shortHash[word] ?? 0, (scan.letterAt[word] ?? 0) + (scan.letterCount[word] ?? 0), scan.shortCount[word] ?? 0);
    }
    const slot = scan.slot[word] ?? noSlot;
    const stems = this.used - from;
    if (slot === noSlot || stems > 2) return;
    const at = slot * knownInts;
    this.known[at] = scan.number[word] ?? 0;
    this.known[at + 1] = (this.exact[word] ?? 0) | ((this.value[word] ?? 0) << 16);
    this.known[at + 2] = (this.begins[word] ?? 0) | (stems << 1);
    this.known[at + 3] = stems === 0 ? 0 : (this.stems[from] ?? 0) | (stems === 2 ? (this.stems[from + 1] ?? 0) << 16 : 0);
  }

  private addStems(count: number, both: number): void {
    if (this.used + 2 > this.stems.length) this.growStems();
    this.stems[this.used] = both;
    this.stems[this.used + 1] = both >>> 16;
    this.used += count;
  }

  /** Answers whether the tables know the word in this form. */
  private look(scan: ScannedText, tables: WordTables, word: number, hash: number, letterAt: number, count: number): boolean {
    const symbol = tables.words.get(hash);
    const { values, roots } = tables;
    let value = values[symbol] ?? 0;
    let begins = roots[symbol] ?? 0;
    let lengths = stemLengthsOf(tables, scan, letterAt, count);
    let longest = 0;
    while (lengths !== 0) {
      const length = 31 - Math.clz32(lengths & -lengths);
      lengths &= lengths - 1;
      const stem = tables.stems.get(scan.beginnings[letterAt + length - 1] ?? 0);
      if (stem === 0) continue;
      if (this.used === this.stems.length) this.growStems();
      this.stems[this.used] = stem;
      this.used += 1;
      begins |= roots[stem] ?? 0;
      longest = values[stem] || longest;
    }
    if (value === 0) value = longest;
    if (symbol !== 0 && tables.numbers[symbol] === 1) begins |= roots[numberSymbol] ?? 0;
    this.exact[word] = symbol;
    this.value[word] = value;
    this.begins[word] = begins === 0 ? 0 : 1;
    return symbol !== 0 || value !== 0;
  }

  private makeRoom(words: number): void {
    if (words <= this.exact.length && !(this.exact.length > 1 << 14 && words < 1 << 12)) return;
    const size = Math.max(256, words);
    this.exact = new Uint16Array(size);
    this.stemsFrom = new Int32Array(size + 1);
    this.stems = new Uint16Array(size);
    this.value = new Uint16Array(size);
    this.begins = new Uint8Array(size);
  }

  private growStems(): void {
    this.stems = resized(this.stems, new Uint16Array(this.stems.length * 2));
  }
}
