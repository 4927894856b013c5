import { expect, test } from 'vitest';
import { personalDataInPublic } from '../../../../src/core/norm/personalDataInPublic';
import { found } from './found';

test.each([
  ['Su cédula 001-1234567-3 y su teléfono 809-555-1234', ['001-1234567-3', '809-555-1234']],
  ['001-1234567-4 no es una cédula: su dígito no cuadra', []],
  ['Your card 4111 1111 1111 1111, your mail ana@correo.example', ['4111 1111 1111 1111', 'ana@correo.example']],
  ['Escriba a ayuda@isc.example o a citas@oficina.gob.do', []],
  ['Case 2026-000123, 1,200 pesos, call 911', []],
])('%s', (text, expected) => {
  expect(found(personalDataInPublic, text)).toEqual(expected);
  expect(found(personalDataInPublic, text, { language: 'en' })).toEqual(expected);
});
