import { beforeAll, expect, test } from 'vitest';
import { type Template, type TemplateStatus } from '../../../src/core/template';
import { configureLanguage } from '../../../src/desk/language';
import { daysToExpiry, inRowOrder, rowDescription, rowSentence, rowTitle } from '../../../src/extension/tree/templateRow';

const today = '2026-05-20';

function template(change: Partial<Template> = {}): Template {
  return { id: 'delay', version: 2, title: { es: 'Demora', en: 'Delay' }, topics: [], channels: [], words: {}, placeholders: [], bodies: { es: 'Hola', en: 'Hello' }, contentHash: 'a', ...change };
}

function status(change: Partial<TemplateStatus> = {}): TemplateStatus {
  return { id: 'delay', state: 'inReview', problems: [], working: template(), ...change };
}

beforeAll(() => {
  configureLanguage('en');
});

test('a row says version, languages and an end that is near', () => {
  expect(rowDescription(status(), today)).toBe('v2 · es, en');
  expect(rowDescription(status({ working: template({ expires: '2026-06-01' }) }), today)).toBe('v2 · es, en · expires in 12 days');
  expect(rowDescription(status({ working: template({ expires: '2026-05-21' }) }), today)).toBe('v2 · es, en · expires tomorrow');
  expect(rowDescription(status({ working: template({ expires: today }) }), today)).toBe('v2 · es, en · expires today');
});

test('a row says what is missing of signatures', () => {
  expect(rowDescription(status({ state: 'approved', unsigned: true }), today)).toBe('without signature · v2 · es, en');
  expect(rowDescription(status({ signatures: { given: 1, needed: 2 } }), today)).toBe('1 of 2 signatures · v2 · es, en');
});

test('a screen reader hears whom it waits for', () => {
  expect(rowSentence(status(), true, today, 'en')).toBe('Delay, in review, waits for you, v2 · es, en');
  expect(rowSentence(status(), false, today, 'en')).toBe('Delay, in review, v2 · es, en');
});

test('the end that counts is that of the text in use', () => {
  const working = template({ expires: '2027-12-31' });
  expect(daysToExpiry(status({ working, approved: template({ version: 1, expires: '2026-05-25' }) }), today)).toBe(5);
});

test('an end far away or past is not said', () => {
  expect(daysToExpiry(status({ working: template({ expires: '2026-06-20' }) }), today)).toBeUndefined();
  expect(daysToExpiry(status({ state: 'expired', working: template({ expires: '2026-05-20' }) }), today)).toBeUndefined();
  expect(daysToExpiry(status(), today)).toBeUndefined();
});

test('a file that cannot be read is called by its id', () => {
  const { working: _working, ...broken } = status();
  expect(rowTitle(broken, 'es')).toBe('delay');
  expect(rowDescription(broken, today)).toBe('');
});

test('a title stays on one line', () => {
  expect(rowTitle(status({ working: template({ title: { es: 'Uno\ndos\u202Eeman' } }) }), 'en')).not.toMatch(/[\n\u202E]/u);
});

test('what waits for me comes first, the others by title in the language of the interface', () => {
  const rows = [status({ id: 'a', working: template({ title: { en: 'Zebra', es: 'Cebra' } }) }), status({ id: 'b', working: template({ title: { en: 'Ñandú', es: 'Ñandú' } }) }), status({ id: 'c', working: template({ title: { en: 'Nest', es: 'Nido' } }) })];
  expect(inRowOrder(rows, new Set(), 'es').map(({ id }) => id)).toEqual(['a', 'c', 'b']);
  expect(inRowOrder(rows, new Set(['b']), 'es').map(({ id }) => id)).toEqual(['b', 'a', 'c']);
});
