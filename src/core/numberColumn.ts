const shift = 10;
/** Rows of one block. */
const blockRows = 2 ** shift;

/**
 * Numbers of rows that are only added to, side by side in memory: `whole` ones up to 31 bits take 4 bytes, others 8. NaN is kept in the latter only. A full block stays where
 * it is and a new one is begun, so that nothing is copied and thrown away.
 */
export class NumberColumn {
  private readonly blocks: (Float64Array | Int32Array)[] = [];
  private used = 0;

  constructor(private readonly kind: 'whole' | 'any') {}

  get length(): number {
    return this.used;
  }

  push(value: number): void {
    if (this.used === this.blocks.length * blockRows) this.blocks.push(this.kind === 'whole' ? new Int32Array(blockRows) : new Float64Array(blockRows));
    this.used += 1;
    this.set(this.used - 1, value);
  }

  /** NaN = there is no such row. */
  at(row: number): number {
    return row < this.used ? (this.blocks[row >> shift]?.[row & (blockRows - 1)] ?? NaN) : NaN;
  }

  set(row: number, value: number): void {
    const block = row < this.used ? this.blocks[row >> shift] : undefined;
    if (block !== undefined) block[row & (blockRows - 1)] = value;
  }

  /** A copy, smallest first. */
  sorted(): Float64Array {
    const all = new Float64Array(this.used);
    for (const [index, block] of this.blocks.entries()) all.set(block.subarray(0, this.used - index * blockRows), index * blockRows);
    return all.sort();
  }
}
