import { expect, test } from 'vitest';
import { politicalNames } from '../../../../src/core/norm/politicalNames';
import { found } from './found';

const names = ['PAN', 'Fuerza Cívica', 'Ana Candidata', 'PRQ'];

test.each([
  ['Gracias al PAN por su apoyo', ['PAN']],
  ['El pan cuesta lo mismo en toda España', []],
  ['Con FUERZA CIVICA y con fuerza cívica', ['FUERZA CIVICA', 'fuerza cívica']],
  ['Vote por ana candidata', ['ana candidata']],
  ['Ana, candidata a la beca', []],
  ['#VotaPRQ y @FuerzaCivica', ['PRQ', 'FuerzaCivica']],
  ['#PRQYa', ['PRQ']],
  ['COMPRQ', []],
  ['Fuerza', []],
])('%s', (text, expected) => {
  expect(found(politicalNames, text, { names })).toEqual(expected);
  expect(found(politicalNames, text, { names, language: 'en' })).toEqual(expected);
});

test('without a list of the desk nobody is a politician', () => {
  expect(found(politicalNames, 'Gracias al PAN')).toEqual([]);
});
