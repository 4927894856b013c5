import { hashPrime, hashStart, scatter } from './hash';
import { effectKinds } from './entry';
import { hitFlags, type LexiconPass } from './lexiconPass';
import { type KeptBuckets } from './keptBuckets';
import { type TextScan } from './scan';
import { wordFlags } from './wordFlags';
import { noSlot } from './wordMemo';

/** Features with a value of their own, in their order; a change here wants a new `modelVersion`. */
export const denseNames = [
  'positive', 'negative', 'difference', 'strongest praise', 'strongest blame', 'last hit', 'praise hits', 'blame hits', 'praising phrases', 'blaming phrases', 'negated', 'no hit', 'share of hits',
  'praising signs', 'blaming signs', 'irony',
  'other signs', 'exclamation marks', 'question marks', 'dots', 'capitals', 'elongations', 'words', 'characters', 'handles', 'addresses', 'tags', 'starts with a handle', 'inverted question mark',
  'numbers', 'laughs', 'asked words', 'titles', 'commas', 'quotes', 'brackets',
] as const;
export const denseCount = denseNames.length;
/** Those that come from the hits of the lexicon; the first ones. */
export const lexiconDense = 16;

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
const negatedReach = 3;
const longestNgram = 5;
const boundary = 0x5f;
const countedFlags = wordFlags.capitals | wordFlags.elongated | wordFlags.number | wordFlags.laugh | wordFlags.asked;
const anyPause = wordFlags.afterComma | wordFlags.afterSentence;
/** Words beyond these are not read by the model: a text of a megabyte is one text. */
const wordsRead = 2000;
const knownInts = 4;

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
  readonly dense = new Float64Array(denseCount);
  /** A bit a bucket: it is among the features. That of number 0 is always set, so that what has no weight is never counted. */
  private readonly taken: Int32Array;
  private readonly share: number;
  private readonly unknown = new Int32Array(knownInts);
  /** Of the words in the memo of the scan: number of the word, of its own bucket and of those of its beginnings. */
  private readonly known: Int32Array;

  /** `kept`: the buckets whose features are wanted. */
  constructor(private readonly scan: TextScan, private readonly pass: LexiconPass, private readonly pieces: boolean, private readonly kept: KeptBuckets) {
    // The last place is for what is written and not kept.
    this.bucket = new Int32Array(kept.count + 2);
    this.origin = new Int32Array(kept.count + 2);
    this.taken = new Int32Array((kept.count >>> 5) + 1);
    this.taken[0] = 1;
    this.share = kept.buckets / 2 ** 32;
    this.known = new Int32Array(pieces ? 0 : scan.slots * knownInts);
  }

  read(): void {
    this.count = 0;
    if (this.pieces) this.readWordsWithPieces();
    else this.readWords();
    this.readNegated();
    this.readSigns();
    this.readPhrases();
    this.readDense();
    const { bucket, taken, count } = this;
    for (let feature = 0; feature < count; feature += 1) taken[(bucket[feature] ?? 0) >>> 5] = 0;
    taken[0] = 1;
  }

  /** Most steps are written so that nothing depends on a guess: a feature is always written down, and kept by counting it. Of the pairs only few are kept. */
  private readWords(): void {
    const { scan, bucket, origin, taken, share, kept, known } = this;
    const { bits } = kept;
    const { flags, hash: hashes, letterCount, slot: slots, number: wordNumbers } = scan;
    const words = Math.min(scan.words, wordsRead);
    let { count } = this;
    let before = edgeHash;
    for (let word = 0; word < words; word += 1) {
      const flag = flags[word] ?? 0;
      const hash = (flag & wordFlags.number) === 0 ? (hashes[word] ?? 0) : numberHash + Math.min(letterCount[word] ?? 0, 4);
      const own = (word << 16) | word;
      const slot = slots[word] ?? noSlot;
      let at = slot * knownInts;
      if (slot === noSlot || known[at] !== wordNumbers[word]) at = this.lookUp(word, hash, slot);
      const from = at === noSlot ? this.unknown : known;
      if (at === noSlot) at = 0;

      let number = from[at + 1] ?? 0;
      let others = taken[number >>> 5] ?? 0;
      taken[number >>> 5] = others | (1 << number);
      bucket[count] = number;
      origin[count] = own;
      count += 1 - ((others >>> number) & 1);

      const pair = ((scatter((Math.imul(before, multiplier) + hash) ^ pairSeed) >>> 0) * share) | 0;
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

      number = from[at + 2] ?? 0;
      others = taken[number >>> 5] ?? 0;
      taken[number >>> 5] = others | (1 << number);
      bucket[count] = number;
      origin[count] = own;
      count += 1 - ((others >>> number) & 1);

      number = from[at + 3] ?? 0;
      others = taken[number >>> 5] ?? 0;
      taken[number >>> 5] = others | (1 << number);
      bucket[count] = number;
      origin[count] = own;
      count += 1 - ((others >>> number) & 1);
    }
    this.count = count;
    if (words > 0) this.add((Math.imul(before, multiplier) + edgeHash) ^ pairSeed, ((words - 1) << 16) | (words - 1));
  }

  /** Finds the buckets of a word; answers where in `known` they stand, or `noSlot` for a word that has no slot: in `unknown`. */
  private lookUp(word: number, hash: number, slot: number): number {
    const { scan, share, kept } = this;
    const letters = scan.letterCount[word] ?? 0;
    const from = scan.letterAt[word] ?? 0;
    const numberOf = (each: number): number => kept.numberOf(((scatter(each) >>> 0) * share) | 0);
    const beginning = (length: number): number => (letters > length ? numberOf((scan.beginnings[from + length - 1] ?? 0) ^ beginningSeed) : 0);
    const into = slot === noSlot ? this.unknown : this.known;
    const at = slot === noSlot ? 0 : slot * knownInts;
    into[at] = scan.number[word] ?? 0;
    into[at + 1] = numberOf(hash ^ wordSeed);
    into[at + 2] = beginning(shortBeginning);
    into[at + 3] = beginning(longBeginning);
    return slot === noSlot ? noSlot : at;
  }

  private readWordsWithPieces(): void {
    const { scan } = this;
    const words = Math.min(scan.words, wordsRead);
    let before = edgeHash;
    for (let word = 0; word < words; word += 1) {
      const flag = scan.flags[word] ?? 0;
      const letters = scan.letterCount[word] ?? 0;
      const hash = (flag & wordFlags.number) === 0 ? (scan.hash[word] ?? 0) : numberHash + Math.min(letters, 4);
      const own = (word << 16) | word;
      this.add(hash ^ wordSeed, own);
      this.add((Math.imul(before, multiplier) + hash) ^ pairSeed, word === 0 ? 0 : own - 0x10000);
      before = hash;
      if ((flag & wordFlags.tag) !== 0) this.add(hash ^ tagSeed, own);
      this.readPieces(own, scan.letterAt[word] ?? 0, letters);
    }
    if (words > 0) this.add((Math.imul(before, multiplier) + edgeHash) ^ pairSeed, ((words - 1) << 16) | (words - 1));
  }

  /** The words that follow a negator. */
  private readNegated(): void {
    const { scan, pass } = this;
    const words = Math.min(scan.words, wordsRead);
    for (let each = 0; each < pass.acting; each += 1) {
      const unit = pass.actingUnit[each] ?? 0;
      if (pass.unitKind[unit] !== effectKinds.negator) continue;
      const negator = pass.unitLast[unit] ?? 0;
      if (negator >= words) return;
      for (let word = negator + 1; word <= negator + negatedReach && word < words; word += 1) {
        if (((scan.flags[word] ?? 0) & anyPause) !== 0) break;
        this.add((scan.hash[word] ?? 0) ^ negatedSeed, (negator << 16) | word);
      }
    }
  }

  private readPieces(own: number, at: number, length: number): void {
    const { bucket, origin, taken, share, kept } = this;
    const { letters } = this.scan;
    let { count } = this;
    for (let from = -1; from < length; from += 1) {
      let hash = Math.imul(hashStart ^ (from < 0 ? boundary : (letters[at + from] ?? 0)), hashPrime);
      const last = Math.min(from + longestNgram - 1, length);
      for (let letter = from + 1; letter <= last; letter += 1) {
        hash = Math.imul(hash ^ (letter === length ? boundary : (letters[at + letter] ?? 0)), hashPrime);
        const number = kept.numberOf(((scatter(hash ^ ngramSeed) >>> 0) * share) | 0);
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
    for (let each = 0; each < pass.phrases; each += 1) {
      const unit = pass.phrase[each] ?? 0;
      const first = pass.unitFirst[unit] ?? 0;
      const last = pass.unitLast[unit] ?? 0;
      if (last >= wordsRead) return;
      this.add((Math.imul(scan.hash[first] ?? 0, multiplier) + (scan.hash[last] ?? 0)) ^ phraseSeed, (first << 16) | last);
    }
  }

  private add(hash: number, origin: number): void {
    const number = this.kept.numberOf(((scatter(hash) >>> 0) * this.share) | 0);
    const others = this.taken[number >>> 5] ?? 0;
    if (((others >>> number) & 1) === 1) return;
    this.taken[number >>> 5] = others | (1 << number);
    this.bucket[this.count] = number;
    this.origin[this.count] = origin;
    this.count += 1;
  }

  private readDense(): void {
    const { scan, pass, dense } = this;
    this.readLexicon(-1, dense);
    let capitals = 0;
    let elongated = 0;
    let numbers = 0;
    let laughs = 0;
    let asked = 0;
    if ((scan.anyFlags & countedFlags) !== 0) {
      const { flags: flagsOf, words } = scan;
      for (let word = 0; word < words; word += 1) {
        const flags = flagsOf[word] ?? 0;
        if ((flags & countedFlags) === 0) continue;
        if ((flags & wordFlags.capitals) !== 0) capitals += 1;
        if ((flags & wordFlags.elongated) !== 0) elongated += 1;
        if ((flags & wordFlags.number) !== 0) numbers += 1;
        if ((flags & wordFlags.laugh) !== 0) laughs += 1;
        if ((flags & wordFlags.asked) !== 0) asked += 1;
      }
    }
    let at = lexiconDense;
    dense[at++] = logOf(scan.signs - (pass.hits - pass.wordHits));
    dense[at++] = logOf(scan.exclaims);
    dense[at++] = logOf(scan.asks);
    dense[at++] = logOf(scan.dots);
    dense[at++] = logOf(capitals);
    dense[at++] = logOf(elongated);
    dense[at++] = logOf(scan.words);
    dense[at++] = logOf(scan.length);
    dense[at++] = logOf(scan.handles);
    dense[at++] = logOf(scan.addresses);
    dense[at++] = logOf(scan.tags);
    dense[at++] = scan.startsWithHandle ? logOf(1) : 0;
    dense[at++] = logOf(scan.opensQuestion);
    dense[at++] = logOf(numbers);
    dense[at++] = logOf(laughs);
    dense[at++] = logOf(asked);
    dense[at++] = logOf(scan.titles);
    dense[at++] = logOf(scan.commas);
    dense[at++] = logOf(scan.quotes);
    dense[at] = logOf(scan.brackets);
  }

  /** The dense features of the lexicon's hits, as they would be without the hit `left`; -1: with all of them. */
  readLexicon(left: number, into: Float64Array): void {
    const { pass } = this;
    let praise = 0;
    let blame = 0;
    let mostPraise = 0;
    let mostBlame = 0;
    let praises = 0;
    let blames = 0;
    let praisingPhrases = 0;
    let blamingPhrases = 0;
    let negated = 0;
    let irony = 0;
    let last = 0;
    for (let hit = 0; hit < pass.wordHits; hit += 1) {
      if (hit === left) continue;
      const weight = pass.hitWeight[hit] ?? 0;
      const flags = pass.hitFlags[hit] ?? 0;
      last = weight;
      if (weight > 0) {
        praise += weight;
        praises += 1;
        if (weight > mostPraise) mostPraise = weight;
        if ((flags & hitFlags.phrase) !== 0) praisingPhrases += 1;
      } else {
        blame -= weight;
        blames += 1;
        if (-weight > mostBlame) mostBlame = -weight;
        if ((flags & hitFlags.phrase) !== 0) blamingPhrases += 1;
        if ((flags & hitFlags.irony) !== 0) irony += 1;
      }
      if ((flags & hitFlags.negated) !== 0) negated += 1;
    }
    let praisingSigns = 0;
    let blamingSigns = 0;
    for (let hit = pass.wordHits; hit < pass.hits; hit += 1) {
      if (hit === left) continue;
      const weight = pass.hitWeight[hit] ?? 0;
      if (weight > 0) praisingSigns += weight;
      else blamingSigns -= weight;
    }
    let at = 0;
    into[at++] = logOf(praise);
    into[at++] = logOf(blame);
    into[at++] = logOf(praise - blame);
    into[at++] = logOf(mostPraise);
    into[at++] = logOf(mostBlame);
    into[at++] = logOf(last);
    into[at++] = logOf(praises);
    into[at++] = logOf(blames);
    into[at++] = logOf(praisingPhrases);
    into[at++] = logOf(blamingPhrases);
    into[at++] = logOf(negated);
    into[at++] = praises + blames + praisingSigns + blamingSigns === 0 ? logOf(1) : 0;
    into[at++] = this.scan.words === 0 ? 0 : logOf((praises + blames) / this.scan.words);
    into[at++] = logOf(praisingSigns);
    into[at++] = logOf(blamingSigns);
    into[at] = logOf(irony);
  }
}

/** Of whole numbers, which counts are, and of hundredths, which most sums of weights are. */
const wholesKept = 512;
const hundredthsKept = 2048;
const wholes = Float64Array.from({ length: wholesKept }, (_unused, value) => Math.log1p(value));
const hundredths = Float64Array.from({ length: hundredthsKept }, (_unused, value) => Math.log1p(value / 100));

/** Logarithm of one more than the value, with its sign. */
function logOf(value: number): number {
  const whole = value | 0;
  if (whole === value && whole >= 0 && whole < wholesKept) return wholes[whole] ?? 0;
  const size = Math.abs(value);
  const near = (size * 100 + 0.5) | 0;
  const found = near < hundredthsKept && Math.abs(size * 100 - near) < 1e-9 ? (hundredths[near] ?? 0) : Math.log1p(size);
  return value < 0 ? -found : found;
}
