import { denseCount } from '../sentiment/denseFeatures';
import { type Expert, type Gate, type LinearWeights } from '../sentiment/linearModel';
import { type Calibration } from './calibrate';
import { type Fitted } from './fit';
import { type Trained } from './train';

/** Rounds trained weights to a byte each, with their calibration worked in. */
export function quantise(trained: Trained, options: { readonly lexicon: string; readonly pieces: boolean }): LinearWeights {
  const most = Math.max(...trained.idf);
  const buckets = trained.idf.length;
  return {
    ...options,
    buckets,
    idf: Uint8Array.from(trained.idf, (value) => (value === 0 ? 0 : Math.max(1, Math.round((value * 255) / most)))),
    general: expertOf(trained.general, trained.generalCalibration, buckets),
    civic: trained.civic === undefined ? undefined : expertOf(trained.civic, trained.civicCalibration, buckets),
    gate: trained.gate === undefined ? undefined : gateOf(trained.gate, buckets),
  };
}

function expertOf(fitted: Fitted, calibration: Calibration, buckets: number): Expert {
  const difference = (from: Float64Array, label: number, at: number, count: number): number => ((from[label * count + at] ?? 0) - (from[count + at] ?? 0)) / calibration.temperature;
  const negatives = Float64Array.from({ length: buckets }, (_unused, bucket) => difference(fitted.sparse, 0, bucket, buckets));
  const positives = Float64Array.from({ length: buckets }, (_unused, bucket) => difference(fitted.sparse, 2, bucket, buckets));
  const negativeStep = stepOf(negatives);
  const positiveStep = stepOf(positives);
  const sparse = new Int8Array(buckets * 2);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    sparse[bucket * 2] = Math.round((negatives[bucket] ?? 0) / negativeStep);
    sparse[bucket * 2 + 1] = Math.round((positives[bucket] ?? 0) / positiveStep);
  }
  const dense = new Float32Array(denseCount * 2);
  for (let at = 0; at < denseCount; at += 1) {
    dense[at * 2] = difference(fitted.dense, 0, at, denseCount);
    dense[at * 2 + 1] = difference(fitted.dense, 2, at, denseCount);
  }
  const bias = (label: number): number => ((fitted.bias[label] ?? 0) - (fitted.bias[1] ?? 0)) / calibration.temperature;
  return { sparse, negativeStep, positiveStep, dense, negativeBias: bias(0) + calibration.negative, positiveBias: bias(2) + calibration.positive };
}

/** Label 2 against label 0. */
function gateOf(fitted: Fitted, buckets: number): Gate {
  const difference = (from: Float64Array, at: number, count: number): number => (from[2 * count + at] ?? 0) - (from[at] ?? 0);
  const weights = Float64Array.from({ length: buckets }, (_unused, bucket) => difference(fitted.sparse, bucket, buckets));
  const step = stepOf(weights);
  return {
    sparse: Int8Array.from(weights, (weight) => Math.round(weight / step)),
    step,
    dense: Float32Array.from({ length: denseCount }, (_unused, at) => difference(fitted.dense, at, denseCount)),
    bias: (fitted.bias[2] ?? 0) - (fitted.bias[0] ?? 0),
  };
}

function stepOf(weights: Float64Array): number {
  return Math.max(1e-9, ...weights.map(Math.abs)) / 127;
}
