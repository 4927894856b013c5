import { expect, test } from 'vitest';
import { plainWordCount, plainWords } from '../../../../src/core/norm/plainWords';
import { found } from './found';

test.each([
  ['Vamos a aperturar la oficina', ['aperturar → abrir']],
  ['A la mayor brevedad posible, sírvase esperar', ['A la mayor brevedad posible → Lo antes posible, o mejor una fecha', 'sírvase → por favor']],
  ['con el proposito de ayudar', ['con el proposito de → para']],
  ['Los emolumentos del mes', ['emolumentos → pago']],
  ['La apertura será a las ocho. Abrimos para ayudarle', []],
  ['En la Ley 200-04, a nivel. De hoy', []],
  ['El botón «Recepcionar» y https://isc.example/aperturar', []],
])('es: %s', (text, expected) => {
  expect(found(plainWords, text)).toEqual(expected);
});

test.each([
  ['Please be advised that we commence prior to noon', ['Please be advised that → Leave it out', 'commence → start', 'prior to → before']],
  ['We will utilize it in order to help', ['utilize → use', 'in order to → to']],
  ['We use plain words and look forward to hearing from you', []],
])('en: %s', (text, expected) => {
  expect(found(plainWords, text, { language: 'en' })).toEqual(expected);
});

test('the desk adds words of its own and allows some of ours', () => {
  const words = { 'sello gomígrafo': 'sello', aperturar: '' };
  expect(found(plainWords, 'Aperturar con Sello Gomigrafo', { words })).toEqual(['Sello Gomigrafo → Sello']);
});

test('the lists are long enough to be of use, and a language without a list is left alone', () => {
  expect(plainWordCount('es')).toBeGreaterThanOrEqual(80);
  expect(plainWordCount('en')).toBeGreaterThanOrEqual(40);
  expect(found(plainWords, 'aperturar, utilize', { language: 'fr' })).toEqual([]);
});
