import { fold } from './fold';

/** Shorter words match whole words only: as a beginning they would match nearly anything. */
const shortestStem = 4;

/** A text folded, with where each letter stood. */
export interface FoldedText {
  readonly text: string;
  readonly original: string;
  /** Index in the original for each UTF-16 unit of `text`, and one more for its end. */
  readonly origin: readonly number[];
}

export interface FoundWord {
  readonly start: number;
  readonly end: number;
}

export function foldWithOrigin(original: string): FoldedText {
  let text = '';
  const origin: number[] = [];
  let at = 0;
  for (const character of original) {
    const folded = fold(character);
    for (let unit = 0; unit < folded.length; unit += 1) origin.push(at);
    text += folded;
    at += character.length;
  }
  return { text, original, origin: [...origin, at] };
}

const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/** The first place where the word or phrase stands at the start of a word; `word` is folded. */
export function findWord(mention: FoldedText, word: string): FoundWord | undefined {
  for (let at = mention.text.indexOf(word); at >= 0; at = mention.text.indexOf(word, at + 1)) {
    if (isWordSign(mention.text[at - 1]) && isWordSign(word[0])) continue;
    let end = at + word.length;
    if (word.length < shortestStem && isWordSign(mention.text[end])) continue;
    while (isWordSign(mention.text[end])) end += 1;
    return { start: mention.origin[at] ?? 0, end: mention.origin[end] ?? mention.original.length };
  }
  return undefined;
}

/** A word or phrase of a list, as it is looked for; a `*` at its end says what holds anyway. */
export function foldWord(word: string): string {
  return fold(word).replace(/\*+$/u, '').replace(/\s+/gu, ' ').trim();
}
