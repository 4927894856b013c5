import { denseCount } from './denseFeatures';
import { type FeaturePass } from './features';
import { type KeptBuckets } from './keptBuckets';
import { type Expert, type Gate, type LinearWeights } from './linearModel';

/** Numbers of a dense feature in `dense`: negative and positive of the general expert, of the other one, and the gate. */
const columns = 5;

/** What steps of a byte are worth, and the biases; the bytes themselves are in `packed`. */
interface Scales {
  readonly general: Omit<Expert, 'sparse' | 'dense'>;
  readonly civic: Omit<Expert, 'sparse' | 'dense'> | undefined;
  readonly gate: Omit<Gate, 'sparse' | 'dense'> | undefined;
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
  /**
   * By number of a kept bucket two numbers, as they are read together. From the lowest byte: idf, negative and positive weight of the general expert, weight of the gate; and the two of
   * the other expert.
   */
  private readonly packed: Int32Array;
  private added = new Float64Array(256);
  private readonly dense: Float64Array;
  private readonly scales: Scales;
  private readonly mixed: boolean;

  constructor(weights: LinearWeights, kept: KeptBuckets, private readonly features: FeaturePass) {
    this.packed = packedOf(weights, kept);
    this.scales = scalesOf(weights);
    this.dense = denseOf(weights);
    this.mixed = weights.civic !== undefined && weights.gate !== undefined;
  }

  read(): void {
    const { features, packed, dense, mixed } = this;
    const { general, civic, gate } = this.scales;
    const { bucket, count } = features;
    // Whole numbers: at most 16,384 features have a weight, of 255 times 127 each, so that no sum leaves 32 bits.
    let squares = 0;
    let generalNegative = 0;
    let generalPositive = 0;
    let civicNegative = 0;
    let civicPositive = 0;
    let institution = 0;
    for (let feature = 0; feature < count; feature += 1) {
      const at = (bucket[feature] ?? 0) << 1;
      const first = packed[at] ?? 0;
      const idf = first & 0xff;
      squares = (squares + Math.imul(idf, idf)) | 0;
      generalNegative = (generalNegative + Math.imul(idf, (first << 16) >> 24)) | 0;
      generalPositive = (generalPositive + Math.imul(idf, (first << 8) >> 24)) | 0;
      if (!mixed) continue;
      institution = (institution + Math.imul(idf, first >> 24)) | 0;
      const second = packed[at + 1] ?? 0;
      civicNegative = (civicNegative + Math.imul(idf, (second << 24) >> 24)) | 0;
      civicPositive = (civicPositive + Math.imul(idf, (second << 16) >> 24)) | 0;
    }
    let denseNegative = general.negativeBias;
    let densePositive = general.positiveBias;
    let otherNegative = 0;
    let otherPositive = 0;
    let share = 0;
    const { values, places, used } = features.dense;
    for (let each = 0; each < used; each += 1) {
      const at = places[each] ?? 0;
      const value = values[at] ?? 0;
      const column = at * columns;
      denseNegative += value * (dense[column] ?? 0);
      densePositive += value * (dense[column + 1] ?? 0);
      otherNegative += value * (dense[column + 2] ?? 0);
      otherPositive += value * (dense[column + 3] ?? 0);
      share += value * (dense[column + 4] ?? 0);
    }
    const length = Math.sqrt(squares) || 1;
    this.length = length;
    let negative = (generalNegative * general.negativeStep) / length + denseNegative;
    let positive = (generalPositive * general.positiveStep) / length + densePositive;
    if (civic !== undefined && gate !== undefined) {
      share = 1 / (1 + Math.exp(-((institution * gate.step) / length + gate.bias + share)));
      negative += share * ((civicNegative * civic.negativeStep) / length + civic.negativeBias + otherNegative - negative);
      positive += share * ((civicPositive * civic.positiveStep) / length + civic.positiveBias + otherPositive - positive);
      this.civicShare = share;
    }
    const most = Math.max(negative, positive, 0);
    // That of the likeliest label is 1.
    const expNegative = negative === most ? 1 : Math.exp(negative - most);
    const expNeutral = most === 0 ? 1 : Math.exp(-most);
    const expPositive = positive === most ? 1 : Math.exp(positive - most);
    const total = expNegative + expNeutral + expPositive;
    this.negativeChance = expNegative / total;
    this.neutralChance = expNeutral / total;
    this.positiveChance = expPositive / total;
  }

  /** What each hashed feature adds to the difference between positive and negative, in their order. */
  contributions(): Float64Array {
    const { packed, length, civicShare } = this;
    const { bucket, count } = this.features;
    const { general: own, civic: other } = this.scales;
    const { negativeStep, positiveStep } = own;
    const isMixed = other !== undefined;
    const otherNegativeStep = other?.negativeStep ?? 0;
    const otherPositiveStep = other?.positiveStep ?? 0;
    if (this.added.length < count) this.added = new Float64Array(count * 2);
    const { added } = this;
    for (let feature = 0; feature < count; feature += 1) {
      const at = (bucket[feature] ?? 0) << 1;
      const first = packed[at] ?? 0;
      const idf = first & 0xff;
      const general = ((first << 8) >> 24) * positiveStep - ((first << 16) >> 24) * negativeStep;
      const second = packed[at + 1] ?? 0;
      const civic = ((second << 16) >> 24) * otherPositiveStep - ((second << 24) >> 24) * otherNegativeStep;
      added[feature] = (idf * (isMixed ? general + civicShare * (civic - general) : general)) / length;
    }
    return added;
  }

  /** What a unit of a dense feature adds to it. */
  denseWeight(feature: number): number {
    const { dense } = this;
    const at = feature * columns;
    const one = (dense[at + 1] ?? 0) - (dense[at] ?? 0);
    return this.scales.civic === undefined ? one : one + this.civicShare * ((dense[at + 3] ?? 0) - (dense[at + 2] ?? 0) - one);
  }
}

function packedOf({ buckets, idf, general, civic, gate }: LinearWeights, kept: KeptBuckets): Int32Array {
  const packed = new Int32Array((kept.count + 1) * 2);
  // As `KeptBuckets` numbers them.
  let number = 0;
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    if (idf[bucket] === 0) continue;
    number += 1;
    const at = bucket * 2;
    const own = (idf[bucket] ?? 0) | (((general.sparse[at] ?? 0) & 0xff) << 8) | (((general.sparse[at + 1] ?? 0) & 0xff) << 16);
    packed[number * 2] = own | ((gate?.sparse[bucket] ?? 0) << 24);
    if (civic !== undefined) packed[number * 2 + 1] = ((civic.sparse[at] ?? 0) & 0xff) | (((civic.sparse[at + 1] ?? 0) & 0xff) << 8);
  }
  return packed;
}

function scalesOf({ general, civic, gate }: LinearWeights): Scales {
  const scaleOf = ({ negativeStep, positiveStep, negativeBias, positiveBias }: Expert): Scales['general'] => ({ negativeStep, positiveStep, negativeBias, positiveBias });
  return { general: scaleOf(general), civic: civic === undefined ? undefined : scaleOf(civic), gate: gate === undefined ? undefined : { step: gate.step, bias: gate.bias } };
}

function denseOf({ general, civic, gate }: LinearWeights): Float64Array {
  const dense = new Float64Array(denseCount * columns);
  for (let at = 0; at < denseCount; at += 1) {
    dense.set([general.dense[at * 2] ?? 0, general.dense[at * 2 + 1] ?? 0, civic?.dense[at * 2] ?? 0, civic?.dense[at * 2 + 1] ?? 0, gate?.dense[at] ?? 0], at * columns);
  }
  return dense;
}
