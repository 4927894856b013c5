const fewest = 64;

/**
 * A map through which millions of entries pass in their order, few of them there at a time. Where the Map of the language makes room it leaves its former table behind,
 * which points to the next one; once such a table is old, all that follow wait with their contents for a full collection of garbage. This one keeps its places and
 * lets go of what it gives up.
 */
export class PassingMap<Key extends string | number, Value> {
  /** In the order in which they came; undefined = given up. */
  private keys: (Key | undefined)[] = new Array<Key | undefined>(fewest).fill(undefined);
  private values: (Value | undefined)[] = new Array<Value | undefined>(fewest).fill(undefined);
  /** By the hash of the key: one more than its index; 0 = none. Twice as many as there is room, so that a search ends soon. */
  private places = new Int32Array(fewest * 2);
  private begin = 0;
  private end = 0;
  private count = 0;

  get size(): number {
    return this.count;
  }

  get(key: Key): Value | undefined {
    const index = this.indexOf(key);
    return index === -1 ? undefined : this.values[index];
  }

  has(key: Key): boolean {
    return this.indexOf(key) !== -1;
  }

  /** What has been there longest. */
  first(): Value | undefined {
    return this.values[this.begin];
  }

  firstKey(): Key | undefined {
    return this.keys[this.begin];
  }

  set(key: Key, value: Value): void {
    const index = this.indexOf(key);
    if (index !== -1) {
      this.values[index] = value;
      return;
    }
    if (this.end === this.keys.length) this.makeRoom();
    this.keys[this.end] = key;
    this.values[this.end] = value;
    this.put(key, this.end);
    this.end += 1;
    this.count += 1;
  }

  /** Gives an entry up; undefined = there was none. */
  take(key: Key): Value | undefined {
    const index = this.indexOf(key);
    if (index === -1) return undefined;
    const value = this.values[index];
    this.keys[index] = undefined;
    this.values[index] = undefined;
    this.count -= 1;
    while (this.begin < this.end && this.keys[this.begin] === undefined) this.begin += 1;
    return value;
  }

  /** In the order in which they came; entries may be taken meanwhile. */
  *entries(): Generator<readonly [Key, Value]> {
    for (let index = this.begin; index < this.end; index += 1) {
      const key = this.keys[index];
      if (key !== undefined) yield [key, this.values[index] as Value];
    }
  }

  clear(): void {
    this.keys.fill(undefined, this.begin, this.end);
    this.values.fill(undefined, this.begin, this.end);
    this.places.fill(0);
    this.begin = this.end = this.count = 0;
  }

  private indexOf(key: Key): number {
    const { places, keys } = this;
    const mask = places.length - 1;
    for (let place = hashOf(key) & mask; ; place = (place + 1) & mask) {
      const index = (places[place] ?? 0) - 1;
      if (index === -1 || keys[index] === key) return index;
    }
  }

  private put(key: Key, index: number): void {
    const { places } = this;
    const mask = places.length - 1;
    let place = hashOf(key) & mask;
    while (places[place] !== 0) place = (place + 1) & mask;
    places[place] = index + 1;
  }

  /** Moves all to the front; twice as much room where more than half is taken. */
  private makeRoom(): void {
    const { keys, values, count } = this;
    const room = count * 2 > keys.length ? keys.length * 2 : keys.length;
    let kept = 0;
    for (let index = this.begin; index < this.end; index += 1) {
      if (keys[index] === undefined) continue;
      keys[kept] = keys[index];
      values[kept] = values[index];
      kept += 1;
    }
    keys.fill(undefined, kept);
    values.fill(undefined, kept);
    while (keys.length < room) {
      keys.push(undefined);
      values.push(undefined);
    }
    this.begin = 0;
    this.end = kept;
    if (this.places.length < room * 2) this.places = new Int32Array(room * 2);
    else this.places.fill(0);
    for (let index = 0; index < kept; index += 1) {
      const key = keys[index];
      if (key !== undefined) this.put(key, index);
    }
  }
}

function hashOf(key: string | number): number {
  // Numbers of entries follow each other.
  if (typeof key === 'number') return key | 0;
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
