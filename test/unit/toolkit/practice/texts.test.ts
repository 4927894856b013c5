import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { citizens } from '../../../../src/toolkit/practice/citizens';
import { practiceTemplateIds, type PracticeText } from '../../../../src/toolkit/practice/practiceText';
import { allConversations, allTexts } from '../../../../src/toolkit/practice/texts/allTexts';

const turns = allConversations.flatMap((conversation) => conversation.turns);
const everything: readonly PracticeText[] = [...allTexts, ...turns.map((turn) => turn.text)];
const usernames = new Set(citizens.map((citizen) => citizen.username));
const plain = (text: string): string => text.toLowerCase().normalize('NFKD').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
const some = (test: (text: PracticeText) => boolean): number => allTexts.filter(test).length;

describe('the practice texts', () => {
  test('are at least 300 in Spanish and 60 in English', () => {
    expect(some((text) => text.language === 'es')).toBeGreaterThanOrEqual(300);
    expect(some((text) => text.language === 'en')).toBeGreaterThanOrEqual(60);
  });

  test('are all different, letters and digits compared', () => {
    const seen = new Map<string, string>();
    const twice = everything.filter(({ id, text }) => {
      const key = plain(text) === '' ? text : plain(text);
      const before = seen.get(key);
      seen.set(key, id);
      return before !== undefined;
    });
    expect(twice).toEqual([]);
    expect(new Set(everything.map((text) => text.id)).size).toBe(everything.length);
  });

  test('come from no mould: no two share half of their words, or begin alike', () => {
    const sets = everything.map(({ id, text }) => ({ id, words: new Set(plain(text).split(' ').filter((word) => word.length > 2)), start: plain(text).split(' ').slice(0, 4) }));
    const close: string[] = [];
    sets.forEach((one, index) => {
      for (const other of sets.slice(0, index)) {
        if (one.start.length === 4 && one.start.join(' ') === other.start.join(' ')) close.push(`${one.id} begins like ${other.id}`);
        const shared = [...one.words].filter((word) => other.words.has(word)).length;
        const all = one.words.size + other.words.size - shared;
        if (all > 9 && shared / all > 0.4) close.push(`${one.id} is like ${other.id}`);
      }
    });
    expect(close).toEqual([]);
  });

  test('name templates that exist, and each template fits several of them', () => {
    const shipped = readdirSync(join(import.meta.dirname, '../../../../media/templates')).map((name) => name.replace(/\.md$/, ''));
    expect([...practiceTemplateIds].sort()).toEqual(shipped.sort());
    for (const id of practiceTemplateIds) expect(some((text) => text.template === id), id).toBeGreaterThanOrEqual(5);
  });

  test('have every kind, tone and urgency', () => {
    for (const kind of ['question', 'complaint', 'request', 'praise', 'informationRequest', 'spam', 'abuse']) expect(some((text) => text.kind === kind), kind).toBeGreaterThanOrEqual(10);
    for (const urgency of ['urgent', 'high', 'normal', 'low']) expect(some((text) => text.urgency === urgency), urgency).toBeGreaterThanOrEqual(10);
    for (const sentiment of ['negative', 'neutral', 'positive']) expect(some((text) => text.sentiment === sentiment), sentiment).toBeGreaterThanOrEqual(40);
    expect(some((text) => text.kind === 'praise' && text.sentiment !== 'positive')).toBe(0);
    expect(some((text) => text.kind === 'spam' && text.template !== null)).toBe(0);
  });

  test('hold what a desk must bear', () => {
    expect(some((text) => text.images?.some((description) => description !== null) === true)).toBeGreaterThanOrEqual(5);
    expect(some((text) => text.images?.includes(null) === true)).toBeGreaterThanOrEqual(2);
    expect(some((text) => text.edited !== undefined)).toBeGreaterThanOrEqual(1);
    expect(some((text) => text.later === 'deleted')).toBe(1);
    expect(some((text) => typeof text.later === 'object')).toBe(1);
    expect(some((text) => text.html !== undefined)).toBeGreaterThanOrEqual(2);
    expect(some((text) => /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(text.text))).toBeGreaterThanOrEqual(2);
    expect(some((text) => /[\u202a-\u202e\u2066-\u2069]/.test(text.text))).toBeGreaterThanOrEqual(1);
    expect(some((text) => /\p{Extended_Pictographic}/u.test(text.text))).toBeGreaterThanOrEqual(15);
    expect(some((text) => text.text.length > 600)).toBeGreaterThanOrEqual(2);
    expect(some((text) => text.text.length > 1500)).toBeGreaterThanOrEqual(1);
    expect(some((text) => text.text.startsWith('='))).toBeGreaterThanOrEqual(1);
    expect(some((text) => text.text.includes('command:') && text.text.includes('<script>'))).toBeGreaterThanOrEqual(1);
    expect(some((text) => text.visibility === 'direct')).toBeGreaterThanOrEqual(1);
  });

  test('name no number that somebody could have', () => {
    for (const { id, text } of everything) {
      for (const [cedula] of text.matchAll(/\b\d{3}-\d{7}-\d\b/g)) expect(cedula, id).toBe('001-0000000-1');
      for (const [phone] of text.matchAll(/\b(?:809|829|849)[ -]\d{3}[ -]\d{4}\b/g)) expect(phone, id).toMatch(/555[ -]01\d\d$/);
      for (const [, host = ''] of text.matchAll(/https?:\/\/([^/\s")]+)/g)) expect(host, id).toMatch(/\.example$/);
    }
  });
});

describe('the practice conversations', () => {
  test('have two to four messages by citizens, and answers only to earlier turns', () => {
    expect(allConversations.length).toBeGreaterThanOrEqual(5);
    for (const { id, turns: line } of allConversations) {
      const writers = line.filter((turn) => turn.who !== 'isc');
      expect(writers.length, id).toBeGreaterThanOrEqual(2);
      expect(writers.length, id).toBeLessThanOrEqual(4);
      for (const turn of writers) expect(usernames.has(turn.who), turn.who).toBe(true);
      line.forEach((turn, index) => { expect(turn.answers ?? 0, id).toBeLessThan(Math.max(index, 1)); });
    }
  });
});
