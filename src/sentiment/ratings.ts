import { fold } from './fold';
import { hashText } from './hash';
import { HashTable } from './hashTable';

/** What is wrong in a line of a list of ratings; `other` is the line that it repeats or contradicts. */
export interface RatingProblem {
  readonly line: number;
  readonly code: 'badEntry' | 'badValue' | 'duplicate' | 'contradiction';
  readonly entry: string;
  readonly other?: number;
}

export interface Ratings {
  /** By folded word, from -4 to 4, in tenths. */
  readonly tenths: ReadonlyMap<string, number>;
  readonly problems: readonly RatingProblem[];
}

/** The scale of VADER (Hutto and Gilbert, 2014): -4 extremely negative, 4 extremely positive. */
const most = 4;
/** Places for each word in the table: each word that is read is asked for once. */
const enoughRoom = 1.5;
/** Added to tenths, so that a table, which knows no 0, can hold them, and a byte too. */
export const ratingOffset = 100;

/**
 * Reads a list of rated words. A line is a word, a tab, and the tone that it gives to a short text, from -4 to 4, with one digit behind the point at most; lines that begin with `#` are comments. Accents and
 * capitals make no difference. Lines with a problem are left out and named in `problems`.
 */
export function parseRatings(text: string): Ratings {
  const tenths = new Map<string, number>();
  const lines = new Map<string, number>();
  const problems: RatingProblem[] = [];
  text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/).forEach((raw, index) => {
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) return;
    const line = index + 1;
    const [entry = '', value = ''] = content.split('\t');
    const word = foldWord(entry);
    if (!/^[\p{L}\p{M}]+$/u.test(entry) || word === '') problems.push({ line, code: 'badEntry', entry });
    else if (!/^-?\d(?:\.\d)?$/.test(value) || Math.abs(Number(value)) > most || Number(value) === 0) problems.push({ line, code: 'badValue', entry });
    else {
      const own = Math.round(Number(value) * 10);
      const other = tenths.get(word);
      if (other !== undefined) problems.push({ line, code: other === own ? 'duplicate' : 'contradiction', entry, other: lines.get(word) ?? 0 });
      else {
        tenths.set(word, own);
        lines.set(word, line);
      }
    }
  });
  return { tenths, problems };
}

/** Tenths and `ratingOffset` by hash of a folded word. */
export function compileRatings({ tenths }: Pick<Ratings, 'tenths'>): HashTable {
  return HashTable.of([...tenths].map(([word, value]) => [hashText(word), value + ratingOffset]), enoughRoom);
}

/** As a scan folds it: letters that stand three times or more are kept twice. */
function foldWord(word: string): string {
  let folded = '';
  for (const letter of word) folded += fold(letter.codePointAt(0) ?? 0);
  return folded.replace(/(.)\1{2,}/gu, '$1$1');
}
