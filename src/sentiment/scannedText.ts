import { resized } from './resized';
import { wordFlags } from './wordFlags';
import { noSlot } from './wordMemo';

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
  /** Of the folded letters, and of those with repeated letters kept once ("pesimooo": "pesimoo" and "pesimo"); the same unless the word is elongated. */
  hash = new Int32Array(smallest);
  shortHash = new Int32Array(smallest);
  flags = new Uint8Array(smallest);
  /** Slot and number of the word in the memo, by which more can be kept of it; `noSlot`: it has none. */
  slot = new Int32Array(smallest).fill(noSlot);
  number = new Int32Array(smallest);
  /** Every flag that some word has. */
  anyFlags = 0;
  /** Place and number of a word's folded letters in `letters`; the letters of its short form follow if it is elongated. */
  letterAt = new Int32Array(smallest);
  letterCount = new Uint8Array(smallest);
  shortCount = new Uint8Array(smallest);
  letters = new Uint16Array(smallest * 8);
  /** Hash of a word's letters up to this one, by place in `letters`. */
  beginnings = new Int32Array(smallest * 8);
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

  /** A word's folded letters. */
  form(word: number): string {
    const at = this.letterAt[word] ?? 0;
    return this.spell(at, this.letterCount[word] ?? 0);
  }

  /** With repeated letters kept once. */
  shortForm(word: number): string {
    const at = this.letterAt[word] ?? 0;
    const count = this.letterCount[word] ?? 0;
    return ((this.flags[word] ?? 0) & wordFlags.elongated) === 0 ? this.spell(at, count) : this.spell(at + count, this.shortCount[word] ?? 0);
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
    this.shortHash = resized(this.shortHash, new Int32Array(size));
    this.flags = resized(this.flags, new Uint8Array(size));
    this.slot = resized(this.slot, new Int32Array(size));
    this.number = resized(this.number, new Int32Array(size));
    this.letterAt = resized(this.letterAt, new Int32Array(size));
    this.letterCount = resized(this.letterCount, new Uint8Array(size));
    this.shortCount = resized(this.shortCount, new Uint8Array(size));
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
