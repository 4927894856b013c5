import { describe, expect, it, test } from 'vitest';
import { knownFor, render, type PlaceholderDefinition } from '../../../../src/core/text/placeholders';
import { valueProblem, writtenOut, type PlaceholderType } from '../../../../src/core/text/placeholderValue';

const of = (type: PlaceholderType, more: Partial<PlaceholderDefinition> = {}): PlaceholderDefinition => ({ name: 'it', type, label: {}, example: {}, required: true, ...more });
const sizes = of('choice', { choices: [{ es: 'grande', en: 'large' }, { es: 'pequeño', en: 'small' }, { any: '15 días' }] });

describe('a value in its blank', () => {
  test.each<[string, PlaceholderDefinition | undefined, string, string | undefined]>([
    ['one line of anything without a definition', undefined, 'hola', undefined],
    ['no line break', undefined, 'a\nb', 'lineBreak'],
    ['no blank of its own', of('text'), '{{author}}', 'lineBreak'],
    ['a length', of('text', { maxLength: 3 }), 'ñandú', 'tooLong'],
    ['a pattern', of('text', { pattern: '[a-z]+' }), 'A1', 'pattern'],
    ['a number', of('number'), '-12.5', undefined],
    ['words for a number', of('number'), 'cinco', 'notNumber'],
    ['a number with a comma', of('number'), '1,200', 'notNumber'],
    ['a number too small', of('number', { min: 2 }), '1', 'tooSmall'],
    ['a number too large', of('number', { max: 9 }), '10', 'tooLarge'],
    ['a number of another form', of('number', { pattern: '[0-9]+' }), '2.5', 'pattern'],
    ['a day', of('date'), '2026-12-03', undefined],
    ['a leap day', of('date'), '2028-02-29', undefined],
    ['a day that is not on the calendar', of('date'), '2026-02-29', 'notDate'],
    ['a day in words', of('date'), '3 de diciembre', 'notDate'],
    ['a choice', sizes, 'grande', undefined],
    ['a choice in another language', sizes, 'small', undefined],
    ['a choice in decomposed letters', sizes, 'pequen\u0303o', undefined],
    ['none of the choices', sizes, 'mediano', 'notChoice'],
    ['a link within the domains', of('link'), 'https://citas.isc.example/a?b=1', undefined],
    ['a link elsewhere', of('link'), 'https://otra.example/', 'linkOutside'],
    ['a domain that only looks official', of('link'), 'https://isc.example.otra.example/', 'linkOutside'],
    ['a name before the host', of('link'), 'https://isc.example@otra.example/', 'notLink'],
    ['a link without encryption', of('link'), 'http://isc.example', 'notLink'],
    ['a script', of('link'), 'javascript:alert(1)', 'notLink'],
    ['a link with a blank', of('link'), 'https://isc.example/a b', 'notLink'],
    ['a link that turns around', of('link'), 'https://isc.example/\u202egpj', 'notLink'],
    ['a case number', of('case'), '2026/000-12.B', undefined],
    ['no case number', of('case'), '#12', 'notCase'],
  ])('takes or refuses %s', (_what, definition, value, problem) => {
    expect(valueProblem(definition, value, { language: 'es', domains: ['isc.example'] })).toBe(problem);
  });

  it('is a link of any host where the desk names no domains', () => {
    expect(valueProblem(of('link'), 'https://otra.example/')).toBeUndefined();
    expect(valueProblem(of('link'), 'https://otra.example/', { domains: [] })).toBeUndefined();
  });

  it('is written out in the language of the answer', () => {
    expect(['es', 'en', 'fr', 'pt'].map((language) => writtenOut(of('date'), '2026-12-03', { language }))).toEqual(['3 de diciembre de 2026', '3 December 2026', '3 décembre 2026', '3 de dezembro de 2026']);
    expect(['es', 'en', 'fr'].map((language) => writtenOut(sizes, 'small', { language }))).toEqual(['pequeño', 'small', 'pequeño']);
    expect(writtenOut(sizes, '15 días', { language: 'en' })).toBe('15 días');
    expect(writtenOut(of('number'), '12', { language: 'es' })).toBe('12');
    expect(writtenOut(of('date'), 'mañana', { language: 'es' })).toBe('mañana');
  });
});

test('a body is filled in, and says what is missing, what does not fit and why', () => {
  const definitions = [{ ...of('date'), name: 'day' }, { ...of('number', { min: 2 }), name: 'days' }, { ...of('text'), name: 'more', required: false }];
  expect(render('El {{day}}, en {{days}} días, {{author}} {{more}}.', definitions, { day: '2026-12-03', days: '1' }, { language: 'es' })).toEqual({
    text: 'El 3 de diciembre de 2026, en 1 días, ____.',
    missing: ['author'],
    invalid: ['days'],
    reasons: { days: 'tooSmall' },
  });
});

test('a case number by another name is the case of the mention', () => {
  const known = { case: 'G-1', author: 'Ana' };
  expect(knownFor(known, 'request', { ...of('case'), name: 'request' })).toBe('G-1');
  expect(knownFor(known, 'request', of('text'))).toBeUndefined();
  expect(knownFor(known, 'constructor', undefined)).toBeUndefined();
});
