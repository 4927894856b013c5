/** Whole numbers of up to 31 bits by local id, in 24 to 48 bytes each. An id that is not in it is taken for one that is with a chance of 1 in 2^53 for each that is: never in practice. */
export class IdMap {
  private hashes = new Float64Array(1024);
  private numbers = new Int32Array(1024);
  private used = 0;

  /** undefined = the id is not in it. */
  get(id: string): number | undefined {
    const at = this.placeOf(hashOf(id));
    return this.hashes[at] === 0 ? undefined : this.numbers[at];
  }

  set(id: string, number: number): void {
    if (this.used * 2 >= this.hashes.length) this.grow();
    this.put(hashOf(id), number);
  }

  private put(hash: number, number: number): void {
    const at = this.placeOf(hash);
    if (this.hashes[at] === 0) this.used += 1;
    this.hashes[at] = hash;
    this.numbers[at] = number;
  }

  /** Where it stands, or the free place where it belongs. */
  private placeOf(hash: number): number {
    const { hashes } = this;
    let at = hash % hashes.length;
    while (hashes[at] !== 0 && hashes[at] !== hash) at = (at + 1) % hashes.length;
    return at;
  }

  private grow(): void {
    const { hashes, numbers } = this;
    this.hashes = new Float64Array(hashes.length * 2);
    this.numbers = new Int32Array(hashes.length * 2);
    this.used = 0;
    hashes.forEach((hash, index) => {
      if (hash !== 0) this.put(hash, numbers[index] ?? 0);
    });
  }
}

/** 53 bits, never 0 (cyrb53, public domain). */
function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0) || 1;
}
