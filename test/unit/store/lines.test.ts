import { appendFile, mkdtemp, open, rm, truncate, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BlockMemory, LineBlocks } from '../../../src/store/lineBlocks';
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

/** The texts of all lines, read by blocks of this size. */
async function blockLines(bytes: Uint8Array, size: number): Promise<readonly string[]> {
  const file = await fileOf(bytes);
  const blocks = new LineBlocks(file.handle, 0, file.size, new BlockMemory(size));
  const texts: string[] = [];
  for (let block = await blocks.next(); block !== undefined; block = await blocks.next()) texts.push(...block.toString('latin1').split('\n').slice(0, -1));
  expect(blocks.offset).toBe(bytes.lastIndexOf(0x0a) + 1);
  return texts;
}

describe('lines by blocks', () => {
  it('are the same however long they are and wherever the blocks end', async () => {
    // Around the size of a block, and of the room before it for the beginning of a line.
    const length = fc.oneof(fc.nat({ max: 300 }), fc.integer({ min: 4096 - 3, max: 4096 + 3 }), fc.integer({ min: 64 * 1024 - 3, max: 64 * 1024 + 3 }), fc.integer({ min: 100_000, max: 900_000 }));
    await fc.assert(
      fc.asyncProperty(fc.array(length, { maxLength: 12 }), fc.nat({ max: 200_000 }), async (lengths, tail) => {
        const texts = lengths.map((size, index) => `${String(index)}${String.fromCharCode(97 + index).repeat(size)}`);
        const found = await blockLines(Buffer.from(`${texts.map((text) => `${text}\n`).join('')}${'z'.repeat(tail)}`), 4096);
        expect(found.map((text) => text.length)).toEqual(texts.map((text) => text.length));
        expect(found.every((text, index) => text === texts[index])).toBe(true);
      }),
      { numRuns: 20, seed: 5 },
    );
  });

  it('longer than 64 MB are handed out cut, and those behind them whole', async () => {
    const length = 65 * 1024 * 1024;
    const file = await fileOf(Buffer.from('before\n'));
    await truncate(join(folder, 'file'), file.size + length);
    await appendFile(join(folder, 'file'), '\nbehind\n');
    const blocks = new LineBlocks(file.handle, 0, file.size + length + '\nbehind\n'.length, new BlockMemory(64 * 1024));
    const met: number[] = [];
    let last = '';
    for (let block = await blocks.next(); block !== undefined; block = await blocks.next()) {
      for (let start = 0, end = block.indexOf(0x0a); end !== -1; start = end + 1, end = block.indexOf(0x0a, start)) {
        met.push(end - start);
        last = block.toString('latin1', start, end);
      }
    }
    expect(last).toBe('behind');
    expect(met[0]).toBe('before'.length);
    expect(met.slice(1, -1).reduce((sum, each) => sum + each, 0)).toBe(length);
    expect(Math.max(...met)).toBeLessThan(length);
  });
});

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
      { numRuns: 25, seed: 5 },
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
