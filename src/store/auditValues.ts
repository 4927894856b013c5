import { fstatSync } from 'node:fs';
import { type FileHandle } from 'node:fs/promises';
import { commitmentOf, commitmentsOf, parseValueLine, type AuditValue } from '../core/auditChain';
import { type AuditEntry, type AuditJson, type AuditProblemCode } from '../core/audit';
import { type DeskFolder } from './deskFolder';
import { readLines, type FileLine } from './lines';

/**
 * How far ahead of an entry its values are looked for. Values that a crash left without an entry stand before those of the entries that later got
 * the same numbers; a writer never puts down more than `entriesPerWrite` entries' values at once, so the look ahead need not be longer than that.
 */
export const entriesPerWrite = 256;
export const lookAhead = 4 * entriesPerWrite;

export interface JoinedValues {
  readonly values: Readonly<Record<string, AuditJson>>;
  readonly salts: Readonly<Record<string, string>>;
  readonly problems: readonly AuditProblemCode[];
}

const nothing: JoinedValues = { values: {}, salts: {}, problems: [] };

/** Joins the entries of one segment, in their order, with their values, holding only a few of them in memory. */
export class ValueJoiner {
  private readonly buffer = new Map<number, AuditValue[]>();
  private lines: AsyncGenerator<readonly FileLine[]> | undefined;
  private highest = -1;
  private floor = 0;
  private atEnd = false;

  private constructor(
    private readonly handle: FileHandle | undefined,
    private readonly report: (code: AuditProblemCode, seq: number | undefined) => void,
  ) {
    this.atEnd = handle === undefined;
  }

  /** `report` hears of lines that are no values and of values without an entry. */
  static async open(folder: DeskFolder, path: string, report: (code: AuditProblemCode, seq: number | undefined) => void): Promise<ValueJoiner> {
    return new ValueJoiner(await folder.openForReading(path), report);
  }

  /** `fields`: only these; undefined = all. */
  async valuesFor(entry: AuditEntry, fields?: readonly string[]): Promise<JoinedValues> {
    const all = commitmentsOf(entry);
    const commitments = fields === undefined ? Object.entries(all) : fields.flatMap((field): [string, string][] => (all[field] === undefined ? [] : [[field, all[field]]]));
    if (commitments.length === 0) return nothing;
    for (;;) {
      const found = this.match(entry.seq, commitments);
      if (found.problems.length > 0 && !this.atEnd && this.highest <= entry.seq + lookAhead) {
        await this.readMore();
        continue;
      }
      this.consume(entry.seq, found.used);
      return found;
    }
  }

  /** Values of entries before this one are not asked for any more and need not be held. */
  passOver(seq: number): void {
    this.floor = seq;
    // They come in their order but for what a crash left over, which goes a little later.
    for (const known of this.buffer.keys()) {
      if (known >= seq) return;
      this.buffer.delete(known);
    }
  }

  /** Reads to the end, so that what is left over is told, and closes. */
  async finish(): Promise<void> {
    while (!this.atEnd) {
      await this.readMore();
      this.tellLeftOver();
    }
    this.tellLeftOver();
    await this.close();
  }

  async close(): Promise<void> {
    this.atEnd = true;
    await this.handle?.close();
  }

  private match(seq: number, commitments: readonly (readonly [string, string])[]): JoinedValues & { readonly used: ReadonlySet<AuditValue> } {
    const candidates = this.buffer.get(seq) ?? [];
    const used = new Set<AuditValue>();
    const values: Record<string, AuditJson> = {};
    const salts: Record<string, string> = {};
    const problems: AuditProblemCode[] = [];
    for (const [field, commitment] of commitments) {
      const named = candidates.filter((candidate) => candidate.field === field);
      const match = named.find((candidate) => commitmentOf(candidate.salt, candidate.value) === commitment);
      if (match === undefined) {
        problems.push(named.length > 0 ? 'value.mismatch' : 'value.missing');
      } else {
        used.add(match);
        values[field] = match.value;
        salts[field] = match.salt;
      }
    }
    return { values, salts, problems, used };
  }

  private consume(seq: number, used: ReadonlySet<AuditValue>): void {
    for (const value of this.buffer.get(seq) ?? []) if (!used.has(value)) this.report('value.orphan', seq);
    this.buffer.delete(seq);
  }

  private async readMore(): Promise<void> {
    if (this.handle === undefined) return;
    this.lines ??= readLines(this.handle, 0, fstatSync(this.handle.fd).size);
    const next = await this.lines.next();
    if (next.done === true) {
      this.atEnd = true;
      return;
    }
    for (const line of next.value) {
      const value = parseValueLine(line.bytes);
      if (value === undefined) {
        this.report('value.malformed', undefined);
        continue;
      }
      if (value.seq > this.highest) this.highest = value.seq;
      if (value.seq < this.floor) continue;
      const known = this.buffer.get(value.seq);
      if (known === undefined) this.buffer.set(value.seq, [value]);
      else known.push(value);
    }
  }

  private tellLeftOver(): void {
    for (const [seq, values] of this.buffer) for (let index = 0; index < values.length; index += 1) this.report('value.orphan', seq);
    this.buffer.clear();
  }
}
