import { fstatSync } from 'node:fs';
import { type FileHandle } from 'node:fs/promises';
import { PassingMap } from '../core/passingMap';
import { lookAhead } from './auditValues';
import { readValueLine } from './auditValueLine';
import { BlockMemory, LineBlocks, valuesBlockSize } from './lineBlocks';

const newline = 0x0a;
const nothing: readonly StandingValue[] = [];

/** A value line as it was read: the commitment that it makes, and its place in the file. */
export interface StandingValue {
  readonly field: string;
  readonly commitment: string;
  readonly line: number;
}

/** The value lines of one segment, to be asked for in the order of their entries; only a few of them are held in memory. */
export class ValueCheck {
  private readonly buffer = new PassingMap<number, StandingValue[]>();
  private readonly blocks: LineBlocks | undefined;
  private highest = -1;
  private floor = 0;
  private line = 0;

  /** `report` hears of the numbers of lines that are no values. */
  constructor(
    private readonly handle: FileHandle | undefined,
    private readonly report: (line: number) => void,
    memory = new BlockMemory(valuesBlockSize),
  ) {
    this.blocks = handle === undefined ? undefined : new LineBlocks(handle, 0, fstatSync(handle.fd).size, memory);
    this.atEnd = handle === undefined;
  }

  /** True when the file was read to its end. */
  atEnd: boolean;

  /** What stands there for an entry, as far as it was read. */
  of(seq: number): readonly StandingValue[] {
    return this.buffer.get(seq) ?? nothing;
  }

  /** True while values of this entry may still come. */
  mayHold(seq: number): boolean {
    return !this.atEnd && this.highest <= seq + lookAhead;
  }

  /** Hands over what stands there for an entry and holds it no longer. */
  take(seq: number): StandingValue[] {
    return this.buffer.take(seq) ?? [];
  }

  /** Values of entries before this one are not asked for any more. */
  passOver(seq: number): void {
    this.floor = seq;
    for (const [known] of this.buffer.entries()) if (known < seq) this.buffer.take(known);
  }

  /** Entries of which something stands there that nobody asked for, and forgets them. */
  *leftOver(): Generator<readonly [number, readonly StandingValue[]]> {
    yield* this.buffer.entries();
    this.buffer.clear();
  }

  async readMore(): Promise<void> {
    const block = await this.blocks?.next();
    if (block === undefined) {
      this.atEnd = true;
      return;
    }
    let start = 0;
    for (let end = block.indexOf(newline); end !== -1; end = block.indexOf(newline, start)) {
      this.line += 1;
      const value = readValueLine(block, start, end);
      start = end + 1;
      if (value === undefined) {
        this.report(this.line);
        continue;
      }
      if (value.seq > this.highest) this.highest = value.seq;
      if (value.seq < this.floor) continue;
      const standing = { field: value.field, commitment: value.commitment, line: this.line };
      const known = this.buffer.get(value.seq);
      if (known === undefined) this.buffer.set(value.seq, [standing]);
      else known.push(standing);
    }
  }

  async close(): Promise<void> {
    this.atEnd = true;
    await this.handle?.close();
  }
}
