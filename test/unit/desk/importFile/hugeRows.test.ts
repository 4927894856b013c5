import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvRows } from '../../../../src/desk/importFile/csvRows';
import { withoutHugeRows } from '../../../../src/desk/importFile/hugeRows';

async function filtered(text: string, cut: number, max: number): Promise<{ readonly text: string; readonly lines: readonly number[] }> {
  const lines: number[] = [];
  let out = '';
  const pieces = async function* (): AsyncGenerator<string> {
    for (let at = 0; at < text.length; at += cut) yield await Promise.resolve(text.slice(at, at + cut));
  };
  for await (const piece of withoutHugeRows(pieces(), ',', (line) => lines.push(line), max)) out += piece;
  return { text: out, lines };
}

test('a row that is too long goes, with its line; the others keep theirs', async () => {
  const text = `a,b\n1,"x\ny"\n2,"${'z'.repeat(50)}\n""still"""\n3,w\n`;
  for (const cut of [1, 7, 1_000]) expect(await filtered(text, cut, 40)).toEqual({ text: 'a,b\n1,"x\ny"\n\n\n3,w\n', lines: [4] });
});

test('a quote in the middle of a word opens nothing', async () => {
  expect(await filtered('a,b\n5" pipe,x\n2,y\n', 3, 20)).toEqual({ text: 'a,b\n5" pipe,x\n2,y\n', lines: [] });
});

test('a quote that is never closed takes the rest with it, and nothing before', async () => {
  expect(await filtered(`a,b\n1,x\n2,"${'y\n'.repeat(40)}`, 9, 30)).toEqual({ text: 'a,b\n1,x\n', lines: [3] });
});

test('nothing changes while every row is short, wherever the pieces end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.string({ maxLength: 12 }), { minLength: 2, maxLength: 4 }), { maxLength: 12 }), fc.integer({ min: 1, max: 30 }), async (rows, cut) => {
      const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
      expect(await filtered(text, cut, 1_000)).toEqual({ text, lines: [] });
    }),
    { seed: 5 },
  );
});

test('rows come with the line at which they begin', async () => {
  const lines: number[] = [];
  const pieces = async function* (): AsyncGenerator<string> {
    yield await Promise.resolve('fecha,mensaje\r\n2026-03-14,"uno\r\ndos"\r\n\r\n2026-03-15,tres\r\n');
  };
  for await (const { line } of csvRows(pieces(), ',')) lines.push(line);
  expect(lines).toEqual([2, 5]);
});
