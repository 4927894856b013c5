import { scoredLanguages } from '../core/sentiment';
import { commonWords, endings, letters, listedLanguages } from './commonWords';
import { hashText } from './hash';
import { HashTable } from './hashTable';

/** The scored languages come first; the last one stands for all that have no list. A language is known by its place here. */
export const languages: readonly string[] = [...scoredLanguages, ...[...listedLanguages].filter((language) => !(scoredLanguages as readonly string[]).includes(language)), 'unlisted'];
export const scored = scoredLanguages.length;
export const unlisted = languages.length - 1;
const numbers = new Map<string, number>(languages.map((language, index) => [language, index]));

export function languageNumber(language: string): number {
  return numbers.get(language) ?? unlisted;
}

/** Letters of the longest ending. */
export const longestEnding = 6;
export const tails = 26 * 26;

/** For which languages words, endings and letters speak, and how much. A list of votes has a number; 0: none. */
export interface LanguageVotes {
  /** Lists by the hash of a common word, and by letter as written. */
  readonly words: HashTable;
  readonly letters: Uint16Array;
  /** The votes of a list are `languages[from[list]]` to `languages[from[list + 1]]`, with what each is worth. */
  readonly from: Uint16Array;
  readonly languages: Uint8Array;
  readonly worth: Float64Array;
  /** The endings on two letters (`tailOf`) are `endingFrom[tail]` to `endingFrom[tail + 1]`. */
  readonly endingFrom: Uint8Array;
  readonly endingLengths: Uint8Array;
  /** `longestEnding` each, the last letter of the ending first. */
  readonly endingLetters: Uint8Array;
  readonly endingLanguages: Uint8Array;
  readonly endingWorth: Float64Array;
}

/** Number of an ending's last two letters; -1: not both are letters from a to z. */
export function tailOf(last: number, end: number): number {
  const a = last - 97;
  const b = end - 97;
  return a >= 0 && a < 26 && b >= 0 && b < 26 ? a * 26 + b : -1;
}

/** Compiles the lists of `commonWords`. */
export function compileLanguageVotes(): LanguageVotes {
  const from = [0, 0];
  const voters: number[] = [];
  const worth: number[] = [];
  const known = new Map<string, number>();
  const listOf = (votes: readonly (readonly [language: string, weight: number])[]): number => {
    const key = JSON.stringify(votes);
    const same = known.get(key);
    if (same !== undefined) return same;
    for (const [language, weight] of votes) {
      voters.push(languageNumber(language));
      worth.push(weight);
    }
    const list = from.push(voters.length) - 2;
    known.set(key, list);
    return list;
  };
  const words = HashTable.of([...commonWords()].map(([word, named]) => [hashText(word), listOf(named.map((language) => [language, 1 / Math.sqrt(named.length)]))]));
  // Latin letters with marks that none of the four languages uses (Vietnamese, Hungarian, Guaraní and many more) are votes for a language without a list.
  const farLetter = listOf([['unlisted', 0.8]]);
  const letterVotes = new Uint16Array(0x1f00).fill(farLetter, 0x100, 0x250).fill(farLetter, 0x1e00);
  for (const [letter, named] of Object.entries(letters)) letterVotes[letter.charCodeAt(0)] = listOf(named);
  return { words, letters: letterVotes, from: Uint16Array.from(from), languages: Uint8Array.from(voters), worth: Float64Array.from(worth), ...compileEndings() };
}

function compileEndings(): Pick<LanguageVotes, 'endingFrom' | 'endingLengths' | 'endingLetters' | 'endingLanguages' | 'endingWorth'> {
  const sorted = endings.map((ending) => ({ ending, tail: tailOf(ending[0].charCodeAt(ending[0].length - 2), ending[0].charCodeAt(ending[0].length - 1)) })).sort((one, other) => one.tail - other.tail);
  const endingFrom = new Uint8Array(tails + 1);
  const endingLetters = new Uint8Array(sorted.length * longestEnding);
  sorted.forEach(({ ending: [letters], tail }, index) => {
    for (let later = tail + 1; later <= tails; later += 1) endingFrom[later] = index + 1;
    for (let back = 0; back < letters.length; back += 1) endingLetters[index * longestEnding + back] = letters.charCodeAt(letters.length - 1 - back);
  });
  return {
    endingFrom,
    endingLengths: Uint8Array.from(sorted, ({ ending: [letters] }) => letters.length),
    endingLetters,
    endingLanguages: Uint8Array.from(sorted, ({ ending: [, language] }) => languageNumber(language)),
    endingWorth: Float64Array.from(sorted, ({ ending: [, , weight] }) => weight),
  };
}
