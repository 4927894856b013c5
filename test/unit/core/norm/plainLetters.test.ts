import { expect, test } from 'vitest';
import { plainLetters } from '../../../../src/core/norm/plainLetters';
import { found } from './found';

test.each([
  ['Bienvenid@s, tod@s', ['Bienvenid@s → Bienvenidas y bienvenidos', 'tod@s → todas y todos']],
  ['l@s ciudadan@s y un@ niñ@', ['l@s → las y los', 'ciudadan@s → ciudadanas y ciudadanos', 'un@ → una o un', 'niñ@ → niña o niño']],
  ['l@s trabajador@s', ['l@s → las y los', 'trabajador@s → trabajadoras y trabajadores']],
  ['todxs lxs niñxs, cada amigx', ['todxs → todas y todos', 'lxs → las y los', 'niñxs → niñas y niños', 'amigx → amiga o amigo']],
  ['t0dos, h0la, gr4tis', ['t0dos → todos', 'h0la → hola', 'gr4tis → gratis']],
  ['T0DOS', ['T0DOS → TODOS']],
  ['4yuda para tod0', ['4yuda → ayuda', 'tod0 → todo']],
])('es: %s', (text, expected) => {
  expect(found(plainLetters, text)).toEqual(expected);
});

test.each([
  'México, exacto, taxi, texto, fénix, tórax, relax, ex presidente, xilófono, Félix',
  'Marx, el Bronx y la talla XXS; IMAX, MX, TLX',
  'Escriba a tod@s.example, info@isc.example o @tod@s.example, vea https://isc.example/tod@s y #todxs',
  'El 1ro, la 2da, el 3er piso, la 4ta, el 5to, el 7mo, el 10mo y el 1ero',
  '10am, 8pm, 24h, 5G, 4x4, 3D, A4, B2B, H1N1, CO2, mp3, m2, COVID-19, covid19, 500mil, 3pesos, 5años',
  'Ley 200-04, G-2231, 2027-00123, AB3CD, formulario IR2, RD$500, v1.2.3, a las 8:00 a. m.',
  'Clave {{t0dos}}',
])('es, nothing: %s', (text) => {
  expect(found(plainLetters, text)).toEqual([]);
});

test.each([
  ['Latinxs and womxn', ['Latinxs', 'womxn → women']],
  ['H3llo and w0rld', ['H3llo → Hello', 'w0rld → world']],
  ['h@ppy', ['h@ppy → happy']],
])('en: %s', (text, expected) => {
  expect(found(plainLetters, text, { language: 'en' })).toEqual(expected);
});

test.each(['A lynx, a sphinx and a jinx; the larynx', 'the 1st, 2nd, 3rd and 4th; 5days; 8th', 'mail me@isc.example at 7pm'])('en, nothing: %s', (text) => {
  expect(found(plainLetters, text, { language: 'en' })).toEqual([]);
});
