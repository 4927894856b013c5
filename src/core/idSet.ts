/** A set of local ids in 16 bytes or so each. An id that is not in it is taken for one that is with a chance of 1 in 2^53 for each that is: never in practice. */
export class IdSet {
  private slots = new Float64Array(1024);
  private used = 0;

  /** False = it was in already. */
  add(id: string): boolean {
    if (this.used * 2 >= this.slots.length) this.grow();
    const added = this.place(hashOf(id));
    if (added) this.used += 1;
    return added;
  }

  private place(hash: number): boolean {
    const { slots } = this;
    let at = hash % slots.length;
    while (slots[at] !== 0) {
      if (slots[at] === hash) return false;
      at = (at + 1) % slots.length;
    }
    slots[at] = hash;
    return true;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Float64Array(old.length * 2);
    for (const hash of old) if (hash !== 0) this.place(hash);
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
