import { beforeAll, expect, it } from 'vitest';
import { configureLanguage } from '../../../../src/desk/language';
import { hoverAt } from '../../../../src/desk/templateEditing/hover';
import { marked, whole } from './editedTemplate';

beforeAll(() => {
  configureLanguage('en');
});

const wordsAt = (text: string): readonly string[] | undefined => {
  const { text: clean, at } = marked(text);
  return hoverAt(clean, at, 'en')?.paragraphs;
};

it('says what a key means', () => {
  expect(wordsAt(whole.replace('expires', 'exp|ires'))).toEqual(['The last day on which it may be sent, such as 2027-12-31.']);
  expect(wordsAt(whole.replace('maxLength', 'max|Length'))).toEqual(['The most characters that the value may have.']);
  expect(wordsAt(whole.replace('name: days', 'na|me: days'))).toEqual(['How the text calls the blank: letters, digits, hyphens; used as {{name}}.']);
});

it('says what a placeholder is filled with', () => {
  expect(wordsAt(whole.replace('{{days}}', '{{da|ys}}'))).toEqual(['Days: asked for with each answer.', 'For example: 3 days', 'required, at most 30 characters']);
  expect(wordsAt(whole.replace('{{author}}', '{{|author}}'))).toEqual(['The name of the citizen, as the network shows it.']);
  expect(wordsAt(whole.replace('{{author}}', '{{auth|r}}'))).toEqual(['Nothing fills authr: list it under placeholders or correct its name.']);
});

it('says which language begins', () => {
  expect(wordsAt(whole.replace('lang: es', 'lang|: es'))).toEqual(['From here on the text in this language: Spanish.']);
  expect(wordsAt(whole.replace('lang: es', 'lang|: es network: x, bluesky'))).toEqual(['From here on a short form, in the language Spanish, for: X, Bluesky.']);
});

it('is silent elsewhere', () => {
  expect(wordsAt(whole.replace('Tardará', 'Tar|dará'))).toBeUndefined();
  expect(wordsAt(whole.replace('2027-12-31', '2027|-12-31'))).toBeUndefined();
  expect(wordsAt(whole.replace('title: { es', 'title: { e|s'))).toBeUndefined();
});
