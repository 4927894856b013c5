import { type EntryGlance } from '../core/ports';

const seqMark = '"seq":';
const subjectMark = ',"subject":"';
const kindMark = '"kind":"';
/** Kind, number and subject stand near the end of a line, behind what may be long. */
const usualTail = 384;

/**
 * Number, kind and subject of an entry from the bytes of its line, without parsing it: a quotation mark inside a text is escaped, so that the last
 * mark is the member itself. undefined = not to be seen from the bytes.
 */
export function peekEntry(bytes: Uint8Array): EntryGlance | undefined {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const seen = peekTail(line.toString('latin1', Math.max(0, line.length - usualTail)));
  return seen !== undefined || line.length <= usualTail ? seen : peekTail(line.toString('latin1'));
}

function peekTail(text: string): EntryGlance | undefined {
  const seqAt = text.lastIndexOf(seqMark);
  const kindAt = text.lastIndexOf(kindMark, seqAt);
  if (seqAt < 0 || kindAt < 0) return undefined;
  const seqEnd = text.indexOf(subjectMark, seqAt);
  const digits = text.slice(seqAt + seqMark.length, seqEnd);
  const kindEnd = text.indexOf('"', kindAt + kindMark.length);
  const subjectEnd = text.indexOf('"', seqEnd + subjectMark.length);
  if (seqEnd < 0 || kindEnd < 0 || subjectEnd < 0 || !/^\d{1,15}$/u.test(digits)) return undefined;
  const subject = text.slice(seqEnd + subjectMark.length, subjectEnd);
  // Of an escape or a letter outside ASCII the bytes alone do not tell what it reads as.
  return /^[\x20-\x5b\x5d-\x7e]*$/u.test(subject) ? { seq: Number(digits), kind: text.slice(kindAt + kindMark.length, kindEnd), subject } : undefined;
}
