import { fstatSync } from 'node:fs';
import { type FileHandle } from 'node:fs/promises';
import { commitmentsOf } from '../core/auditChain';
import { type AuditEntry, type AuditJson } from '../core/audit';
import { PassingMap } from '../core/passingMap';
import { type AuditRange } from '../core/ports';
import { openValueLine, peekValueLine, type OpenedValue } from './auditValueLine';
import { type DeskFolder } from './deskFolder';
import { BlockMemory, LineBlocks, valuesBlockSize } from './lineBlocks';

/**
 * How far ahead of an entry its values are looked for. Values that a crash left without an entry stand before those of the entries that later got
 * the same numbers; a writer never puts down more than `entriesPerWrite` entries' values at once, so the look ahead need not be longer than that.
 */
export const entriesPerWrite = 256;
export const lookAhead = 4 * entriesPerWrite;
const newline = 0x0a;

export interface JoinedValues {
  readonly values: Readonly<Record<string, AuditJson>>;
  readonly salts: Readonly<Record<string, string>>;
}

const nothing: JoinedValues = { values: {}, salts: {} };

/** A value line of which only number and field were looked at: most are never asked for. */
interface HeldLine {
  readonly field: string;
  readonly bytes: Uint8Array;
}

/** Joins the entries of one segment, in their order, with their values, holding only a few of them in memory. */
export class ValueJoiner {
  private readonly buffer = new PassingMap<number, HeldLine[]>();
  private blocks: LineBlocks | undefined;
  private highest = -1;
  private floor = 0;
  private atEnd = false;

  private constructor(
    private readonly handle: FileHandle | undefined,
    private readonly fields: ReadonlySet<string> | undefined,
    private readonly memory: BlockMemory,
  ) {
    this.atEnd = handle === undefined;
  }

  /** `fields`: all that will be asked for; undefined = any. */
  static async open(folder: DeskFolder, path: string, fields?: ReadonlySet<string>, memory = new BlockMemory(valuesBlockSize)): Promise<ValueJoiner> {
    return new ValueJoiner(await folder.openForReading(path), fields, memory);
  }

  /** Those that match the entry's commitments. `fields`: only these; undefined = all. `fieldIf`: of them only those for which it is true. */
  async valuesFor(entry: AuditEntry, fields?: readonly string[], fieldIf?: AuditRange['fieldIf']): Promise<JoinedValues> {
    const all = commitmentsOf(entry);
    const there = fields === undefined ? Object.keys(all) : fields.filter((field) => all[field] !== undefined);
    const asked = fieldIf === undefined ? there : there.filter((field) => fieldIf(entry.kind, field));
    if (asked.length === 0) return nothing;
    const values: Record<string, AuditJson> = {};
    const salts: Record<string, string> = {};
    let missing: readonly string[] = asked;
    for (;;) {
      missing = missing.filter((field) => {
        const found = this.find(entry.seq, field, all[field] ?? '');
        if (found === undefined) return true;
        values[field] = found.value;
        salts[field] = found.salt;
        return false;
      });
      if (missing.length === 0 || this.atEnd || this.highest > entry.seq + lookAhead) break;
      await this.readMore();
    }
    this.buffer.take(entry.seq);
    return { values, salts };
  }

  /** Values of entries before this one are not asked for any more and need not be held. */
  passOver(seq: number): void {
    this.floor = seq;
    // They come in their order but for what a crash left over, which goes a little later.
    for (let known = this.buffer.firstKey(); known !== undefined && known < seq; known = this.buffer.firstKey()) this.buffer.take(known);
  }

  async close(): Promise<void> {
    this.atEnd = true;
    await this.handle?.close();
  }

  private find(seq: number, field: string, commitment: string): OpenedValue | undefined {
    for (const line of this.buffer.get(seq) ?? []) {
      const opened = line.field === field ? openValueLine(line.bytes) : undefined;
      if (opened?.commitment === commitment) return opened;
    }
    return undefined;
  }

  private async readMore(): Promise<void> {
    if (this.handle === undefined) return;
    this.blocks ??= new LineBlocks(this.handle, 0, fstatSync(this.handle.fd).size, this.memory);
    const block = await this.blocks.next();
    if (block === undefined) {
      this.atEnd = true;
      return;
    }
    for (let start = 0, end = block.indexOf(newline); end !== -1; start = end + 1, end = block.indexOf(newline, start)) {
      const bytes = block.subarray(start, end);
      const peek = peekValueLine(bytes);
      if (peek === undefined) continue;
      if (peek.seq > this.highest) this.highest = peek.seq;
      if (peek.seq < this.floor || this.fields?.has(peek.field) === false) continue;
      // The memory of the block is used again.
      const line = { field: peek.field, bytes: Buffer.from(bytes) };
      const known = this.buffer.get(peek.seq);
      if (known === undefined) this.buffer.set(peek.seq, [line]);
      else known.push(line);
    }
  }
}
