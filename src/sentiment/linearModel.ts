import { MomentosError } from '../core/errors';
import { denseCount, type FeaturePass } from './features';

/** Raised with each change of the features or of the file. */
export const modelVersion = 1;
const magic = 0x4d4f4d53;
/** Magic, version, pieces, experts, nothing, buckets; then the hash of the lexicon, floats, bytes. */
const headBytes = 12;
const hashBytes = 12;

/** Two differences by feature, negative and positive, each against neutral, which scores 0. */
export interface Expert {
  readonly sparse: Int8Array;
  /** What a step of a byte is worth. */
  readonly negativeStep: number;
  readonly positiveStep: number;
  readonly dense: Float32Array;
  readonly negativeBias: number;
  readonly positiveBias: number;
}

/** Tells posts of the general public (below 0) from mentions to an institution (above). */
export interface Gate {
  readonly sparse: Int8Array;
  readonly step: number;
  readonly dense: Float32Array;
  readonly bias: number;
}

/** Weights of one language, as trained by `npm run sentiment:train`: a byte each for hashed features, floats for the dense ones. Calibration is worked into them. */
export interface LinearWeights {
  /** First digits of the SHA-256 of the lexicon that it was trained with. */
  readonly lexicon: string;
  /** Whether pieces of words are among its features. */
  readonly pieces: boolean;
  readonly buckets: number;
  /** How rare each feature is; only their proportions count. */
  readonly idf: Uint8Array;
  /** For posts of the general public. */
  readonly general: Expert;
  /** For mentions to institutions, with what tells when to listen to it; undefined where there was no such corpus. */
  readonly civic: Expert | undefined;
  readonly gate: Gate | undefined;
}

function sizeOf(buckets: number, experts: number): number {
  const floats = experts * (4 + 2 * denseCount) + (experts === 2 ? 2 + denseCount : 0);
  return headBytes + hashBytes + floats * 4 + buckets * (experts === 2 ? 6 : 3);
}

export function encodeWeights(weights: LinearWeights): Uint8Array {
  const { buckets, civic, gate } = weights;
  const experts = civic === undefined ? [weights.general] : [weights.general, civic];
  const bytes = new Uint8Array(sizeOf(buckets, experts.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint8(4, modelVersion);
  view.setUint8(5, weights.pieces ? 1 : 0);
  view.setUint8(6, experts.length);
  view.setUint32(8, buckets, true);
  for (let at = 0; at < hashBytes; at += 1) view.setUint8(headBytes + at, weights.lexicon.charCodeAt(at));
  let at = headBytes + hashBytes;
  const floats = [...experts.flatMap((expert) => [expert.negativeStep, expert.positiveStep, expert.negativeBias, expert.positiveBias, ...expert.dense]), ...(gate === undefined ? [] : [gate.step, gate.bias, ...gate.dense])];
  for (const value of floats) {
    view.setFloat32(at, value, true);
    at += 4;
  }
  for (const part of [weights.idf, ...experts.map(({ sparse }) => sparse), ...(gate === undefined ? [] : [gate.sparse])]) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.length), at);
    at += part.length;
  }
  return bytes;
}

/** Errors: `config.invalid` (details: `file`, `reason`) for a file of another version or kind. */
export function decodeWeights(bytes: Uint8Array, file: string): LinearWeights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fits = bytes.length > headBytes && view.getUint32(0, true) === magic && view.getUint8(4) === modelVersion && bytes.length === sizeOf(view.getUint32(8, true), view.getUint8(6));
  if (!fits) throw new MomentosError('config.invalid', { file, reason: 'model' });
  const experts = view.getUint8(6);
  const buckets = view.getUint32(8, true);
  let at = headBytes + hashBytes;
  const float = (): number => {
    at += 4;
    return view.getFloat32(at - 4, true);
  };
  const floats = (count: number): Float32Array => Float32Array.from({ length: count }, float);
  const heads = Array.from({ length: experts }, () => ({ negativeStep: float(), positiveStep: float(), negativeBias: float(), positiveBias: float(), dense: floats(2 * denseCount) }));
  const gateHead = experts === 2 ? { step: float(), bias: float(), dense: floats(denseCount) } : undefined;
  const signed = (count: number): Int8Array => {
    at += count;
    return new Int8Array(bytes.buffer, bytes.byteOffset + at - count, count);
  };
  const idf = bytes.subarray(at, at + buckets);
  at += buckets;
  const [general, civic] = heads.map((head) => ({ ...head, sparse: signed(2 * buckets) }));
  if (general === undefined) throw new MomentosError('config.invalid', { file, reason: 'model' });
  return {
    lexicon: String.fromCharCode(...bytes.subarray(headBytes, headBytes + hashBytes)),
    pieces: view.getUint8(5) === 1,
    buckets,
    idf,
    general,
    civic,
    gate: gateHead === undefined ? undefined : { ...gateHead, sparse: signed(buckets) },
  };
}

/** What the model says of the text whose features were read last. */
export class LinearScorer {
  /** Chances of the three labels; they sum up to 1. */
  negativeChance = 0;
  neutralChance = 1;
  positiveChance = 0;
  /** 0 to 1: how much the text reads like a mention to an institution. */
  civicShare = 0;
  /** What the value of a hashed feature is divided by: the length of the row. */
  private length = 1;

  /** By bucket: idf, its product with the weights of the general expert (negative, positive), of the other one, and of the gate; side by side, as they are read together. */
  private readonly table: Float32Array;

  constructor(private readonly weights: LinearWeights, private readonly features: FeaturePass) {
    this.table = tableOf(weights);
  }

  read(): void {
    const { features, table } = this;
    const { general, civic, gate } = this.weights;
    let squares = 0;
    let generalNegative = 0;
    let generalPositive = 0;
    let civicNegative = 0;
    let civicPositive = 0;
    let institution = 0;
    for (let feature = 0; feature < features.count; feature += 1) {
      const at = (features.bucket[feature] ?? 0) * columns;
      const idf = table[at] ?? 0;
      squares += idf * idf;
      generalNegative += table[at + 1] ?? 0;
      generalPositive += table[at + 2] ?? 0;
      civicNegative += table[at + 3] ?? 0;
      civicPositive += table[at + 4] ?? 0;
      institution += table[at + 5] ?? 0;
    }
    const length = Math.sqrt(squares) || 1;
    this.length = length;
    let negative = generalNegative / length + general.negativeBias + this.densely(general.dense, 2, 0);
    let positive = generalPositive / length + general.positiveBias + this.densely(general.dense, 2, 1);
    if (civic !== undefined && gate !== undefined) {
      const share = 1 / (1 + Math.exp(-(institution / length + gate.bias + this.densely(gate.dense, 1, 0))));
      negative += share * (civicNegative / length + civic.negativeBias + this.densely(civic.dense, 2, 0) - negative);
      positive += share * (civicPositive / length + civic.positiveBias + this.densely(civic.dense, 2, 1) - positive);
      this.civicShare = share;
    }
    const most = Math.max(negative, positive, 0);
    const expNegative = Math.exp(negative - most);
    const expNeutral = Math.exp(-most);
    const expPositive = Math.exp(positive - most);
    const total = expNegative + expNeutral + expPositive;
    this.negativeChance = expNegative / total;
    this.neutralChance = expNeutral / total;
    this.positiveChance = expPositive / total;
  }

  /** What a hashed feature adds to the difference between positive and negative. */
  contribution(feature: number): number {
    const { table } = this;
    const at = (this.features.bucket[feature] ?? 0) * columns;
    const general = (table[at + 2] ?? 0) - (table[at + 1] ?? 0);
    const civic = (table[at + 4] ?? 0) - (table[at + 3] ?? 0);
    return (this.weights.civic === undefined ? general : general + this.civicShare * (civic - general)) / this.length;
  }

  /** What a unit of a dense feature adds to it. */
  denseWeight(feature: number): number {
    const { general, civic } = this.weights;
    const one = (general.dense[feature * 2 + 1] ?? 0) - (general.dense[feature * 2] ?? 0);
    return civic === undefined ? one : one + this.civicShare * ((civic.dense[feature * 2 + 1] ?? 0) - (civic.dense[feature * 2] ?? 0) - one);
  }

  private densely(weights: Float32Array, stride: number, from: number): number {
    const { dense } = this.features;
    let sum = 0;
    for (let at = 0; at < denseCount; at += 1) sum += (dense[at] ?? 0) * (weights[at * stride + from] ?? 0);
    return sum;
  }
}

const columns = 6;

function tableOf({ buckets, idf, general, civic, gate }: LinearWeights): Float32Array {
  const table = new Float32Array(buckets * columns);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const at = bucket * columns;
    const value = idf[bucket] ?? 0;
    table[at] = value;
    table[at + 1] = value * (general.sparse[bucket * 2] ?? 0) * general.negativeStep;
    table[at + 2] = value * (general.sparse[bucket * 2 + 1] ?? 0) * general.positiveStep;
    if (civic === undefined || gate === undefined) continue;
    table[at + 3] = value * (civic.sparse[bucket * 2] ?? 0) * civic.negativeStep;
    table[at + 4] = value * (civic.sparse[bucket * 2 + 1] ?? 0) * civic.positiveStep;
    table[at + 5] = value * (gate.sparse[bucket] ?? 0) * gate.step;
  }
  return table;
}
