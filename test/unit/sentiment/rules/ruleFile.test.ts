import { describe, expect, it } from 'vitest';
import { isMomentosError } from '../../../../src/core/errors';
import { parseRules } from '../../../../src/sentiment/rules/ruleFile';
import { createTextReader } from '../../../../src/sentiment/rules/textReader';

const problems = (text: string) => parseRules(text).problems.map(({ line, code, other }) => (other === undefined ? `${String(line)} ${code}` : `${String(line)} ${code} ${String(other)}`));

describe('a file of rules', () => {
  it('holds lines of a lexicon under the headings of rules', () => {
    const { entries, problems: none } = parseRules('# x\n[urgency fire urgent]\nse quem*\t2\tcomentario\n\n[kind question opening]\ncómo|cuándo\t1\n');
    expect(none).toEqual([]);
    expect(entries.map(({ section, line, weight }) => [section, line, weight])).toEqual([
      [{ group: 'urgency', rule: 'fire', level: 'urgent' }, 3, 2], [{ group: 'kind', rule: 'question', opening: true }, 6, 1],
    ]);
  });

  it.each([
    ['fuego\t2', '1 noSection'], ['[urgency fire]', '1 badSection'], ['[urgency fire low]', '1 badSection'], ['[kind hate]', '1 badSection'], ['[kind spam urgent]', '1 badSection'], ['[topic x]', '1 badSection'],
    ['[kind spam]\nfuego', '2 noValue'], ['[kind spam]\nfuego\tmucho', '2 badValue'], ['[kind spam]\nfuego\t9', '2 badValue'], ['[kind spam]\n*\t2', '2 gapAtEdge'], ['[kind spam]\nf*\t2', '2 badEntry'],
    ['[kind spam]\nfuego\t2\nFUEGO\t2', '3 duplicate 2'], ['[kind spam]\nfuego\t2\nfuego|humo\t3', '3 contradiction 2'],
  ])('names the line and the fault of %j', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });

  it('may say the same under two rules', () => {
    expect(problems('[kind spam]\noferta\t1\n[kind praise]\noferta\t2\n[kind praise opening]\noferta\t2')).toEqual([]);
  });

  it('stops the reader with its name and line', () => {
    try {
      createTextReader({ es: '[kind spam]\nfuego' });
      expect.unreachable();
    } catch (error) {
      expect(isMomentosError(error, 'config.invalid') && error.details).toEqual({ file: 'rules/es.txt', line: 2, reason: 'noValue' });
    }
  });
});

describe('how rules are read', () => {
  const reader = createTextReader({ es: '[urgency fire urgent]\nfuego\t2\nfuego artificial\t0\nsimulacro\t-3\nhumo\t1\nllama*\t1\n[kind question opening]\ncómo\t2\n[kind informationRequest]\nley * acceso\t4\n[kind spam]\noferta\t3' });
  const read = (text: string, language: 'es' | 'en' | 'other' = 'es') => reader.read(text, { language, sentiment: 'neutral', topics: [{ id: 'becas', words: ['beca'] }], country: 'DO' });
  const rules = (text: string) => read(text).urgency.map(({ rule, places }) => [rule, ...places.map(({ start, length }) => text.slice(start, start + length))]);

  it('adds weights, each entry once, and tells the words', () => {
    expect(rules('¡Fuego! Hay llamas')).toEqual([['fire', 'Fuego', 'llamas']]);
    expect(rules('humo y llamarada')).toEqual([['fire', 'humo', 'llamarada']]);
    expect(rules('humo humo humo')).toEqual([]);
  });

  it('lets longer entries shield their words, and lets others speak against', () => {
    expect(rules('fuego artificial')).toEqual([]);
    expect(rules('fuego artificial y fuego')).toEqual([['fire', 'fuego']]);
    expect(rules('simulacro con fuego y humo')).toEqual([]);
  });

  it('knows where a sentence begins', () => {
    expect(read('Buenas, cómo renuevo').kind).toBe('question');
    expect(read('Así es como renuevo').kind).toBeUndefined();
  });

  it('tells kinds by the rules of the own language only, and by all where the language is not known', () => {
    expect(read('oferta').kind).toBe('spam');
    expect(read('oferta', 'en').kind).toBeUndefined();
    expect(read('oferta', 'other').kind).toBe('spam');
  });

  it('finds the desk\'s topics with their words', () => {
    expect(read('Mi solicitud de BECAS').topics).toEqual([{ topic: 'becas', places: [{ start: 16, length: 5 }] }]);
  });

  it('reads hostile texts in linear time, without a throw, the same each time', () => {
    for (const text of ['ley '.repeat(200_000), 'fuego ley acceso '.repeat(30_000), '\uD83D'.repeat(5_000), '0'.repeat(100_000), '1 '.repeat(50_000), 'vivo en la calle '.repeat(5_000), 'a@'.repeat(10_000), `${'x'.repeat(60)}.`.repeat(2_000), 'cédula '.repeat(10_000), '\u200B'.repeat(50_000), '']) {
      expect(read(text)).toEqual(read(text));
    }
  });
});
