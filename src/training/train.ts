import { type ScoredLanguage } from '../core/sentiment';
import { compileLexicon } from '../sentiment/compile';
import { FeaturePass } from '../sentiment/features';
import { KeptBuckets } from '../sentiment/keptBuckets';
import { parseLexicon } from '../sentiment/lexicon';
import { LexiconPass } from '../sentiment/lexiconPass';
import { RatedWords } from '../sentiment/ratedWords';
import { parseRatings } from '../sentiment/ratings';
import { TextScan } from '../sentiment/scan';
import { calibrate, type Calibration } from './calibrate';
import { type Domain, type Example, type WordLists } from './examples';
import { fit, type Fitted, idfOf, type Row, scoresOf, timesIn } from './fit';
import { type Prediction } from './measures';
import { hardHands, hardMentions, type Recipe } from './recipes';

/** An example as the model reads it. */
export interface DomainRow extends Row {
  readonly domain: Domain;
}

export interface Trained {
  readonly idf: Float64Array;
  readonly general: Fitted;
  readonly civic: Fitted | undefined;
  /** Label 2: a mention to an institution; label 0: any other post. */
  readonly gate: Fitted | undefined;
  readonly generalCalibration: Calibration;
  readonly civicCalibration: Calibration;
}

/** What a model that was not trained on it says of an example, before calibration. */
export interface Unseen {
  readonly label: number;
  readonly domain: Domain;
  readonly general: Differences;
  readonly civic: Differences;
  /** 0 to 1. */
  readonly civicShare: number;
}

/** To neutral. */
export interface Differences {
  readonly negative: number;
  readonly positive: number;
}

const uncalibrated: Calibration = { temperature: 1, negative: 0, positive: 0 };

export function rowsOf(language: ScoredLanguage, { lexicon, ratings }: WordLists, recipe: Recipe, examples: readonly Example[]): DomainRow[] {
  const scan = new TextScan();
  const compiled = compileLexicon(language, parseLexicon(lexicon), parseRatings(ratings));
  const pass = new LexiconPass(scan, compiled);
  const features = new FeaturePass(scan, pass, new RatedWords(scan, pass, compiled.ratings), recipe.pieces, KeptBuckets.all(recipe.buckets));
  const shares = new Map<string, number>();
  const keyOf = (domain: Domain, label: number): string => `${domain} ${String(label)}`;
  for (const { domain, label } of examples) shares.set(keyOf(domain, label), (shares.get(keyOf(domain, label)) ?? 0) + 1);
  return examples.map(({ text, label, domain, hand }) => {
    scan.read(text);
    pass.read();
    features.read();
    // The measure is the mean over labels, so a rare one counts more, halfway.
    const own = shares.get(keyOf(domain, label)) ?? 1;
    const mean = [0, 1, 2].reduce((sum, each) => sum + (shares.get(keyOf(domain, each)) ?? 0), 0) / 3;
    return { buckets: features.bucket.slice(0, features.count).map((number) => number - 1), dense: features.dense.values.slice(), label, domain, weight: Math.sqrt(mean / own) * (hardHands.has(hand) ? hardMentions : 1) };
  });
}

/** Fits the experts and the gate; not yet calibrated. */
export function train(rows: readonly DomainRow[], recipe: Recipe): Trained {
  const { buckets } = recipe;
  const idf = idfOf(rows, buckets, commonIn(rows, recipe));
  const known = rows.map((row) => ({ ...row, buckets: row.buckets.filter((bucket) => idf[bucket] !== 0) }));
  const expert = (domain: Domain, sparseC: number, denseC: number, otherDomain: number, posts: number): Fitted => {
    const weighted = known.map((row) => (row.domain === domain ? row : { ...row, weight: row.weight * (row.domain === 'post' ? posts : otherDomain) })).filter(({ weight }) => weight > 0);
    return fit(weighted, idf, { buckets, sparseC, denseC });
  };
  const mixed = rows.some(({ domain }) => domain === 'corpus') && rows.some(({ domain }) => domain === 'tweet');
  return {
    idf,
    general: expert(rows.some(({ domain }) => domain === 'tweet') ? 'tweet' : 'corpus', recipe.generalC, recipe.generalDenseC, 0, recipe.generalPosts),
    civic: mixed ? expert('corpus', recipe.civicC, recipe.civicDenseC, recipe.otherDomain, recipe.civicPosts) : undefined,
    gate: mixed ? fit(known.filter(({ domain }) => domain !== 'post').map((row) => ({ ...row, label: row.domain === 'corpus' ? 2 : 0, weight: row.domain === 'tweet' ? recipe.gateTweets : 1 })), idf, { buckets, sparseC: recipe.gateC, denseC: 1 }) : undefined,
    generalCalibration: uncalibrated,
    civicCalibration: uncalibrated,
  };
}

/** Whether a bucket stands in texts enough to get a weight. */
function commonIn(rows: readonly DomainRow[], { buckets, least, leastWithPosts = Infinity }: Recipe): (bucket: number) => boolean {
  const measured = timesIn(rows.filter(({ domain }) => domain !== 'post'), buckets);
  const all = timesIn(rows, buckets);
  return (bucket) => (measured[bucket] ?? 0) >= least || (all[bucket] ?? 0) >= leastWithPosts;
}

/** Each expert is calibrated on the unseen texts of its own domain. */
export function calibrationsOf(unseen: readonly Unseen[]): { readonly generalCalibration: Calibration; readonly civicCalibration: Calibration } {
  const general = unseen.filter(({ domain }) => domain === 'tweet').map((each) => ({ ...each.general, label: each.label }));
  const civic = unseen.filter(({ domain }) => domain === 'corpus').map((each) => ({ ...each.civic, label: each.label }));
  return { generalCalibration: general.length === 0 ? uncalibrated : calibrate(general), civicCalibration: civic.length === 0 ? uncalibrated : calibrate(civic) };
}

export function unseenOf(trained: Trained, row: DomainRow): Unseen {
  const general = differencesOf(trained.general, trained.idf, row);
  if (trained.civic === undefined || trained.gate === undefined) return { label: row.label, domain: row.domain, general, civic: general, civicShare: 0 };
  const [other, , institution] = scoresOf(trained.gate, trained.idf, row);
  return { label: row.label, domain: row.domain, general, civic: differencesOf(trained.civic, trained.idf, row), civicShare: 1 / (1 + Math.exp(other - institution)) };
}

/** Label and confidence of the experts together, calibrated. */
export function predict({ label, general, civic, civicShare }: Unseen, { generalCalibration, civicCalibration }: Pick<Trained, 'generalCalibration' | 'civicCalibration'>): Prediction {
  const mix = (part: 'negative' | 'positive'): number =>
    (1 - civicShare) * (general[part] / generalCalibration.temperature + generalCalibration[part]) + civicShare * (civic[part] / civicCalibration.temperature + civicCalibration[part]);
  const negative = mix('negative');
  const positive = mix('positive');
  const most = Math.max(negative, positive, 0);
  const total = Math.exp(negative - most) + Math.exp(positive - most) + Math.exp(-most);
  return { label, said: negative > 0 && negative >= positive ? 0 : positive > 0 ? 2 : 1, confidence: 1 / total };
}

/** What models say that were each trained without one fold, of the examples of that fold. Rows beyond the last fold are trained on each time and never asked about. */
export function outOfFold(rows: readonly DomainRow[], folds: readonly number[], recipe: Recipe): Unseen[] {
  const unseen: Unseen[] = [];
  for (const fold of new Set(folds)) {
    const trained = train(rows.filter((_row, index) => folds[index] !== fold), recipe);
    rows.forEach((row, index) => {
      if (folds[index] === fold) unseen[index] = unseenOf(trained, row);
    });
  }
  return unseen;
}

/** A place in `0..folds - 1` for each example, drawn from the seed. */
export function drawFolds(count: number, folds: number, seed: number): number[] {
  const order = Array.from({ length: count }, (_unused, index) => index);
  let state = seed | 0;
  for (let at = count - 1; at > 0; at -= 1) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    const other = (state >>> 8) % (at + 1);
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  const drawn: number[] = [];
  order.forEach((index, place) => {
    drawn[index] = place % folds;
  });
  return drawn;
}

function differencesOf(fitted: Fitted, idf: Float64Array, row: Row): Differences {
  const [negative, neutral, positive] = scoresOf(fitted, idf, row);
  return { negative: negative - neutral, positive: positive - neutral };
}
