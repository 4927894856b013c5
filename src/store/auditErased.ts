import { fstatSync } from 'node:fs';
import { checkAuditLine } from '../core/auditChain';
import { erasureOf } from '../core/auditErasure';
import { type AuditEntry } from '../core/audit';
import { openChain } from './auditSegments';
import { type DeskFolder } from './deskFolder';
import { BlockMemory, chainBlockSize, LineBlocks } from './lineBlocks';

const redactedMark = Buffer.from('"kind":"redacted"');
const newline = 0x0a;
/** Names of values get numbers below this; `seq * mostFields + number` stays exact for numbers of entries below 2^37. */
const mostFields = 2 ** 16;
const mostSeq = 2 ** 37;

/**
 * Which values `redacted` entries say to be gone, from one look over the whole chain before it is checked. Held as sorted numbers: about 9 bytes a value,
 * so that a log of which most was erased can be verified too.
 */
export class ErasedValues {
  private readonly fields = new Map<string, number>();
  private keys = new Float64Array(1024);
  private count = 0;
  /** 1 = the entry and the value exist. */
  private seen = new Uint8Array(0);
  /** Numbers of `redacted` entries whose `erased` cannot be read, or names entries that were not there yet. */
  private readonly broken = new Set<number>();

  /** `sizes`: how far each segment is read. */
  static async scan(folder: DeskFolder, sizes: ReadonlyMap<string, number>, signal?: AbortSignal): Promise<ErasedValues> {
    const erased = new ErasedValues();
    await eachRedacted(folder, sizes, signal, (entry) => {
      erased.add(entry);
    });
    erased.sort();
    return erased;
  }

  get isEmpty(): boolean {
    return this.count === 0 && this.broken.size === 0;
  }

  /** True when a later entry says that this value is gone; remembers that the value is one that exists. */
  names(seq: number, field: string): boolean {
    if (this.count === 0) return false;
    const at = this.indexOf(seq, field);
    if (at === -1) return false;
    this.seen[at] = 1;
    return true;
  }

  /**
   * `redacted` entries that name what does not exist, by their number. `covers` = whether an entry's number was among those that were looked at: of the others
   * nothing can be said.
   */
  async unfounded(folder: DeskFolder, sizes: ReadonlyMap<string, number>, covers: (seq: number) => boolean, signal?: AbortSignal): Promise<readonly Unfounded[]> {
    const found: Unfounded[] = [...this.broken].map((seq) => ({ seq }));
    if (this.seen.every((flag) => flag === 1)) return found;
    await eachRedacted(folder, sizes, signal, (entry) => {
      if (this.broken.has(entry.seq)) return;
      const missing = (erasureOf(entry) ?? []).find(([seq, ...fields]) => covers(seq) && fields.some((field) => !this.isSeen(seq, field)));
      if (missing !== undefined) found.push({ seq: entry.seq, names: missing });
    });
    return found;
  }

  private isSeen(seq: number, field: string): boolean {
    const at = this.indexOf(seq, field);
    return at !== -1 && this.seen[at] === 1;
  }

  private add(entry: AuditEntry): void {
    const erasure = erasureOf(entry);
    if (erasure === undefined || erasure.some(([seq]) => seq >= entry.seq || seq >= mostSeq)) this.broken.add(entry.seq);
    for (const [seq, ...fields] of erasure ?? []) {
      if (seq >= entry.seq || seq >= mostSeq) continue;
      for (const field of fields) this.put(seq * mostFields + this.numberOf(field));
    }
  }

  private numberOf(field: string): number {
    const known = this.fields.get(field);
    if (known !== undefined) return known;
    const number = Math.min(this.fields.size, mostFields - 1);
    if (this.fields.size < mostFields) this.fields.set(field, number);
    return number;
  }

  private put(key: number): void {
    if (this.count === this.keys.length) {
      const larger = new Float64Array(this.keys.length * 2);
      larger.set(this.keys);
      this.keys = larger;
    }
    this.keys[this.count] = key;
    this.count += 1;
  }

  private sort(): void {
    const keys = this.keys.subarray(0, this.count).sort();
    let kept = 0;
    for (let index = 0; index < keys.length; index += 1) {
      if (index > 0 && keys[index] === keys[index - 1]) continue;
      keys[kept] = keys[index] ?? 0;
      kept += 1;
    }
    this.count = kept;
    this.keys = keys.subarray(0, kept);
    this.seen = new Uint8Array(kept);
  }

  private indexOf(seq: number, field: string): number {
    const number = this.fields.get(field);
    if (number === undefined) return -1;
    const key = seq * mostFields + number;
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const there = this.keys[middle] ?? 0;
      if (there === key) return middle;
      if (there < key) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

/** A `redacted` entry that names what is not there; `names` is the first such item, undefined when its list cannot be read or points ahead. */
export interface Unfounded {
  readonly seq: number;
  readonly names?: readonly [number, ...string[]] | undefined;
}

/** Hands over every entry of kind `redacted` whose line is sound by itself, found by its bytes without parsing the others. */
async function eachRedacted(folder: DeskFolder, sizes: ReadonlyMap<string, number>, signal: AbortSignal | undefined, hand: (entry: AuditEntry) => void): Promise<void> {
  const memory = new BlockMemory(chainBlockSize);
  for (const [segment, size] of sizes) {
    const handle = await openChain(folder, segment).catch(() => undefined);
    if (handle === undefined) continue;
    try {
      const blocks = new LineBlocks(handle, 0, Math.min(size, fstatSync(handle.fd).size), memory);
      for (let block = await blocks.next(); block !== undefined; block = await blocks.next()) {
        signal?.throwIfAborted();
        for (let at = block.indexOf(redactedMark); at !== -1; ) {
          const end = block.indexOf(newline, at);
          const { entry, problems } = checkAuditLine(block.subarray(block.lastIndexOf(newline, at) + 1, end));
          if (entry?.kind === 'redacted' && problems.length === 0) hand(entry);
          at = block.indexOf(redactedMark, end);
        }
      }
    } catch (error) {
      signal?.throwIfAborted();
      // What the system cannot read is told when the segment is checked.
      if (!(error instanceof Error && 'syscall' in error)) throw error;
    } finally {
      await handle.close();
    }
  }
}
