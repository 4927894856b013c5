import { describe, expect, it } from 'vitest';
import { type TopicConfig } from '../../../src/core/config';
import { rankPriority, type RankedPriority } from '../../../src/core/priority';
import { type Score, type ScoredLanguage, scoredLanguages, type SentimentLabel } from '../../../src/core/sentiment';
import { allTexts } from '../../../src/toolkit/practice/texts/allTexts';
import { shippedReader } from '../sentiment/rules/fixtures';

const labelFor = (value: number): SentimentLabel => (value < 0 ? 'negative' : value > 0 ? 'positive' : 'neutral');
const calm: Pick<Score, 'label' | 'score'> = { label: 'neutral', score: 0 };

function rank(text: string, score = calm, topics: readonly TopicConfig[] = [], language = 'es'): RankedPriority {
  const known = scoredLanguages.find((each) => each === language) ?? 'other';
  return rankPriority(shippedReader.read(text, { language: known, sentiment: score.label, topics, country: 'DO' }), score, topics);
}

describe('priority of a mention', () => {
  it.each([
    ['es', 'Hay un cable de alta tensión en el suelo', 'urgent', 'electricity'],
    ['es', 'MI MAMÁ NO RESPIRA', 'urgent', 'injury'],
    ['en', 'There is a gas leak behind your office', 'urgent', 'gas'],
    ['es', 'Se fue la luz en la oficina y no hay sistema', 'high', 'outage'],
    ['es', 'Viajo mañana y no tengo el pasaporte', 'high', 'deadline'],
    ['es', 'Me cobraron dos veces la misma tasa', 'high', 'money'],
    ['es', 'Según la Ley 200-04 solicito copia del contrato', 'high', 'informationRequest'],
    ['es', 'Gana dinero fácil desde tu casa', 'low', 'spam'],
    ['es', '¿A qué hora abren el lunes?', 'normal', undefined],
  ])('%s %s: %s', (language, text, priority, reason) => {
    const ranked = rank(text, calm, [], language as ScoredLanguage);
    expect(ranked.priority).toBe(priority);
    expect(ranked.reasons[0]).toBe(reason);
  });

  it('is urgent for a danger told in another language than the rest', () => {
    expect(rank('Buenas tardes, there is a gas leak detrás de su oficina', calm, [], 'es').priority).toBe('urgent');
    expect(rank('Auxilio, tanpri', calm, [], 'other').priority).toBe('urgent');
  });

  it('finds every practice text that is labelled urgent, and calls few others so', () => {
    const isUrgent = ({ text, language, sentiment }: (typeof allTexts)[number]): boolean => rank(text, { label: sentiment, score: 0 }, [], language).priority === 'urgent';
    expect(allTexts.filter((text) => text.urgency === 'urgent' && !isUrgent(text)).map(({ text }) => text)).toEqual([]);
    // Insulin without power, an ambulance, a threat: rather one look too many.
    expect(allTexts.filter((text) => text.urgency !== 'urgent' && isUrgent(text)).length).toBeLessThanOrEqual(5);
  });

  it('is never lowered by sentiment, only raised', () => {
    const order = ['urgent', 'high', 'normal', 'low'];
    for (const { text } of allTexts.slice(0, 120)) {
      const base = order.indexOf(rank(text).priority);
      for (const value of [-1, -0.7, -0.2, 0.2, 0.7, 1]) {
        const ranked = order.indexOf(rank(text, { score: value, label: labelFor(value) }).priority);
        expect(ranked).toBeLessThanOrEqual(base);
      }
    }
    expect(rank('¿A qué hora abren?', { score: -0.9, label: 'negative' }).priority).toBe('high');
  });

  it('follows the desk\'s topics, upwards before downwards', () => {
    const topics = [{ id: 'becas', name: 'Becas', words: ['beca*'], priority: 'low' as const }, { id: 'agua', name: 'Agua', words: ['sin agua', 'avería'], priority: 'urgent' as const }];
    expect(rank('¿Cuándo abren las becas?', calm, topics)).toEqual({ priority: 'low', reasons: ['topic:becas'] });
    expect(rank('Sin agua y sin beca', calm, topics).priority).toBe('urgent');
  });
});
