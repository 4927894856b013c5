import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countText, excess, fits, type LengthRule } from '../../../../src/core/text/countText';

const mastodon: LengthRule = { max: 500, method: 'mastodon', urlLength: 23 };
const count = (text: string): number => countText(text, mastodon);
const url = 'https://isc.gob.do/tramites/renovar-la-cedula';

describe('as Mastodon counts', () => {
  test.each([
    ['', 0],
    ['Señoría', 7],
    ['e\u0301', 1],
    ['👩🏽‍⚖️👨‍👩‍👧‍👦🇩🇴', 3],
    ['a\r\nb\n', 4],
    ['न्न', 1],
  ])('graphemes: %j is %i', (text, expected) => {
    expect(count(text)).toBe(expected);
  });

  test.each([
    [url, 23],
    ['http://a.do', 23],
    [`Vea ${url} hoy`, 31],
    [`Vea ${url}.`, 28],
    [`(${url})`, 25],
    [`«${url} »`, 26],
    // Mastodon takes the closing quotation mark for a part of the path.
    [`«${url}»`, 24],
    [`${url}, ${url}`, 48],
    [`${url}?a=1&b=2#c`, 23],
    [`${url}?a=1!`, 24],
    [`${url}?`, 24],
    ['https://es.wikipedia.org/wiki/C%C3%A9dula_(documento)', 23],
    ['https://a.do/x_(y_(z))', 23],
    ['https://a.do/x(', 24],
    ['https://a.do:8080/x', 23],
    ['https://muñoz.example/añadir', 23],
    ['HTTPS://ISC.GOB.DO', 23],
    ['gemini://a.do/x', 23],
    ['https://a.do/@ana@b.example', 23],
    [`#${url}`, url.length + 1],
    [`@${url}`, url.length + 1],
    [`x${url}`, url.length + 1],
    [`ñ${url}`, 24],
    ['isc.gob.do/tramites', 19],
    ['www.isc.gob.do', 14],
    ['https://localhost/x', 19],
    ['https://127.0.0.1/x', 19],
    ['https://', 8],
    ['ftp://a.do/x', 12],
  ])('links: %j is %i', (text, expected) => {
    expect(count(text)).toBe(expected);
  });

  test('the length of a link is the instance\'s', () => {
    expect(countText(url, { ...mastodon, urlLength: 32 })).toBe(32);
    expect(countText(url, { max: 500, method: 'mastodon' })).toBe(23);
  });

  test.each([
    ['@ana', 4],
    ['@ana@ejemplo.social', 4],
    ['@ana@ejemplo.social hola', 9],
    ['Hola,@ana@ejemplo.social.', 10],
    ['@ana.maria-p@ejemplo.social', 12],
    ['@ana@niño.example', 4],
    ['@ana@b @luis@c.example', 10],
    ['ana@ejemplo.social', 18],
    ['/@ana@ejemplo.social', 20],
    ['=@ana@ejemplo.social', 20],
    ['@ana@ejemplo.social@x', 21],
    ['@ana@ejemplo.social://x', 23],
    ['@ana@@b.example', 15],
    ['@señor@ejemplo.social', 21],
  ])('mentions: %j is %i', (text, expected) => {
    expect(count(text)).toBe(expected);
  });
});

describe('as others count', () => {
  test.each<[LengthRule['method'], string, number]>([
    ['graphemes', `${url} 👩🏽‍⚖️`, url.length + 2],
    ['graphemes', '@ana@ejemplo.social', 19],
    ['codePoints', '👩🏽‍⚖️', 5],
    ['codePoints', 'e\u0301', 2],
    ['twitter', 'áñü¿¡«»—“”’', 11],
    ['twitter', '…€•', 6],
    ['twitter', '你好', 4],
    ['twitter', '👨‍👩‍👧‍👦', 2],
    ['twitter', '🇩🇴', 2],
    ['twitter', `${url} x`, 25],
    ['twitter', 'e\u0301', 1],
  ])('%s: %j is %i', (method, text, expected) => {
    expect(countText(text, { max: 280, method })).toBe(expected);
  });
});

describe('as X counts (the figures of twitter-text 3.1)', () => {
  test.each([
    ['isc.gob.do', 23], ['www.isc.gob.do', 23], ['isc.gob.do/x', 23], ['Hola isc.com, adiós', 35], ['isc.com.', 24], ['gob.do/x.', 24],
    ['(https://isc.com/a)', 25], ['https://isc.com/a.', 24], ['«https://a.do»', 25], ['https://isc.com/a_(b)', 23], ['https://isc.com/a?b=1&c=2#d', 23], ['HTTP://A.DO', 23],
    ['https://isc.gob.do/x👍🏽', 25], ['https://a.do/x https://b.do/y', 47], ['muñoz.com', 23], ['Hoy.Mañana', 27],
    ['isc.example', 11], ['https://isc.example/pagos', 25], ['http://localhost/x', 18], ['ahttps://a.do', 13], ['$https://a.do', 13], ['#isc.com', 8], ['@isc.com', 8], ['ana@isc.com', 11],
    ['EE. UU. a. m.', 13], ['1.2.3.4', 7], ['1️⃣', 2], ['©', 1], ['™', 2], ['❤️', 2], ['👩🏽‍⚖️', 2], ['한국', 4], ['न्न', 3], ['RD$500 — 2026-12-03', 19],
  ])('%j is %i', (text, expected) => {
    expect(countText(text, { max: 280, method: 'twitter', urlLength: 23 })).toBe(expected);
  });
});

test('what is longer than any post on X is too long, and is not searched for links', () => {
  const x: LengthRule = { max: 280, method: 'twitter' };
  for (const text of [`https://${'a.'.repeat(50_000)}`, 'https://isc.gob.do/'.repeat(5_000), '👨‍👩‍👧‍👦'.repeat(5_000)]) expect(fits(text, x)).toBe(false);
}, 60_000);

test('where bytes are limited too, as on Bluesky, both limits hold', () => {
  const bluesky: LengthRule = { max: 300, method: 'graphemes', maxBytes: 3_000 };
  const family = '👨‍👩‍👧‍👦';
  expect(fits('ñ'.repeat(300), bluesky)).toBe(true);
  expect(excess('ñ'.repeat(301), bluesky)).toEqual({ unit: 'characters', length: 301, max: 300 });
  expect(excess(family.repeat(121), bluesky)).toEqual({ unit: 'bytes', length: 121 * 25, max: 3_000 });
  expect(excess(family.repeat(120), bluesky)).toBeUndefined();
});

test('the limit itself fits, one more does not', () => {
  expect(fits('á'.repeat(500), mastodon)).toBe(true);
  expect(fits('á'.repeat(501), mastodon)).toBe(false);
});

test('never fails, and text without links and mentions counts as its graphemes', () => {
  const pieces = fc.constantFrom('@', 'a', '.', '-', 'https://', 'a.do', '/', '(', ')', '?', '😀', '\ud83d', '\u0301', '🇩', '\u200d', 'ñ', ' ', '\r', '\n', '@ana@b.example');
  fc.assert(fc.property(fc.array(pieces, { maxLength: 300 }).map((parts) => parts.join('')), (text) => {
    expect(count(text)).toBeGreaterThanOrEqual(0);
    if (!/[@/]/u.test(text)) expect(count(text)).toBe(countText(text, { max: 1, method: 'graphemes' }));
  }), { seed: 5 });
});

test('long text counts as its parts do', () => {
  const part = 'Señoría 👩🏽‍⚖️🇩🇴 न्न e\u0301 \r\n';
  expect(count(part.repeat(200))).toBe(200 * count(part));
  expect(count(`a${'\u0301'.repeat(2_000)}b`)).toBe(2);
  expect(count('🇩🇴'.repeat(1_001))).toBe(1_001);
  expect(count('👩🏽‍⚖️'.repeat(777))).toBe(777);
});

test('hostile text of 100,000 characters is counted without running away', () => {
  for (const text of ['https://'.repeat(12_500), `https://a.do/${'('.repeat(100_000)}`, `https://a.do/${'(x'.repeat(50_000)}`, '@a'.repeat(50_000), `@${'a-'.repeat(50_000)}`, `https://${'a.'.repeat(50_000)}`, `https://${'a-'.repeat(50_000)}`]) {
    expect(count(text)).toBeGreaterThan(0);
  }
}, 60_000);
