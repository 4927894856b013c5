import { buckets, denseCount } from '../sentiment/features';
import { type Calibration, type LinearWeights } from '../sentiment/linearModel';
import { classes, type Fitted } from './fit';

/** Rounds fitted weights to a byte each: differences to neutral, and idf. */
export function quantise(fitted: Fitted, options: { readonly lexicon: string; readonly pieces: boolean; readonly calibration: Calibration }): LinearWeights {
  const difference = (from: Float64Array, label: number, at: number, count: number): number => (from[label * count + at] ?? 0) - (from[count + at] ?? 0);
  const stepOf = (label: number): number => {
    let most = 1e-9;
    for (let bucket = 0; bucket < buckets; bucket += 1) most = Math.max(most, Math.abs(difference(fitted.sparse, label, bucket, buckets)));
    return most / 127;
  };
  const negativeStep = stepOf(0);
  const positiveStep = stepOf(2);
  const idfStep = Math.max(...fitted.idf) / 255;
  const sparse = new Int8Array(buckets * 2);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    sparse[bucket * 2] = Math.round(difference(fitted.sparse, 0, bucket, buckets) / negativeStep);
    sparse[bucket * 2 + 1] = Math.round(difference(fitted.sparse, 2, bucket, buckets) / positiveStep);
  }
  const dense = new Float32Array(denseCount * 2);
  for (let at = 0; at < denseCount; at += 1) {
    dense[at * 2] = difference(fitted.dense, 0, at, denseCount);
    dense[at * 2 + 1] = difference(fitted.dense, 2, at, denseCount);
  }
  const bias = (label: number): number => (fitted.bias[label] ?? 0) - (fitted.bias[1] ?? 0);
  if (fitted.bias.length !== classes) throw new RangeError('three classes');
  return { ...options, sparse, idf: Uint8Array.from(fitted.idf, (value) => Math.round(value / idfStep)), negativeStep, positiveStep, dense, negativeBias: bias(0), positiveBias: bias(2) };
}
