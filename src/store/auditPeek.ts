const seqMark = Buffer.from('"seq":');
const kindMark = Buffer.from('"kind":"');
const quote = 0x22;

/**
 * Number and kind of an entry from the bytes of its line, without parsing it: a quotation mark inside a text is escaped, so that the last
 * mark is the member itself. undefined = not to be seen from the bytes.
 */
export function peekEntry(bytes: Uint8Array): { readonly seq: number; readonly kind: string } | undefined {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const seqAt = line.lastIndexOf(seqMark) + seqMark.length;
  const kindAt = line.lastIndexOf(kindMark) + kindMark.length;
  const kindEnd = line.indexOf(quote, kindAt);
  const digits = /^\d{1,15}(?=,)/u.exec(line.toString('latin1', seqAt, seqAt + 16))?.[0];
  if (seqAt < seqMark.length || kindAt < kindMark.length || kindEnd < 0 || digits === undefined) return undefined;
  return { seq: Number(digits), kind: line.toString('latin1', kindAt, kindEnd) };
}
