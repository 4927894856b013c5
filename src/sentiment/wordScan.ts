import { backslash, endsWord, foldedCode, isWordKind, kindOf, kinds, near, nearBits, nearEnd } from './characters';
import { fold } from './fold';
import { hashPrime, hashStart, hashStep } from './hash';
import { marksKept, ScannedText } from './scannedText';
import { wordFlags } from './wordFlags';
import { noSlot } from './wordMemo';
import { contractedWill, elided, laugh, laughHash, laughLetters } from './wordShapes';

/** Longer words are cut for the look-up: no entry is longer. */
const longestForm = 40;
const tagSign = 0x23;
const escapedApostrophe = '\\u2019';
const escapeLength = 6;

/** The part of a scan that reads words. */
export abstract class WordScan extends ScannedText {
  protected lettersUsed = 0;
  protected at = 0;
  protected pause = 0;
  /** Which letters of the form are dropped in the short one. */
  private readonly dropped = new Uint8Array(longestForm + 1);

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
    this.flags[words] = bits;
    this.slot[words] = noSlot;
    this.ownShortHash[words] = shortHash;
    this.ownLetterAt[words] = letterAt;
    this.ownLetterCount[words] = count;
    this.ownShortCount[words] = shortCount;
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
