import { hashPrime, hashStart, scatter } from './hash';
import { hitFlags, type LexiconPass } from './lexiconPass';
import { resized } from './resized';
import { type ScannedText } from './scannedText';
import { wordFlags } from './wordFlags';

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

/**
 * What the model reads in a text: hashed features (words, their beginnings or, on demand, all their pieces, pairs of words, negated words, tags, signs, phrases of the lexicon), each once,
 * and the dense ones. One pass serves one text after the other.
 */
export class FeaturePass {
  count = 0;
  bucket = new Int32Array(1024);
  /** First and last word that the feature came from first, by feature, or twice -1 - sign; only after `trace`. */
  firstWord = new Int32Array(1024);
  lastWord = new Int32Array(1024);
  readonly dense = new Float64Array(denseCount);
  private readonly stamps: Int32Array;
  private readonly share: number;
  private stamp = 0;
  private tracing = false;

  /** `buckets`: how many there are for the hashed features. */
  constructor(private readonly scan: ScannedText, private readonly pass: LexiconPass, private readonly buckets: number, private readonly pieces: boolean) {
    this.stamps = new Int32Array(buckets);
    this.share = buckets / 2 ** 32;
  }

  read(): void {
    this.count = 0;
    if (this.stamp === 0x3fffffff) {
      this.stamps.fill(0);
      this.stamp = 0;
    }
    this.stamp += 1;
    this.readWords();
    this.readSigns();
    this.readPhrases();
    this.readDense();
  }

  /** The same once more, noting where each feature came from. */
  trace(): void {
    this.tracing = true;
    this.read();
    this.tracing = false;
  }

  private readWords(): void {
    const { scan, pieces } = this;
    const { flags, hash: hashes, letterCount, letterAt } = scan;
    const words = Math.min(scan.words, wordsRead);
    let before = edgeHash;
    for (let word = 0; word < words; word += 1) {
      const flag = flags[word] ?? 0;
      const count = letterCount[word] ?? 0;
      const hash = (flag & wordFlags.number) === 0 ? (hashes[word] ?? 0) : numberHash + Math.min(count, 4);
      this.add(hash ^ wordSeed, word, word);
      this.add((Math.imul(before, multiplier) + hash) ^ pairSeed, word === 0 ? 0 : word - 1, word);
      before = hash;
      if ((flag & wordFlags.tag) !== 0) this.add(hash ^ tagSeed, word, word);
      const at = letterAt[word] ?? 0;
      if (pieces) this.readPieces(word, at, count);
      else if (count > shortBeginning) {
        this.add((scan.beginnings[at + shortBeginning - 1] ?? 0) ^ beginningSeed, word, word);
        if (count > longBeginning) this.add((scan.beginnings[at + longBeginning - 1] ?? 0) ^ beginningSeed, word, word);
      }
    }
    if (words > 0) this.add((Math.imul(before, multiplier) + edgeHash) ^ pairSeed, words - 1, words - 1);
    this.readNegated(words);
  }

  /** The words that follow a negator. */
  private readNegated(words: number): void {
    const { scan, pass } = this;
    for (let each = 0; each < pass.negators; each += 1) {
      const negator = pass.unitLast[pass.negator[each] ?? 0] ?? 0;
      if (negator >= words) return;
      for (let word = negator + 1; word <= negator + negatedReach && word < words; word += 1) {
        if (((scan.flags[word] ?? 0) & anyPause) !== 0) break;
        this.add((scan.hash[word] ?? 0) ^ negatedSeed, negator, word);
      }
    }
  }

  private readPieces(word: number, at: number, count: number): void {
    const { letters } = this.scan;
    for (let from = -1; from < count; from += 1) {
      let hash = Math.imul(hashStart ^ (from < 0 ? boundary : (letters[at + from] ?? 0)), hashPrime);
      const last = Math.min(from + longestNgram - 1, count);
      for (let place = from + 1; place <= last; place += 1) {
        hash = Math.imul(hash ^ (place === count ? boundary : (letters[at + place] ?? 0)), hashPrime);
        this.add(hash ^ ngramSeed, word, word);
      }
    }
  }

  private readSigns(): void {
    const { scan } = this;
    for (let sign = 0; sign < scan.signs && sign < wordsRead; sign += 1) this.add(Math.imul(scan.sign[sign] ?? 0, multiplier) ^ signSeed, -1 - sign, -1 - sign);
  }

  private readPhrases(): void {
    const { scan, pass } = this;
    for (let each = 0; each < pass.phrases; each += 1) {
      const unit = pass.phrase[each] ?? 0;
      const first = pass.unitFirst[unit] ?? 0;
      const last = pass.unitLast[unit] ?? 0;
      if (last >= wordsRead) return;
      this.add((Math.imul(scan.hash[first] ?? 0, multiplier) + (scan.hash[last] ?? 0)) ^ phraseSeed, first, last);
    }
  }

  private add(hash: number, first: number, last: number): void {
    const bucket = ((scatter(hash) >>> 0) * this.share) | 0;
    if (this.stamps[bucket] === this.stamp) return;
    this.stamps[bucket] = this.stamp;
    const at = this.count;
    if (at === this.bucket.length) this.grow();
    this.bucket[at] = bucket;
    this.count = at + 1;
    if (!this.tracing) return;
    this.firstWord[at] = first;
    this.lastWord[at] = last;
  }

  private grow(): void {
    const size = Math.min(this.bucket.length * 2, Math.max(this.bucket.length, this.buckets));
    this.bucket = resized(this.bucket, new Int32Array(size));
    this.firstWord = resized(this.firstWord, new Int32Array(size));
    this.lastWord = resized(this.lastWord, new Int32Array(size));
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
    dense[at++] = logOf(scan.text.length);
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

/** Counts are small whole numbers. */
const logsKept = 512;
const logs = Float64Array.from({ length: logsKept }, (_unused, value) => Math.log1p(value));

function logOf(value: number): number {
  const whole = value | 0;
  if (whole === value && whole >= 0 && whole < logsKept) return logs[whole] ?? 0;
  return value < 0 ? -Math.log1p(-value) : Math.log1p(value);
}
