import { expect, test } from 'vitest';
import { holesOf, sourcesIn, spanishWordings, wordingsOf } from './wordings';

const { wordings, notLiteral } = wordingsOf([...sourcesIn('src'), ...sourcesIn('webview')]);
const spanish = spanishWordings();

test('every wording is a literal, so that it can be translated', () => {
  expect(notLiteral).toEqual([]);
});

test('everything a person reads is there in Spanish', () => {
  expect(wordings.length).toBeGreaterThan(300);
  expect(wordings.filter(({ text }) => !spanish.has(text)).map(({ text, where }) => `${where}: ${text}`)).toEqual([]);
});

test('the Spanish wording has the same holes as the English', () => {
  const differing = wordings.filter(({ text }) => spanish.has(text) && holesOf(spanish.get(text)!).join() !== holesOf(text).join());
  expect(differing.map(({ text, where }) => `${where}: ${text} / ${spanish.get(text)!}`)).toEqual([]);
});

test('no Spanish wording is left over from a text that nobody says any more', () => {
  const said = new Set(wordings.map(({ text }) => text));
  expect([...spanish.keys()].filter((text) => !said.has(text))).toEqual([]);
});

test('no Spanish wording is empty', () => {
  expect([...spanish].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
});
