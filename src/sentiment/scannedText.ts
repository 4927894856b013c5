import { resized } from './resized';
import { wordFlags } from './wordFlags';
import { longestKept, memoFacts, memoFields, memoSlots, noSlot, slotInts, WordMemo } from './wordMemo';

/** Words that there is room for at first. */
export const smallest = 256;
/** Letters beyond ASCII that are kept for the language. */
export const marksKept = 512;

/**
 * A text as words and signs with their places; a word is a hash of its folded letters, so that no string is made for it. Folded: small letters, no accents, no invisible
 * characters; letters repeated three times or more are kept twice. The arrays grow with the text and belong to one scan after the other.
 */
export abstract class ScannedText {
  text = '';
  /** UTF-16 units of the text. */
  length = 0;
  /** False: words were taken out since the text was read (`leaveOut`). */
  isWhole = true;
  words = 0;
  /** UTF-16 offsets in the text, by word. */
  start = new Int32Array(smallest);
  end = new Int32Array(smallest);
  /** Of the folded letters. */
  hash = new Int32Array(smallest);
  flags = new Uint8Array(smallest);
  /** Slot of the word in the memo, by which more can be kept of it; `noSlot`: it has none. */
  slot = new Int32Array(smallest);
  /** Every flag that some word has. */
  anyFlags = 0;
  /** Folded letters of the words of the memo, by slot, and behind them those of the text; the letters of a word's short form follow if it is elongated. */
  letters: Uint16Array;
  /** Hash of a word's letters up to this one, by place in `letters`. */
  beginnings: Int32Array;
  signs = 0;
  signStart = new Int32Array(smallest);
  signEnd = new Int32Array(smallest);
  /** Code point of an emoji (without skin tone and variation selectors); for an emoticon minus its number in `emoticonList`, less one. */
  sign = new Int32Array(smallest);
  /** Letters of scripts other than the Latin one, and of the Latin one. */
  otherLetters = 0;
  latinLetters = 0;
  /** Letters and marks beyond ASCII, as written, in the order of the text; the first few hundred. */
  readonly far = new Uint16Array(marksKept);
  farCount = 0;
  /** A combining mark stands in the text. */
  combining = false;
  exclaims = 0;
  asks = 0;
  /** `¿`. */
  opensQuestion = 0;
  dots = 0;
  handles = 0;
  addresses = 0;
  /** Words that begin with a capital and go on in small letters. */
  titles = 0;
  commas = 0;
  quotes = 0;
  brackets = 0;
  tags = 0;
  startsWithHandle = false;
  protected readonly memo: WordMemo | undefined;
  /** Where the letters of the text begin in `letters`. */
  protected readonly lettersFrom: number;
  /** Of words without a slot, what is asked for by the methods below. */
  protected ownShortHash = new Int32Array(smallest);
  protected ownLetterAt = new Int32Array(smallest);
  protected ownLetterCount = new Uint8Array(smallest);
  protected ownShortCount = new Uint8Array(smallest);

  constructor(remembers: boolean) {
    this.memo = remembers ? new WordMemo() : undefined;
    this.lettersFrom = remembers ? memoSlots * longestKept : 0;
    this.letters = new Uint16Array(this.lettersFrom + smallest * 8);
    this.beginnings = new Int32Array(this.lettersFrom + smallest * 8);
  }

  /** Room for so many integers by slot (see `WordMemo.table`); without a memo there is but the slot of words that have none. */
  slotTable(ints: number): Int32Array {
    return this.memo?.table(ints) ?? new Int32Array(ints);
  }

  /** Of a word's letters with repeated ones kept once ("pesimooo": "pesimo", where `hash` is of "pesimoo"); the same unless the word is elongated. */
  shortHashOf(word: number): number {
    const record = this.recordOf(word);
    return record === 0 ? (this.ownShortHash[word] ?? 0) : (this.memo?.records[record + memoFields.shortHash] ?? 0);
  }

  /** Where a word's folded letters begin in `letters`. */
  letterAt(word: number): number {
    const slot = this.slot[word] ?? noSlot;
    return slot === noSlot ? (this.ownLetterAt[word] ?? 0) : slot * longestKept;
  }

  letterCount(word: number): number {
    const record = this.recordOf(word);
    return record === 0 ? (this.ownLetterCount[word] ?? 0) : ((this.memo?.records[record + memoFields.facts] ?? 0) >>> memoFacts.letters) & memoFacts.letterMask;
  }

  /** Letters of the short form; it follows in `letters` if the word is elongated. */
  shortCount(word: number): number {
    const record = this.recordOf(word);
    return record === 0 ? (this.ownShortCount[word] ?? 0) : ((this.memo?.records[record + memoFields.facts] ?? 0) >>> memoFacts.shortLetters) & memoFacts.letterMask;
  }

  /** A word's folded letters. */
  form(word: number): string {
    return this.spell(this.letterAt(word), this.letterCount(word));
  }

  /** With repeated letters kept once. */
  shortForm(word: number): string {
    const at = this.letterAt(word);
    const count = this.letterCount(word);
    return ((this.flags[word] ?? 0) & wordFlags.elongated) === 0 ? this.spell(at, count) : this.spell(at + count, this.shortCount(word));
  }

  /** Place of a word's record in the memo; 0: it has none. */
  protected recordOf(word: number): number {
    return (this.slot[word] ?? noSlot) * slotInts;
  }

  /** Takes out the words from `from` to the one before `to`. */
  dropWords(from: number, to: number): void {
    const { words, start, end, hash, flags, slot, ownShortHash, ownLetterAt, ownLetterCount, ownShortCount } = this;
    let at = from;
    // Mostly few, and none without a slot.
    for (let word = to; word < words; word += 1) {
      start[at] = start[word] ?? 0;
      end[at] = end[word] ?? 0;
      hash[at] = hash[word] ?? 0;
      flags[at] = flags[word] ?? 0;
      slot[at] = slot[word] ?? noSlot;
      if (slot[at] === noSlot) {
        ownShortHash[at] = ownShortHash[word] ?? 0;
        ownLetterAt[at] = ownLetterAt[word] ?? 0;
        ownLetterCount[at] = ownLetterCount[word] ?? 0;
        ownShortCount[at] = ownShortCount[word] ?? 0;
      }
      at += 1;
    }
    this.words = at;
  }

  protected spell(at: number, count: number): string {
    let spelt = '';
    for (let index = at; index < at + count; index += 1) spelt += String.fromCharCode(this.letters[index] ?? 0);
    return spelt;
  }

  protected resizeWords(size: number): void {
    this.start = resized(this.start, new Int32Array(size));
    this.end = resized(this.end, new Int32Array(size));
    this.hash = resized(this.hash, new Int32Array(size));
    this.flags = resized(this.flags, new Uint8Array(size));
    this.slot = resized(this.slot, new Int32Array(size));
    this.ownShortHash = resized(this.ownShortHash, new Int32Array(size));
    this.ownLetterAt = resized(this.ownLetterAt, new Int32Array(size));
    this.ownLetterCount = resized(this.ownLetterCount, new Uint8Array(size));
    this.ownShortCount = resized(this.ownShortCount, new Uint8Array(size));
  }

  protected resizeSigns(size: number): void {
    this.signStart = resized(this.signStart, new Int32Array(size));
    this.signEnd = resized(this.signEnd, new Int32Array(size));
    this.sign = resized(this.sign, new Int32Array(size));
  }

  protected resizeLetters(size: number): void {
    this.letters = resized(this.letters, new Uint16Array(size));
    this.beginnings = resized(this.beginnings, new Int32Array(size));
  }
}
