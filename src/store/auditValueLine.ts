import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { type AuditJson } from '../core/audit';
import { commitmentOf, parseValueLine } from '../core/auditChain';

/** What verifying needs of a value line: whose it is, and the commitment that it makes. */
export interface ReadValue {
  readonly seq: number;
  readonly field: string;
  readonly commitment: string;
}

/** A value line whose value is asked for. */
export interface OpenedValue {
  readonly salt: string;
  readonly value: AuditJson;
  readonly commitment: string;
}

const opening = Buffer.from('{"field":"');
const beforeSalt = Buffer.from(',"salt":"');
const beforeSeq = Buffer.from(',"seq":');
const beforeValue = Buffer.from(',"value":"');
const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const closingBrace = 0x7d;
const zero = 0x30;
const leastSaltBytes = 16;
const mostSaltBytes = 64;
/** Up to 15 digits every integer is exact. */
const mostDigits = 15;
const namesKept = 256;
/** A longer text is read the slow way. */
const longestText = 16 * 1024;

/** Value of each byte as a lower-case hex digit; -1 = none. */
const hexDigits = Int8Array.from({ length: 256 }, (_unused, byte) => '0123456789abcdef'.indexOf(String.fromCharCode(byte)));

/**
 * Reads a value line between two offsets of a block. A line in the form in which the desk writes it, with a text that needs no escapes, is read from its
 * bytes, which are canonical then; any other is parsed and written anew for its commitment. undefined = no value line.
 */
export function readValueLine(block: Buffer, start: number, end: number): ReadValue | undefined {
  return plain.read(block, start, end) ?? parsedValue(block.subarray(start, end));
}

/** Whose value a line holds, without the value being read: the line may yet turn out to hold none. undefined = no value line. */
export function peekValueLine(bytes: Uint8Array): Pick<ReadValue, 'seq' | 'field'> | undefined {
  return plain.peek(asBuffer(bytes)) ?? parseValueLine(bytes);
}

/** undefined = no value line. */
export function openValueLine(bytes: Uint8Array): OpenedValue | undefined {
  const opened = plain.open(asBuffer(bytes));
  if (opened !== undefined) return opened;
  const value = parseValueLine(bytes);
  return value === undefined ? undefined : { salt: value.salt, value: value.value, commitment: commitmentOf(value.salt, value.value) };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function parsedValue(bytes: Uint8Array): ReadValue | undefined {
  const value = parseValueLine(bytes);
  return value === undefined ? undefined : { seq: value.seq, field: value.field, commitment: commitmentOf(value.salt, value.value) };
}

/** Reads lines of the plain form; -1 and undefined mean another form. */
class PlainValueLine {
  private block: Buffer = Buffer.alloc(0);
  private at = 0;
  private end = 0;
  /** Salt and value are put together here before they are hashed. */
  private readonly scratch = Buffer.allocUnsafeSlow(mostSaltBytes + longestText + 2);
  private readonly views: (Buffer | undefined)[] = [];
  private readonly names: ({ readonly name: string; readonly bytes: Buffer } | undefined)[] = [];
  private name = '';
  private seq = -1;
  private saltStart = 0;
  private saltBytes = -1;
  private textStart = 0;

  read(block: Buffer, start: number, end: number): ReadValue | undefined {
    if (end - start > longestText || !this.head(block, start, end)) return undefined;
    const commitment = this.commitment();
    return commitment === undefined ? undefined : { seq: this.seq, field: this.name, commitment };
  }

  peek(line: Buffer): Pick<ReadValue, 'seq' | 'field'> | undefined {
    return this.head(line, 0, line.length) ? { seq: this.seq, field: this.name } : undefined;
  }

  open(line: Buffer): OpenedValue | undefined {
    if (line.length > longestText || !this.head(line, 0, line.length)) return undefined;
    const { saltStart, saltBytes } = this;
    const commitment = this.commitment();
    if (commitment === undefined) return undefined;
    return { salt: line.toString('latin1', saltStart, saltStart + 2 * saltBytes), value: line.toString('utf8', this.textStart, line.length - 2), commitment };
  }

  /** Everything before the value. */
  private head(block: Buffer, start: number, end: number): boolean {
    this.block = block;
    this.at = start;
    this.end = end;
    if (!this.skip(opening)) return false;
    const field = this.field();
    if (field === undefined || !this.skip(beforeSalt)) return false;
    this.name = field;
    this.saltStart = this.at;
    this.saltBytes = this.salt();
    if (this.saltBytes === -1 || !this.skip(beforeSeq)) return false;
    this.seq = this.integer();
    return this.seq !== -1 && this.at < end && block[this.at] === comma;
  }

  /** Of the text that follows, to the end of the line. */
  private commitment(): string | undefined {
    if (!this.skip(beforeValue)) return undefined;
    this.textStart = this.at;
    const length = this.text(this.saltBytes);
    if (length === -1 || this.at !== this.end - 1 || this.block[this.at] !== closingBrace) return undefined;
    return hash('sha256', this.view(length), 'hex');
  }

  private skip(expected: Buffer): boolean {
    const { block, at } = this;
    for (let index = 0; index < expected.length; index += 1) if (block[at + index] !== expected[index]) return false;
    this.at = at + expected.length;
    return this.at <= this.end;
  }

  /** A name of plain ASCII and its closing quotation mark. */
  private field(): string | undefined {
    const { block, at: start, end } = this;
    for (let at = start; at < end; at += 1) {
      const byte = block[at] ?? 0;
      if (byte === quote) {
        this.at = at + 1;
        return this.nameOf(start, at);
      }
      if (byte === backslash || byte < 0x20 || byte > 0x7e) return undefined;
    }
    return undefined;
  }

  /** One text for a name that comes again and again: there are a few dozen, told apart by length and both ends first. */
  private nameOf(start: number, end: number): string {
    const { block, names } = this;
    const place = ((end - start) * 31 + (block[start] ?? 0) * 7 + (block[end - 1] ?? 0)) & (namesKept - 1);
    const known = names[place];
    if (known?.bytes.length === end - start && known.bytes.equals(block.subarray(start, end))) return known.name;
    const name = block.toString('latin1', start, end);
    names[place] = { name, bytes: Buffer.from(name, 'latin1') };
    return name;
  }

  /** Decodes the salt and goes past its closing quotation mark; its length in bytes. */
  private salt(): number {
    const { block, scratch } = this;
    let length = 0;
    let { at } = this;
    for (; length < mostSaltBytes; length += 1, at += 2) {
      const high = hexDigits[block[at] ?? 0] ?? -1;
      if (high === -1) break;
      const low = hexDigits[block[at + 1] ?? 0] ?? -1;
      if (low === -1) return -1;
      scratch[length] = (high << 4) | low;
    }
    if (length < leastSaltBytes || block[at] !== quote) return -1;
    this.at = at + 1;
    return length;
  }

  private integer(): number {
    const { block, at: start } = this;
    let value = 0;
    let at = start;
    for (let digit = (block[at] ?? 0) - zero; digit >= 0 && digit <= 9; digit = (block[at] ?? 0) - zero) {
      value = value * 10 + digit;
      at += 1;
    }
    if (at === start || at - start > mostDigits || (block[start] === zero && at - start > 1)) return -1;
    this.at = at;
    return value;
  }

  /** Copies a text without escapes behind the salt, quotation marks and all, and goes past it; the length of both. */
  private text(saltBytes: number): number {
    const { block, scratch, at: start, end } = this;
    let to = saltBytes;
    scratch[to] = quote;
    let highest = 0;
    for (let at = start; at < end; at += 1) {
      const byte = block[at] ?? 0;
      to += 1;
      scratch[to] = byte;
      if (byte === quote) {
        this.at = at + 1;
        return highest < 0x80 || isUtf8(block.subarray(start, at)) ? to + 1 : -1;
      }
      if (byte === backslash || byte < 0x20) return -1;
      highest |= byte;
    }
    return -1;
  }

  private view(length: number): Buffer {
    return (this.views[length] ??= this.scratch.subarray(0, length));
  }
}

/** One for all lines: it keeps nothing from one to the next. */
const plain = new PlainValueLine();
