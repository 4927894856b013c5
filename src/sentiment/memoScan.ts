import { endsWord, isDigit, kindOf, nearEnd, UnitKind, unitKinds } from './characters';
import { marksKept } from './scannedText';
import { TextUnits } from './textUnits';
import { wordFlags } from './wordFlags';
import { longestKept, memoFacts, memoFields, noSlot, slotInts, type WordMemo } from './wordMemo';
import { WordScan } from './wordScan';

const tagSign = 0x23;
const underscore = 0x5f;
const stop = 0x2e;
const exclamation = 0x21;
/** Letters of a word that make up the first two integers of its record. */
const lastLetters = 8;
/** Words that are addresses, or the beginning of one, depending on what follows: not known by themselves. */
const addressBeginning = /^(?:https?|www)$/i;

/** The part of a scan that knows words again. */
export abstract class MemoScan extends WordScan {
  /** The text as UTF-16 units; only where there is a memo. */
  protected readonly written = new TextUnits();
  protected units: Uint16Array = this.written.units;
  /** Index of the first word of the sentence that is being read. */
  protected sentence = 0;

  /** Reads words that are known, and what mostly stands between them, as far as they go: most of a text. Everything is at hand in local names, as nothing else is done as often. */
  protected readKnownWords(memo: WordMemo): void {
    const { units, start, end, hash, flags, slot } = this;
    const { records } = memo;
    // A name of the module is looked up and checked at each use.
    const kindsOf = unitKinds;
    const room = start.length;
    let { at, words, pause, latinLetters, anyFlags, titles, sentence } = this;
    if (at > 0 && units[at - 1] === tagSign) return;
    for (;;) {
      let code = units[at] ?? 0;
      let kind = kindsOf[code] ?? 0;
      if (kind === UnitKind.space) {
        at += 1;
        code = units[at] ?? 0;
        kind = kindsOf[code] ?? 0;
      }
      if (kind === UnitKind.letter) {
        if (words === room) break;
        let to = at;
        let last = 0;
        let third = 0;
        do {
          third = (third << 8) | (last >>> 24);
          last = (last << 8) | code;
          to += 1;
          code = units[to] ?? 0;
          kind = kindsOf[code] ?? 0;
        } while (kind === UnitKind.letter);
        if (kind === UnitKind.other && !this.endsBefore(code, to)) break;
        let second = 0;
        let first = 0;
        if (to - at > lastLetters) {
          if (to - at > longestKept) break;
          for (let each = at; each < to - lastLetters; each += 1) {
            first = (first << 8) | (second >>> 24);
            second = (second << 8) | (units[each] ?? 0);
          }
        }
        const found = memo.find(last, third, second, first);
        if (found === noSlot) break;
        const record = found * slotInts;
        const facts = records[record + memoFields.facts] ?? 0;
        const bits = (facts >>> memoFacts.flags) | pause;
        start[words] = at;
        end[words] = to;
        slot[words] = found;
        hash[words] = records[record + memoFields.hash] ?? 0;
        flags[words] = bits;
        words += 1;
        anyFlags |= bits;
        pause = 0;
        latinLetters += facts & memoFacts.latin;
        if ((facts & (memoFacts.title | memoFacts.far)) !== 0) {
          if ((facts & memoFacts.title) !== 0) titles += 1;
          if ((facts & memoFacts.far) !== 0) this.noteFarOf(at, to);
        }
        at = to;
      } else if (kind === UnitKind.comma) {
        this.commas += 1;
        if (pause === 0) pause = wordFlags.afterComma;
        at += 1;
      } else if (kind === UnitKind.stop) {
        if (code === stop) {
          const next = units[at + 1] ?? 0;
          // An emoticon, or the point of a number.
          if (next === underscore || isDigit(next)) break;
          if (next === stop) this.dots += 1;
        } else if (code === exclamation) this.exclaims += 1;
        sentence = words;
        pause = wordFlags.afterSentence;
        at += 1;
      } else if (kind === UnitKind.space) at += 1;
      else break;
    }
    this.at = at;
    this.words = words;
    this.pause = pause;
    this.latinLetters = latinLetters;
    this.anyFlags = anyFlags;
    this.titles = titles;
    this.sentence = sentence;
  }

  /** Of a word in the memo: whether it begins with a capital and goes on in small letters. */
  isTitle(word: number): boolean {
    return ((this.memo?.records[this.recordOf(word) + memoFields.facts] ?? 0) & memoFacts.title) !== 0;
  }

  /** Whether a character that is no `unitKinds` of its own ends a word for sure. */
  private endsBefore(code: number, at: number): boolean {
    return code >= nearEnd && endsWord(kindOf(this.text.codePointAt(at) ?? 0));
  }

  private noteFarOf(start: number, end: number): void {
    const { units } = this;
    for (let at = start; at < end && this.farCount < marksKept; at += 1) {
      const code = units[at] ?? 0;
      if (code < 0x80) continue;
      this.far[this.farCount] = code;
      this.farCount += 1;
    }
  }

  /** Reads the next word, which was not known, and keeps it if it is one of plain letters and digits that is no part of an address. */
  protected readNewWord(memo: WordMemo): void {
    const { units, at: start, words, latinLetters, titles, pause } = this;
    let to = start;
    let far = 0;
    for (let code = units[to] ?? 0; unitKinds[code] === UnitKind.letter; code = units[to] ?? 0) {
      if (code >= 0x80) far = memoFacts.far;
      to += 1;
    }
    const count = to - start;
    if (!this.readNearWord(units[start] ?? 0)) this.readWordOrAddress();
    const letterAt = this.ownLetterAt[words] ?? 0;
    const room = this.lettersUsed - letterAt;
    if (this.words !== words + 1 || this.end[words] !== to || this.at !== to || count > longestKept || room > longestKept) return;
    const flags = (this.flags[words] ?? 0) & ~pause;
    const code = units[to] ?? 0;
    if ((flags & wordFlags.tag) !== 0 || (unitKinds[code] === UnitKind.other && !this.endsBefore(code, to)) || addressBeginning.test(this.text.slice(start, to))) return;
    const letterCount = this.letterCount(words);
    const shortCount = this.shortCount(words);
    const counts = (this.latinLetters - latinLetters) | (this.titles > titles ? memoFacts.title : 0) | far;
    const slot = memo.keep(this.packed(to - 4, start), this.packed(to - 8, start), this.packed(to - 12, start), this.packed(to - 16, start), { letterCount, shortCount, flags, hash: this.hash[words] ?? 0, shortHash: this.shortHashOf(words), counts });
    if (slot === noSlot) return;
    this.letters.copyWithin(slot * longestKept, letterAt, letterAt + room);
    this.beginnings.copyWithin(slot * longestKept, letterAt, letterAt + room);
    this.slot[words] = slot;
  }

  /** The four letters from a place on, of which those before `start` do not count, a byte each. */
  private packed(from: number, start: number): number {
    let packed = 0;
    for (let at = Math.max(from, start); at < from + 4; at += 1) packed = (packed << 8) | (this.units[at] ?? 0);
    return packed;
  }
}
