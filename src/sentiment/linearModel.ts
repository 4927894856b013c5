import { MomentosError } from '../core/errors';
import { denseCount } from './features';

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
