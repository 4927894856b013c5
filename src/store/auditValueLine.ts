import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { commitmentOf, parseValueLine } from '../core/auditChain';

/** What verifying needs of a value line: whose it is, and the commitment that it makes. */
export interface ReadValue {
  readonly seq: number;
  readonly field: string;
  readonly commitment: string;
}

const opening = Buffer.from('{"field":"');
const beforeSalt = Buffer.from(',"salt":"');
const beforeSeq = Buffer.from(',"seq":');
const beforeValue = Buffer.from(',"value":');
const quote = 0x22;
const backslash = 0x5c;
const closingBrace = 0x7d;
const leastSaltDigits = 32;
const mostSaltDigits = 128;
/** Up to 15 digits every integer is exact. */
const mostDigits = 15;

/**
 * Reads a value line between two offsets of a block. A line in the form in which the desk writes it, with a text that needs no escapes, is read from its
 * bytes, which are canonical then; any other is parsed and written anew for its commitment. undefined = no value line.
 */
export function readValueLine(block: Buffer, start: number, end: number): ReadValue | undefined {
  return new ValueLineReader(block, start, end).read() ?? parsedValue(block.subarray(start, end));
}

function parsedValue(bytes: Uint8Array): ReadValue | undefined {
  const value = parseValueLine(bytes);
  return value === undefined ? undefined : { seq: value.seq, field: value.field, commitment: commitmentOf(value.salt, value.value) };
}

/** Salt and value are put together here before they are hashed. */
let scratch = Buffer.allocUnsafeSlow(4096);

class ValueLineReader {
  private at: number;

  constructor(
    private readonly block: Buffer,
    start: number,
    private readonly end: number,
  ) {
    this.at = start;
  }

  /** undefined = not in the plain form. */
  read(): ReadValue | undefined {
    const { block } = this;
    if (!this.skip(opening)) return undefined;
    const fieldStart = this.at;
    const fieldEnd = this.plainTextEnd();
    if (fieldEnd === undefined || !this.skip(beforeSalt)) return undefined;
    const saltStart = this.at;
    const saltEnd = this.saltEnd();
    if (saltEnd === undefined || !this.skip(beforeSeq)) return undefined;
    const seq = this.integer();
    if (seq === undefined || !this.skip(beforeValue)) return undefined;
    const valueStart = this.at;
    const valueEnd = this.end - 1;
    if (block[valueEnd] !== closingBrace || block[valueStart] !== quote) return undefined;
    this.at = valueStart + 1;
    const textEnd = this.textEnd();
    if (textEnd !== valueEnd - 1) return undefined;
    return { seq, field: block.toString('latin1', fieldStart, fieldEnd), commitment: this.commitment(saltStart, saltEnd, valueStart, valueEnd) };
  }

  private skip(expected: Buffer): boolean {
    const { block, at } = this;
    if (at + expected.length > this.end) return false;
    for (let index = 0; index < expected.length; index += 1) if (block[at + index] !== expected[index]) return false;
    this.at = at + expected.length;
    return true;
  }

  /** Where a text of plain ASCII ends (its closing quotation mark); goes past it. */
  private plainTextEnd(): number | undefined {
    for (let at = this.at; at < this.end; at += 1) {
      const byte = this.block[at] ?? 0;
      if (byte === quote) {
        this.at = at + 1;
        return at;
      }
      if (byte === backslash || byte < 0x20 || byte > 0x7e) return undefined;
    }
    return undefined;
  }

  private saltEnd(): number | undefined {
    const start = this.at;
    for (let at = start; at < this.end; at += 1) {
      const byte = this.block[at] ?? 0;
      if (byte === quote) {
        this.at = at + 1;
        const digits = at - start;
        return digits >= leastSaltDigits && digits <= mostSaltDigits && digits % 2 === 0 ? at : undefined;
      }
      if (digitOf(byte) === -1) return undefined;
    }
    return undefined;
  }

  private integer(): number | undefined {
    const start = this.at;
    let value = 0;
    let at = start;
    for (; at < this.end; at += 1) {
      const digit = (this.block[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === start || at - start > mostDigits || (this.block[start] === 0x30 && at - start > 1)) return undefined;
    this.at = at;
    return value;
  }

  /** Where a text without escapes ends (its closing quotation mark); undefined = it has some, or is no UTF-8. */
  private textEnd(): number | undefined {
    const start = this.at;
    let ascii = true;
    for (let at = start; at < this.end; at += 1) {
      const byte = this.block[at] ?? 0;
      if (byte === quote) return ascii || isUtf8(this.block.subarray(start, at)) ? at : undefined;
      if (byte === backslash || byte < 0x20) return undefined;
      if (byte > 0x7f) ascii = false;
    }
    return undefined;
  }

  private commitment(saltStart: number, saltEnd: number, valueStart: number, valueEnd: number): string {
    const saltLength = (saltEnd - saltStart) / 2;
    const length = saltLength + valueEnd - valueStart;
    if (length > scratch.length) scratch = Buffer.allocUnsafeSlow(length * 2);
    for (let index = 0; index < saltLength; index += 1) {
      const at = saltStart + 2 * index;
      scratch[index] = (digitOf(this.block[at] ?? 0) << 4) | digitOf(this.block[at + 1] ?? 0);
    }
    this.block.copy(scratch, saltLength, valueStart, valueEnd);
    return hash('sha256', scratch.subarray(0, length), 'hex');
  }
}

/** Value of a lower-case hex digit; -1 = none. */
function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
}
