import { DenseFeatures } from './denseFeatures';
import { effectKinds } from './entry';
import { hashPrime, hashStart } from './hash';
import { type LexiconPass } from './lexiconPass';
import { type KeptBuckets } from './keptBuckets';
import { negatedReach, wordsRead } from './modelReach';
import { type RatedWords } from './ratedWords';
import { type TextScan } from './scan';
import { wordFlags } from './wordFlags';
import { noSlot } from './wordMemo';

const wordSeed = 0x1f3d5b79;
const pairSeed = 0x2c1b3c6d;
const negatedSeed = 0x297a2d39;
const tagSeed = 0x51ed270b;
const signSeed = 0x7feb352d;
const phraseSeed = 0x68e31da4;
const ngramSeed = 0x1b873593;
const beginningSeed = 0x3c6ef372;
/** Letters of the two beginnings of a word that stand for its forms ("demor", where it is not the lexicon that knows it). */
const shortBeginning = 4;
const longBeginning = 6;
const numberHash = 0x4e554d;
const edgeHash = 0x45444745;
const multiplier = 0x9e3779b1 | 0;
const longestNgram = 5;
const boundary = 0x5f;
const knownInts = 3;
const ratingShift = 24;
const numberMask = (1 << ratingShift) - 1;

/**
 * What the model reads in a text: hashed features (words, their beginnings or, on demand, all their pieces, pairs of words, negated words, tags, signs, phrases of the lexicon), each once,
 * and the dense ones. One pass serves one text after the other.
 */
export class FeaturePass {
  count = 0;
  /** Numbers of the kept buckets (see `KeptBuckets`). */
  readonly bucket: Int32Array;
  /** First word that the feature came from first in the upper half, last word in the lower one, by feature; for a sign both are -1 - sign. */
  readonly origin: Int32Array;
  readonly dense: DenseFeatures;
  /** A bit a bucket: it is among the features. That of number 0 is always set, so that what has no weight is never counted. */
  private readonly taken: Int32Array;
  private readonly unknown = new Int32Array(knownInts);
  /** By slot of the scan, numbers of a word's own bucket and of those of its beginnings; the first has one added, and is 0 where nothing was looked up yet. Above its lower 24 bits stands the packed rating of the word. */
  private readonly known: Int32Array;

  /** `kept`: the buckets whose features are wanted. */
  constructor(private readonly scan: TextScan, private readonly pass: LexiconPass, private readonly rated: RatedWords, private readonly pieces: boolean, private readonly kept: KeptBuckets) {
    // The last place is for what is written and not kept.
    this.bucket = new Int32Array(kept.count + 2);
    this.origin = new Int32Array(kept.count + 2);
    this.taken = new Int32Array((kept.count >>> 5) + 1);
    this.taken[0] = 1;
    this.dense = new DenseFeatures(scan, pass, rated);
    this.known = scan.slotTable(knownInts);
  }

  read(): void {
    this.count = 0;
    this.rated.count = 0;
    if (this.pieces) this.readWordsWithPieces();
    else this.readWords();
    this.readNegated();
    this.readSigns();
    this.readPhrases();
    this.dense.read();
    const { bucket, taken, count } = this;
    for (let feature = 0; feature < count; feature += 1) taken[(bucket[feature] ?? 0) >>> 5] = 0;
    taken[0] = 1;
  }

  /** Most steps are written so that nothing depends on a guess: a feature is always written down, and kept by counting it. Of the pairs only few are kept. */
  private readWords(): void {
    const { scan, bucket, origin, taken, kept, known, rated } = this;
    const { bits } = kept;
    const { word: ratedWord, packed: ratedPacked } = rated;
    const { flags, hash: hashes, slot: slots } = scan;
    const words = Math.min(scan.words, wordsRead);
    let ratedCount = 0;
    let { count } = this;
    let before = edgeHash;
    for (let word = 0; word < words; word += 1) {
      const flag = flags[word] ?? 0;
      const hash = (flag & wordFlags.number) === 0 ? (hashes[word] ?? 0) : numberHash + Math.min(scan.letterCount(word), 4);
      const own = (word << 16) | word;
      let at = (slots[word] ?? noSlot) * knownInts;
      let from = known;
      if (known[at] === 0) {
        from = this.lookUp(word, hash);
        if (from !== known) at = 0;
      }

      const first = from[at] ?? 0;
      ratedWord[ratedCount] = word;
      ratedPacked[ratedCount] = first >>> ratingShift;
      ratedCount += first > numberMask || first < 0 ? 1 : 0;
      let number = (first & numberMask) - 1;
      let others = taken[number >>> 5] ?? 0;
      taken[number >>> 5] = others | (1 << number);
      bucket[count] = number;
      origin[count] = own;
      count += 1 - ((others >>> number) & 1);

      const pair = kept.bucketOf((Math.imul(before, multiplier) + hash) ^ pairSeed);
      if ((((bits[pair >>> 5] ?? 0) >>> pair) & 1) !== 0) {
        number = kept.numberOf(pair);
        others = taken[number >>> 5] ?? 0;
        taken[number >>> 5] = others | (1 << number);
        bucket[count] = number;
        origin[count] = word === 0 ? 0 : own - 0x10000;
        count += 1 - ((others >>> number) & 1);
      }

      before = hash;
      if ((flag & wordFlags.tag) !== 0) {
        this.count = count;
        this.add(hash ^ tagSeed, own);
        ({ count } = this);
      }

      number = from[at + 1] ?? 0;
      others = taken[number >>> 5] ?? 0;
      taken[number >>> 5] = others | (1 << number);
      bucket[count] = number;
      origin[count] = own;
      count += 1 - ((others >>> number) & 1);

      number = from[at + 2] ?? 0;
      others = taken[number >>> 5] ?? 0;
      taken[number >>> 5] = others | (1 << number);
      bucket[count] = number;
      origin[count] = own;
      count += 1 - ((others >>> number) & 1);
    }
    rated.count = ratedCount;
    this.count = count;
    if (words > 0) this.add((Math.imul(before, multiplier) + edgeHash) ^ pairSeed, ((words - 1) << 16) | (words - 1));
  }

  /** Finds the buckets of a word, and answers where they are written: in `known`, or in `unknown` for a word without a slot. */
  private lookUp(word: number, hash: number): Int32Array {
    const { scan, kept } = this;
    const slot = scan.slot[word] ?? noSlot;
    const letters = scan.letterCount(word);
    const from = scan.letterAt(word);
    const numberOf = (each: number): number => kept.numberOf(kept.bucketOf(each));
    const beginning = (length: number): number => (letters > length ? numberOf((scan.beginnings[from + length - 1] ?? 0) ^ beginningSeed) : 0);
    const into = slot === noSlot ? this.unknown : this.known;
    const at = slot * knownInts;
    into[at] = (numberOf(hash ^ wordSeed) + 1) | (this.rated.packedRating(word) << ratingShift);
    into[at + 1] = beginning(shortBeginning);
    into[at + 2] = beginning(longBeginning);
    return into;
  }

  private readWordsWithPieces(): void {
    const { scan, rated } = this;
    const words = Math.min(scan.words, wordsRead);
    let before = edgeHash;
    for (let word = 0; word < words; word += 1) {
      const flag = scan.flags[word] ?? 0;
      const letters = scan.letterCount(word);
      const hash = (flag & wordFlags.number) === 0 ? (scan.hash[word] ?? 0) : numberHash + Math.min(letters, 4);
      const own = (word << 16) | word;
      const rating = rated.packedRating(word);
      rated.word[rated.count] = word;
      rated.packed[rated.count] = rating;
      if (rating !== 0) rated.count += 1;
      this.add(hash ^ wordSeed, own);
      this.add((Math.imul(before, multiplier) + hash) ^ pairSeed, word === 0 ? 0 : own - 0x10000);
      before = hash;
      if ((flag & wordFlags.tag) !== 0) this.add(hash ^ tagSeed, own);
      this.readPieces(own, scan.letterAt(word), letters);
    }
    if (words > 0) this.add((Math.imul(before, multiplier) + edgeHash) ^ pairSeed, ((words - 1) << 16) | (words - 1));
  }

  /** The words that follow a negator. */
  private readNegated(): void {
    const { scan, pass } = this;
    const words = Math.min(scan.words, wordsRead);
    for (let unit = 0; unit < pass.units; unit += 1) {
      if (pass.unitKind[unit] !== effectKinds.negator) continue;
      const negator = pass.unitLast[unit] ?? 0;
      if (negator >= words) return;
      for (let word = negator + 1; word <= negator + negatedReach && word < words; word += 1) {
        if (((scan.flags[word] ?? 0) & wordFlags.anyPause) !== 0) break;
        this.add((scan.hash[word] ?? 0) ^ negatedSeed, (negator << 16) | word);
      }
    }
  }

  private readPieces(own: number, at: number, length: number): void {
    const { bucket, origin, taken, kept } = this;
    const { letters } = this.scan;
    let { count } = this;
    for (let from = -1; from < length; from += 1) {
      let hash = Math.imul(hashStart ^ (from < 0 ? boundary : (letters[at + from] ?? 0)), hashPrime);
      const last = Math.min(from + longestNgram - 1, length);
      for (let letter = from + 1; letter <= last; letter += 1) {
        hash = Math.imul(hash ^ (letter === length ? boundary : (letters[at + letter] ?? 0)), hashPrime);
        const number = kept.numberOf(kept.bucketOf(hash ^ ngramSeed));
        const others = taken[number >>> 5] ?? 0;
        taken[number >>> 5] = others | (1 << number);
        bucket[count] = number;
        origin[count] = own;
        count += 1 - ((others >>> number) & 1);
      }
    }
    this.count = count;
  }

  private readSigns(): void {
    const { scan } = this;
    for (let sign = 0; sign < scan.signs && sign < wordsRead; sign += 1) this.add(Math.imul(scan.sign[sign] ?? 0, multiplier) ^ signSeed, ((-1 - sign) << 16) | ((-1 - sign) & 0xffff));
  }

  private readPhrases(): void {
    const { scan, pass } = this;
    for (let unit = 0; unit < pass.units; unit += 1) {
      const first = pass.unitFirst[unit] ?? 0;
      const last = pass.unitLast[unit] ?? 0;
      if (first === last) continue;
      if (last >= wordsRead) return;
      this.add((Math.imul(scan.hash[first] ?? 0, multiplier) + (scan.hash[last] ?? 0)) ^ phraseSeed, (first << 16) | last);
    }
  }

  private add(hash: number, origin: number): void {
    const number = this.kept.numberOf(this.kept.bucketOf(hash));
    const others = this.taken[number >>> 5] ?? 0;
    if (((others >>> number) & 1) === 1) return;
    this.taken[number >>> 5] = others | (1 << number);
    this.bucket[this.count] = number;
    this.origin[this.count] = origin;
    this.count += 1;
  }
}
