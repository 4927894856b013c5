import { fold, isInvisible, isWordCharacter } from './fold';

/** What the scanner does with a character. */
export const kinds = {
  /** Not looked at yet. */
  unknown: 0,
  small: 1,
  capital: 2,
  digit: 3,
  /** Folds to several letters, or to one beyond the table of single letters. */
  wide: 4,
  /** A combining mark: belongs to the word, says nothing. */
  mark: 5,
  invisible: 6,
  apostrophe: 7,
  sentence: 8,
  comma: 9,
  at: 10,
  pictograph: 11,
  space: 12,
  other: 13,
} as const;

const table = new Uint8Array(0x10000);
/** Symbols and pictures beyond the basic plane. */
const pictures = new Uint8Array(0x2000);
const firstPicture = 0x1f000;
const singles = new Uint16Array(0x2000);
const pictograph = /\p{Extended_Pictographic}/u;

export const backslash = 0x5c;
/** Code units below this have an entry in `near`: Latin letters, and the signs of Latin-1. */
export const nearEnd = 0x250;
/** Bits of an entry of `near`. */
export const nearBits = {
  /** The folded letter, of a character that is one letter and folds to one; 0: it is none. */
  letter: 0x3ff,
  capital: 0x400,
  /** Ends a word for sure: neither letter nor digit, mark, apostrophe nor invisible. */
  ends: 0x800,
  digit: 0x1000,
  /** A letter that folds to one, or a digit. */
  run: 0x13ff,
} as const;
/** What is mostly asked of the characters that most texts are made of, in one look-up. */
export const near = new Uint16Array(nearEnd);

export function kindOf(codePoint: number): number {
  if (codePoint < 0x10000) return table[codePoint] || remember(table, codePoint, codePoint);
  const at = codePoint - firstPicture;
  if (at >= 0 && at < pictures.length) return pictures[at] || remember(pictures, at, codePoint);
  return classify(codePoint);
}

/** Whether a character of this kind ends a word for sure. */
export function endsWord(kind: number): boolean {
  return kind >= kinds.sentence;
}

for (let code = 0; code < nearEnd; code += 1) {
  const kind = remember(table, code, code);
  // Behind a backslash a word may go on (see the escapes of the scan).
  if (endsWord(kind)) near[code] = code === backslash ? 0 : nearBits.ends;
  else if (kind === kinds.digit) near[code] = nearBits.digit;
  else if (kind === kinds.small || kind === kinds.capital) {
    const letter = foldedCode(code);
    if (letter <= nearBits.letter) near[code] = letter | (kind === kinds.capital ? nearBits.capital : 0);
  }
}

/** What the innermost loop of the scan does with a UTF-16 unit. An enum, as its names become plain numbers there. */
export const enum UnitKind {
  /** To be looked at more closely. */
  other = 0,
  /** Of Latin-1: a letter that folds to one, or a digit. */
  letter = 1,
  space = 2,
  comma = 3,
  /** Ends a sentence and may be left at that, but for `.` before a digit or `_`: `.`, `!`, the end of a line. */
  stop = 4,
  /** Ends a word for sure. */
  end = 5,
}

export const unitKinds = new Uint8Array(0x10000);
for (let code = 0; code < nearEnd; code += 1) {
  const entry = near[code] ?? 0;
  if ((entry & nearBits.run) !== 0 && code < 0x100) unitKinds[code] = UnitKind.letter;
  else if ((entry & nearBits.ends) !== 0) unitKinds[code] = UnitKind.end;
}
unitKinds[0x20] = UnitKind.space;
unitKinds[0x2c] = UnitKind.comma;
for (const code of [0x0a, 0x21, 0x2e]) unitKinds[code] = UnitKind.stop;

/** The folded letter of a character of the kinds small, capital and digit, once `kindOf` has seen it (below `nearEnd`: always). */
export function foldedCode(code: number): number {
  return singles[code] ?? 0;
}

export function isWordKind(kind: number): boolean {
  return kind <= kinds.mark;
}

function remember(into: Uint8Array, at: number, codePoint: number): number {
  const kind = classify(codePoint);
  into[at] = kind;
  return kind;
}

function classify(codePoint: number): number {
  if (isInvisible(codePoint)) return kinds.invisible;
  if (codePoint === 0x27 || codePoint === 0x2019 || codePoint === 0x2bc || codePoint === 0x60 || codePoint === 0xb4) return kinds.apostrophe;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return kinds.other;
  const character = String.fromCodePoint(codePoint);
  if (isWordCharacter(codePoint)) return classifyLetter(codePoint, character);
  if (codePoint === 0x40) return kinds.at;
  if (codePoint > 0xa8 && pictograph.test(character)) return kinds.pictograph;
  if (/[.!?…;\n¡¿。！？]/u.test(character)) return kinds.sentence;
  if (/[,:()"«»“”—–、，]/u.test(character)) return kinds.comma;
  return /\s/u.test(character) ? kinds.space : kinds.other;
}

function classifyLetter(codePoint: number, character: string): number {
  const folded = fold(codePoint);
  if (folded === '') return kinds.mark;
  if (codePoint >= singles.length || folded.length > 1) return kinds.wide;
  singles[codePoint] = folded.charCodeAt(0);
  if (codePoint >= 0x30 && codePoint <= 0x39) return kinds.digit;
  return character === character.toLowerCase() ? kinds.small : kinds.capital;
}

/** A letter, digit or underscore of ASCII, or what joins the parts of a handle. */
export function isHandleCharacter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || isDigit(code) || code === 0x5f || code === 0x2d || code === 0x40;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
