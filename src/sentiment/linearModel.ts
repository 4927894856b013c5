import { MomentosError } from '../core/errors';
import { denseCount } from './denseFeatures';

/** Raised with each change of the features or of the file. */
export const modelVersion = 3;
const magic = 0x4d4f4d53;
/** Magic, version, pieces, experts, nothing, buckets, buckets that are kept; then the hash of the lexicon, floats, the bytes of each kept bucket, and how far it is from one to the next. */
const headBytes = 16;
const hashBytes = 12;
const longStep = 255;
const mostBuckets = 1 << 20;

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
  /** How rare each feature is; only their proportions count. 0: too rare to have a weight; most are, and the file holds the others only. */
  readonly idf: Uint8Array;
  /** For posts of the general public. */
  readonly general: Expert;
  /** For mentions to institutions, with what tells when to listen to it; undefined where there was no such corpus. */
  readonly civic: Expert | undefined;
  readonly gate: Gate | undefined;
}

export function encodeWeights(weights: LinearWeights): Uint8Array {
  const { buckets, civic, gate } = weights;
  const experts = civic === undefined ? [weights.general] : [weights.general, civic];
  const kept = Array.from({ length: buckets }, (_unused, bucket) => bucket).filter((bucket) => weights.idf[bucket] !== 0);
  const steps = kept.flatMap((bucket, index) => stepsTo(bucket - (index === 0 ? -1 : (kept[index - 1] ?? 0)) - 1));
  const bytes = new Uint8Array(sizeOf(kept.length, experts.length, steps.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint8(4, modelVersion);
  view.setUint8(5, weights.pieces ? 1 : 0);
  view.setUint8(6, experts.length);
  view.setUint32(8, buckets, true);
  view.setUint32(12, kept.length, true);
  for (let at = 0; at < hashBytes; at += 1) view.setUint8(headBytes + at, weights.lexicon.charCodeAt(at));
  let at = headBytes + hashBytes;
  const floats = [...experts.flatMap((expert) => [expert.negativeStep, expert.positiveStep, expert.negativeBias, expert.positiveBias, ...expert.dense]), ...(gate === undefined ? [] : [gate.step, gate.bias, ...gate.dense])];
  for (const value of floats) {
    view.setFloat32(at, value, true);
    at += 4;
  }
  for (const bucket of kept) {
    bytes[at++] = weights.idf[bucket] ?? 0;
    for (const { sparse } of experts) {
      view.setInt8(at++, sparse[bucket * 2] ?? 0);
      view.setInt8(at++, sparse[bucket * 2 + 1] ?? 0);
    }
    if (gate !== undefined) view.setInt8(at++, gate.sparse[bucket] ?? 0);
  }
  bytes.set(steps, at);
  return bytes;
}

/** Walks over a file without unpacking it, which takes far longer. Errors: as `decodeWeights`. */
export function checkWeights(bytes: Uint8Array, file: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const known = bytes.length > headBytes && view.getUint32(0, true) === magic && view.getUint8(4) === modelVersion;
  const kept = known ? view.getUint32(12, true) : 0;
  const stepsAt = known ? sizeOf(kept, view.getUint8(6), 0) : bytes.length;
  let ends = 0;
  for (let step = stepsAt; step < bytes.length; step += 1) if (bytes[step] !== longStep) ends += 1;
  if (!known || ends !== kept || bytes.at(-1) === longStep) throw new MomentosError('config.invalid', { file, reason: 'model' });
}

/** Errors: `config.invalid` (details: `file`, `reason`) for a file of another version or kind. */
export function decodeWeights(bytes: Uint8Array, file: string): LinearWeights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const refuse = (): never => {
    throw new MomentosError('config.invalid', { file, reason: 'model' });
  };
  if (bytes.length <= headBytes || view.getUint32(0, true) !== magic || view.getUint8(4) !== modelVersion) refuse();
  const experts = view.getUint8(6);
  const buckets = view.getUint32(8, true);
  const kept = view.getUint32(12, true);
  const stepsAt = sizeOf(kept, experts, 0);
  if (experts < 1 || experts > 2 || buckets > mostBuckets || bytes.length < stepsAt + kept) refuse();
  let at = headBytes + hashBytes;
  const float = (): number => {
    at += 4;
    return view.getFloat32(at - 4, true);
  };
  const floats = (count: number): Float32Array => Float32Array.from({ length: count }, float);
  const head = (): Expert => ({ negativeStep: float(), positiveStep: float(), negativeBias: float(), positiveBias: float(), dense: floats(2 * denseCount), sparse: new Int8Array(2 * buckets) });
  const general = head();
  const civic = experts === 2 ? head() : undefined;
  const gate: Gate | undefined = experts === 2 ? { step: float(), bias: float(), dense: floats(denseCount), sparse: new Int8Array(buckets) } : undefined;
  const idf = new Uint8Array(buckets);
  const signed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  let bucket = -1;
  let step = stepsAt;
  for (let index = 0; index < kept; index += 1) {
    for (; bytes[step] === longStep; step += 1) bucket += longStep;
    bucket += (bytes[step++] ?? 0) + 1;
    if (bucket >= buckets) refuse();
    idf[bucket] = bytes[at++] ?? 0;
    general.sparse[bucket * 2] = signed[at++] ?? 0;
    general.sparse[bucket * 2 + 1] = signed[at++] ?? 0;
    if (civic === undefined || gate === undefined) continue;
    civic.sparse[bucket * 2] = signed[at++] ?? 0;
    civic.sparse[bucket * 2 + 1] = signed[at++] ?? 0;
    gate.sparse[bucket] = signed[at++] ?? 0;
  }
  if (step !== bytes.length) refuse();
  return { lexicon: String.fromCharCode(...bytes.subarray(headBytes, headBytes + hashBytes)), pieces: view.getUint8(5) === 1, buckets, idf, general, civic, gate };
}

function sizeOf(kept: number, experts: number, steps: number): number {
  const floats = experts * (4 + 2 * denseCount) + (experts === 2 ? 2 + denseCount : 0);
  return headBytes + hashBytes + floats * 4 + kept * (experts === 2 ? 6 : 3) + steps;
}

/** How many buckets lie between a kept one and the next, in bytes: 255 stands for 255 of them and goes on. */
function stepsTo(skipped: number): number[] {
  return [...Array.from({ length: Math.floor(skipped / longStep) }, () => longStep), skipped % longStep];
}
