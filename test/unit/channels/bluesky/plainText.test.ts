import { describe, expect, test } from 'vitest';
import { type Facet, type PostRecord } from '../../../../src/channels/bluesky/entities';
import { namedHandles, plainText } from '../../../../src/channels/bluesky/plainText';

const facet = (text: string, words: string, feature: { readonly $type: string; readonly uri?: string; readonly did?: string }): Facet => {
  const byteStart = Buffer.byteLength(text.slice(0, text.indexOf(words)));
  return { index: { byteStart, byteEnd: byteStart + Buffer.byteLength(words) }, features: [{ uri: undefined, did: undefined, tag: undefined, ...feature, $type: `app.bsky.richtext.facet#${feature.$type}` }] };
};
const record = (text: string, facets: readonly Facet[] = []): PostRecord => ({ text, createdAt: undefined, langs: [], facets: [...facets], reply: undefined, embed: undefined });
const link = (text: string, words: string, uri: string): PostRecord => record(text, [facet(text, words, { $type: 'link', uri })]);

describe('the text of a post', () => {
  test.each([
    ['🙏 vea isc.example/ci...', 'isc.example/ci...', 'https://isc.example/citas', '🙏 vea https://isc.example/citas'],
    ['ñ https://isc.example/a', 'https://isc.example/a', 'https://isc.example/a', 'ñ https://isc.example/a'],
    ['pulse aquí', 'aquí', 'https://robo.example', 'pulse aquí [https://robo.example]'],
    ['banco.example', 'banco.example', 'https://robo.example', 'banco.example [https://robo.example]'],
    ['no es enlace', 'enlace', 'javascript:alert(1)', 'no es enlace'],
  ])('%j says where its links lead', (text, words, uri, expected) => {
    expect(plainText(link(text, words, uri))).toBe(expected);
  });

  test('is as it stands where facets lie outside it, over each other, or inside a character', () => {
    const text = 'añ 👩🏽‍⚖️ fin';
    const wild = [[-4, 2], [2, 3], [0, 900], [5, 5], [9, 4], [0, 1], [0, 3]].map(([byteStart, byteEnd]) => ({ index: { byteStart: byteStart!, byteEnd: byteEnd! }, features: [] }));
    expect(plainText(record(text, wild))).toBe(text);
  });

  test('names the address of a link card that it does not have', () => {
    expect(plainText(record('Miren esto'), 'https://isc.example/nota')).toBe('Miren esto\nhttps://isc.example/nota');
    expect(plainText(record('Miren https://isc.example/nota ya'), 'https://isc.example/nota')).toBe('Miren https://isc.example/nota ya');
    expect(plainText(record(''), 'https://isc.example/nota')).toBe('https://isc.example/nota');
  });

  test('holds no control characters, and ends somewhere', () => {
    expect(plainText(record('a\u0000b\u001b[31m\r\nc'))).toBe('ab[31m\nc');
    expect(plainText(record('x'.repeat(90_000))).length).toBe(40_000);
  });

  test('names whom it mentions, by the facet and not by the letters', () => {
    const text = 'Hola @ISC.test y @otra.test';
    expect(namedHandles(record(text, [facet(text, '@ISC.test', { $type: 'mention', did: 'did:plc:a' })]))).toEqual(['isc.test']);
  });
});
