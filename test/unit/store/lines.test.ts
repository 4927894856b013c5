import { mkdtemp, open, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endOfCompleteLines, lineEndingAt, readLines } from '../../../src/store/lines';

let folder: string;
let handle: FileHandle | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'momentos-lines-'));
});
afterEach(async () => {
  await handle?.close();
  handle = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(bytes: Uint8Array): Promise<{ readonly handle: FileHandle; readonly size: number }> {
  await handle?.close();
  await writeFile(join(folder, 'file'), bytes);
  handle = await open(join(folder, 'file'));
  return { handle, size: bytes.length };
}

async function linesOf(bytes: Uint8Array, from = 0): Promise<{ readonly text: string; readonly end: number }[]> {
  const file = await fileOf(bytes);
  const all: { text: string; end: number }[] = [];
  for await (const lines of readLines(file.handle, from, file.size)) for (const line of lines) all.push({ text: Buffer.from(line.bytes).toString('latin1'), end: line.end });
  return all;
}

describe('lines of a file', () => {
  it('are what stands between newlines, wherever the chunks end', async () => {
    // Lengths around the size of a chunk, so that newlines fall on, before and behind its border.
    const length = fc.oneof(fc.nat({ max: 40 }), fc.integer({ min: 256 * 1024 - 3, max: 256 * 1024 + 3 }), fc.constant(600_000));
    await fc.assert(
      fc.asyncProperty(fc.array(length, { maxLength: 6 }), fc.nat({ max: 5 }), async (lengths, tail) => {
        const texts = lengths.map((size, index) => String.fromCharCode(97 + index).repeat(size));
        const content = `${texts.map((text) => `${text}\n`).join('')}${'z'.repeat(tail)}`;
        const found = await linesOf(Buffer.from(content));
        expect(found.map((line) => line.text.length)).toEqual(lengths);
        expect(found.every((line, index) => line.text === texts[index] && content[line.end - 1] === '\n')).toBe(true);
        const file = await fileOf(Buffer.from(content));
        const end = endOfCompleteLines(file.handle, file.size);
        expect(end).toBe(content.length - tail);
        const last = lineEndingAt(file.handle, end);
        expect(last === undefined ? undefined : Buffer.from(last).toString('latin1')).toBe(texts.at(-1));
      }),
      { numRuns: 25 },
    );
  });

  it('go on from an offset', async () => {
    expect(await linesOf(Buffer.from('one\ntwo\nthree\n'), 4)).toEqual([{ text: 'two', end: 8 }, { text: 'three', end: 14 }]);
  });

  it.each([
    ['a\nb\n', 4],
    ['a\nb', 2],
    ['b', 0],
    ['', 0],
    ['a\n\0\0\n', 2],
    ['a\nb\0\n\0\n', 2],
    ['a\nb\n\0\0\0', 4],
    ['\0\n', 0],
  ])('of %j are complete up to byte %i', async (text, end) => {
    const file = await fileOf(Buffer.from(text));
    expect(endOfCompleteLines(file.handle, file.size)).toBe(end);
  });
});
