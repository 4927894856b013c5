import { describe, expect, it } from 'vitest';
import { createTextReader } from '../../../../src/sentiment/rules/textReader';
import { compileRules } from '../../../../src/sentiment/rules/compiledRules';

const setting = { language: 'es', sentiment: 'neutral', topics: [], country: 'DO' } as const;

describe('the tables of the rules', () => {
  it('hold what follows several words once, and still tell apart what ends differently', () => {
    const words = Array.from({ length: 40 }, (_unused, index) => `palabra${String.fromCharCode(97 + (index % 26))}${String.fromCharCode(97 + Math.floor(index / 26))}`);
    const rules = { es: `[urgency fire urgent]\n${words.join('|')} * se quema|arde\t3\n${words[0] ?? ''} de lejos\t2\n[urgency gas urgent]\n${words[1] ?? ''} * se quema|huele\t2\n` };
    expect(compileRules(rules).phrases.tables.nodeValues.length).toBeLessThan(30);
    const reader = createTextReader(rules);
    const found = (text: string): string => reader.read(text, setting).urgency.map(({ rule, places }) => `${rule} ${places.map(({ start, length }) => text.slice(start, start + length)).join('+')}`).join('; ');
    for (const word of words.slice(2)) expect(found(`la ${word} grande se quema`)).toBe(`fire ${word} grande se quema`);
    expect(found(`${words[1] ?? ''} hoy se quema`)).toBe(`fire ${words[1] ?? ''} hoy se quema; gas ${words[1] ?? ''} hoy se quema`);
    expect(found(`${words[1] ?? ''} hoy huele`)).toBe('');
    expect(found(`${words[1] ?? ''} que se huele`)).toBe(`gas ${words[1] ?? ''} que se huele`);
    expect(found(`${words[0] ?? ''} de lejos`)).toBe(`fire ${words[0] ?? ''} de lejos`);
    expect(found(`${words[2] ?? ''} de lejos`)).toBe('');
  });

  it('say so when they are full, rather than mix up what they hold', () => {
    const spelt = (index: number): string => [...index.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('');
    const lines = Array.from({ length: 66_000 }, (_unused, index) => `z${spelt(index)}\t2`);
    expect(() => compileRules({ es: `[urgency fire urgent]\n${lines.join('\n')}\n` })).toThrow(/hold \d+ words and \d+ places in phrases.*room for 65536/);
  });
});
