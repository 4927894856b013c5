import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scoredLanguages } from '../../../src/core/sentiment';
import { compileLexicon } from '../../../src/sentiment/compile';
import { FeaturePass } from '../../../src/sentiment/features';
import { hashText } from '../../../src/sentiment/hash';
import { KeptBuckets } from '../../../src/sentiment/keptBuckets';
import { parseLexicon } from '../../../src/sentiment/lexicon';
import { LexiconPass } from '../../../src/sentiment/lexiconPass';
import { RatedWords } from '../../../src/sentiment/ratedWords';
import { compileRatings, parseRatings, ratingOffset } from '../../../src/sentiment/ratings';
import { TextScan } from '../../../src/sentiment/scan';
import { shippedRatings, trainedModel } from './lexicons';
import { neverRated } from './neverRated';

const list = 'alegre\t2\ncocinar\t0.5\nfrío\t-1.5\ngenial\t3\ngoool\t2\n';

/** Words of a text with their ratings, as the model reads them. */
function ratedIn(text: string, remembers = true, pieces = false): { readonly rated: [string, number][]; readonly words: RatedWords } {
  const scan = new TextScan({ remembers });
  const compiled = compileLexicon('es', parseLexicon('no\tnot\nnunca\tnot'), parseRatings(list));
  const pass = new LexiconPass(scan, compiled);
  const words = new RatedWords(scan, pass, compiled.ratings);
  const features = new FeaturePass(scan, pass, words, pieces, KeptBuckets.all(1024));
  for (const each of ['alegre', text]) {
    scan.read(each);
    pass.read();
    features.read();
  }
  return { rated: Array.from({ length: words.count }, (_unused, at) => [text.slice(scan.start[words.word[at] ?? 0], scan.end[words.word[at] ?? 0]), words.rating[at] ?? 0]), words };
}

describe('a list of rated words', () => {
  it('is read without accents and capitals, in tenths', () => {
    expect([...parseRatings('# head\r\n\r\nÁnimo\t1.5\nodio\t-3').tenths]).toEqual([['animo', 15], ['odio', -30]]);
  });

  it('names each line that it leaves out', () => {
    const { tenths, problems } = parseRatings('bueno\t2\nBUENO\t2\nbuenó\t1\nmuy bueno\t2\nmalo\nraro\t0\npeor\t-5\nmejor\tx\nlejos\t1.25\nx1\t1');
    expect([...tenths.keys()]).toEqual(['bueno']);
    expect(problems).toEqual([
      { line: 2, code: 'duplicate', entry: 'BUENO', other: 1 },
      { line: 3, code: 'contradiction', entry: 'buenó', other: 1 },
      { line: 4, code: 'badEntry', entry: 'muy bueno' },
      { line: 5, code: 'badValue', entry: 'malo' },
      { line: 6, code: 'badValue', entry: 'raro' },
      { line: 7, code: 'badValue', entry: 'peor' },
      { line: 8, code: 'badValue', entry: 'mejor' },
      { line: 9, code: 'badValue', entry: 'lejos' },
      { line: 10, code: 'badEntry', entry: 'x1' },
    ]);
  });

  it.each(scoredLanguages)('ships for %s sorted and without a problem', (language) => {
    const text = shippedRatings[language];
    expect(parseRatings(text).problems).toEqual([]);
    const words = [...parseRatings(text).tenths.keys()];
    expect(words).toEqual([...words].sort());
    expect(words.length).toBeGreaterThan(1000);
    const table = compileRatings(parseRatings(text));
    for (const [word, tenths] of parseRatings(text).tenths) expect(table.get(hashText(word)) - ratingOffset).toBe(tenths);
  });

  it.each(scoredLanguages)('rates nobody in %s: who they are, what they believe, whom they vote for', (language) => {
    const rated = parseRatings(shippedRatings[language]).tenths;
    const words = neverRated[language].split(/\s+/);
    expect(words.length).toBeGreaterThan(80);
    expect(words.filter((word) => rated.has(word))).toEqual([]);
  });

  it('says where what is not our own comes from', () => {
    expect(readFileSync(new URL('../../../media/ratings/NOTICE', import.meta.url), 'utf8')).toMatch(/VADER[\s\S]*C\.J\. Hutto[\s\S]*Permission is hereby granted/);
  });
});

describe('rated words of a text', () => {
  it.each([true, false])('turn behind a negator, as far as three words and the next pause (memo: %s)', (remembers) => {
    expect(ratedIn('Alegre y no muy GENIAL', remembers).rated).toEqual([['Alegre', 2], ['GENIAL', -1.5]]);
    expect(ratedIn('no es una cosa genial', remembers).rated).toEqual([['genial', 3]]);
    expect(ratedIn('no, genial', remembers).rated).toEqual([['genial', 3]]);
    expect(ratedIn('frio, nunca alegre. genial', remembers).rated).toEqual([['frio', -1.5], ['alegre', -1], ['genial', 3]]);
  });

  it('are known with repeated letters', () => {
    expect(ratedIn('geniaaaal goooool').rated).toEqual([['geniaaaal', 3], ['goooool', 2]]);
  });

  it('tell the sum, the highest and the lowest', () => {
    const { words } = ratedIn('alegre genial frío');
    expect([words.sum, words.highest, words.highestAt, words.lowest, words.lowestAt]).toEqual([3.5, 3, 1, 1.5, 2]);
    const none = ratedIn('una mesa').words;
    expect([none.count, none.sum, none.highest, none.highestAt, none.lowest, none.lowestAt]).toEqual([0, 0, 0, -1, 0, -1]);
  });

  it('are read as far as the model reads', () => {
    expect(ratedIn('alegre, nunca genial', true, true).rated).toEqual(ratedIn('alegre, nunca genial').rated);
    expect(ratedIn('alegre '.repeat(5000)).words.count).toBe(2000);
  });

  it('move the score, and are shown for it', () => {
    const text = (word: string): string => `Ayer fuimos al parque con los niños y fue una tarde ${word}`;
    const [good, plain, bad] = ['dulcísima', 'cualquiera', 'cruenta'].map((word) => trainedModel.score(text(word), { force: 'es', bothSides: true }));
    expect(good?.score).toBeGreaterThan(plain?.score ?? 1);
    expect(bad?.score).toBeLessThan(plain?.score ?? -1);
    expect(good?.evidence.map((each) => each.text).join(' ')).toContain('dulcísima');
    expect(bad?.evidence.map((each) => each.text).join(' ')).toContain('cruenta');
  });
});
