import { emoticonAt } from './emoji';
import { fold, isInvisible, isWordCharacter } from './fold';

/** What stands between a word and the one before it. */
export type Pause = 'none' | 'comma' | 'sentence';

export interface Word {
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** Folded: small letters, no accents, no invisible characters; letters repeated three times or more are kept twice. */
  readonly form: string;
  /** The same with such letters kept once ("pesimooo": form "pesimoo", short "pesimo"). */
  readonly short: string;
  /** Letters repeated three times or more. */
  readonly elongated: boolean;
  /** Three letters or more, all of them capitals. */
  readonly capitals: boolean;
  readonly number: boolean;
  readonly pause: Pause;
  /** Stands in a sentence that ends in a question mark without an exclamation mark beside it. */
  readonly asked: boolean;
}

/** An emoji (without skin tone and variation selectors) or an emoticon. */
export interface Sign {
  readonly start: number;
  readonly end: number;
  readonly form: string;
}

export interface Tokens {
  readonly words: readonly Word[];
  readonly signs: readonly Sign[];
  /** Letters of scripts other than the Latin one, and of the Latin one. */
  readonly otherLetters: number;
  readonly latinLetters: number;
}

/** Longer words are cut for the look-up: no entry is longer. */
const longestForm = 40;
const pictograph = /\p{Extended_Pictographic}/u;
const addressStart = new Set(['h', 'H', 'w', 'W']);
const laugh = /^a?(?:(?:[jh]+a+){2,}|(?:[jh]+e+){2,}|(?:j+i+){2,}|(?:h+i+){2,})[jh]*$|^(?:rs){2,}$/;
/** French words that lose their vowel before another: "n'est", "l'état", "qu'il". In other languages the apostrophe is dropped ("don't" is "dont"). */
const elided = new Set(['l', 'd', 'n', 'j', 'c', 's', 'm', 't', 'qu', 'jusqu', 'lorsqu', 'puisqu', 'quelqu']);

/** English "I'll" and "he'll" are two words, lest they be read as "ill" and "hell". */
const contractedWill = /^ll(?![\p{L}\p{N}])/iu;

/** Splits a text into words and signs with their places. Reads each character once. */
export function tokenize(text: string): Tokens {
  return new Tokenizer(text).run();
}

class Tokenizer {
  private readonly words: (Word & { asked: boolean })[] = [];
  private readonly signs: Sign[] = [];
  private pause: Pause = 'none';
  /** Index of the first word of the sentence that is being read. */
  private sentence = 0;
  private otherLetters = 0;
  private latinLetters = 0;
  private at = 0;

  constructor(private readonly text: string) {}

  run(): Tokens {
    while (this.at < this.text.length) {
      const codePoint = this.text.codePointAt(this.at) ?? 0;
      if (isWordCharacter(codePoint)) this.readWordOrAddress();
      else if (codePoint === 0x40 && this.wordFollows()) this.skipHandle();
      else this.readOther(codePoint);
    }
    return { words: this.words, signs: this.signs, otherLetters: this.otherLetters, latinLetters: this.latinLetters };
  }

  private wordFollows(): boolean {
    return this.at + 1 < this.text.length && isWordCharacter(this.text.codePointAt(this.at + 1) ?? 0);
  }

  /** "@name" and "@name@server.example". */
  private skipHandle(): void {
    do this.at += 1;
    while (this.at < this.text.length && (/[\w@-]/.test(this.text.charAt(this.at)) || (this.text[this.at] === '.' && this.wordFollows())));
  }

  private skipToSpace(): void {
    while (this.at < this.text.length && !/\s/.test(this.text.charAt(this.at))) this.at += 1;
  }

  private readWordOrAddress(): void {
    if (addressStart.has(this.text.charAt(this.at)) && /^(?:https?:\/\/|www\.)/i.test(this.text.slice(this.at, this.at + 8))) this.skipToSpace();
    else this.readWord(this.text[this.at - 1] === '#');
  }

  private readWord(tag: boolean): void {
    const start = this.at;
    let end = start;
    let form = '';
    let short = '';
    let last = '';
    let run = 0;
    let upper = 0;
    let lower = 0;
    let digits = 0;
    let elongated = false;
    let lastWasLower = false;
    while (this.at < this.text.length) {
      const codePoint = this.text.codePointAt(this.at) ?? 0;
      const width = codePoint > 0xffff ? 2 : 1;
      if (isInvisible(codePoint)) {
        this.at += width;
        continue;
      }
      if (isApostrophe(codePoint) && end > start && this.at + 1 < this.text.length && isWordCharacter(this.text.codePointAt(this.at + 1) ?? 0)) {
        this.at += 1;
        if (elided.has(form) || contractedWill.test(this.text.slice(this.at, this.at + 3))) break;
        continue;
      }
      if (!isWordCharacter(codePoint)) break;
      const letters = fold(codePoint);
      const isUpper = isCapital(codePoint, letters);
      if (tag && isUpper && lastWasLower) break;
      this.at += width;
      end = this.at;
      if (letters === '') continue;
      if (codePoint >= 0x30 && codePoint <= 0x39) digits += 1;
      else if (letters.charCodeAt(0) < 0x250) this.latinLetters += 1;
      else this.otherLetters += 1;
      if (isUpper) upper += 1;
      else lower += 1;
      lastWasLower = !isUpper && digits === 0;
      for (const letter of letters) {
        run = letter === last ? run + 1 : 1;
        last = letter;
        if (run === 3 && (letter < '0' || letter > '9')) {
          elongated = true;
          if (short.endsWith(letter + letter)) short = short.slice(0, -1);
        }
        if (run <= 2 && form.length < longestForm) {
          form += letter;
          short += letter;
        }
      }
    }
    if (form === '') return;
    if (form.length > 3 && laugh.test(form)) form = short = 'jaja';
    this.words.push({ start, end, form, short, elongated, capitals: upper >= 3 && lower === 0 && digits === 0, number: digits > 0 && digits === form.length, pause: this.pause, asked: false });
    this.pause = 'none';
  }

  private readOther(codePoint: number): void {
    const character = String.fromCodePoint(codePoint);
    const emoticon = emoticonAt(this.text, this.at);
    if (emoticon !== undefined) {
      this.signs.push({ start: this.at, end: this.at + emoticon.length, form: emoticon });
      this.at += emoticon.length;
      this.setPause('sentence');
      return;
    }
    const start = this.at;
    this.at += character.length;
    if (codePoint > 0xa8 && pictograph.test(character)) {
      this.skipModifiers();
      this.signs.push({ start, end: this.at, form: character });
      this.setPause('sentence');
    } else if (/[.!?…;\n¡¿。！？]/u.test(character)) {
      if (codePoint !== 0x2e || !this.betweenDigits(start)) this.endSentence(codePoint, start);
    } else if (/[,:()"«»“”—–、，]/u.test(character)) this.setPause('comma');
  }

  /** Skin tones, variation selectors, and whatever is joined to the emoji (a family, a profession, a heart on fire). */
  private skipModifiers(): void {
    while (this.at < this.text.length) {
      const codePoint = this.text.codePointAt(this.at) ?? 0;
      if (codePoint === 0xfe0f || codePoint === 0xfe0e || (codePoint >= 0x1f3fb && codePoint <= 0x1f3ff)) this.at += codePoint > 0xffff ? 2 : 1;
      else if (codePoint === 0x200d && pictograph.test(String.fromCodePoint(this.text.codePointAt(this.at + 1) ?? 0))) {
        this.at += 1 + ((this.text.codePointAt(this.at + 1) ?? 0) > 0xffff ? 2 : 1);
      } else return;
    }
  }

  private betweenDigits(at: number): boolean {
    return /\d/.test(this.text.charAt(at - 1)) && /\d/.test(this.text.charAt(at + 1));
  }

  /** "?!" is an outcry, no question. */
  private endSentence(codePoint: number, at: number): void {
    const asks = (codePoint === 0x3f || codePoint === 0xff1f) && this.text[at - 1] !== '!' && this.text[at + 1] !== '!';
    if (asks) for (const word of this.words.slice(this.sentence)) word.asked = true;
    this.sentence = this.words.length;
    this.setPause('sentence');
  }

  private setPause(pause: Pause): void {
    if (this.pause !== 'sentence') this.pause = pause;
  }
}

function isApostrophe(codePoint: number): boolean {
  return codePoint === 0x27 || codePoint === 0x2019 || codePoint === 0x2bc || codePoint === 0x60 || codePoint === 0xb4;
}

function isCapital(codePoint: number, folded: string): boolean {
  if (codePoint < 0x80) return codePoint >= 0x41 && codePoint <= 0x5a;
  const character = String.fromCodePoint(codePoint);
  return folded !== '' && character !== character.toLowerCase();
}
