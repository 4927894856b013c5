import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Score, scoredLanguages, sentimentLabels } from '../../../src/core/sentiment';
import { anyText } from './anyText';
import { shippedModel, trainedModel } from './lexicons';

function check(text: string, score: Score): void {
  expect(sentimentLabels).toContain(score.label);
  expect(Math.abs(score.score)).toBeLessThanOrEqual(1);
  expect(score.confidence).toBeGreaterThanOrEqual(0);
  expect(score.confidence).toBeLessThanOrEqual(1);
  let end = 0;
  const fault = score.evidence.find((item) => {
    const wrong = item.start < end || item.length === 0 || !Number.isFinite(item.weight) || text.slice(item.start, item.start + item.length) !== item.text;
    end = item.start + item.length;
    return wrong;
  });
  expect(fault).toBeUndefined();
}

describe('any text', () => {
  it('is scored without a throw, with evidence that stands in the text, the same each time', () => {
    fc.assert(fc.property(anyText,
      fc.option(fc.constantFrom(...scoredLanguages), { nil: undefined }), fc.option(fc.string({ maxLength: 8 }), { nil: undefined }), (text, force, language) => {
        for (const model of [shippedModel, trainedModel]) {
          const score = model.score(text, { force, language });
          check(text, score);
          expect(model.score(text, { force, language })).toEqual(score);
        }
      }), { numRuns: 300, seed: 5 });
  }, 180_000);

  it.each([
    ['a megabyte of complaint', 'Llevo tres meses esperando y nadie contesta, pero no es malo. '.repeat(16_000)],
    ['a great many phrases begun', 'llevo '.repeat(20_000)],
    ['nothing but contrasts', 'malo pero '.repeat(10_000)],
    ['nothing but negators', 'no '.repeat(30_000)],
    ['a megabyte without a space', 'abcdefghij'.repeat(100_000)],
    ['100,000 repeated letters', `pésim${'o'.repeat(100_000)}`],
    ['nothing but emoji', '😡👍🏾👩‍👩‍👧'.repeat(10_000)],
    ['joined emoji without end', '👩\u200D'.repeat(200_000)],
    ['zero-width characters', 'm\u200B'.repeat(100_000)],
    ['only zero-width characters', '\u200B\u2060'.repeat(100_000)],
    ['combining marks out of order', `a${'\u0301\u0316'.repeat(500_000)}`],
    ['broken surrogates', '\uDC4D\uD83D '.repeat(30_000)],
    ['apostrophes', "l'".repeat(30_000)],
    ['opening brackets and colons', '(:<'.repeat(30_000)],
    ['laughter', 'ja'.repeat(500_000)],
    ['capitals in a hashtag', `#${'aB'.repeat(50_000)}`],
    ['handles', '@a.b@'.repeat(200_000)],
  ])('of a hostile kind is scored too: %s', (_name, text) => {
    check(text, shippedModel.score(text, { language: 'es' }));
    check(text, trainedModel.score(text, { force: 'es' }));
  }, 180_000);
});
