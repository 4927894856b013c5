import { readSync } from 'node:fs';
import { type FileHandle } from 'node:fs/promises';

const chunkSize = 256 * 1024;
const newline = 0x0a;
/** A line longer than this is handed out cut, and so found malformed, instead of filling the memory. */
const longestLine = 64 * 1024 * 1024;

/** A line without its newline, and where in the file the byte after its newline stands. */
export interface FileLine {
  readonly bytes: Uint8Array;
  readonly end: number;
}

/** The complete lines of a file between two byte offsets, a chunk's worth at a time. What follows the last newline is left out. */
export async function* readLines(handle: FileHandle, from: number, to: number): AsyncGenerator<readonly FileLine[]> {
  let rest: Buffer = Buffer.alloc(0);
  let position = from;
  while (position < to) {
    const chunk = Buffer.allocUnsafe(Math.min(chunkSize, to - position));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) return;
    const data = rest.length === 0 ? chunk.subarray(0, bytesRead) : Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    const dataStart = position - rest.length;
    position += bytesRead;
    const lines: FileLine[] = [];
    let start = 0;
    for (let at = data.indexOf(newline, rest.length); at !== -1; at = data.indexOf(newline, start)) {
      lines.push({ bytes: data.subarray(start, at), end: dataStart + at + 1 });
      start = at + 1;
    }
    rest = data.subarray(start);
    if (rest.length > longestLine) {
      lines.push({ bytes: rest, end: position });
      rest = Buffer.alloc(0);
    }
    if (lines.length > 0) yield lines;
  }
}

/** Where the last complete line ends: after it stands what a crash tore off. Lines with NUL bytes (blocks lost in a power failure) count as torn. */
export function endOfCompleteLines(handle: FileHandle, size: number): number {
  let end = lastNewlineBefore(handle, size);
  while (end > 0) {
    const start = lastNewlineBefore(handle, end - 1);
    if (!readRange(handle, start, end).includes(0)) break;
    end = start;
  }
  return end;
}

/** The last complete line before `end` (the offset after its newline); undefined = there is none. */
export function lineEndingAt(handle: FileHandle, end: number): Uint8Array | undefined {
  if (end === 0) return undefined;
  const start = lastNewlineBefore(handle, end - 1);
  return readRange(handle, start, end - 1);
}

/** The offset after the last newline that stands before `end`; 0 = there is none. */
function lastNewlineBefore(handle: FileHandle, end: number): number {
  let to = end;
  let size = 4096;
  while (to > 0) {
    const from = Math.max(0, to - size);
    const at = readRange(handle, from, to).lastIndexOf(newline);
    if (at !== -1) return from + at + 1;
    to = from;
    size = Math.min(size * 4, 1024 * 1024);
  }
  return 0;
}

/**
 * Bytes from one offset to another; fewer when the file ends before. Read at once: it is little, mostly the end of a file that was just written, and who
 * holds the lock must not wait for a thread of the pool meanwhile.
 */
export function readRange(handle: FileHandle, from: number, to: number): Buffer {
  const data = Buffer.alloc(Math.max(0, to - from));
  let filled = 0;
  while (filled < data.length) {
    const bytesRead = readSync(handle.fd, data, filled, data.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return data.subarray(0, filled);
}
