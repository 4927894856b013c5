/** The buckets of hashed features that have a weight, numbered from 1 on; most have none, and what falls into those is left out at once. */
export class KeptBuckets {
  private constructor(
    /** Number by bucket; 0: it has no weight. */
    readonly numbers: Uint16Array | Int32Array,
    readonly count: number,
  ) {}

  /** `idf`: 0 for those without a weight. */
  static of(idf: Uint8Array): KeptBuckets {
    let count = 0;
    for (const each of idf) if (each !== 0) count += 1;
    const numbers = count < 0x10000 ? new Uint16Array(idf.length) : new Int32Array(idf.length);
    let number = 0;
    for (let bucket = 0; bucket < idf.length; bucket += 1) {
      if (idf[bucket] === 0) continue;
      number += 1;
      numbers[bucket] = number;
    }
    return new KeptBuckets(numbers, count);
  }

  /** Every bucket, for training: a bucket has its number plus one. */
  static all(buckets: number): KeptBuckets {
    return new KeptBuckets(Int32Array.from({ length: buckets }, (_unused, bucket) => bucket + 1), buckets);
  }
}
