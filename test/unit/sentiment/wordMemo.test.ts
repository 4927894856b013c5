import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoredLanguages } from '../../../src/core/sentiment';
import { createTextReader } from '../../../src/sentiment/rules/textReader';
import { TextScan } from '../../../src/sentiment/scan';
import { createSentimentModel } from '../../../src/sentiment/sentimentModel';
import { memoSlots, placeOf } from '../../../src/sentiment/wordMemo';
import { allTexts } from '../../../src/toolkit/practice/texts/allTexts';
import { anyText } from './anyText';
import { shippedLexicons, shippedRatings, shippedWeights } from './lexicons';

const rules = Object.fromEntries(scoredLanguages.map((language) => [language, readFileSync(new URL(`../../../media/rules/${language}.txt`, import.meta.url), 'utf8')]));
const forgetting = { model: createSentimentModel(shippedLexicons, { models: shippedWeights, ratings: shippedRatings, scan: new TextScan() }), reader: createTextReader(rules, { scan: new TextScan() }) };
const remembering = { model: createSentimentModel(shippedLexicons, { models: shippedWeights, ratings: shippedRatings }), reader: createTextReader(rules) };
const texts = allTexts.map(({ text }) => text);
const setting = { language: 'es', sentiment: 'neutral', topics: [], country: 'DO' } as const;

/** What they say of a text, in its language and in another; the rules, which take far longer, of some texts. */
function readBy({ model, reader }: typeof forgetting, text: string): string {
  return JSON.stringify([model.score(text), model.score(text, { force: text.length % 2 === 0 ? 'fr' : 'en' }), text.length % 5 === 0 ? reader.read(text, setting) : '']);
}

/** Letters, folded, with flags and places, of every word. */
function wordsOf(scan: TextScan, text: string): unknown {
  scan.read(text);
  const { words, titles, latinLetters, otherLetters, farCount, far, anyFlags, signs, tags, addresses, handles, asks } = scan;
  const each = Array.from({ length: words }, (_unused, word) =>
    [scan.form(word), scan.shortForm(word), scan.start[word], scan.end[word], scan.hash[word], scan.shortHashOf(word), scan.flags[word], scan.letterCount(word), scan.shortCount(word)]);
  return [each, titles, latinLetters, otherLetters, [...far.subarray(0, farCount)], anyFlags, signs, tags, addresses, handles, asks];
}

/** Distinct words that nobody uses. */
function strangeWords(count: number): string[] {
  return Array.from({ length: count }, (_unused, index) => `zq${[...index.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('')}`);
}

/** Where a word of five to eight small letters is looked for. */
function placeOfWord(word: string): number {
  const packed = (letters: string): number => [...letters].reduce((all, letter) => (all << 8) | letter.charCodeAt(0), 0);
  return placeOf(packed(word.slice(-4)), packed(word.slice(0, -4)), 0, 0);
}

describe('a scan that remembers words', () => {
  it('reads every text as one that does not, the first time and the second', () => {
    for (const text of [...texts, ...texts]) expect(readBy(remembering, text), text).toBe(readBy(forgetting, text));
  }, 180_000);

  it('reads any text as one that does not', () => {
    const plain = new TextScan();
    const memo = new TextScan({ remembers: true });
    fc.assert(fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), (texts) => {
      for (const text of [...texts, ...texts]) {
        expect(wordsOf(memo, text)).toEqual(wordsOf(plain, text));
        expect(readBy(remembering, text)).toBe(readBy(forgetting, text));
      }
    }), { numRuns: 200, seed: 5 });
  }, 180_000);

  it('tells words apart by what follows them and what stands before', () => {
    const plain = new TextScan();
    const memo = new TextScan({ remembers: true });
    for (const text of ['www', 'www.malo.example', 'http', 'http://malo', 'https malo', 'malo', '#malo', "malo's", 'malo\u0301n', 'malo\u200Bn', 'malo👍', 'malo𝗯', 'malo\uD83D', 'n\'est', 'n', 'll', "I'll", 'MALO', 'Malo', 'maloooo', '2024', 'a1']) {
      for (const each of [text, `no ${text} `, text, `${text},${text}`]) expect(wordsOf(memo, each), each).toEqual(wordsOf(plain, each));
    }
  });

  it('forgets the words that were not read for longest, and mixes none up', () => {
    const words = strangeWords(memoSlots * 3);
    const plain = new TextScan();
    const memo = new TextScan({ remembers: true });
    for (let from = 0; from < words.length; from += 1000) {
      const text = `${words.slice(from, from + 1000).join(' ')} nadie contesta`;
      expect(wordsOf(memo, text)).toEqual(wordsOf(plain, text));
    }
    for (const text of texts.slice(0, 60)) {
      remembering.model.score(words.splice(0, 200).join(' '));
      expect(readBy(remembering, text), text).toBe(readBy(forgetting, text));
    }
  }, 180_000);

  it('reads one text of more words than it remembers', () => {
    const text = `${strangeWords(memoSlots * 2).join(' ')}. Llevo tres meses esperando, pésimo`;
    expect(wordsOf(new TextScan({ remembers: true }), `${text} ${text}`)).toEqual(wordsOf(new TextScan(), `${text} ${text}`));
  });

  it('tells words apart that are looked for in the same place, more of them than there is room for', () => {
    const byPlace = new Map<number, string[]>();
    let crowd: readonly string[] = [];
    for (let index = 1; crowd.length < 6; index += 1) {
      const word = Array.from({ length: 7 }, (_unused, letter) => String.fromCharCode(97 + ((Math.imul(index, 2654435761) >>> (letter * 4)) % 26))).join('');
      const together = byPlace.get(placeOfWord(word)) ?? [];
      if (!together.includes(word)) together.push(word);
      byPlace.set(placeOfWord(word), together);
      crowd = together;
    }
    const memo = new TextScan({ remembers: true });
    const [one = '', other = ''] = crowd;
    for (const text of [one, other, one, `${one} ${other} ${one}`, crowd.join(' '), other, [...crowd].reverse().join(' '), crowd.join(' ')]) {
      expect(memo.read(text) && Array.from({ length: memo.words }, (_unused, word) => memo.form(word)).join(' ')).toBe(text);
    }
  });
});
