import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaveOut } from '../../../src/sentiment/leaveOut';
import { TextScan } from '../../../src/sentiment/scan';
import { allTexts } from '../../../src/toolkit/practice/texts/allTexts';
import { anyText } from './anyText';

const scan = new TextScan({ remembers: true });
const other = new TextScan();

/** What the scorer looks at. */
function stateOf(read: TextScan): unknown {
  const { words, length, titles, asks, exclaims, opensQuestion, dots, handles, addresses, tags, commas, quotes, brackets, startsWithHandle, signs, sign } = read;
  const each = Array.from({ length: words }, (_unused, word) => [read.form(word), read.hash[word], read.shortHashOf(word), read.flags[word], read.letterCount(word), read.shortCount(word)]);
  return [each, length, titles, asks, exclaims, opensQuestion, dots, handles, addresses, tags, commas, quotes, brackets, startsWithHandle, [...sign.subarray(0, signs)]];
}

/** Leaves out every word and every two that stand side by side; answers how often that could be done. */
function check(text: string): number {
  let done = 0;
  scan.read(text);
  const spans = Array.from({ length: scan.words }, (_unused, word) => [scan.start[word] ?? 0, scan.end[word] ?? 0, scan.end[word + 1] ?? 0] as const);
  spans.flatMap(([start, end, next], word) => (word + 1 < spans.length ? [[start, end], [start, next]] : [[start, end]])).forEach(([start = 0, end = 0]) => {
    scan.read(text);
    if (!leaveOut(scan, start, end)) return;
    done += 1;
    other.read(text.slice(0, start) + text.slice(end));
    expect(stateOf(scan), `${text} / ${text.slice(start, end)}`).toEqual(stateOf(other));
    expect(scan.isWhole).toBe(false);
  });
  return done;
}

describe('a scan without some words', () => {
  it('is as if the text had been read without them', () => {
    expect(allTexts.slice(0, 60).reduce((sum, { text }) => sum + check(text), 0)).toBeGreaterThan(800);
    fc.assert(fc.property(anyText, (text) => {
      check(text);
    }), { numRuns: 150, seed: 5 });
  }, 180_000);

  it.each(['malo).', ':malo)', '3.malo.4', 'x.malo.', '!malo?', '#malo', 'malo-', 'no (malo)', 'malo3.5', "l'malo", 'malo\u0301n'])('is refused where the signs around would mean something else: %s', (text) => {
    scan.read('malo');
    scan.read(text);
    const start = text.indexOf('malo');
    expect(leaveOut(scan, start, start + 4)).toBe(false);
  });

  it('keeps who begins with a handle', () => {
    for (const text of ['malo @oficina', '@oficina malo']) check(text);
    scan.read('malo @oficina');
    expect(leaveOut(scan, 0, 4)).toBe(false);
  });
});
