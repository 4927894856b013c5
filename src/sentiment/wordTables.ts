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

/** Words and nodes are numbers of 16 bits in the tables: so many of each at most. */
export const mostNumbers = 1 << 16;

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
  if (tables.values[tables.words.get(scan.shortHashOf(word))] !== 0) return true;
  const elongated = ((scan.flags[word] ?? 0) & wordFlags.elongated) !== 0;
  const from = scan.letterAt(word) + (elongated ? scan.letterCount(word) : 0);
  const { beginnings } = scan;
  let lengths = stemLengthsOf(tables, scan, from, scan.shortCount(word));
  while (lengths !== 0) {
    const length = 31 - Math.clz32(lengths & -lengths);
    lengths &= lengths - 1;
    if (tables.values[tables.stems.get(beginnings[from + length - 1] ?? 0)] !== 0) return true;
  }
  return false;
}

const knownInts = 5;
/** Bit of every word, whatever follows it, in `answers`; in `asks`: a phrase may begin here whatever follows. */
const anyFollower = 1 << 31;
/** The word is more than one symbol: it has stems, or is a number. The other bits stand for symbols (`followerBit`). */
export const manySymbols = 1 << 30;

/** Of many symbols each: what does not share a bit is not the same. */
function followerBit(symbol: number): number {
  return 1 << (symbol % 30);
}

/** By node, the bits of the symbols that lead on from it. */
export function followersOf({ edges, nodeValues }: WordTables): Int32Array {
  const followers = new Int32Array(nodeValues.length);
  const { keys } = edges;
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? 0;
    if (key !== 0) followers[key >>> 16] = (followers[key >>> 16] ?? 0) | followerBit(key & 0xffff);
  }
  return followers;
}

/** Tells of most pairs of node and symbol at once that no edge leads on from them: a bit for each that does, and eight times as many bits as edges. */
export class EdgeFilter {
  private readonly bits: Int32Array;
  private readonly unused: number;

  constructor({ edges }: WordTables) {
    this.bits = new Int32Array(Math.ceil(edges.keys.length / 8));
    this.unused = Math.clz32(edges.keys.length * 4) + 1;
    const { bits } = this;
    const { keys } = edges;
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at] ?? 0;
      if (key === 0) continue;
      const bit = this.bitOf(key);
      bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << bit);
    }
  }

  mayHold(key: number): boolean {
    const bit = this.bitOf(key);
    return (((this.bits[bit >>> 5] ?? 0) >>> bit) & 1) !== 0;
  }

  private bitOf(key: number): number {
    return Math.imul(key, 0x9e3779b1) >>> this.unused;
  }
}

/** The words of the last text that was read, as symbols of one set of tables. */
export class WordSymbols {
  /** Symbol of the word as a whole, by word; 0: none. */
  exact = new Uint16Array(257);
  /** Its stems are `stems[stemsFrom[word]]` to `stems[stemsFrom[word + 1]]`, the longest last. */
  stemsFrom = new Int32Array(257);
  stems = new Uint16Array(256);
  /** Value of the word by itself. */
  value = new Uint16Array(257);
  /** Bits of what must follow for a phrase to begin with the word; 0: none begins with it. And the word's own bits, as one that follows; behind the last word stands one of no symbol. */
  asks = new Int32Array(257);
  answers = new Int32Array(257);
  private used = 0;
  /** By slot of the scan: symbol, and value in the upper half; number of stems above a bit that says that it was looked up; the stems; `asks`; `answers`. */
  private known: Int32Array | undefined;
  private followers: Int32Array | undefined;

  /** Always with the same scan and the same tables. */
  read(scan: TextScan, tables: WordTables): void {
    this.makeRoom(scan.words);
    const known = (this.known ??= scan.slotTable(knownInts));
    const { words, slot: slots } = scan;
    const { stemsFrom, exact, value, asks, answers } = this;
    let used = 0;
    for (let word = 0; word < words; word += 1) {
      stemsFrom[word] = used;
      const at = (slots[word] ?? noSlot) * knownInts;
      const further = known[at + 1] ?? 0;
      if (further === 0) {
        this.used = used;
        this.lookUp(scan, tables, word, known);
        ({ used } = this);
        continue;
      }
      const symbols = known[at] ?? 0;
      exact[word] = symbols;
      value[word] = symbols >>> 16;
      asks[word] = known[at + 3] ?? 0;
      answers[word] = known[at + 4] ?? 0;
      if (further === 1) continue;
      if (used + 2 > this.stems.length) this.growStems();
      const both = known[at + 2] ?? 0;
      this.stems[used] = both;
      this.stems[used + 1] = both >>> 16;
      used += further >>> 1;
    }
    stemsFrom[words] = used;
    answers[words] = anyFollower;
  }

  private lookUp(scan: TextScan, tables: WordTables, word: number, known: Int32Array): void {
    const from = this.used;
    const letterAt = scan.letterAt(word);
    const count = scan.letterCount(word);
    const isKnown = this.look(scan, tables, word, scan.hash[word] ?? 0, letterAt, count);
    if (!isKnown && ((scan.flags[word] ?? 0) & wordFlags.elongated) !== 0) {
      this.used = from;
      this.look(scan, tables, word, scan.shortHashOf(word), letterAt + count, scan.shortCount(word));
    }
    const slot = scan.slot[word] ?? noSlot;
    const stems = this.used - from;
    if (slot === noSlot || stems > 2) return;
    const at = slot * knownInts;
    known[at] = (this.exact[word] ?? 0) | ((this.value[word] ?? 0) << 16);
    known[at + 1] = 1 | (stems << 1);
    known[at + 2] = stems === 0 ? 0 : (this.stems[from] ?? 0) | (stems === 2 ? (this.stems[from + 1] ?? 0) << 16 : 0);
    known[at + 3] = this.asks[word] ?? 0;
    known[at + 4] = this.answers[word] ?? 0;
  }

  /** Answers whether the tables know the word in this form. */
  private look(scan: ScannedText, tables: WordTables, word: number, hash: number, letterAt: number, count: number): boolean {
    const symbol = tables.words.get(hash);
    const { values, roots } = tables;
    const isNumber = ((scan.flags[word] ?? 0) & wordFlags.number) !== 0 || tables.numbers[symbol] === 1;
    let value = values[symbol] ?? 0;
    let asks = this.asksOf(tables, roots[symbol] ?? 0) | (isNumber ? this.asksOf(tables, roots[numberSymbol] ?? 0) : 0);
    const from = this.used;
    let answers = anyFollower | (symbol === 0 ? 0 : followerBit(symbol)) | (isNumber ? followerBit(numberSymbol) : 0);
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
      asks |= this.asksOf(tables, roots[stem] ?? 0);
      answers |= followerBit(stem);
      longest = values[stem] || longest;
    }
    if (value === 0) value = longest;
    const many = isNumber || this.used > from ? manySymbols : 0;
    this.exact[word] = symbol;
    this.value[word] = value;
    this.asks[word] = asks === 0 ? 0 : asks | many;
    this.answers[word] = answers | many;
    return symbol !== 0 || value !== 0;
  }

  /** What may follow a word that leads to this node. */
  private asksOf(tables: WordTables, root: number): number {
    if (root === 0) return 0;
    const { nodeValues, gaps } = tables;
    this.followers ??= followersOf(tables);
    return (this.followers[root] ?? 0) | (nodeValues[root] !== 0 || gaps[root] !== 0 ? anyFollower : 0);
  }

  private makeRoom(words: number): void {
    if (words < this.exact.length && !(this.exact.length > 1 << 14 && words < 1 << 12)) return;
    const size = Math.max(256, words) + 1;
    this.exact = new Uint16Array(size);
    this.stemsFrom = new Int32Array(size);
    this.stems = new Uint16Array(size);
    this.value = new Uint16Array(size);
    this.asks = new Int32Array(size);
    this.answers = new Int32Array(size);
  }

  private growStems(): void {
    this.stems = resized(this.stems, new Uint16Array(this.stems.length * 2));
  }
}
