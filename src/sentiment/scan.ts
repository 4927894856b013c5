import { backslash, endsWord, foldedCode, isDigit, isHandleCharacter, isWordKind, kindOf, kinds, near, nearBits, nearEnd } from './characters';
import { emoticonAt, isEmoticonStart } from './emoji';
import { fold } from './fold';
import { hashPrime, hashStart, hashStep } from './hash';
import { marksKept, ScannedText, smallest } from './scannedText';
import { wordFlags } from './wordFlags';
import { contractedWill, elided, laugh, laughHash, laughLetters } from './wordShapes';

/** Longer words are cut for the look-up: no entry is longer. */
const longestForm = 40;
const kept = 1 << 14;
const space = 0x20;
const tagSign = 0x23;
/** Signs as careless exports leave them in a text (a backslash, u and four digits for an apostrophe); between words they part like a comma. */
const escape = /^\\u[\da-f]{4}$/i;
const escapedApostrophe = '\\u2019';
const escapeLength = 6;

/**
 * Reads a text once from left to right. One scan serves one text after the other: it holds the last text given to `read`, and everything that looks at a text (language,
 * lexicon, model, rules) reads it there.
 */
export class TextScan extends ScannedText {
  private lettersUsed = 0;
  private at = 0;
  /** Index of the first word of the sentence that is being read. */
  private sentence = 0;
  private pause = 0;
  /** Which letters of the form are dropped in the short one. */
  private readonly dropped = new Uint8Array(longestForm + 1);

  read(text: string): this {
    this.reset(text);
    const length = text.length;
    while (this.at < length) {
      const code = text.charCodeAt(this.at);
      if (code === space) {
        this.at += 1;
        continue;
      }
      if (code < nearEnd && ((near[code] ?? 0) & nearBits.letter) !== 0 && this.readNearWord(code)) continue;
      const codePoint = this.codePoint();
      const kind = kindOf(codePoint);
      if (isWordKind(kind)) this.readWordOrAddress();
      else if (kind === kinds.space) this.at += 1;
      else if (kind === kinds.at && this.wordFollows()) this.skipHandle();
      else this.readOther(codePoint, kind);
    }
    return this;
  }

  private reset(text: string): void {
    this.text = text;
    this.words = this.signs = this.otherLetters = this.latinLetters = this.farCount = this.exclaims = this.asks = this.opensQuestion = this.dots = this.handles = this.addresses = this.tags = 0;
    this.titles = this.commas = this.quotes = this.brackets = 0;
    this.lettersUsed = this.at = this.sentence = this.pause = 0;
    this.anyFlags = 0;
    this.combining = this.startsWithHandle = false;
    // What a huge text needed is not kept.
    if (text.length < kept && this.start.length > kept) this.resizeWords(smallest);
    if (text.length < kept && this.sign.length > kept) this.resizeSigns(smallest);
    if (text.length < kept && this.letters.length > kept * 8) this.resizeLetters(smallest * 8);
  }

  private codePoint(): number {
    const code = this.text.charCodeAt(this.at);
    return code >= 0xd800 && code <= 0xdbff ? (this.text.codePointAt(this.at) ?? code) : code;
  }

  private wordFollows(): boolean {
    return this.at + 1 < this.text.length && isWordKind(kindOf(this.text.codePointAt(this.at + 1) ?? 0));
  }

  /** "@name" and "@name@server.example". */
  private skipHandle(): void {
    const { text } = this;
    if (this.words + this.signs + this.handles === 0) this.startsWithHandle = true;
    this.handles += 1;
    do this.at += 1;
    while (this.at < text.length && (isHandleCharacter(text.charCodeAt(this.at)) || (text.charCodeAt(this.at) === 0x2e && this.wordFollows())));
  }

  private skipToSpace(): void {
    const { text } = this;
    this.addresses += 1;
    while (this.at < text.length && kindOf(text.charCodeAt(this.at)) !== kinds.space && text.charCodeAt(this.at) !== 0x0a) this.at += 1;
  }

  private readWordOrAddress(): void {
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
  private readNearWord(first: number): boolean {
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

  private readOther(codePoint: number, kind: number): void {
    const { text, at } = this;
    if (codePoint < 0x100 && isEmoticonStart(codePoint, text.charCodeAt(at + 1))) {
      const emoticon = emoticonAt(text, at);
      if (emoticon !== undefined) {
        this.at += emoticon.length;
        this.addSign(at, this.at, -1 - emoticon.index);
        return;
      }
    }
    if (codePoint === backslash && escape.test(text.slice(at, at + escapeLength))) {
      this.at += escapeLength;
      this.pause ||= wordFlags.afterComma;
      return;
    }
    this.at += codePoint > 0xffff ? 2 : 1;
    if (kind === kinds.pictograph) {
      this.skipModifiers();
      this.addSign(at, this.at, codePoint);
    } else if (kind === kinds.sentence) {
      if (codePoint !== 0x2e || !this.betweenDigits(at)) this.endSentence(codePoint, at);
    } else if (kind === kinds.comma) {
      if (codePoint === 0x2c) this.commas += 1;
      else if (codePoint === 0x28 || codePoint === 0x29) this.brackets += 1;
      else if (codePoint !== 0x3a) this.quotes += 1;
      if (this.pause === 0) this.pause = wordFlags.afterComma;
    }
  }

  private addSign(start: number, end: number, sign: number): void {
    if (this.signs === this.sign.length) this.resizeSigns(this.signs * 2);
    this.signStart[this.signs] = start;
    this.signEnd[this.signs] = end;
    this.sign[this.signs] = sign;
    this.signs += 1;
    this.pause = wordFlags.afterSentence;
  }

  /** Skin tones, variation selectors, and whatever is joined to the emoji (a family, a profession, a heart on fire). */
  private skipModifiers(): void {
    const { text } = this;
    while (this.at < text.length) {
      const codePoint = text.codePointAt(this.at) ?? 0;
      if (codePoint === 0xfe0f || codePoint === 0xfe0e || (codePoint >= 0x1f3fb && codePoint <= 0x1f3ff)) this.at += codePoint > 0xffff ? 2 : 1;
      else if (codePoint === 0x200d && kindOf(text.codePointAt(this.at + 1) ?? 0) === kinds.pictograph) {
        this.at += 1 + ((text.codePointAt(this.at + 1) ?? 0) > 0xffff ? 2 : 1);
      } else return;
    }
  }

  private betweenDigits(at: number): boolean {
    return isDigit(this.text.charCodeAt(at - 1)) && isDigit(this.text.charCodeAt(at + 1));
  }

  /** "?!" is an outcry, no question. */
  private endSentence(codePoint: number, at: number): void {
    const { text } = this;
    if (codePoint === 0x3f || codePoint === 0xff1f) {
      this.asks += 1;
      if (text.charCodeAt(at - 1) !== 0x21 && text.charCodeAt(at + 1) !== 0x21) {
        for (let word = this.sentence; word < this.words; word += 1) this.flags[word] = (this.flags[word] ?? 0) | wordFlags.asked;
        if (this.sentence < this.words) this.anyFlags |= wordFlags.asked;
      }
    } else if (codePoint === 0x21 || codePoint === 0xff01) this.exclaims += 1;
    else if (codePoint === 0x2026 || (codePoint === 0x2e && text.charCodeAt(at + 1) === 0x2e)) this.dots += 1;
    else if (codePoint === 0xbf) {
      this.opensQuestion += 1;
      this.noteMark(codePoint);
    } else if (codePoint === 0xa1) this.noteMark(codePoint);
    this.sentence = this.words;
    this.pause = wordFlags.afterSentence;
  }

  private noteMark(code: number): void {
    if (this.farCount === marksKept) return;
    this.far[this.farCount] = code;
    this.farCount += 1;
  }
}
