import { type EntryGlance } from '../core/ports';

const seqMark = '"seq":';
const subjectMark = ',"subject":"';
const kindMark = '"kind":"';
/** Kind, number and subject stand near the end of a line, behind what may be long. */
const usualTail = 384;
const quote = 0x22;
/** Of an escape or a letter outside ASCII the bytes alone do not tell what it reads as. */
const plainText = /^[\x20-\x5b\x5d-\x7e]*$/u;

/**
 * Number, kind and subject of an entry from the bytes of its line, without parsing it: a quotation mark inside a text is escaped, so that the last
 * mark is the member itself. undefined = not to be seen from the bytes.
 */
export function peekEntry(bytes: Uint8Array): EntryGlance | undefined {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const seen = peekTail(line.toString('latin1', Math.max(0, line.length - usualTail))) ?? (line.length <= usualTail ? undefined : peekTail(line.toString('latin1')));
  return seen === undefined ? undefined : new LineGlance(line, seen.seq, seen.kind, seen.subject);
}

class LineGlance implements EntryGlance {
  constructor(
    private readonly line: Buffer,
    readonly seq: number,
    readonly kind: string,
    readonly subject: string,
  ) {}

  textOf(member: string): string | undefined {
    const start = this.after(`"${member}":"`);
    const end = start === -1 ? -1 : this.line.indexOf(quote, start);
    const text = end === -1 ? '' : this.line.toString('latin1', start, end);
    return end === -1 || !plainText.test(text) ? undefined : text;
  }

  isEmptyList(member: string): boolean {
    return this.after(`"${member}":[]`) !== -1;
  }

  /** Where the line goes on after what stands in it once; a member of that name deeper inside would make it twice. */
  private after(mark: string): number {
    const at = this.line.indexOf(mark, 0, 'latin1');
    return at === -1 || this.line.lastIndexOf(mark, undefined, 'latin1') !== at ? -1 : at + mark.length;
  }
}

function peekTail(text: string): Pick<EntryGlance, 'seq' | 'kind' | 'subject'> | undefined {
  const seqAt = text.lastIndexOf(seqMark);
  const kindAt = text.lastIndexOf(kindMark, seqAt);
  if (seqAt < 0 || kindAt < 0) return undefined;
  const seqEnd = text.indexOf(subjectMark, seqAt);
  const digits = text.slice(seqAt + seqMark.length, seqEnd);
  const kindEnd = text.indexOf('"', kindAt + kindMark.length);
  const subjectEnd = text.indexOf('"', seqEnd + subjectMark.length);
  if (seqEnd < 0 || kindEnd < 0 || subjectEnd < 0 || !/^\d{1,15}$/u.test(digits)) return undefined;
  const subject = text.slice(seqEnd + subjectMark.length, subjectEnd);
  return plainText.test(subject) ? { seq: Number(digits), kind: text.slice(kindAt + kindMark.length, kindEnd), subject } : undefined;
}
