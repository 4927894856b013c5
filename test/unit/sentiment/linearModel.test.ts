import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isMomentosError } from '../../../src/core/errors';
import { isUnsure, type ScoredLanguage, scoredLanguages } from '../../../src/core/sentiment';
import { decodeWeights, encodeWeights } from '../../../src/sentiment/linearModel';
import { createSentimentModel } from '../../../src/sentiment/sentimentModel';
import { allTexts } from '../../../src/toolkit/practice/texts/allTexts';
import { tornText } from '../../support/tornText';
import { shippedLexicons, shippedModel, shippedWeights, trainedModel } from './lexicons';

describe('the models that ship', () => {
  it.each(scoredLanguages)('%s takes at most 64 KB and survives a round trip', (language) => {
    const bytes = shippedWeights[language];
    expect(bytes.length).toBeLessThanOrEqual(64 * 1024);
    const weights = decodeWeights(bytes, 'x.bin');
    expect(weights.lexicon).toMatch(/^[0-9a-f]{12}$/);
    expect(createHash('sha256').update(encodeWeights(weights)).digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('are refused when they are cut off, of another version or something else', () => {
    const other = shippedWeights.es.slice();
    other[4] = 200;
    for (const bytes of [shippedWeights.es.slice(0, -1), other, new Uint8Array(3), new TextEncoder().encode('no model at all')]) {
      try {
        createSentimentModel(shippedLexicons, { models: { es: bytes } });
        expect.unreachable();
      } catch (error) {
        expect(isMomentosError(error, 'config.invalid') && error.details).toEqual({ file: 'es.bin', reason: 'model' });
      }
    }
  });

  it.each<[ScoredLanguage, string, string]>([
    ['es', 'Llevo cinco meses esperando una respuesta y nadie contesta', 'negative'], ['es', '¿A qué hora abren mañana? Gracias', 'neutral'], ['es', 'Muchísimas gracias, excelente atención y todo rápido', 'positive'],
    ['en', 'Six months waiting and nobody answers the phone, a disgrace', 'negative'], ['en', 'What documents do I need to renew my passport?', 'neutral'], ['en', 'Wonderful service, thank you so much', 'positive'],
    ['pt', 'Péssimo atendimento, ninguém responde', 'negative'], ['fr', 'Bravo et merci, service excellent', 'positive'],
  ])('read %s: %s', (language, text, label) => {
    expect(trainedModel.score(text)).toMatchObject({ language, label });
  });

  it('say which words moved the score: without the strongest of them it is nearer to nothing', () => {
    let labelled = 0;
    let lowered = 0;
    for (const { text, language } of allTexts) {
      const force = scoredLanguages.find((each) => each === language);
      if (force === undefined) continue;
      const score = trainedModel.score(text, { force });
      if (score.label === 'neutral') continue;
      labelled += 1;
      const sign = score.label === 'positive' ? 1 : -1;
      const strongest = [...score.evidence].sort((one, other) => sign * (other.weight - one.weight))[0];
      if (strongest === undefined || strongest.weight * sign <= 0) continue;
      const without = text.slice(0, strongest.start) + text.slice(strongest.start + strongest.length);
      if (Math.abs(trainedModel.score(without, { force }).score) < Math.abs(score.score)) lowered += 1;
    }
    expect(labelled).toBeGreaterThan(100);
    expect(lowered / labelled).toBeGreaterThanOrEqual(0.95);
  });

  it('name no word alone that says nothing alone', () => {
    const empty: Readonly<Record<ScoredLanguage, string>> = { es: 'mi se de el la a los que y en', en: 'the to of in my is you and for', pt: 'de o a e do da em se meu', fr: 'de la le et les un du dans' };
    for (const { text, language } of allTexts) {
      const force = scoredLanguages.find((each) => each === language);
      if (force === undefined) continue;
      const words = new Set(empty[force].split(' '));
      expect(trainedModel.score(text, { force }).evidence.filter((each) => words.has(each.text.toLowerCase())), text).toEqual([]);
    }
  });

  it.each([
    ['El funcionario fue amable, el trámite un desastre', 'desastre'],
    ['Excelente la atención, horrible la espera.', 'horrible'],
    ['The clerk was lovely, the website a disaster', 'disaster'],
  ])('keep the word that turns a text with something for each side: %s', (text, word) => {
    const { evidence, confidence } = trainedModel.score(text);
    expect(confidence).toBeGreaterThan(0.55);
    expect(evidence.map((each) => each.text).join(' | ')).toContain(word);
  });

  it('list what there is for each side where they are unsure', () => {
    const { score } = tornText(trainedModel);
    expect(score.evidence.some(({ weight }) => weight > 0)).toBe(true);
    expect(score.evidence.some(({ weight }) => weight < 0)).toBe(true);
  });

  it('tell no word that weighs next to nothing beside one that weighs', () => {
    let told = 0;
    for (const { text } of [...allTexts, { text: 'Feliz con la licencia, pero feo el color.' }]) {
      const { evidence } = trainedModel.score(text);
      for (const sign of [1, -1]) {
        const weights = evidence.map(({ weight }) => weight * sign).filter((weight) => weight > 0);
        told += weights.length;
        if (Math.max(0, ...weights) >= 0.05) expect(Math.min(...weights), text).toBeGreaterThanOrEqual(0.05);
      }
    }
    expect(told).toBeGreaterThan(500);
  });

  it('give the same label, score and confidence without the evidence', () => {
    for (const { text } of allTexts) expect(trainedModel.score(text, { evidence: false })).toEqual({ ...trainedModel.score(text), evidence: [] });
  });

  it('change the version that the audit log names', () => {
    expect(trainedModel.version).toMatch(/^model-/);
    expect(shippedModel.version).toMatch(/^lexicon-/);
  });
});

describe('unsure', () => {
  it('is what the desk says below the threshold, but not of a text without a word that weighs', () => {
    expect(isUnsure({ label: 'negative', confidence: 0.4, evidence: [], language: 'es' })).toBe(true);
    expect(isUnsure({ label: 'negative', confidence: 0.6, evidence: [], language: 'es' })).toBe(false);
    expect(isUnsure({ label: 'neutral', confidence: 0.25, evidence: [], language: 'es' })).toBe(false);
    expect(isUnsure({ label: 'neutral', confidence: 0, evidence: [], language: 'other' })).toBe(true);
  });
});

describe('a lexicon of a desk of its own', () => {
  it('comes on top of the one that ships and wins', () => {
    const model = createSentimentModel({ es: 'malo\t-3\nbueno\t3' }, { own: { es: 'malo\t2\nchévere\t4' } });
    expect(model.score('malo', { force: 'es' }).label).toBe('positive');
    expect(model.score('chévere', { force: 'es' }).label).toBe('positive');
    expect(model.score('bueno', { force: 'es' }).label).toBe('positive');
    expect(model.version).not.toBe(createSentimentModel({ es: 'malo\t-3\nbueno\t3' }).version);
  });

  it('is refused with its name and line when it cannot be read', () => {
    try {
      createSentimentModel({ es: 'malo\t-3' }, { own: { es: '# ours\nmalo' } });
      expect.unreachable();
    } catch (error) {
      expect(isMomentosError(error, 'config.invalid') && error.details).toEqual({ file: 'lexicon.es.txt', line: 2, reason: 'noValue' });
    }
  });

  it('is refused when it is larger than the tables, rather than mixed up', () => {
    // No letter three times in a row, which would be the same as twice.
    const spelt = (index: number): string => [...index.toString(20)].map((digit) => `${String.fromCharCode(97 + Number.parseInt(digit, 20))}z`).join('');
    const words = Array.from({ length: 66_000 }, (_unused, index) => `${spelt(index)}\t2`).join('\n');
    try {
      createSentimentModel({ es: 'malo\t-3' }, { own: { es: words } });
      expect.unreachable();
    } catch (error) {
      expect(isMomentosError(error, 'config.invalid') && error.details).toEqual({ file: 'lexicon.es.txt', reason: 'tooMany' });
    }
  });
});
