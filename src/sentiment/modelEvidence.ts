import { type Evidence } from '../core/sentiment';
import { lexiconDense, ratedDense } from './denseFeatures';
import { type FeaturePass } from './features';
import { type LexiconPass } from './lexiconPass';
import { type LinearScorer } from './linearScorer';
import { type RatedWords } from './ratedWords';
import { type ScannedText } from './scannedText';
import { wordFlags } from './wordFlags';
import { noSlot } from './wordMemo';

/** Of the words that no lexicon lists, so many at most; and none that moved the score less than this share of what moved it most. */
const wordsShown = 4;
const shareShown = 0.25;
const leastShown = 0.08;
/** Weight under which a hit that moves the score against its meaning in the lexicon is not shown. */
const faintContradiction = 0.5;
/** Words for the label that are wanted at least, however faint, down to this weight. */
const candidatesWanted = 2;
const leastFaint = 0.005;
/** Words that mean nothing alone are shown as part of a phrase with the word that they lead up to; so many at most before it. */
const emptyBefore = 3;
const fewSpans = 16;
const isWord = 1;
const isEmptyWord = 2;
/** Hits beyond these get the weight that the lexicon gives them: a text of a megabyte is no reason to wait. */
const hitsWeighed = 40;

interface Span {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

/**
 * What moved the score of the model: the hits of the lexicon and further words, each with what it adds to the difference between positive and negative (in logits): its
 * hashed features as they are, pairs shared between their words, and what the dense features lose without the hit. In the order of the text, without overlaps.
 */
export class ModelEvidence {
  private byWord = new Float64Array(256);
  private bySign = new Float64Array(64);
  private readonly without = new Float64Array(lexiconDense);

  /** By slot of the scan, `isWord` or `isEmptyWord`; 0: not asked yet. */
  private readonly known: Int32Array;

  constructor(private readonly scan: ScannedText, private readonly pass: LexiconPass, private readonly features: FeaturePass, private readonly rated: RatedWords, private readonly scorer: LinearScorer, private readonly empty: ReadonlySet<number>) {
    this.known = scan.slotTable(1);
  }

  /** `direction`: of the label (1 or -1; 0: neutral); words that pull there are listed even if they pull faintly, when nothing else does. */
  list(direction: number): Evidence[] {
    this.spread();
    const spans = this.hitSpans();
    this.addWords(spans);
    if (direction !== 0 && candidatesIn(spans, direction) < candidatesWanted) this.addFaintest(spans, direction);
    const { text } = this.scan;
    sortByStart(spans);
    const found: Evidence[] = [];
    for (const { start, end, weight } of spans) {
      const shown = Math.round(weight * 100) / 100;
      if (shown !== 0) found.push({ text: text.slice(start, end), weight: shown, start, length: end - start });
    }
    return found;
  }

  /** Shares what each hashed feature adds among its words, and what their ratings add. */
  private spread(): void {
    const { scan, features, scorer } = this;
    if (this.byWord.length < scan.words || (this.byWord.length > 1 << 14 && scan.words < 1 << 12)) this.byWord = new Float64Array(Math.max(256, scan.words));
    if (this.bySign.length < scan.signs || (this.bySign.length > 1 << 14 && scan.signs < 1 << 12)) this.bySign = new Float64Array(Math.max(64, scan.signs));
    const { byWord, bySign } = this;
    byWord.fill(0, 0, scan.words);
    bySign.fill(0, 0, scan.signs);
    const contributions = scorer.contributions();
    const { origin: origins, count } = features;
    for (let feature = 0; feature < count; feature += 1) {
      const added = contributions[feature] ?? 0;
      const origin = origins[feature] ?? 0;
      const first = origin >> 16;
      const last = (origin << 16) >> 16;
      if (first < 0) bySign[-1 - first] = (bySign[-1 - first] ?? 0) + added;
      else if (first === last) byWord[first] = (byWord[first] ?? 0) + added;
      else {
        byWord[first] = (byWord[first] ?? 0) + added / 2;
        byWord[last] = (byWord[last] ?? 0) + added / 2;
      }
    }
    this.spreadRatings();
  }

  private spreadRatings(): void {
    const { byWord, rated, scorer } = this;
    const root = Math.sqrt(this.scan.words);
    const weight = scorer.denseWeight(ratedDense) / root;
    const anyWeight = scorer.denseWeight(ratedDense + 3) / root;
    for (let at = 0; at < rated.count; at += 1) {
      const word = rated.word[at] ?? 0;
      const rating = rated.rating[at] ?? 0;
      const most = at === rated.highestAt ? rating * scorer.denseWeight(ratedDense + 1) : at === rated.lowestAt ? -rating * scorer.denseWeight(ratedDense + 2) : 0;
      byWord[word] = (byWord[word] ?? 0) + rating * weight + most + anyWeight;
    }
  }

  private hitSpans(): Span[] {
    const { scan, pass, features, scorer } = this;
    const spans: Span[] = [];
    let word = 0;
    for (let hit = 0; hit < pass.hits; hit += 1) {
      const start = pass.hitStart[hit] ?? 0;
      const end = pass.hitEnd[hit] ?? 0;
      let weight = 0;
      if (hit < pass.wordHits) {
        while (word < scan.words && (scan.start[word] ?? 0) < start) word += 1;
        for (; word < scan.words && (scan.start[word] ?? 0) < end; word += 1) {
          weight += this.byWord[word] ?? 0;
          this.byWord[word] = 0;
        }
      } else {
        const sign = pass.hitUnit[hit] ?? 0;
        weight += this.bySign[sign] ?? 0;
      }
      if (spans.length < hitsWeighed) {
        features.dense.readHits(hit, this.without);
        const { values } = features.dense;
        for (let at = 0; at < lexiconDense; at += 1) {
          const lost = (values[at] ?? 0) - (this.without[at] ?? 0);
          if (lost !== 0) weight += lost * scorer.denseWeight(at);
        }
      }
      // Praise that faintly reads as blame, or the reverse, moved nothing that a person would follow.
      if (weight * (pass.hitWeight[hit] ?? 0) >= 0 || Math.abs(weight) >= faintContradiction) spans.push({ start, end, weight });
    }
    return spans;
  }

  private addFaintest(spans: Span[], direction: number): void {
    const taken = spans.length;
    for (const span of this.phrases(leastFaint, Math.min(this.scan.words, hitsWeighed))) {
      if (span.weight * direction >= leastFaint && !endsAmong(spans, taken, span.end)) keepStrongest(spans, taken, candidatesWanted, span);
    }
    if (spans.length === taken && candidatesIn(spans, direction) === 0) this.addMixed(spans, direction);
  }

  /** Where nothing else pulls in the direction of the label: the empty words that do, with the word that they lead up to, though that pulls elsewhere. */
  private addMixed(spans: Span[], direction: number): void {
    const { scan, byWord } = this;
    let best: Span | undefined;
    for (let word = 0; word + 1 < Math.min(scan.words, hitsWeighed); word += 1) {
      const weight = (byWord[word] ?? 0) + (byWord[word + 1] ?? 0);
      if (weight * direction < leastFaint || !this.isEmpty(word) || !this.joined(word + 1) || (best !== undefined && weight * direction <= best.weight * direction)) continue;
      const start = scan.start[word] ?? 0;
      const end = scan.end[word + 1] ?? 0;
      if (!spans.some((span) => span.start < end && start < span.end)) best = { start, end, weight };
    }
    if (best !== undefined) spans.push(best);
  }

  private addWords(spans: Span[]): void {
    const { scan, byWord } = this;
    let most = leastShown;
    for (const { weight } of spans) most = Math.max(most, Math.abs(weight));
    for (let word = 0; word < scan.words; word += 1) {
      const size = Math.abs(byWord[word] ?? 0);
      if (size > most) most = size;
    }
    const taken = spans.length;
    for (const span of this.phrases(Math.max(leastShown, most * shareShown), scan.words)) keepStrongest(spans, taken, wordsShown, span);
  }

  /** Words of at least a weight, each with the empty ones right before it that pull to the same side; what an empty word pulls elsewhere is not shown. */
  private phrases(least: number, words: number): Span[] {
    const { scan, byWord } = this;
    const found: Span[] = [];
    for (let word = 0; word < words; word += 1) {
      let weight = byWord[word] ?? 0;
      // Even with as much from each word before it, it would stay below.
      if (Math.abs(weight) * (emptyBefore + 1) < least && (word === 0 || Math.abs(byWord[word - 1] ?? 0) * (emptyBefore + 1) < least)) continue;
      if (weight === 0 || this.isEmpty(word)) continue;
      let first = word;
      while (first > 0 && word - first < emptyBefore && (byWord[first - 1] ?? 0) * weight > 0 && this.joined(first) && this.isEmpty(first - 1)) {
        first -= 1;
        weight += byWord[first] ?? 0;
      }
      if (Math.abs(weight) >= least) found.push({ start: scan.start[first] ?? 0, end: scan.end[word] ?? 0, weight });
    }
    return found;
  }

  private isEmpty(word: number): boolean {
    const slot = this.scan.slot[word] ?? noSlot;
    const known = this.known[slot] ?? 0;
    if (known !== 0) return known === isEmptyWord;
    const empty = this.empty.has(this.scan.hash[word] ?? 0);
    if (slot !== noSlot) this.known[slot] = empty ? isEmptyWord : isWord;
    return empty;
  }

  /** Whether nothing but a space stands before a word. */
  private joined(word: number): boolean {
    const { scan } = this;
    return scan.start[word] === (scan.end[word - 1] ?? 0) + 1 && ((scan.flags[word] ?? 0) & wordFlags.anyPause) === 0;
  }
}

/** Adds a span to those behind the first `taken`, of which so many are kept at most, the strongest first. */
function keepStrongest(spans: Span[], taken: number, most: number, span: Span): void {
  const size = Math.abs(span.weight);
  let at = spans.length;
  if (at < taken + most) spans.push(span);
  else if (Math.abs(spans[at - 1]?.weight ?? 0) >= size) return;
  else at -= 1;
  for (; at > taken; at -= 1) {
    const before = spans[at - 1] ?? span;
    if (Math.abs(before.weight) >= size) break;
    spans[at] = before;
  }
  spans[at] = span;
}

/** In the order of the text. Few are put in order here: the runtime takes longer to begin. */
function sortByStart(spans: Span[]): void {
  if (spans.length > fewSpans) spans.sort((one, other) => one.start - other.start);
  else {
    for (let from = 1; from < spans.length; from += 1) {
      const span = spans[from];
      let at = from;
      for (; span !== undefined && at > 0; at -= 1) {
        const before = spans[at - 1] ?? span;
        if (before.start <= span.start) break;
        spans[at] = before;
      }
      if (span !== undefined) spans[at] = span;
    }
  }
}

/** Whether one of the first `count` spans ends there. */
function endsAmong(spans: readonly Span[], count: number, end: number): boolean {
  for (let at = 0; at < count; at += 1) if (spans[at]?.end === end) return true;
  return false;
}

function candidatesIn(spans: readonly Span[], direction: number): number {
  let count = 0;
  for (const { weight } of spans) if (weight * direction > 0) count += 1;
  return count;
}
