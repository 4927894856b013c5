import { effectKinds } from './entry';
import { type HashTable } from './hashTable';
import { type LexiconPass } from './lexiconPass';
import { negatedReach, wordsRead } from './modelReach';
import { ratingOffset } from './ratings';
import { type TextScan } from './scan';
import { wordFlags } from './wordFlags';

/** What a negator leaves of a rating, on the other side. */
const negatedFactor = -0.5;

/**
 * The rated words of a text, with their ratings. Whoever walks over its words writes each rated one down (`word`, `packed`, `count`), and then `read` weighs them. One
 * serves one text after the other.
 */
export class RatedWords {
  /** Of the arrays, the first `count` are of this text; there is room for what is written and not kept. */
  count = 0;
  readonly word = new Int32Array(wordsRead + 1);
  /** What `packedRating` answered for the word. */
  readonly packed = new Uint8Array(wordsRead + 1);
  /** -4 to 4, after negation. */
  readonly rating = new Float64Array(wordsRead + 1);
  sum = 0;
  /** The highest rating and the lowest without its sign, and whose they are (places in the arrays); 0 where there is none of that side. */
  highest = 0;
  lowest = 0;
  highestAt = -1;
  lowestAt = -1;

  constructor(private readonly scan: TextScan, private readonly pass: LexiconPass, private readonly ratings: HashTable) {}

  read(): void {
    const { word, packed, rating: ratings, count } = this;
    const { units, unitLast, unitKind } = this.pass;
    let sum = 0;
    let highestAt = -1;
    let lowestAt = -1;
    let highest = 0;
    let lowest = 0;
    // The first unit of the lexicon that does not lie before the word, and the last word of a negator before it.
    let unit = 0;
    let negator = -1 - negatedReach;
    for (let at = 0; at < count; at += 1) {
      const place = word[at] ?? 0;
      for (; unit < units && (unitLast[unit] ?? 0) < place; unit += 1) if (unitKind[unit] === effectKinds.negator) negator = unitLast[unit] ?? 0;
      let rating = ((packed[at] ?? 0) - ratingOffset) / 10;
      if (place - negator <= negatedReach && !this.pauseBetween(negator, place)) rating *= negatedFactor;
      ratings[at] = rating;
      sum += rating;
      if (rating > highest) {
        highest = rating;
        highestAt = at;
      } else if (-rating > lowest) {
        lowest = -rating;
        lowestAt = at;
      }
    }
    this.sum = sum;
    this.highest = highest;
    this.lowest = lowest;
    this.highestAt = highestAt;
    this.lowestAt = lowestAt;
  }

  /** The rating of a word of the scan, in a byte; 0: it is not rated. */
  packedRating(word: number): number {
    const { scan, ratings } = this;
    return ratings.get(scan.hash[word] ?? 0) || (((scan.flags[word] ?? 0) & wordFlags.elongated) !== 0 ? ratings.get(scan.shortHashOf(word)) : 0);
  }

  private pauseBetween(negator: number, word: number): boolean {
    for (let at = negator + 1; at <= word; at += 1) if (((this.scan.flags[at] ?? 0) & wordFlags.anyPause) !== 0) return true;
    return false;
  }
}
