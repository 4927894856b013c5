import { type FileHandle } from 'node:fs/promises';

const usualBlockSize = 1024 * 1024;
/** Room before a block for the beginning of its first line, which the block before ended with. */
const headroom = 64 * 1024;
const newline = 0x0a;
/** A line longer than this is handed out cut, and so found malformed, instead of filling the memory. */
const longestLine = 64 * 1024 * 1024;
const nothing = Buffer.alloc(0);

/** Bytes of a chain that are read at once. */
export const chainBlockSize = 128 * 1024;
/** Bytes of a values file that are read at once: what they hold for later entries is held until those come. */
export const valuesBlockSize = 64 * 1024;

/** The memory of blocks that were read, for one file after the other: what is thrown away is not free again for long. */
export class BlockMemory {
  private readonly free: Buffer[] = [];

  /** `blockSize`: bytes that are read at once. */
  constructor(readonly blockSize = usualBlockSize) {}

  take(size: number): Buffer {
    const found = this.free.findIndex(({ length }) => length >= size);
    return this.free.splice(found, found === -1 ? 0 : 1)[0] ?? Buffer.allocUnsafeSlow(size);
  }

  /** Of a block that nobody reads any more. */
  give(buffer: Buffer): void {
    if (buffer.length > 0) this.free.push(buffer);
  }
}

/**
 * The complete lines of a file between two offsets, a block of many lines at a time, in memory that is used again, the next block being read meanwhile: for
 * loops over millions of lines. What follows the last newline is left out.
 */
export class LineBlocks {
  /** The block that is handed out, and the one that is being read. */
  private buffers: [Buffer, Buffer] = [nothing, nothing];
  private reading: Promise<number> | undefined;
  private position: number;
  /** The beginning of a line whose end was not read yet. */
  private rest: Buffer = nothing;
  /** Where a beginning longer than the headroom is put together, twice as large each time it is full: a line of many blocks is copied a few times only. */
  private long: Buffer = nothing;
  private taken: number;

  constructor(
    private readonly handle: FileHandle,
    from: number,
    private readonly to: number,
    private readonly memory = new BlockMemory(),
  ) {
    this.position = from;
    this.taken = from;
  }

  /** Offset in the file up to which lines were handed out. */
  get offset(): number {
    return this.taken;
  }

  /** Whole lines, each with its newline; valid until the next call. undefined = no more. */
  async next(): Promise<Buffer | undefined> {
    for (;;) {
      this.reading ??= this.read();
      const length = await this.reading;
      if (length === 0) {
        this.memory.give(this.buffers[0]);
        this.buffers = [nothing, nothing];
        this.rest = this.long = nothing;
        return undefined;
      }
      const data = this.withRest(this.buffers[1], length);
      // What was read before has no newline.
      const end = this.buffers[1].subarray(headroom, headroom + length).lastIndexOf(newline) + 1;
      this.buffers = [this.buffers[1], this.buffers[0]];
      this.reading = this.read();
      // A failure is heard when the block is asked for.
      this.reading.catch(() => undefined);
      if (end > 0) return this.handOut(data, data.length - length + end);
      if (data.length > longestLine) return this.handOut(Buffer.concat([data, Buffer.from([newline])]), data.length + 1, 1);
      this.rest = data;
    }
  }

  private handOut(data: Buffer, end: number, added = 0): Buffer {
    this.rest = data.subarray(end);
    this.taken += end - added;
    return data.subarray(0, end);
  }

  /** Reads the next block behind the headroom of the second buffer; how many bytes. */
  private async read(): Promise<number> {
    const wanted = Math.min(this.memory.blockSize, this.to - this.position);
    if (wanted <= 0) {
      this.memory.give(this.buffers[1]);
      this.buffers[1] = nothing;
      return 0;
    }
    if (this.buffers[1].length === 0) this.buffers[1] = this.memory.take(headroom + wanted);
    const { bytesRead } = await this.handle.read(this.buffers[1], headroom, wanted, this.position);
    this.position += bytesRead;
    return bytesRead;
  }

  private withRest(buffer: Buffer, length: number): Buffer {
    const { rest } = this;
    if (rest.length > headroom) return this.lengthened(buffer.subarray(headroom, headroom + length));
    rest.copy(buffer, headroom - rest.length);
    this.long = nothing;
    return buffer.subarray(headroom - rest.length, headroom + length);
  }

  /** The long beginning and what follows it. */
  private lengthened(more: Buffer): Buffer {
    const { rest } = this;
    const length = rest.length + more.length;
    if (this.long.length < length) this.long = Buffer.allocUnsafeSlow(2 * length);
    // Nothing is copied where it stands there already.
    if (rest.buffer !== this.long.buffer || rest.byteOffset > this.long.byteOffset) rest.copy(this.long);
    more.copy(this.long, rest.length);
    return this.long.subarray(0, length);
  }
}
