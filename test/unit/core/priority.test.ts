import { describe, expect, it } from 'vitest';
import { rankPriority } from '../../../src/core/priority';
import { type Score } from '../../../src/core/sentiment';
import { allTexts } from '../../../src/toolkit/practice/texts/allTexts';

const calm: Score = { label: 'neutral', score: 0, confidence: 0.2, language: 'es', evidence: [] };
const score = (value: number): Score => ({ ...calm, score: value, label: value < 0 ? 'negative' : value > 0 ? 'positive' : 'neutral' });

describe('priority of a mention', () => {
  it.each([
    ['Hay un cable de alta tensión en el suelo', 'urgent', 'danger'],
    ['MI MAMÁ NO RESPIRA', 'urgent', 'danger'],
    ['There is a gas leak behind your office', 'urgent', 'danger'],
    ['Se fue la luz en la oficina y no hay sistema', 'high', 'outage'],
    ['Viajo mañana y no tengo el pasaporte', 'high', 'deadline'],
    ['Me cobraron dos veces la misma tasa', 'high', 'money'],
    ['Según la Ley 200-04 solicito copia del contrato', 'high', 'informationRequest'],
    ['Gana dinero fácil desde tu casa', 'low', 'spam'],
    ['¿A qué hora abren el lunes?', 'normal', undefined],
  ])('%s: %s', (text, priority, reason) => {
    const ranked = rankPriority(text, calm, []);
    expect(ranked.priority).toBe(priority);
    expect(ranked.reasons[0]).toBe(reason);
  });

  it('finds every practice text that is labelled urgent', () => {
    const missed = allTexts.filter(({ urgency, text }) => urgency === 'urgent' && rankPriority(text, calm, []).priority !== 'urgent');
    expect(missed.map(({ text }) => text)).toEqual([]);
  });

  it('is never lowered by sentiment, only raised', () => {
    const order = ['urgent', 'high', 'normal', 'low'];
    for (const { text } of allTexts.slice(0, 120)) {
      const base = order.indexOf(rankPriority(text, calm, []).priority);
      for (const value of [-1, -0.7, -0.2, 0.2, 0.7, 1]) {
        const ranked = rankPriority(text, score(value), []);
        if (value > -0.65) expect(order.indexOf(ranked.priority)).toBe(base);
        else expect(order.indexOf(ranked.priority)).toBeLessThanOrEqual(base);
      }
    }
    expect(rankPriority('¿A qué hora abren?', score(-0.9), []).priority).toBe('high');
  });

  it('follows the desk\'s topics, upwards before downwards', () => {
    const topics = [{ id: 'becas', name: 'Becas', words: ['beca'], priority: 'low' as const }, { id: 'agua', name: 'Agua', words: ['sin agua', 'avería'], priority: 'urgent' as const }];
    expect(rankPriority('¿Cuándo abren las becas?', calm, topics)).toEqual({ priority: 'low', reasons: ['topic:becas'] });
    expect(rankPriority('Sin agua y sin beca', calm, topics).priority).toBe('urgent');
  });
});
