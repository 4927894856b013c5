import { beforeAll, expect, test } from 'vitest';
import { configureLanguage } from '../../../src/desk/language';
import { moodOf } from '../../../src/core/mood';
import { shownConfidence } from '../../../src/core/sentiment';
import { messageStart, rowFlags, rowLabel, shortName } from '../../../src/extension/tree/mentionRow';
import { mentionWith, noon } from './mentions';

beforeAll(() => {
  configureLanguage('en');
});

test.each([
  ['Ana Ramírez Soto', 'Ana R.'],
  ['Poeta del Ozama', 'Poeta O.'],
  ['Yokasta', 'Yokasta'],
  ['M. Santana', 'M. Santana'],
  ['Sol :verified: M', 'Sol M.'],
  ['A. Novel, reportera', 'A. Novel'],
  ['🌊', '@ana@ejemplo.do'],
])('%s is called %s in a row', (name, short) => {
  expect(shortName({ name, handle: 'ana@ejemplo.do' })).toBe(short);
});

test('a row says what is left of the time, and by how much it is overdue', () => {
  expect(rowLabel(mentionWith(), noon)).toBe('12 min · Ana R.');
  expect(rowLabel(mentionWith(), noon + 720_000 + 42 * 60_000)).toBe('−42 min · Ana R.');
});

test('a snoozed row says when it wakes, an answered one no time', () => {
  expect(rowLabel(mentionWith({ status: 'snoozed', snoozedUntil: noon + 7_200_000 }), noon)).toBe('→ 2 h · Ana R.');
  expect(rowLabel(mentionWith({ status: 'answered' }), noon)).toBe('Ana R.');
});

test('a row without a running target says how long ago it was posted, as no time that is left', () => {
  const mention = mentionWith({ backlog: true });
  expect(rowLabel(mention, mention.post.postedAt + 3 * 86_400_000)).toBe('3 d ago · Ana R.');
});

test('the first words leave out whom the message greets', () => {
  expect(messageStart(mentionWith(), 60)).toBe('Llevo tres meses esperando mi cédula');
  expect(messageStart(mentionWith({ post: { text: '@isc @otra@red.example' } }), 60)).toBe('(no words)');
});

test('a person\'s word on the sentiment is never in doubt, a scorer\'s guess may be', () => {
  expect(moodOf(mentionWith({ sentiment: { confidence: 0.1 } }))).toBe('unsure');
  expect(moodOf(mentionWith({ sentiment: { confidence: 0.1, correctedTo: 'positive' } }))).toBe('positive');
  expect(moodOf(mentionWith({ sentiment: { label: 'neutral', confidence: 0.1, evidence: [] } }))).toBe('neutral');
  expect(moodOf(mentionWith({ language: 'other', sentiment: { label: 'neutral', confidence: 0, evidence: [] } }))).toBe('unsure');
});

test('flags stand in a fixed order', () => {
  const claim = { actor: 'p-1', name: 'Ana', at: noon };
  expect(rowFlags(mentionWith({ post: { url: 'https://x.example' } }), 'p-1')).toBe('mention open free link');
  expect(rowFlags(mentionWith({ status: 'claimed', claim }), 'p-1')).toBe('mention claimed mine');
  expect(rowFlags(mentionWith({ status: 'referred', claim, referral: { unit: 'u', note: '', at: noon, by: 'Ana' } }), 'p-2')).toBe('mention referred theirs unit');
});

test('no text is told to be certain', () => {
  expect([0, 0.455, 0.914, 0.994, 0.996, 1].map((confidence) => shownConfidence({ confidence }))).toEqual([0, 46, 91, 99, 99, 99]);
});
