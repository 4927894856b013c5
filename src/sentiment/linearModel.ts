import { MomentosError } from '../core/errors';
import { buckets, denseCount, type FeaturePass } from './features';

/** Raised with each change of the features or of the file. */
export const modelVersion = 1;
const magic = 0x4d4f4d53;
/** Magic, version, pieces, length of the lexicon's hash. */
const headBytes = 8;
const hashBytes = 12;
/** Two steps, the dense weights, two biases, the calibration. */
const floatCount = 2 + 2 * denseCount + 2 + 3;

/** What makes the chances true on texts that the model was not trained on. */
export interface Calibration {
  /** The differences to neutral are divided by it, and shifted. */
  readonly temperature: number;
  readonly negative: number;
  readonly positive: number;
}

/**
 * Weights of one language, as trained by `npm run sentiment:train`: for each bucket two differences (negative and positive, each against neutral) and an idf in a byte each, for each
 * dense feature two floats. Neutral scores 0.
 */
export interface LinearWeights {
  /** First digits of the SHA-256 of the lexicon that it was trained with. */
  readonly lexicon: string;
  /** Whether pieces of words are among its features. */
  readonly pieces: boolean;
  /** Differences by bucket: negative, positive. */
  readonly sparse: Int8Array;
  /** Only their proportions count. */
  readonly idf: Uint8Array;
  /** What a step of each byte is worth. */
  readonly negativeStep: number;
  readonly positiveStep: number;
  /** Differences by dense feature: negative, positive. */
  readonly dense: Float32Array;
  readonly negativeBias: number;
  readonly positiveBias: number;
  readonly calibration: Calibration;
}

export function encodeWeights(weights: LinearWeights): Uint8Array {
  const bytes = new Uint8Array(headBytes + hashBytes + floatCount * 4 + buckets * 3);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint8(4, modelVersion);
  view.setUint8(5, weights.pieces ? 1 : 0);
  for (let at = 0; at < hashBytes; at += 1) view.setUint8(headBytes + at, weights.lexicon.charCodeAt(at));
  const { calibration } = weights;
  const floats = [weights.negativeStep, weights.positiveStep, ...weights.dense, weights.negativeBias, weights.positiveBias, calibration.temperature, calibration.negative, calibration.positive];
  floats.forEach((value, at) => {
    view.setFloat32(headBytes + hashBytes + at * 4, value, true);
  });
  const from = headBytes + hashBytes + floatCount * 4;
  bytes.set(new Uint8Array(weights.sparse.buffer, weights.sparse.byteOffset, buckets * 2), from);
  bytes.set(weights.idf, from + buckets * 2);
  return bytes;
}

/** Errors: `config.invalid` (details: `file`, `reason`) for a file of another version or kind. */
export function decodeWeights(bytes: Uint8Array, file: string): LinearWeights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = headBytes + hashBytes + floatCount * 4;
  if (bytes.length !== from + buckets * 3 || view.getUint32(0, true) !== magic || view.getUint8(4) !== modelVersion) throw new MomentosError('config.invalid', { file, reason: 'model' });
  const float = (at: number): number => view.getFloat32(headBytes + hashBytes + at * 4, true);
  const dense = Float32Array.from({ length: denseCount * 2 }, (_unused, at) => float(2 + at));
  const after = 2 + denseCount * 2;
  return {
    lexicon: String.fromCharCode(...bytes.subarray(headBytes, headBytes + hashBytes)),
    pieces: view.getUint8(5) === 1,
    sparse: new Int8Array(bytes.buffer, bytes.byteOffset + from, buckets * 2),
    idf: bytes.subarray(from + buckets * 2),
    negativeStep: float(0),
    positiveStep: float(1),
    dense,
    negativeBias: float(after),
    positiveBias: float(after + 1),
    calibration: { temperature: float(after + 2), negative: float(after + 3), positive: float(after + 4) },
  };
}

/** What the model says of the text whose features were read last. */
export class LinearScorer {
  /** Differences to neutral, before calibration. */
  negative = 0;
  positive = 0;
  /** Chances of the three labels, after calibration; they sum up to 1. */
  negativeChance = 0;
  neutralChance = 1;
  positiveChance = 0;
  /** What the value of a hashed feature is divided by: the length of the row. */
  length = 1;

  constructor(readonly weights: LinearWeights, private readonly features: FeaturePass) {}

  read(): void {
    const { weights, features } = this;
    const { sparse, idf, dense } = weights;
    let squares = 0;
    let negative = 0;
    let positive = 0;
    for (let at = 0; at < features.count; at += 1) {
      const bucket = features.bucket[at] ?? 0;
      const value = idf[bucket] ?? 0;
      squares += value * value;
      negative += value * (sparse[bucket * 2] ?? 0);
      positive += value * (sparse[bucket * 2 + 1] ?? 0);
    }
    this.length = Math.sqrt(squares) || 1;
    negative = (negative * weights.negativeStep) / this.length + weights.negativeBias;
    positive = (positive * weights.positiveStep) / this.length + weights.positiveBias;
    for (let at = 0; at < denseCount; at += 1) {
      const value = features.dense[at] ?? 0;
      negative += value * (dense[at * 2] ?? 0);
      positive += value * (dense[at * 2 + 1] ?? 0);
    }
    this.negative = negative;
    this.positive = positive;
    const { temperature, negative: negativeShift, positive: positiveShift } = weights.calibration;
    const a = negative / temperature + negativeShift;
    const b = positive / temperature + positiveShift;
    const most = Math.max(a, b, 0);
    const expNegative = Math.exp(a - most);
    const expNeutral = Math.exp(-most);
    const expPositive = Math.exp(b - most);
    const total = expNegative + expNeutral + expPositive;
    this.negativeChance = expNegative / total;
    this.neutralChance = expNeutral / total;
    this.positiveChance = expPositive / total;
  }

  /** What a hashed feature adds to the difference between positive and negative. */
  contribution(feature: number): number {
    const { weights, features } = this;
    const bucket = features.bucket[feature] ?? 0;
    return ((weights.idf[bucket] ?? 0) / this.length) * ((weights.sparse[bucket * 2 + 1] ?? 0) * weights.positiveStep - (weights.sparse[bucket * 2] ?? 0) * weights.negativeStep);
  }
}
