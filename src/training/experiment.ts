import { type ScoredLanguage } from '../core/sentiment';
import { compileLexicon } from '../sentiment/compile';
import { FeaturePass } from '../sentiment/features';
import { parseLexicon } from '../sentiment/lexicon';
import { LexiconPass } from '../sentiment/lexiconPass';
import { type Calibration } from '../sentiment/linearModel';
import { TextScan } from '../sentiment/scan';
import { type Unseen } from './calibrate';
import { type Example } from './examples';
import { fit, type Fitted, type FitOptions, type Row, scoresOf } from './fit';
import { type Prediction } from './measures';

/** What was chosen for a language by cross-validation. */
export interface Recipe extends FitOptions {
  readonly pieces: boolean;
  /** How much a mention of our own corpus counts beside a tweet. */
  readonly corpusWeight: number;
}

/** Examples as the model reads them with this lexicon. */
export function rowsOf(language: ScoredLanguage, lexicon: string, recipe: Recipe, examples: readonly Example[]): Row[] {
  const scan = new TextScan();
  const pass = new LexiconPass(scan, compileLexicon(language, parseLexicon(lexicon)));
  const features = new FeaturePass(scan, pass, recipe.pieces);
  const shares = new Map<string, number>();
  for (const { domain, label } of examples) shares.set(`${domain}${String(label)}`, (shares.get(`${domain}${String(label)}`) ?? 0) + 1);
  return examples.map(({ text, label, domain }) => {
    scan.read(text);
    pass.read();
    features.read();
    // Each label of a domain counts alike, halfway: the measure is the mean over labels.
    const mean = ((shares.get(`${domain}0`) ?? 0) + (shares.get(`${domain}1`) ?? 0) + (shares.get(`${domain}2`) ?? 0)) / 3;
    const balance = Math.sqrt(mean / (shares.get(`${domain}${String(label)}`) ?? mean));
    return { buckets: features.bucket.slice(0, features.count), dense: features.dense.slice(), label, weight: balance * (domain === 'corpus' ? recipe.corpusWeight : 1) };
  });
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

/** By hand: whoever wrote a mention is either trained on or measured. */
export function foldsByHand(examples: readonly Example[]): number[] {
  const hands = [...new Set(examples.map(({ hand }) => hand))];
  return examples.map(({ hand }) => hands.indexOf(hand));
}

/** Scores of each example by a model that was trained without its fold. Only rows for which `measured` holds get scores; folds of others are never left out. */
export function outOfFold(rows: readonly Row[], folds: readonly number[], recipe: Recipe, measured: (index: number) => boolean = () => true): Unseen[] {
  const unseen: Unseen[] = [];
  const wanted = new Set(folds.filter((_fold, index) => measured(index)));
  for (const fold of wanted) {
    const model = fit(rows.filter((_row, index) => folds[index] !== fold || !measured(index)), recipe);
    rows.forEach((row, index) => {
      if (folds[index] === fold && measured(index)) unseen[index] = unseenOf(model, row);
    });
  }
  return unseen;
}

export function unseenOf(model: Fitted, row: Row): Unseen {
  const [negative, neutral, positive] = scoresOf(model, row);
  return { negative: negative - neutral, positive: positive - neutral, label: row.label, weight: row.weight };
}

export function predict({ negative, positive, label }: Unseen, calibration: Calibration): Prediction {
  const a = negative / calibration.temperature + calibration.negative;
  const b = positive / calibration.temperature + calibration.positive;
  const most = Math.max(a, b, 0);
  const total = Math.exp(a - most) + Math.exp(b - most) + Math.exp(-most);
  return { label, said: a > 0 && a >= b ? 0 : b > 0 ? 2 : 1, confidence: 1 / total };
}

