/** Numbers of rows that are only added to, side by side in memory: `whole` ones up to 31 bits take 4 bytes, others 8. NaN is kept in the latter only. */
export class NumberColumn {
  private cells: Float64Array | Int32Array;
  private used = 0;

  constructor(private readonly kind: 'whole' | 'any') {
    this.cells = this.room(1024);
  }

  get length(): number {
    return this.used;
  }

  push(value: number): void {
    if (this.used === this.cells.length) {
      const { cells } = this;
      this.cells = this.room(cells.length * 2);
      this.cells.set(cells);
    }
    this.cells[this.used] = value;
    this.used += 1;
  }

  /** NaN = there is no such row. */
  at(row: number): number {
    return row < this.used ? (this.cells[row] ?? NaN) : NaN;
  }

  set(row: number, value: number): void {
    if (row < this.used) this.cells[row] = value;
  }

  /** All of them as they stand, not a copy. */
  get values(): Float64Array | Int32Array {
    return this.cells.subarray(0, this.used);
  }

  private room(length: number): Float64Array | Int32Array {
    return this.kind === 'whole' ? new Int32Array(length) : new Float64Array(length);
  }
}
