import { type Evidence } from '../core/sentiment';
import { type FeaturePass, lexiconDense } from './features';
import { type LexiconPass } from './lexiconPass';
import { type LinearScorer } from './linearScorer';
import { type ScannedText } from './scannedText';

/** Of the words that no lexicon lists, so many at most; and none that moved the score less than this share of what moved it most. */
const wordsShown = 4;
const shareShown = 0.25;
const leastShown = 0.08;
/** Weight under which a hit that moves the score against its meaning in the lexicon is not shown. */
const faintContradiction = 0.5;
/** Words for the label that are wanted at least. */
const candidatesWanted = 2;
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

  constructor(private readonly scan: ScannedText, private readonly pass: LexiconPass, private readonly features: FeaturePass, private readonly scorer: LinearScorer) {}

  /** `direction`: of the label (1 or -1; 0: neutral); words that pull there are listed even if they pull faintly, when nothing else does. */
  list(direction: number): Evidence[] {
    this.spread();
    const spans = this.hitSpans();
    this.addWords(spans);
    if (direction !== 0 && candidatesIn(spans, direction) < candidatesWanted) this.addFaintest(spans, direction);
    const { text } = this.scan;
    if (spans.length > 1) spans.sort((one, other) => one.start - other.start);
    const found: Evidence[] = [];
    for (const { start, end, weight } of spans) {
      const shown = Math.round(weight * 100) / 100;
      if (shown !== 0) found.push({ text: text.slice(start, end), weight: shown, start, length: end - start });
    }
    return found;
  }

  /** Shares what each hashed feature adds among its words. */
  private spread(): void {
    const { scan, features, scorer } = this;
    if (this.byWord.length < scan.words || (this.byWord.length > 1 << 14 && scan.words < 1 << 12)) this.byWord = new Float64Array(Math.max(256, scan.words));
    if (this.bySign.length < scan.signs || (this.bySign.length > 1 << 14 && scan.signs < 1 << 12)) this.bySign = new Float64Array(Math.max(64, scan.signs));
    this.byWord.fill(0, 0, scan.words);
    this.bySign.fill(0, 0, scan.signs);
    for (let feature = 0; feature < features.count; feature += 1) {
      const added = scorer.contribution(feature);
      const origin = features.origin[feature] ?? 0;
      const first = origin >> 16;
      const last = (origin << 16) >> 16;
      if (first < 0) this.bySign[-1 - first] = (this.bySign[-1 - first] ?? 0) + added;
      else if (first === last) this.byWord[first] = (this.byWord[first] ?? 0) + added;
      else {
        this.byWord[first] = (this.byWord[first] ?? 0) + added / 2;
        this.byWord[last] = (this.byWord[last] ?? 0) + added / 2;
      }
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
        features.readLexicon(hit, this.without);
        for (let at = 0; at < lexiconDense; at += 1) weight += ((features.dense[at] ?? 0) - (this.without[at] ?? 0)) * scorer.denseWeight(at);
      }
      // Praise that faintly reads as blame, or the reverse, moved nothing that a person would follow.
      if (weight * (pass.hitWeight[hit] ?? 0) >= 0 || Math.abs(weight) >= faintContradiction) spans.push({ start, end, weight });
    }
    return spans;
  }

  private addFaintest(spans: Span[], direction: number): void {
    const { scan } = this;
    const taken = new Set(spans.map(({ start }) => start));
    const words: Span[] = [];
    for (let word = 0; word < Math.min(scan.words, hitsWeighed); word += 1) {
      const weight = this.byWord[word] ?? 0;
      if (weight * direction >= 0.005 && !taken.has(scan.start[word] ?? 0)) words.push({ start: scan.start[word] ?? 0, end: scan.end[word] ?? 0, weight });
    }
    words.sort((one, other) => (other.weight - one.weight) * direction);
    spans.push(...words.slice(0, candidatesWanted));
  }

  private addWords(spans: Span[]): void {
    const { scan } = this;
    let most = leastShown;
    for (const { weight } of spans) most = Math.max(most, Math.abs(weight));
    for (let word = 0; word < scan.words; word += 1) most = Math.max(most, Math.abs(this.byWord[word] ?? 0));
    const least = Math.max(leastShown, most * shareShown);
    const words: Span[] = [];
    for (let word = 0; word < scan.words; word += 1) {
      const weight = this.byWord[word] ?? 0;
      if (Math.abs(weight) >= least) words.push({ start: scan.start[word] ?? 0, end: scan.end[word] ?? 0, weight });
    }
    if (words.length > wordsShown) words.sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
    spans.push(...words.slice(0, wordsShown));
  }
}

function candidatesIn(spans: readonly Span[], direction: number): number {
  let count = 0;
  for (const { weight } of spans) if (weight * direction > 0) count += 1;
  return count;
}
