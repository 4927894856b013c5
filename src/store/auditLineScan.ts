import { isAscii } from 'node:buffer';
import { hash } from 'node:crypto';
import { actorSources, auditKinds, type AuditEntry } from '../core/audit';
import { checkAuditLine, commitmentsOf, type CheckedLine } from '../core/auditChain';

/** What verifying needs of an entry. */
export interface ScannedEntry extends Pick<AuditEntry, 'seq' | 'at' | 'kind' | 'prev' | 'hash'> {
  readonly source: AuditEntry['actor']['source'];
  /** Names of its values, and the commitment of each at the same index. */
  readonly fields: readonly string[];
  readonly commitments: readonly string[];
  /** Only where the entry was parsed. */
  readonly body?: AuditEntry['body'];
}

export interface ScannedLine extends Omit<CheckedLine, 'entry'> {
  readonly entry: ScannedEntry | undefined;
}

/** Bytes of `,"hash":"` + 64 hex + `"}`. */
const suffixLength = 75;
const mostDepth = 32;
/** Up to 15 digits every integer is exact. */
const mostDigits = 15;
const comma = 0x2c;
const closingBrace = 0x7d;
const closingBracket = 0x5d;
const quote = 0x22;
const minus = 0x2d;
const zero = 0x30;
const backslash = 0x5c;
/** Names and commitments of an entry's values. */
const valuesForm = /\{(?:"[^"]*":"[0-9a-f]{64}"(?:,(?=")|(?=\})))*\}/y;
const sources: ReadonlySet<string> = new Set([...actorSources, 'desk']);
/** Kinds whose body verifying looks into are parsed. */
const plainKinds: ReadonlySet<string> = new Set(auditKinds.filter((kind) => kind !== 'audit.repaired'));

/**
 * Checks one line of a block by itself, as `checkAuditLine` does. A line that is sound and has no escapes, as nearly all are, is recognised by one walk over
 * its text, which shows that it is canonical without parsing it and writing it anew; of any other `checkAuditLine` tells what is wrong.
 */
export function scanAuditLine(block: Buffer, start: number, end: number): ScannedLine {
  const entry = soundEntry(block, start, end);
  if (entry !== undefined) return { entry, problems: [] };
  const checked = checkAuditLine(block.subarray(start, end));
  if (checked.entry === undefined) return { ...checked, entry: undefined };
  const { seq, at, kind, prev, hash: stated, actor, body } = checked.entry;
  const commitments = commitmentsOf(checked.entry);
  return { ...checked, entry: { seq, at, kind, prev, hash: stated, source: actor.source, fields: Object.keys(commitments), commitments: Object.values(commitments), body } };
}

function soundEntry(block: Buffer, start: number, end: number): ScannedEntry | undefined {
  const cut = end - suffixLength;
  if (cut <= start || block[cut] !== comma || !isAscii(block.subarray(start, end))) return undefined;
  const entry = walk.entry(block.toString('latin1', start, end));
  if (entry === undefined) return undefined;
  // The hashed bytes are the line's own but for one: the brace that the hash was put before.
  block[cut] = closingBrace;
  const computed = hash('sha256', block.subarray(start, cut + 1), 'hex');
  block[cut] = comma;
  return computed === entry.hash ? entry : undefined;
}

/** One walk over the text of a line; -1 and undefined mean that it is not of the plain form. */
class Walk {
  private text = '';
  private at = 0;

  entry(text: string): ScannedEntry | undefined {
    this.text = text;
    this.at = 0;
    const fields: string[] = [];
    const commitments: string[] = [];
    if (!this.skip('{"actor":{"id":"') || this.rest() === undefined || !this.skip(',"source":"')) return undefined;
    const source = this.rest();
    if (source === undefined || !sources.has(source) || !this.skip('},"at":')) return undefined;
    const at = this.integer();
    if (at === undefined || !this.skip(',"body":{') || !this.body(fields, commitments) || !this.skip(',"kind":"')) return undefined;
    const kind = this.rest();
    if (kind === undefined || !plainKinds.has(kind) || !this.skip(',"prev":"')) return undefined;
    const prev = this.hash();
    if (prev === undefined || !isHex(prev) || !this.skip(',"seq":')) return undefined;
    const seq = this.integer();
    if (seq === undefined || seq < 0 || !this.skip(',"subject":"') || this.rest() === undefined || this.at !== text.length - suffixLength || !this.skip(',"hash":"')) return undefined;
    const stated = this.hash();
    if (stated === undefined || !this.skip('}') || this.at !== text.length) return undefined;
    return { seq, at, kind: kind as AuditEntry['kind'], prev, hash: stated, source: source as AuditEntry['actor']['source'], fields, commitments };
  }

  private skip(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  /** A text to its closing quotation mark, past which it goes. */
  private rest(): string | undefined {
    const { text, at: start } = this;
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        this.at = at + 1;
        return text.slice(start, at);
      }
      if (code === backslash || code < 0x20) return undefined;
    }
    return undefined;
  }

  /** As many characters as a hash has, and the closing quotation mark behind them. */
  private hash(): string | undefined {
    const { text, at } = this;
    const end = at + 64;
    if (text.charCodeAt(end) !== quote) return undefined;
    this.at = end + 1;
    return text.slice(at, end);
  }

  private integer(): number | undefined {
    const { text } = this;
    const negative = text.charCodeAt(this.at) === minus;
    const start = negative ? this.at + 1 : this.at;
    let value = 0;
    let at = start;
    for (let digit = text.charCodeAt(at) - zero; digit >= 0 && digit <= 9; digit = text.charCodeAt(at) - zero) {
      value = value * 10 + digit;
      at += 1;
    }
    if (at === start || at - start > mostDigits || (text.charCodeAt(start) === zero && (negative || at - start > 1))) return undefined;
    this.at = at;
    return negative ? -value : value;
  }

  /** The members of the body, its opening brace taken. */
  private body(fields: string[], commitments: string[]): boolean {
    if (this.skip('}')) return true;
    let before: string | undefined;
    for (;;) {
      const key = this.key(before);
      if (key === undefined || !(key === 'values' ? this.values(fields, commitments) : this.value(1))) return false;
      before = key;
      if (this.skip('}')) return true;
      if (!this.skip(',')) return false;
    }
  }

  private values(fields: string[], commitments: string[]): boolean {
    valuesForm.lastIndex = this.at;
    if (!valuesForm.test(this.text)) return false;
    this.at += 1;
    if (this.skip('}')) return true;
    let before: string | undefined;
    for (;;) {
      const key = this.key(before);
      if (key === undefined || !this.skip('"')) return false;
      const commitment = this.hash();
      if (commitment === undefined) return false;
      fields.push(key);
      commitments.push(commitment);
      before = key;
      if (this.skip('}')) return true;
      if (!this.skip(',')) return false;
    }
  }

  /** The name of a member and its colon; names stand in the order of their code units. */
  private key(before: string | undefined): string | undefined {
    if (!this.skip('"')) return undefined;
    const key = this.rest();
    return key === undefined || (before !== undefined && key <= before) || !this.skip(':') ? undefined : key;
  }

  private value(depth: number): boolean {
    const code = this.text.charCodeAt(this.at);
    switch (code) {
      case quote:
        this.at += 1;
        return this.rest() !== undefined;
      case 0x7b:
        return depth < mostDepth && this.members(depth + 1);
      case 0x5b:
        return depth < mostDepth && this.items(depth + 1);
      case 0x74:
        return this.skip('true');
      case 0x66:
        return this.skip('false');
      case 0x6e:
        return this.skip('null');
      default:
        return this.integer() !== undefined;
    }
  }

  private members(depth: number): boolean {
    this.at += 1;
    if (this.skip('}')) return true;
    let before: string | undefined;
    for (;;) {
      before = this.key(before);
      if (before === undefined || !this.value(depth)) return false;
      if (this.skip('}')) return true;
      if (!this.skip(',')) return false;
    }
  }

  private items(depth: number): boolean {
    this.at += 1;
    if (this.text.charCodeAt(this.at) === closingBracket) {
      this.at += 1;
      return true;
    }
    for (;;) {
      if (!this.value(depth)) return false;
      const code = this.text.charCodeAt(this.at);
      this.at += 1;
      if (code === closingBracket) return true;
      if (code !== comma) return false;
    }
  }
}

function isHex(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x30 || code > 0x66 || (code > 0x39 && code < 0x61)) return false;
  }
  return true;
}

/** One for all lines: a walk keeps nothing from one to the next. */
const walk = new Walk();
