import { expect, test } from 'vitest';
import { acronyms } from '../../../../src/core/norm/acronyms';
import { found } from './found';

test.each([
  ['Vaya a la JCE. La JCE abre hoy', ['JCE']],
  ['La Junta Central Electoral (JCE) abre; vaya a la JCE', []],
  ['La JCE (Junta Central Electoral) abre', []],
  ['Con INABIE y SENASA', ['INABIE', 'SENASA']],
  ['En RD, en EE. UU., con DNI, PDF, QR, USD y por SMS', []],
  ['Siglo XXI, fase III, COVID-19, MOM-2231, RD$500', []],
  ['NO pague dos veces. Es GRATIS y URGENTE', []],
  ['ATENCIÓN CIUDADANOS CERRAMOS HOY', []],
  ['Vea https://JCE.example/SIUBEN #JCE @SIUBEN {{ABC}}', []],
])('es: %s', (text, expected) => {
  expect(found(acronyms, text)).toEqual(expected);
});

test('the desk knows acronyms of its own; English too', () => {
  expect(found(acronyms, 'La JCE y el MOPC', { acronyms: ['jce'] })).toEqual(['MOPC']);
  expect(found(acronyms, 'Ask the DMV. The Social Security Administration (SSA) helps', { language: 'en' })).toEqual(['DMV']);
});
