import { backslash, isDigit, isHandleCharacter, isWordKind, kindOf, kinds, near, nearBits, nearEnd, UnitKind, unitKinds } from './characters';
import { emoticonAt, isEmoticonStart } from './emoji';
import { MemoScan } from './memoScan';
import { marksKept, smallest } from './scannedText';
import { wordFlags } from './wordFlags';

const kept = 1 << 14;
/** Signs as careless exports leave them in a text (a backslash, u and four digits for an apostrophe); between words they part like a comma. */
const escape = /^\\u[\da-f]{4}$/i;
const escapeLength = 6;

/**
 * Reads a text once from left to right. One scan serves one text after the other: it holds the last text given to `read`, and everything that looks at a text (language,
 * lexicon, model, rules) reads it there.
 */
export class TextScan extends MemoScan {
  /** `remembers`: it keeps words that were read before, in three megabytes. */
  constructor({ remembers = false }: { readonly remembers?: boolean } = {}) {
    super(remembers);
  }

  read(text: string): this {
    // Asked for once: texts of many makes (cut, joined, of wide and of narrow letters) make each question dear.
    const { length } = text;
    this.reset(text, length);
    const { memo } = this;
    for (;;) {
      if (memo !== undefined) this.readKnownWords(memo);
      if (this.at >= length) return this;
      const code = memo === undefined ? text.charCodeAt(this.at) : (this.units[this.at] ?? 0);
      if (memo !== undefined && unitKinds[code] === UnitKind.letter) {
        this.readNewWord(memo);
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
  }

  private reset(text: string, length: number): void {
    this.text = text;
    this.length = length;
    this.isWhole = true;
    this.words = this.signs = this.otherLetters = this.latinLetters = this.farCount = this.exclaims = this.asks = this.opensQuestion = this.dots = this.handles = this.addresses = this.tags = 0;
    this.titles = this.commas = this.quotes = this.brackets = 0;
    this.at = this.sentence = this.pause = 0;
    this.lettersUsed = this.lettersFrom;
    this.anyFlags = 0;
    this.combining = this.startsWithHandle = false;
    // What a huge text needed is not kept.
    if (length < kept && this.start.length > kept) this.resizeWords(smallest);
    if (length < kept && this.sign.length > kept) this.resizeSigns(smallest);
    if (length < kept && this.letters.length > this.lettersFrom + kept * 8) this.resizeLetters(this.lettersFrom + smallest * 8);
    if (this.memo === undefined) return;
    this.memo.begin();
    this.written.read(text, length);
    this.units = this.written.units;
  }

  private codePoint(): number {
    const code = this.memo === undefined ? this.text.charCodeAt(this.at) : (this.units[this.at] ?? 0);
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
    return at > 0 && at + 1 < this.text.length && isDigit(this.text.charCodeAt(at - 1)) && isDigit(this.text.charCodeAt(at + 1));
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
