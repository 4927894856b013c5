import { hitFlags, type LexiconPass } from './lexiconPass';
import { type RatedWords } from './ratedWords';
import { type TextScan } from './scan';
import { wordFlags } from './wordFlags';

/** Features with a value of their own, in their order; a change here wants a new `modelVersion`. */
export const denseNames = [
  'positive', 'negative', 'difference', 'strongest praise', 'strongest blame', 'last hit', 'praise hits', 'blame hits', 'praising phrases', 'blaming phrases', 'negated', 'no hit', 'share of hits',
  'praising signs', 'blaming signs', 'irony',
  'other signs', 'exclamation marks', 'question marks', 'dots', 'capitals', 'elongations', 'words', 'characters', 'handles', 'addresses', 'tags', 'starts with a handle', 'inverted question mark',
  'numbers', 'laughs', 'asked words', 'titles', 'commas', 'quotes', 'brackets',
  'rating', 'highest rating', 'lowest rating', 'rated words',
] as const;
export const denseCount = denseNames.length;
/** Those that come from the hits of the lexicon; the first ones. */
export const lexiconDense = 16;
/** Those that come from the ratings of words; the last ones. */
export const ratedDense = denseNames.indexOf('rating');

const noHit = denseNames.indexOf('no hit');
const countedFlags = wordFlags.capitals | wordFlags.elongated | wordFlags.number | wordFlags.laugh | wordFlags.asked;

/** The dense features of one text after the other. */
export class DenseFeatures {
  readonly values = new Float64Array(denseCount);
  /** Places of those that are not 0 in `values`, in their order: the first `used` of these. */
  readonly places = new Uint8Array(denseCount);
  used = 0;
  private readonly ofHits = new Float64Array(lexiconDense);

  constructor(private readonly scan: TextScan, private readonly pass: LexiconPass, private readonly rated: RatedWords) {}

  read(): void {
    const { scan, pass } = this;
    for (let each = 0; each < this.used; each += 1) this.values[this.places[each] ?? 0] = 0;
    this.used = 0;
    if (pass.hits === 0) this.add(noHit, 1);
    else {
      this.readHits(-1, this.ofHits);
      for (let at = 0; at < lexiconDense; at += 1) if (this.ofHits[at] !== 0) this.set(at, this.ofHits[at] ?? 0);
    }
    let at = lexiconDense;
    this.add(at++, scan.signs - (pass.hits - pass.wordHits));
    this.add(at++, scan.exclaims);
    this.add(at++, scan.asks);
    this.add(at++, scan.dots);
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
    this.add(at++, capitals);
    this.add(at++, elongated);
    this.add(at++, scan.words);
    this.add(at++, scan.length);
    this.add(at++, scan.handles);
    this.add(at++, scan.addresses);
    this.add(at++, scan.tags);
    this.add(at++, scan.startsWithHandle ? 1 : 0);
    this.add(at++, scan.opensQuestion);
    this.add(at++, numbers);
    this.add(at++, laughs);
    this.add(at++, asked);
    this.add(at++, scan.titles);
    this.add(at++, scan.commas);
    this.add(at++, scan.quotes);
    this.add(at, scan.brackets);
    this.readRatings();
  }

  private readRatings(): void {
    const { rated } = this;
    rated.read();
    if (rated.count === 0) return;
    const root = Math.sqrt(this.scan.words);
    if (rated.sum !== 0) this.set(ratedDense, rated.sum / root);
    if (rated.highest !== 0) this.set(ratedDense + 1, rated.highest);
    if (rated.lowest !== 0) this.set(ratedDense + 2, rated.lowest);
    this.set(ratedDense + 3, rated.count / root);
  }

  /** A count; most are 0. */
  private add(at: number, count: number): void {
    if (count !== 0) this.set(at, count < wholesKept ? (wholes[count] ?? 0) : Math.log1p(count));
  }

  private set(at: number, value: number): void {
    this.values[at] = value;
    this.places[this.used] = at;
    this.used += 1;
  }

  /** The dense features of the lexicon's hits, as they would be without the hit `left`; -1: with all of them. */
  readHits(left: number, into: Float64Array): void {
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

/** Logarithm of one more than the value, with its sign. Most values are 0. */
function logOf(value: number): number {
  return value === 0 ? 0 : logOfSome(value);
}

function logOfSome(value: number): number {
  const whole = value | 0;
  if (whole === value && whole >= 0 && whole < wholesKept) return wholes[whole] ?? 0;
  const size = Math.abs(value);
  const near = (size * 100 + 0.5) | 0;
  const found = near < hundredthsKept && Math.abs(size * 100 - near) < 1e-9 ? (hundredths[near] ?? 0) : Math.log1p(size);
  return value < 0 ? -found : found;
}
