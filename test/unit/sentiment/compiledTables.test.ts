import { describe, expect, it } from 'vitest';
import { scoredLanguages } from '../../../src/core/sentiment';
import { compileLexicon } from '../../../src/sentiment/compile';
import { packLanguageVotes, packLexicon, unpackLanguageVotes, unpackLexicon } from '../../../src/sentiment/compiledTables';
import { compileLanguageVotes } from '../../../src/sentiment/languageVotes';
import { parseLexicon } from '../../../src/sentiment/lexicon';
import { parseRatings } from '../../../src/sentiment/ratings';
import { compileRules, packRules, unpackRules } from '../../../src/sentiment/rules/compiledRules';
import { createTextReader, rulesHash } from '../../../src/sentiment/rules/textReader';
import { createSentimentModel, lexiconHash } from '../../../src/sentiment/sentimentModel';
import { allTexts } from '../../../src/toolkit/practice/texts/allTexts';
import { shippedLexicons, shippedRatings, shippedWeights, trainedModel } from './lexicons';
import { shippedReader, shippedRules } from './rules/fixtures';

const packed = {
  ...Object.fromEntries(scoredLanguages.map((language) => [language, packLexicon(compileLexicon(language, parseLexicon(shippedLexicons[language]), parseRatings(shippedRatings[language])), lexiconHash(shippedLexicons[language], shippedRatings[language]))])),
  languages: packLanguageVotes(compileLanguageVotes()),
};
const packedRules = packRules(compileRules(shippedRules), rulesHash(shippedRules));

/** As a file is read that does not begin at a multiple of eight. */
function shifted(bytes: Uint8Array): Uint8Array {
  const room = new Uint8Array(bytes.length + 3);
  room.set(bytes, 3);
  return room.subarray(3);
}

describe('what the build compiles', () => {
  it.each(scoredLanguages)('is the lexicon of %s as it is computed', (language) => {
    const computed = compileLexicon(language, parseLexicon(shippedLexicons[language]), parseRatings(shippedRatings[language]));
    expect(unpackLexicon(packLexicon(computed, 'a'), 'a')).toEqual(computed);
    expect(unpackLexicon(shifted(packLexicon(computed, 'a')), 'a')).toEqual(computed);
  });

  it('is the common words of the languages, and the rules, as they are computed', () => {
    expect(unpackLanguageVotes(packed.languages)).toEqual(compileLanguageVotes());
    expect(unpackRules(packedRules, rulesHash(shippedRules))).toEqual(compileRules(shippedRules));
  });

  it('reads every text the same', () => {
    const model = createSentimentModel(shippedLexicons, { models: shippedWeights, ratings: shippedRatings, tables: packed });
    const reader = createTextReader(shippedRules, { compiled: packedRules });
    expect(model.version).toBe(trainedModel.version);
    expect(reader.version).toBe(shippedReader.version);
    for (const { text } of allTexts) {
      const score = model.score(text);
      expect(score).toEqual(trainedModel.score(text));
      const setting = { language: score.language, sentiment: score.label, topics: [], country: 'DO' };
      expect(reader.read(text, setting)).toEqual(shippedReader.read(text, setting));
    }
  });

  it('is left aside when it was made from other words, cut off, or is something else', () => {
    const bytes = packLexicon(compileLexicon('es', parseLexicon('malo\t-3')), 'a');
    const damaged = bytes.slice();
    damaged[12] = 0;
    for (const [given, source] of [[bytes, 'b'], [bytes.slice(0, -8), 'a'], [damaged, 'a'], [new Uint8Array(4), 'a'], [new Uint8Array(64), 'a'], [undefined, 'a']] as const) {
      expect(unpackLexicon(given, source)).toBeUndefined();
    }
    expect(unpackLanguageVotes(bytes)).toBeUndefined();
    const model = createSentimentModel({ es: 'malo\t3' }, { tables: { es: packLexicon(compileLexicon('es', parseLexicon('malo\t-3')), lexiconHash('malo\t-3')) } });
    expect(model.score('malo', { force: 'es' }).label).toBe('positive');
  });

  it('gives way to the lexicon of a desk of its own', () => {
    const model = createSentimentModel(shippedLexicons, { tables: packed, own: { es: 'pésimo\t4' } });
    expect(model.score('pésimo', { force: 'es' }).label).toBe('positive');
    expect(createSentimentModel(shippedLexicons, { tables: packed }).score('pésimo', { force: 'es' }).label).toBe('negative');
  });
});
