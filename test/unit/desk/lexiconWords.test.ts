import { expect, test } from 'vitest';
import { MomentosError } from '../../../src/core/errors';
import { sentence } from '../../../src/desk/sentences';
import { createSentimentModel } from '../../../src/sentiment/sentimentModel';

/** What a person reads of a desk's lexicon that cannot be read. */
function told(own: string): string {
  try {
    createSentimentModel({ es: 'malo\t-3' }, { own: { es: own } });
  } catch (error) {
    if (error instanceof MomentosError) return sentence(error);
    throw error;
  }
  return '';
}

test.each([
  ['# ours\nmalo', 'lexicon.es.txt, line 2: the entry has no value.'],
  ['malo\tmucho', 'lexicon.es.txt, line 1: the value is not understood.'],
  ['* malo\t-2', 'lexicon.es.txt, line 1: * stands for words between others'],
  ['a * b * c * d\t-2', 'lexicon.es.txt, line 1: a phrase may hold * twice at most.'],
  ['a b c d e f g h i j k\t-2', 'lexicon.es.txt, line 1: the phrase is too long.'],
  ['feo\t-2\nfeo\t-2', 'lexicon.es.txt, line 2: the entry stands in an earlier line too.'],
  ['feo\t-2\nfeo\t2', 'lexicon.es.txt, line 2: an earlier line gives the same entry another value.'],
  ['!!\t-2', 'lexicon.es.txt, line 1: the line cannot be read.'],
])('of %j the file, the line and what to do are told', (own, words) => {
  expect(told(own)).toContain(words);
});

test('a model of another version is told by its file', () => {
  expect(sentence(new MomentosError('config.invalid', { file: 'es.bin', reason: 'model' }))).toBe('es.bin does not belong to this version of Momentos, or is damaged. Install Momentos again.');
});
