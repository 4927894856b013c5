/** Mostly empty: nearly every word that is asked for is not there, and an empty place tells so at once. */
const roomy = 3;

/** Small numbers by 32-bit keys, in two typed arrays that can be written to a file as they are. 0 is neither a key nor a value. */
export class HashTable {
  private constructor(readonly keys: Int32Array, readonly values: Uint16Array) {}

  /** Of a key that comes twice the later value counts. `room`: places for each entry, at least. */
  static of(entries: Iterable<readonly [key: number, value: number]>, room = roomy): HashTable {
    const all = [...entries];
    let size = 4;
    while (size < all.length * room) size *= 2;
    const table = new HashTable(new Int32Array(size), new Uint16Array(size));
    for (const [key, value] of all) table.put(key | 0, value);
    return table;
  }

  /** As written by `of`; the length of both is the same power of two. */
  static from(keys: Int32Array, values: Uint16Array): HashTable {
    return new HashTable(keys, values);
  }

  /** 0: not there. */
  get(key: number): number {
    const { keys } = this;
    const mask = keys.length - 1;
    let at = homeOf(key) & mask;
    for (;;) {
      const found = keys[at] ?? 0;
      if (found === key) return this.values[at] ?? 0;
      if (found === 0) return 0;
      at = (at + 1) & mask;
    }
  }

  private put(key: number, value: number): void {
    const mask = this.keys.length - 1;
    let at = homeOf(key) & mask;
    while (this.keys[at] !== 0 && this.keys[at] !== key) at = (at + 1) & mask;
    this.keys[at] = key;
    this.values[at] = value;
  }
}

/** Keys are hashes, or a node above a symbol: folding the upper half over the lower one spreads both enough. */
function homeOf(key: number): number {
  return Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) >>> 7;
}
