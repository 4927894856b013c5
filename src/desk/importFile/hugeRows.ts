import { maxRowLength } from './sourceRow';

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * The same CSV without the rows that are too long to be rows (a quote that nobody closed, say), so that what follows is read as it stands. `refused` is told
 * the line of each; empty lines stand in their place, so that the lines of the others stay what they are. Every line ends with LF.
 */
export async function* withoutHugeRows(pieces: AsyncIterable<string>, separator: string, refused: (line: number) => void, max = maxRowLength): AsyncGenerator<string> {
  const separatorCode = separator.charCodeAt(0);
  let held = '';
  let dropping = false;
  let inQuotes = false;
  /** A quote here opens a field: at its start, or right after one that closed (two quotes are one). */
  let mayOpen = true;
  let line = 1;
  let begun = 1;
  for await (const piece of pieces) {
    let out = '';
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (code === lineFeed) line += 1;
      if (inQuotes) {
        if (code === quote) [inQuotes, mayOpen] = [false, true];
      } else if (code === quote) {
        if (mayOpen) inQuotes = true;
      } else if (code === lineFeed) {
        const row = piece.slice(from, at + 1);
        if (!dropping && held.length + row.length > max) {
          dropping = true;
          refused(begun);
        }
        out += dropping ? '\n'.repeat(line - begun) : (held + row).replaceAll('\r\n', '\n');
        [held, dropping, mayOpen, from, begun] = ['', false, true, at + 1, line];
      } else if (code !== carriageReturn) {
        mayOpen = code === separatorCode;
      }
    }
    if (!dropping) {
      held += piece.slice(from);
      if (held.length > max) {
        [held, dropping] = ['', true];
        refused(begun);
      }
    }
    if (out !== '') yield out;
  }
  if (held !== '') yield held.replaceAll('\r\n', '\n');
}
