import { describe, expect, it } from 'vitest';
import { scoredLanguages, type ScoredLanguage } from '../../../../src/core/sentiment';
import { personalDataRules } from '../../../../src/core/text/statedPersonalData';
import { priorityReasonWords } from '../../../../src/desk/words';
import { parseRules, type RuleEntry } from '../../../../src/sentiment/rules/ruleFile';
import { ruleCases, shippedReader, shippedRules, withoutPair } from './fixtures';
import { shippedModel } from '../lexicons';

const read = (text: string, language: string, country = 'DO') => shippedReader.read(text, { language: language as ScoredLanguage, sentiment: shippedModel.score(text, { force: language as ScoredLanguage }).label, topics: [], country });
const entries = scoredLanguages.flatMap((language) => parseRules(shippedRules[language]).entries.map((entry) => ({ ...entry, language })));
const keyOf = ({ where, rule }: { readonly where: string; readonly rule: string }): string => `${where} ${rule}`;

describe('the files of rules', () => {
  it.each(scoredLanguages)('%s has no fault', (language) => {
    expect(parseRules(shippedRules[language]).problems).toEqual([]);
  });

  it.each(scoredLanguages)('%s: each block is in alphabetical order', (language) => {
    const wrong: string[] = [];
    let before = '';
    for (const line of shippedRules[language].split('\n')) {
      const entry = line === '' || /^[#[]/.test(line) ? '' : (line.split('\t')[0] ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
      if (entry !== '' && entry < before) wrong.push(line);
      before = entry;
    }
    expect(wrong).toEqual([]);
  });

  it('have words for each rule of urgency, by which an officer is told of it', () => {
    const rules = [...new Set(entries.flatMap(({ section }) => (section.group === 'urgency' && section.rule !== 'any' ? [section.rule] : [])))];
    expect(rules.length).toBeGreaterThan(15);
    expect(rules.filter((rule) => priorityReasonWords(rule) === rule)).toEqual([]);
  });

  it('have for each rule a text that hits and a near miss', () => {
    const rulesOf = (group: RuleEntry['section']['group']) => entries.filter(({ section }) => section.group === group).map(({ language, section }) => `${language} ${section.rule}`);
    expect(withoutPair(rulesOf('urgency'), ruleCases('urgency'), keyOf)).toEqual([]);
    expect(withoutPair(rulesOf('kind'), ruleCases('kind'), keyOf)).toEqual([]);
    expect(withoutPair(personalDataRules, ruleCases('personalData'), ({ rule }) => rule)).toEqual([]);
  });
});

/** Speaks through the others: of its texts any danger, or none, must be found. */
const anyDanger = 'any';

describe('each rule, by its texts', () => {
  it.each(ruleCases('urgency'))('$where $rule $hits: $text', ({ where, rule, hits, text }) => {
    const found = read(text, where).urgency.find((finding) => (rule === anyDanger ? finding.level === 'urgent' : finding.rule === rule));
    expect(found !== undefined).toBe(hits);
    for (const { start, length } of found?.places ?? []) expect(text.slice(start, start + length).trim()).not.toBe('');
    if (hits) expect(found?.places.length).toBeGreaterThan(0);
  });

  it.each(ruleCases('kind'))('$where $rule $hits: $text', ({ where, rule, hits, text }) => {
    const { kind } = read(text, where);
    if (hits) expect(kind).toBe(rule);
    else expect(kind).not.toBe(rule);
  });

  it.each(ruleCases('personalData'))('$where $rule $hits: $text', ({ where, rule, hits, text, datum }) => {
    const found = read(text, 'es', where).personalData.filter((finding) => finding.rule === rule).map(({ start, length }) => text.slice(start, start + length));
    expect(found).toEqual(hits ? [datum] : []);
  });
});

describe('each entry', () => {
  it('is found in its own words', () => {
    const lost = entries.filter(({ section, weight }) => section.group === 'urgency' && section.rule !== anyDanger && weight >= 2).filter(({ text, section, language }) => {
      const spelt = text.split(/\s+/).map((part) => (part === '*' ? '' : part === '{n}' ? '3' : (part.split('|')[0] ?? '').replace('*', ''))).join(' ');
      return !read(spelt, language).urgency.some(({ rule }) => rule === section.rule);
    });
    expect(lost.map(({ language, line, text }) => `${language} ${String(line)} ${text}`)).toEqual([]);
  });
});
