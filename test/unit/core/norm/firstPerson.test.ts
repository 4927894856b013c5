import { expect, test } from 'vitest';
import { firstPerson } from '../../../../src/core/norm/firstPerson';
import { found } from './found';

test.each([
  ['Yo lamento la demora', ['Yo → Nosotros', 'lamento → lamentamos']],
  ['Lo siento mucho, no puedo ver mi pantalla', ['siento → sentimos', 'puedo → podemos', 'mi → nuestro']],
  ['Me alegra. Escríbame a mí', ['Me → Nos', 'mí → nosotros']],
  ['ESTOY REVISANDO', ['ESTOY → ESTAMOS']],
  ['Lamentamos la demora y ya estamos trabajando', []],
  ['Hicimos el envío; su pedido y su deseo de apoyo', []],
  ['Pulse «Mi cuenta» o "mi perfil"', []],
  ['Entre a Mi Pasaporte en línea', []],
  ['Vea https://isc.example/mi/yo y escriba a yo@isc.example o a @mi_cuenta #yo', []],
  ['El mismo mes, midió el metro', []],
])('es: %s', (text, expected) => {
  expect(found(firstPerson, text)).toEqual(expected);
});

test.each([
  ['I am sorry for the delay', ['I am → We are']],
  ['Thank you. I have sent my notes to me', ['I → We', 'my → our', 'me → us']],
  ['I’ll check. Then I\'m done', ['I’ll → We will', 'I\'m → we are']],
  ['We are sorry; tell us about our service', []],
  ['Phase I begins in World War I style', []],
  ['Press "My account" in My Services', []],
  ['The army met in May, and it is fine', []],
])('en: %s', (text, expected) => {
  expect(found(firstPerson, text, { language: 'en' })).toEqual(expected);
});

test('languages whose words we do not know are left alone', () => {
  expect(found(firstPerson, 'Yo lamento, I am', { language: 'pt' })).toEqual([]);
});
