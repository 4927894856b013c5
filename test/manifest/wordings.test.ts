import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holesOf, projectRoot, sourcesIn, spanishWordings, wordingsOf } from './wordings';

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
  // What is said before anything is installed is plain JavaScript with a `t` of its own.
  const early = [...readFileSync(join(projectRoot, 'src/toolkit/start/prepare.mjs'), 'utf8').matchAll(/\bt\('((?:[^'\\]|\\.)*)'/gu)].map(([, text]) => text!.replaceAll("\\'", "'"));
  expect(early.filter((text) => !spanish.has(text))).toEqual([]);
  const said = new Set([...wordings.map(({ text }) => text), ...early]);
  expect([...spanish.keys()].filter((text) => !said.has(text))).toEqual([]);
});

test('no Spanish wording is empty', () => {
  expect([...spanish].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
});
