import { type FileHandle } from 'node:fs/promises';

const blockSize = 256 * 1024;
const newline = 0x0a;
/** A line longer than this is handed out cut, and so found malformed, instead of filling the memory. */
const longestLine = 64 * 1024 * 1024;

/**
 * The complete lines of a file between two offsets, a block of many lines at a time, in memory that is used again: for loops over millions of lines.
 * What follows the last newline is left out.
 */
export class LineBlocks {
  private buffer = Buffer.allocUnsafeSlow(2 * blockSize);
  private position: number;
  /** Bytes of the buffer that were read; those before `taken` were handed out. */
  private filled = 0;
  private taken = 0;

  constructor(
    private readonly handle: FileHandle,
    from: number,
    private readonly to: number,
  ) {
    this.position = from;
  }

  /** Offset in the file up to which lines were handed out. */
  get offset(): number {
    return this.position - (this.filled - this.taken);
  }

  /** Whole lines, each with its newline; valid until the next call. undefined = no more. */
  async next(): Promise<Buffer | undefined> {
    this.buffer.copyWithin(0, this.taken, this.filled);
    this.filled -= this.taken;
    this.taken = 0;
    while (this.position < this.to) {
      if (this.filled + blockSize > this.buffer.length) this.grow();
      const before = this.filled;
      const { bytesRead } = await this.handle.read(this.buffer, before, Math.min(blockSize, this.to - this.position), this.position);
      if (bytesRead === 0) return undefined;
      this.position += bytesRead;
      this.filled += bytesRead;
      const last = this.buffer.subarray(before, this.filled).lastIndexOf(newline);
      if (last !== -1) {
        this.taken = before + last + 1;
        return this.buffer.subarray(0, this.taken);
      }
      if (this.filled > longestLine) return this.cut();
    }
    return undefined;
  }

  private grow(): void {
    const larger = Buffer.allocUnsafeSlow(this.buffer.length * 2);
    this.buffer.copy(larger, 0, 0, this.filled);
    this.buffer = larger;
  }

  /** The piece that was read, ended where no newline ends it: it reads as a line that is none. */
  private cut(): Buffer {
    this.taken = this.filled;
    return Buffer.concat([this.buffer.subarray(0, this.filled), Buffer.from([newline])]);
  }
}
