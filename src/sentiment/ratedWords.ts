import { effectKinds } from './entry';
import { type HashTable } from './hashTable';
import { type LexiconPass } from './lexiconPass';
import { negatedReach, wordsRead } from './modelReach';
import { ratingOffset } from './ratings';
import { type TextScan } from './scan';
import { wordFlags } from './wordFlags';

/** What a negator leaves of a rating, on the other side. */
const negatedFactor = -0.5;
const anyPause = wordFlags.afterComma | wordFlags.afterSentence;

/** The words of a text whose tone people rated, with their ratings, as whoever walks over its words adds them; one serves one text after the other. */
export class RatedWords {
  /** Of the arrays, the first `count` are of this text. */
  count = 0;
  readonly word = new Int32Array(wordsRead);
  /** -4 to 4, after negation. */
  readonly rating = new Float64Array(wordsRead);
  sum = 0;
  /** The highest rating and the lowest without its sign, and whose they are (places in the arrays); 0 where there is none of that side. */
  highest = 0;
  lowest = 0;
  highestAt = -1;
  lowestAt = -1;
  /** The first unit of the lexicon that does not lie before the word that was added last, and the last word of a negator before it. */
  private unit = 0;
  private negator = -1;

  constructor(private readonly scan: TextScan, private readonly pass: LexiconPass, private readonly ratings: HashTable) {}

  begin(): void {
    this.count = this.sum = this.highest = this.lowest = this.unit = 0;
    this.highestAt = this.lowestAt = this.negator = -1;
  }

  /** `packed`: what `packedRating` answered for the word; not 0. In the order of the text. */
  add(word: number, packed: number): void {
    const { units, unitLast, unitKind } = this.pass;
    for (; this.unit < units && (unitLast[this.unit] ?? 0) < word; this.unit += 1) if (unitKind[this.unit] === effectKinds.negator) this.negator = unitLast[this.unit] ?? 0;
    const { negator, count } = this;
    const given = (packed - ratingOffset) / 10;
    const rating = negator >= 0 && word - negator <= negatedReach && !this.pauseBetween(negator, word) ? given * negatedFactor : given;
    this.word[count] = word;
    this.rating[count] = rating;
    this.sum += rating;
    if (rating > this.highest) {
      this.highest = rating;
      this.highestAt = count;
    } else if (-rating > this.lowest) {
      this.lowest = -rating;
      this.lowestAt = count;
    }
    this.count = count + 1;
  }

  /** The rating of a word of the scan, in a byte; 0: it is not rated. */
  packedRating(word: number): number {
    const { scan, ratings } = this;
    return ratings.get(scan.hash[word] ?? 0) || (((scan.flags[word] ?? 0) & wordFlags.elongated) !== 0 ? ratings.get(scan.shortHashOf(word)) : 0);
  }

  private pauseBetween(negator: number, word: number): boolean {
    for (let at = negator + 1; at <= word; at += 1) if (((this.scan.flags[at] ?? 0) & anyPause) !== 0) return true;
    return false;
  }
}
