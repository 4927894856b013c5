import { expect, test } from 'vitest';
import { officialLinks } from '../../../../src/core/norm/officialLinks';
import { found } from './found';

test.each([
  ['Vea https://isc.example/citas y www.gob.do', []],
  ['Vea https://premios.example/ya.', ['https://premios.example/ya']],
  ['See premios-gratis.com and https://isc.example.robo.example', ['premios-gratis.com', 'https://isc.example.robo.example']],
  ['Escriba a ana@isc.gob.do. Gracias.', []],
])('%s', (text, expected) => {
  expect(found(officialLinks, text)).toEqual(expected);
  expect(found(officialLinks, text, { language: 'en' })).toEqual(expected);
});

test('a link that stands twice is found twice', () => {
  expect(found(officialLinks, 'http://a.example http://a.example')).toHaveLength(2);
});
