import { denseCount } from '../sentiment/denseFeatures';
import { minimize } from './lbfgs';

/** A text as the model reads it. */
export interface Row {
  readonly buckets: Int32Array;
  readonly dense: Float64Array;
  /** 0, 1 or 2. */
  readonly label: number;
  /** How much it counts. */
  readonly weight: number;
}

export interface FitOptions {
  readonly buckets: number;
  /** Inverse strength of the pull of hashed weights towards zero, and of the others. */
  readonly sparseC: number;
  readonly denseC: number;
}

/** Weights of three classes (negative, neutral, positive), not yet rounded. */
export interface Fitted {
  /** By class and bucket. */
  readonly sparse: Float64Array;
  /** By class and dense feature, for values as they come (the standardisation is worked in). */
  readonly dense: Float64Array;
  readonly bias: Float64Array;
}

export const classes = 3;

/** Multinomial logistic regression over L2-normalised idf rows and standardised dense features. */
export function fit(rows: readonly Row[], idf: Float64Array, options: FitOptions): Fitted {
  const { buckets } = options;
  const { mean, deviation } = momentsOf(rows);
  const standard = rows.map((row) => row.dense.map((value, at) => (value - (mean[at] ?? 0)) / (deviation[at] ?? 1)));
  const values = rows.map((row) => rowValues(row.buckets, idf));
  // Only buckets that occur get a parameter.
  const place = new Int32Array(buckets).fill(-1);
  let used = 0;
  for (const row of rows) for (const bucket of row.buckets) if (place[bucket] === -1) place[bucket] = used++;
  const places = rows.map((row) => row.buckets.map((bucket) => place[bucket] ?? 0));
  const point = new Float64Array(classes * (used + denseCount + 1));
  const packed = pack(rows, places, values, standard, used);
  minimize((at, gradient) => lossOf(packed, used, options, at, gradient), point, { rounds: 60, tolerance: 0.003 * rows.length ** 0.5 });
  const sparse = new Float64Array(classes * buckets);
  const dense = new Float64Array(classes * denseCount);
  const bias = new Float64Array(classes);
  for (let label = 0; label < classes; label += 1) {
    for (let bucket = 0; bucket < buckets; bucket += 1) if (place[bucket] !== -1) sparse[label * buckets + bucket] = point[(place[bucket] ?? 0) * classes + label] ?? 0;
    let shift = point[(used + denseCount) * classes + label] ?? 0;
    for (let at = 0; at < denseCount; at += 1) {
      const weight = (point[(used + at) * classes + label] ?? 0) / (deviation[at] ?? 1);
      dense[label * denseCount + at] = weight;
      shift -= weight * (mean[at] ?? 0);
    }
    bias[label] = shift;
  }
  return { sparse, dense, bias };
}

/** Value of each hashed feature of a row: its idf over the length of all. */
export function rowValues(row: Int32Array, idf: Float64Array): Float64Array {
  const values = Float64Array.from(row, (bucket) => idf[bucket] ?? 0);
  let sum = 0;
  for (const value of values) sum += value * value;
  const length = Math.sqrt(sum) || 1;
  return values.map((value) => value / length);
}

/** Scores of the three classes for a row. */
export function scoresOf(model: Fitted, idf: Float64Array, row: Row): [number, number, number] {
  const values = rowValues(row.buckets, idf);
  const scores: [number, number, number] = [0, 0, 0];
  for (let label = 0; label < classes; label += 1) {
    let sum = model.bias[label] ?? 0;
    for (let at = 0; at < values.length; at += 1) sum += (values[at] ?? 0) * (model.sparse[label * idf.length + (row.buckets[at] ?? 0)] ?? 0);
    for (let at = 0; at < denseCount; at += 1) sum += (row.dense[at] ?? 0) * (model.dense[label * denseCount + at] ?? 0);
    scores[label] = sum;
  }
  return scores;
}

/** How rare each bucket is; 0 for those that are not common enough: they count for nothing. */
export function idfOf(rows: readonly Row[], buckets: number, isCommon: (bucket: number) => boolean): Float64Array {
  return timesIn(rows, buckets).map((times, bucket) => (isCommon(bucket) ? Math.log((1 + rows.length) / (1 + times)) + 1 : 0));
}

/** In how many rows each bucket stands. */
export function timesIn(rows: readonly Row[], buckets: number): Float64Array {
  const times = new Float64Array(buckets);
  for (const row of rows) for (const bucket of row.buckets) times[bucket] = (times[bucket] ?? 0) + 1;
  return times;
}

function momentsOf(rows: readonly Row[]): { readonly mean: Float64Array; readonly deviation: Float64Array } {
  const mean = new Float64Array(denseCount);
  const deviation = new Float64Array(denseCount);
  for (let at = 0; at < denseCount; at += 1) {
    let sum = 0;
    let squares = 0;
    for (const row of rows) {
      sum += row.dense[at] ?? 0;
      squares += (row.dense[at] ?? 0) ** 2;
    }
    mean[at] = sum / rows.length;
    deviation[at] = Math.max(0.05, Math.sqrt(Math.max(0, squares / rows.length - (mean[at] ?? 0) ** 2)));
  }
  return { mean, deviation };
}

/** Rows one after the other, dense features last, in typed arrays: training is all inner loop. */
interface Packed {
  readonly rows: number;
  /** Features of a row: `place[from[row]]` to `place[from[row + 1]]`. */
  readonly from: Int32Array;
  readonly place: Int32Array;
  readonly value: Float64Array;
  readonly label: Uint8Array;
  readonly weight: Float64Array;
}

function pack(rows: readonly Row[], places: readonly Int32Array[], values: readonly Float64Array[], standard: readonly Float64Array[], used: number): Packed {
  const total = rows.reduce((sum, row) => sum + row.buckets.length + denseCount + 1, 0);
  const from = new Int32Array(rows.length + 1);
  const place = new Int32Array(total);
  const value = new Float64Array(total);
  let at = 0;
  rows.forEach((_row, index) => {
    from[index] = at;
    place.set(places[index] ?? [], at);
    value.set(values[index] ?? [], at);
    at += places[index]?.length ?? 0;
    value.set(standard[index] ?? [], at);
    for (let each = 0; each < denseCount; each += 1) place[at + each] = used + each;
    at += denseCount;
    place[at] = used + denseCount;
    value[at] = 1;
    at += 1;
  });
  from[rows.length] = at;
  return { rows: rows.length, from, place, value, label: Uint8Array.from(rows, (row) => row.label), weight: Float64Array.from(rows, (row) => row.weight) };
}

/** Weighted negative log-likelihood with its pull towards zero; the parameters of a feature's classes stand side by side. */
function lossOf(data: Packed, used: number, options: FitOptions, point: Float64Array, gradient: Float64Array): number {
  let loss = 0;
  const last = (used + denseCount) * classes;
  for (let at = 0; at < last; at += 1) {
    const weight = point[at] ?? 0;
    const pull = weight / (at < used * classes ? options.sparseC : options.denseC);
    gradient[at] = pull;
    loss += (pull * weight) / 2;
  }
  gradient.fill(0, last);
  const { from, place, value } = data;
  for (let row = 0; row < data.rows; row += 1) {
    const begin = from[row] ?? 0;
    const end = from[row + 1] ?? 0;
    let negative = 0;
    let neutral = 0;
    let positive = 0;
    for (let at = begin; at < end; at += 1) {
      const parameter = (place[at] ?? 0) * classes;
      const x = value[at] ?? 0;
      negative += x * (point[parameter] ?? 0);
      neutral += x * (point[parameter + 1] ?? 0);
      positive += x * (point[parameter + 2] ?? 0);
    }
    const most = Math.max(negative, neutral, positive);
    const label = data.label[row] ?? 0;
    const own = label === 0 ? negative : label === 1 ? neutral : positive;
    negative = Math.exp(negative - most);
    neutral = Math.exp(neutral - most);
    positive = Math.exp(positive - most);
    const total = negative + neutral + positive;
    const weight = data.weight[row] ?? 1;
    loss -= weight * (own - most - Math.log(total));
    const pullNegative = weight * (negative / total - (label === 0 ? 1 : 0));
    const pullNeutral = weight * (neutral / total - (label === 1 ? 1 : 0));
    const pullPositive = weight * (positive / total - (label === 2 ? 1 : 0));
    for (let at = begin; at < end; at += 1) {
      const parameter = (place[at] ?? 0) * classes;
      const x = value[at] ?? 0;
      gradient[parameter] = (gradient[parameter] ?? 0) + x * pullNegative;
      gradient[parameter + 1] = (gradient[parameter + 1] ?? 0) + x * pullNeutral;
      gradient[parameter + 2] = (gradient[parameter + 2] ?? 0) + x * pullPositive;
    }
  }
  return loss;
}
