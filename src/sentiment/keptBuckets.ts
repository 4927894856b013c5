import { scatter } from './hash';

/** The buckets of hashed features that have a weight, numbered from 1 on; most have none, and what falls into those is left out at once. Small enough to stay in a processor's first cache. */
export class KeptBuckets {
  /** A bit a bucket. */
  readonly bits: Int32Array;
  /** Kept buckets before those of each integer of `bits`. */
  private readonly before: Int32Array;

  private readonly buckets: number;
  /** Bits of a hash that do not choose its bucket; 0: the number of buckets is no power of two. */
  private readonly unused: number;

  /** `weights`: not 0 for those that are kept. */
  private constructor(weights: Uint8Array) {
    const buckets = weights.length;
    this.buckets = buckets;
    const bits = Math.log2(buckets);
    this.unused = Number.isInteger(bits) && bits > 0 ? 32 - bits : 0;
    this.bits = new Int32Array(Math.ceil(buckets / 32));
    this.before = new Int32Array(this.bits.length + 1);
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      if ((bucket & 31) === 0) this.before[(bucket >>> 5) + 1] = this.before[bucket >>> 5] ?? 0;
      if (weights[bucket] === 0) continue;
      this.bits[bucket >>> 5] = (this.bits[bucket >>> 5] ?? 0) | (1 << bucket);
      this.before[(bucket >>> 5) + 1] = (this.before[(bucket >>> 5) + 1] ?? 0) + 1;
    }
  }

  /** `idf`: 0 for those without a weight. */
  static of(idf: Uint8Array): KeptBuckets {
    return new KeptBuckets(idf);
  }

  /** Every bucket, for training: a bucket has its number plus one. */
  static all(buckets: number): KeptBuckets {
    return new KeptBuckets(new Uint8Array(buckets).fill(1));
  }

  get count(): number {
    return this.before.at(-1) ?? 0;
  }

  /** Of the hash of a feature. */
  bucketOf(hash: number): number {
    const mixed = scatter(hash);
    return this.unused !== 0 ? mixed >>> this.unused : Math.floor((mixed >>> 0) * (this.buckets / 2 ** 32));
  }

  /** 0: it has no weight. */
  numberOf(bucket: number): number {
    const bits = this.bits[bucket >>> 5] ?? 0;
    return ((bits >>> bucket) & 1) === 0 ? 0 : (this.before[bucket >>> 5] ?? 0) + bitsIn(bits & ((1 << bucket) - 1)) + 1;
  }
}

function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
