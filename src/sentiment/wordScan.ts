import { backslash, endsWord, foldedCode, isWordKind, kindOf, kinds, near, nearBits, nearEnd } from './characters';
import { fold } from './fold';
import { hashPrime, hashStart, hashStep } from './hash';
import { marksKept, ScannedText, smallest } from './scannedText';
import { TextUnits } from './textUnits';
import { wordFlags } from './wordFlags';
import { longestKept, memoCounts, memoFields, memoSlots, noSlot, slotInts, WordMemo } from './wordMemo';
import { contractedWill, elided, laugh, laughHash, laughLetters } from './wordShapes';

/** Longer words are cut for the look-up: no entry is longer. */
const longestForm = 40;
export const space = 0x20;
const tagSign = 0x23;
const escapedApostrophe = '\\u2019';
const escapeLength = 6;
/** Words that are addresses, or the beginning of one, depending on what follows: not known by themselves. */
const addressBeginning = /^(?:https?|www)$/i;

/** The part of a scan that reads words. */
export abstract class WordScan extends ScannedText {
  /** Slots of the memo; 0: without one. */
  readonly slots: number;
  protected readonly memo: WordMemo | undefined;
  /** The text as UTF-16 units; only where there is a memo. */
  protected readonly written = new TextUnits();
  protected units: Uint16Array = this.written.units;
  /** The folded letters of known words stand in `letters` before those of the text. */
  protected readonly lettersFrom: number;
  protected lettersUsed = 0;
  protected at = 0;
  protected pause = 0;
  /** Which letters of the form are dropped in the short one. */
  private readonly dropped = new Uint8Array(longestForm + 1);

  /** `remembers`: it keeps words that were read before, in two megabytes. */
  constructor({ remembers = false }: { readonly remembers?: boolean } = {}) {
    super();
    this.memo = remembers ? new WordMemo(this.written) : undefined;
    this.slots = remembers ? memoSlots : 0;
    this.lettersFrom = this.slots * longestKept;
    if (remembers) this.resizeLetters(this.lettersFrom + smallest * 8);
  }

  /** Reads words that are known, and the spaces between them, as far as they go: most of a text. Everything is at hand in local names, as nothing else is done as often. */
  protected readKnownWords(memo: WordMemo): void {
    const { units, start, end, hash, shortHash, flags, slot, number, letterAt, letterCount, shortCount } = this;
    const { records } = memo;
    // A name of the module is looked up and checked at each use.
    const entries = near;
    const room = start.length;
    let { at, words, pause, latinLetters, anyFlags } = this;
    for (;;) {
      let code = units[at] ?? 0;
      if (code === space) {
        at += 1;
        continue;
      }
      let entry = code < nearEnd ? (entries[code] ?? 0) : 0;
      if ((entry & nearBits.run) === 0 || words === room) break;
      let to = at;
      let key = hashStart;
      do {
        key = Math.imul(key ^ code, hashPrime);
        to += 1;
        code = units[to] ?? 0;
        entry = code < nearEnd ? (entries[code] ?? 0) : 0;
      } while ((entry & nearBits.run) !== 0);
      if ((entry & nearBits.ends) === 0 && !this.endsBefore(code, to)) break;
      if (to - at > longestKept || (at > 0 && units[at - 1] === tagSign)) break;
      const found = memo.find(key, at, to - at);
      if (found === noSlot) break;
      const record = found * slotInts;
      const sizes = records[record + memoFields.sizes] ?? 0;
      const counts = records[record + memoFields.counts] ?? 0;
      const bits = (sizes >>> 24) | pause;
      start[words] = at;
      end[words] = to;
      hash[words] = records[record + memoFields.hash] ?? 0;
      shortHash[words] = records[record + memoFields.shortHash] ?? 0;
      flags[words] = bits;
      slot[words] = found;
      number[words] = records[record + memoFields.number] ?? 0;
      letterAt[words] = found * longestKept;
      letterCount[words] = sizes >>> 8;
      shortCount[words] = sizes >>> 16;
      words += 1;
      anyFlags |= bits;
      pause = 0;
      latinLetters += counts & memoCounts.latin;
      if (counts > memoCounts.latin) {
        if ((counts & memoCounts.title) !== 0) this.titles += 1;
        if ((counts & memoCounts.far) !== 0) this.noteFarOf(at, to);
      }
      at = to;
    }
    this.at = at;
    this.words = words;
    this.pause = pause;
    this.latinLetters = latinLetters;
    this.anyFlags = anyFlags;
  }

  /** Of a word in the memo: whether it begins with a capital and goes on in small letters. */
  isTitle(word: number): boolean {
    return ((this.memo?.records[(this.slot[word] ?? 0) * slotInts + memoFields.counts] ?? 0) & memoCounts.title) !== 0;
  }

  /** Whether a character beyond those of `near` ends a word for sure. */
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
    let key = hashStart;
    let far = 0;
    for (let code = units[to] ?? 0; code < nearEnd && ((near[code] ?? 0) & nearBits.run) !== 0; code = units[to] ?? 0) {
      key = Math.imul(key ^ code, hashPrime);
      if (code >= 0x80) far = memoCounts.far;
      to += 1;
    }
    const count = to - start;
    if (!this.readNearWord(units[start] ?? 0)) this.readWordOrAddress();
    const letterAt = this.letterAt[words] ?? 0;
    const room = this.lettersUsed - letterAt;
    if (this.words !== words + 1 || this.end[words] !== to || this.at !== to || count > longestKept || room > longestKept) return;
    const flags = (this.flags[words] ?? 0) & ~pause;
    const code = units[to] ?? 0;
    if ((flags & wordFlags.tag) !== 0 || !(code < nearEnd ? ((near[code] ?? 0) & nearBits.ends) !== 0 : this.endsBefore(code, to)) || addressBeginning.test(this.text.slice(start, to))) return;
    const letterCount = this.letterCount[words] ?? 0;
    const shortCount = this.shortCount[words] ?? 0;
    const counts = (this.latinLetters - latinLetters) | (this.titles > titles ? memoCounts.title : 0) | far;
    const slot = memo.keep(key, start, count, { letterCount, shortCount, flags, hash: this.hash[words] ?? 0, shortHash: this.shortHash[words] ?? 0, counts });
    if (slot === noSlot) return;
    this.letters.copyWithin(slot * longestKept, letterAt, letterAt + room);
    this.beginnings.copyWithin(slot * longestKept, letterAt, letterAt + room);
    this.slot[words] = slot;
    this.number[words] = memo.records[slot * slotInts + memoFields.number] ?? 0;
  }

  private skipToSpace(): void {
    const { text } = this;
    this.addresses += 1;
    while (this.at < text.length && kindOf(text.charCodeAt(this.at)) !== kinds.space && text.charCodeAt(this.at) !== 0x0a) this.at += 1;
  }

  protected readWordOrAddress(): void {
    const { text, at } = this;
    const first = text.charCodeAt(at) | 0x20;
    const second = text.charCodeAt(at + 1) | 0x20;
    if (((first === 0x68 && second === 0x74) || (first === 0x77 && second === 0x77)) && /^(?:https?(?::\/\/|\s|$)|www\.)/i.test(text.slice(at, at + 8))) this.skipToSpace();
    else {
      let tag = at > 0 && text.charCodeAt(at - 1) === 0x23;
      if (tag) this.tags += 1;
      while (tag) tag = this.readWord(true);
      if (this.at === at) this.readWord(false);
    }
  }

  /**
   * The same as `readWord` for what nearly every word is: plain letters up to a sign that ends it, none of them three times in a row. False: this is another kind of word,
   * and nothing was read.
   */
  protected readNearWord(first: number): boolean {
    const { text, at: start } = this;
    const { length } = text;
    const small = first | 0x20;
    // Addresses ("http", "www") and tags.
    if ((small === 0x68 && (text.charCodeAt(start + 1) | 0x20) === 0x74) || (small === 0x77 && (text.charCodeAt(start + 1) | 0x20) === 0x77)) return false;
    if (start > 0 && text.charCodeAt(start - 1) === tagSign) return false;
    const letterAt = this.lettersUsed;
    if (letterAt + 2 * longestForm + 2 > this.letters.length) this.resizeLetters(this.letters.length * 2);
    const { letters, beginnings, far } = this;
    let farUsed = this.farCount;
    let at = start;
    let place = letterAt;
    let hash = hashStart;
    let last = 0;
    let before = 0;
    let capitals = 0;
    for (; at < length; at += 1) {
      const code = text.charCodeAt(at);
      if (code >= nearEnd) {
        // Half of a pair tells nothing by itself.
        if ((code >= 0xd800 && code <= 0xdfff) || !endsWord(kindOf(code))) return false;
        break;
      }
      const entry = near[code] ?? 0;
      const letter = entry & nearBits.letter;
      if (letter === 0) {
        if ((entry & nearBits.ends) === 0) return false;
        break;
      }
      if ((letter === last && letter === before) || at - start === longestForm) return false;
      before = last;
      last = letter;
      if ((entry & nearBits.capital) !== 0) capitals += 1;
      if (code >= 0x80) {
        if (farUsed === marksKept) return false;
        far[farUsed] = code;
        farUsed += 1;
      }
      letters[place] = letter;
      hash = Math.imul(hash ^ letter, hashPrime);
      beginnings[place] = hash;
      place += 1;
    }
    const count = at - start;
    this.at = at;
    this.farCount = farUsed;
    this.latinLetters += count;
    if (capitals === 1 && count > 1) this.titles += 1;
    this.addWord(start, at, letterAt, count, hash, false, capitals >= 3 && capitals === count ? wordFlags.capitals : 0);
    return true;
  }

  /** Answers whether a tag was left at a capital within it ("#ServicioMalo"). */
  private readWord(tag: boolean): boolean {
    const { text } = this;
    const start = this.at;
    const length = text.length;
    const letterAt = this.lettersUsed;
    if (letterAt + 2 * longestForm + 2 > this.letters.length) this.resizeLetters(this.letters.length * 2);
    const { letters, beginnings, dropped } = this;
    let at = start;
    let end = start;
    let count = 0;
    let hash = hashStart;
    let last = 0;
    let run = 0;
    let upper = 0;
    let lower = 0;
    let digits = 0;
    let elongated = false;
    let lastWasLower = false;
    let broken = false;
    let latin = 0;
    let wide = '';
    let wideAt = 0;
    for (;;) {
      let letter: number;
      if (wideAt < wide.length) {
        letter = wide.charCodeAt(wideAt);
        wideAt += 1;
      } else {
        if (at >= length) break;
        let code = text.charCodeAt(at);
        if (code >= 0xd800 && code <= 0xdbff) code = text.codePointAt(at) ?? code;
        const kind = code >= 0x61 && code <= 0x7a ? kinds.small : kindOf(code);
        if (kind === kinds.small || kind === kinds.capital) {
          if (kind === kinds.small) {
            lower += 1;
            lastWasLower = digits === 0;
          } else {
            if (tag && lastWasLower) {
              broken = true;
              break;
            }
            upper += 1;
            lastWasLower = false;
          }
          at += 1;
          end = at;
          letter = foldedCode(code);
          if (code >= 0x80) this.noteFar(code);
          else latin += 1;
        } else if (kind === kinds.digit) {
          at += 1;
          end = at;
          lower += 1;
          digits += 1;
          lastWasLower = false;
          letter = code;
        } else if (kind === kinds.invisible) {
          at += 1;
          continue;
        } else if (kind === kinds.mark) {
          at += code > 0xffff ? 2 : 1;
          end = at;
          if (code >= 0x300 && code < 0x370) this.combining = true;
          continue;
        } else if (kind === kinds.wide) {
          at += code > 0xffff ? 2 : 1;
          end = at;
          lower += 1;
          this.noteFar(code);
          wide = fold(code);
          wideAt = 0;
          continue;
        } else if (kind === kinds.apostrophe && end > start && at + 1 < length && isWordKind(kindOf(text.codePointAt(at + 1) ?? 0))) {
          at += 1;
          if ((count <= 7 && elided.has(this.spell(letterAt, count))) || contractedWill.test(text.slice(at, at + 3))) break;
          continue;
        } else if (code === backslash && end > start && text.startsWith(escapedApostrophe, at) && isWordKind(kindOf(text.codePointAt(at + escapeLength) ?? 0))) {
          at += escapeLength;
          if (count <= 7 && elided.has(this.spell(letterAt, count))) break;
          continue;
        } else break;
      }
      run = letter === last ? run + 1 : 1;
      last = letter;
      if (run === 3 && (letter < 0x30 || letter > 0x39)) {
        if (!elongated) dropped.fill(0);
        elongated = true;
        dropped[count - 1] = 1;
      }
      if (run <= 2 && count < longestForm) {
        letters[letterAt + count] = letter;
        hash = hashStep(hash, letter);
        beginnings[letterAt + count] = hash;
        count += 1;
      }
    }
    this.latinLetters += latin;
    this.at = at;
    if (upper === 1 && lower > 0) this.titles += 1;
    if (count > 0) this.addWord(start, end, letterAt, count, hash, elongated, (elongated ? wordFlags.elongated : 0) | (upper >= 3 && lower === 0 ? wordFlags.capitals : 0)
      | (digits > 0 && digits === count ? wordFlags.number : 0) | (tag ? wordFlags.tag : 0));
    return broken;
  }

  private addWord(start: number, end: number, letterAt: number, count: number, formHash: number, elongated: boolean, flags: number): void {
    if (this.words === this.start.length) this.resizeWords(this.words * 2);
    const { words, letters, beginnings } = this;
    let used = letterAt + count;
    let hash = formHash;
    let shortHash = formHash;
    let shortCount = count;
    let bits = flags | this.pause;
    if (elongated) {
      shortHash = hashStart;
      shortCount = 0;
      for (let index = 0; index < count; index += 1) {
        if (this.dropped[index] === 1) continue;
        const letter = letters[letterAt + index] ?? 0;
        shortHash = hashStep(shortHash, letter);
        letters[used] = letter;
        beginnings[used] = shortHash;
        used += 1;
        shortCount += 1;
      }
    }
    if (count > 3 && this.mayLaugh(letterAt, count) && laugh.test(this.spell(letterAt, count))) {
      hash = shortHash = laughHash;
      bits |= wordFlags.laugh;
    }
    this.start[words] = start;
    this.end[words] = end;
    this.hash[words] = hash;
    this.shortHash[words] = shortHash;
    this.flags[words] = bits;
    this.slot[words] = noSlot;
    this.letterAt[words] = letterAt;
    this.letterCount[words] = count;
    this.shortCount[words] = shortCount;
    this.lettersUsed = used;
    this.words = words + 1;
    this.anyFlags |= bits;
    this.pause = 0;
  }

  private mayLaugh(letterAt: number, count: number): boolean {
    const { letters } = this;
    for (let index = letterAt; index < letterAt + count; index += 1) {
      const letter = (letters[index] ?? 0) - 97;
      if (letter < 0 || letter >= 26 || ((laughLetters >>> letter) & 1) === 0) return false;
    }
    return true;
  }

  /** A letter beyond ASCII. */
  private noteFar(code: number): void {
    if (code < 0x250 || (code >= 0x1e00 && code < 0x1f00)) this.latinLetters += 1;
    else this.otherLetters += 1;
    if (this.farCount < marksKept && code <= 0xffff) {
      this.far[this.farCount] = code;
      this.farCount += 1;
    }
  }
}
