import { type Evidence, type ScoredLanguage, type SentimentLabel } from '../core/sentiment';
import { type CompiledLexicon } from './compile';
import { emptyWords } from './emptyWords';
import { FeaturePass } from './features';
import { KeptBuckets } from './keptBuckets';
import { leaveOut } from './leaveOut';
import { lexiconEvidence } from './lexiconEvidence';
import { LexiconPass } from './lexiconPass';
import { type LinearWeights } from './linearModel';
import { LinearScorer } from './linearScorer';
import { ModelEvidence } from './modelEvidence';
import { RatedWords } from './ratedWords';
import { type TextScan } from './scan';

/** Sum of the weights from which a text is called positive or negative by its lexicon alone. */
const threshold = 0.9;
/** So few words are read by the lexicon alone: they say plainly what they say ("excelente servicio"), and of the corpus hardly any text is as short. */
const plainWords = 3;
/** Characters up to which the strongest evidence is checked, and how often. */
const longestChecked = 4000;
const mostChecked = 6;
/** From here a label is well likelier than the others together, and a word without which the text would say the opposite is a reason for it. */
const likely = 0.7;
/** Smallest weight that is told as more than nothing, with one digit behind the point. */
const leastTold = 0.05;
/** Sum of the weights at which that score is 0.7. */
const halfway = 4;

/** Scores the texts of one language: by its model, or by its lexicon alone where there is none. */
export class LanguageScorer {
  label: SentimentLabel = 'neutral';
  score = 0;
  confidence = 0;
  private readonly pass: LexiconPass;
  private readonly features: FeaturePass | undefined;
  private readonly linear: LinearScorer | undefined;
  private readonly reasons: ModelEvidence | undefined;

  constructor(private readonly scan: TextScan, language: ScoredLanguage, lexicon: CompiledLexicon, weights: LinearWeights | undefined) {
    this.pass = new LexiconPass(scan, lexicon);
    if (weights === undefined) return;
    const kept = KeptBuckets.of(weights.idf);
    const rated = new RatedWords(scan, this.pass, lexicon.ratings);
    this.features = new FeaturePass(scan, this.pass, rated, weights.pieces, kept);
    this.linear = new LinearScorer(weights, kept, this.features);
    this.reasons = new ModelEvidence(scan, this.pass, this.features, rated, this.linear, emptyWords(language));
  }

  /** Scores the text that the scan read last. */
  read(): void {
    this.pass.read();
    if (this.features === undefined || this.linear === undefined || this.scan.words <= plainWords) this.judge();
    else {
      this.features.read();
      this.linear.read();
      const { negativeChance, neutralChance, positiveChance } = this.linear;
      this.label = negativeChance > neutralChance && negativeChance >= positiveChance ? 'negative' : positiveChance > neutralChance ? 'positive' : 'neutral';
      this.score = round(positiveChance - negativeChance);
      this.confidence = round(Math.max(negativeChance, neutralChance, positiveChance));
    }
  }

  /** What moved the score that was read last; the scan may hold another text afterwards. */
  evidence(bothSides: boolean): Evidence[] {
    const { text } = this.scan;
    if (this.reasons === undefined || this.scan.words <= plainWords) return lexiconEvidence(text, this.pass);
    const found = this.reasons.list(this.label === 'neutral' ? 0 : this.label === 'positive' ? 1 : -1);
    return withoutFaint(bothSides || this.label === 'neutral' || text.length > longestChecked ? found : this.checked(text, found));
  }

  /**
   * What each word adds is not all that it does: it stands in the context of others and makes the row longer. So the strongest word for the label is taken out of the text
   * and the rest scored: if the score comes no nearer to 0, the word did not move it and is left out, and the next one is tried. Of a text with something for each side
   * ("the staff was kind, the procedure a disaster") the rest may be as far from 0 on the other side; where the label is likely that is a reason as well.
   */
  private checked(text: string, found: Evidence[]): Evidence[] {
    const { label, score, confidence } = this;
    const sign = label === 'positive' ? 1 : -1;
    // Mostly there is none.
    let wrong: readonly Evidence[] = [];
    for (let times = 0; times < mostChecked; times += 1) {
      const candidate = strongest(found, wrong, sign);
      if (candidate === undefined) break;
      const end = candidate.start + candidate.length;
      if (times > 0 || !leaveOut(this.scan, candidate.start, end)) this.scan.read(text.slice(0, candidate.start) + text.slice(end));
      this.read();
      if (Math.abs(this.score) < Math.abs(score) || (confidence >= likely && this.score * sign < 0)) break;
      wrong = [...wrong, candidate];
    }
    this.label = label;
    this.score = score;
    this.confidence = confidence;
    // Words that say the same share what they add: where each alone is dispensable, all of them stay.
    return wrong.length === 0 || strongest(found, wrong, sign) === undefined ? found : found.filter((each) => !wrong.includes(each));
  }

  /** Label, score and confidence from the hits alone. */
  private judge(): void {
    const { pass } = this;
    let sum = 0;
    for (let hit = 0; hit < pass.hits; hit += 1) sum += pass.hitWeight[hit] ?? 0;
    this.label = sum >= threshold ? 'positive' : sum <= -threshold ? 'negative' : 'neutral';
    const margin = this.label === 'neutral' ? threshold - Math.abs(sum) : Math.abs(sum) - threshold;
    this.score = round(sum / Math.sqrt(sum * sum + halfway * halfway));
    this.confidence = round(confidenceOf(this.label, margin, pass.hits > 0));
  }
}

/** A weight under `leastTold` would be told as 0.0: it stays only where nothing else pulls to its side. */
function withoutFaint(found: Evidence[]): Evidence[] {
  if (!found.some(({ weight }) => Math.abs(weight) < leastTold)) return found;
  const [praise, blame] = [1, -1].map((sign) => found.some(({ weight }) => weight * sign >= leastTold));
  return found.filter(({ weight }) => Math.abs(weight) >= leastTold || (weight > 0 ? praise : blame) !== true);
}

/** The first of those that pull most in the direction of the label and are not in `wrong`. */
function strongest(found: readonly Evidence[], wrong: readonly Evidence[], sign: number): Evidence | undefined {
  let best: Evidence | undefined;
  for (const each of found) if (each.weight * sign > (best === undefined ? 0 : best.weight * sign) && !wrong.includes(each)) best = each;
  return best;
}

/** Rises with the distance from the nearest threshold. Neutral is never sure: most often the lexicon just does not know the words. */
function confidenceOf(label: SentimentLabel, margin: number, hits: boolean): number {
  if (label === 'neutral') return hits ? 0.3 + (0.1 * margin) / threshold : 0.25;
  return 0.4 + 0.55 * (1 - Math.exp(-margin / 3));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
