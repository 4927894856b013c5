import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Template } from '../../../src/core/template';
import { parseTemplateFile } from '../../../src/core/templateFile';
import { rankTemplates, type RankedSubject } from '../../../src/core/templateRank';
import { allTexts } from '../../../src/toolkit/practice/texts/allTexts';

const folder = fileURLToPath(new URL('../../../media/templates/', import.meta.url));
const starters = readdirSync(folder).map((file) => parseTemplateFile(readFileSync(folder + file, 'utf8'), file.replace('.md', '')).template!);

function template(id: string, fields: Partial<Template> = {}): Template {
  return { id, version: 1, title: { es: id }, topics: [], channels: [], words: {}, placeholders: [], bodies: { es: 'Hola', en: 'Hello' }, contentHash: id, ...fields };
}

function subject(text: string, fields: Partial<RankedSubject> = {}): RankedSubject {
  return { text, language: 'es', sentiment: 'neutral', kind: undefined, network: 'mastodon', topics: [], uses: new Map(), ...fields };
}

const idsOf = (templates: readonly Template[], about: RankedSubject): string[] => rankTemplates(templates, about).map((ranked) => ranked.template.id);

describe('the order of templates for a mention', () => {
  it('prefers those whose words stand in it, and says which words', () => {
    const templates = [template('a'), template('b', { words: { es: ['demora', 'cédul', 'cómo hago'] } })];
    const [first] = rankTemplates(templates, subject('¿COMO HAGO?, las  cédulas  tienen mucha Demora.'));
    expect(first).toMatchObject({ template: { id: 'b' }, reasons: ['language', 'words'], words: ['COMO HAGO', 'cédulas', 'Demora'] });
  });

  it('finds words from their start only, and short ones only whole', () => {
    const templates = [template('a', { words: { es: ['cita', 'ya'] } })];
    expect(rankTemplates(templates, subject('felicitaciones yagua'))[0]!.words).toEqual([]);
    expect(rankTemplates(templates, subject('citas, ya'))[0]!.words).toEqual(['citas', 'ya']);
  });

  it('counts a word less that many templates share', () => {
    const templates = [template('a', { words: { es: ['pago', 'banco'] } }), template('b', { words: { es: ['pago', 'tarjeta'] } }), template('c', { words: { es: ['tarjeta'] } })];
    expect(idsOf(templates, subject('pago por el banco'))).toEqual(['a', 'b', 'c']);
  });

  it('puts templates in the language of the mention before others', () => {
    const templates = [template('a', { bodies: { es: 'Hola' }, words: { es: ['delay'] } }), template('b', { bodies: { en: 'Hello' } })];
    expect(idsOf(templates, subject('a delay', { language: 'en' }))).toEqual(['b', 'a']);
  });

  it('leaves out templates for other networks', () => {
    const templates = [template('a', { channels: ['x'] }), template('b', { channels: ['mastodon'] })];
    expect(idsOf(templates, subject(''))).toEqual(['b']);
  });

  it('knows the topics of the desk', () => {
    const topics = [{ id: 'passport', name: 'Pasaporte', words: ['pasaporte', 'libreta'] }];
    const ranked = rankTemplates([template('a'), template('b', { topics: ['passport'] })], subject('Mi Libreta', { topics }));
    expect(ranked[0]).toMatchObject({ template: { id: 'b' }, reasons: ['language', 'topic'], words: ['Libreta'] });
  });

  it('weighs sentiment and past use little, and equal ones by id', () => {
    const templates = [template('d'), template('c'), template('b', { sentiment: 'positive' }), template('a', { sentiment: 'negative' })];
    expect(idsOf(templates, subject('x', { sentiment: 'negative' }))).toEqual(['a', 'c', 'd', 'b']);
    const used = rankTemplates(templates, subject('x', { uses: new Map([['d', 1_000_000]]) }));
    expect(used[0]).toMatchObject({ template: { id: 'd' }, reasons: ['language', 'used'] });
    expect(idsOf([...templates, template('z', { words: { es: ['xilófono'] } })], subject('xilofono', { uses: new Map([['d', 1_000_000]]) }))[0]).toBe('z');
  });

  it('is the same whatever the order in which templates are given', () => {
    const about = subject('La página no carga y mi cita es mañana', { sentiment: 'negative' });
    expect(idsOf([...starters].reverse(), about)).toEqual(idsOf(starters, about));
  });

  it('takes long and strange texts', () => {
    expect(rankTemplates(starters, subject(`${'ﷺ🇩🇴e\u0301'.repeat(20_000)}`))).toHaveLength(starters.length);
  });

  it('brings the fitting starter template among the first three for most of the practice texts', () => {
    const judged = allTexts.filter((text) => starters.some(({ id }) => id === text.template));
    const hits = (upTo: number): number =>
      judged.filter((text) => idsOf(starters, subject(text.text, { language: text.language, sentiment: text.sentiment })).slice(0, upTo).includes(text.template ?? '')).length / judged.length;
    expect(judged.length).toBeGreaterThan(100);
    expect(hits(1)).toBeGreaterThan(0.55);
    expect(hits(3)).toBeGreaterThan(0.8);
  });
});
