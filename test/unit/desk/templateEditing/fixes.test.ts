import { beforeAll, describe, expect, it } from 'vitest';
import { configureLanguage } from '../../../../src/desk/language';
import { type CheckedProblem } from '../../../../src/desk/reviewApi';
import { findingsIn } from '../../../../src/desk/templateEditing/findings';
import { fixesFor } from '../../../../src/desk/templateEditing/fixes';
import { edited, facts, problemsOf, whole } from './editedTemplate';

beforeAll(() => {
  configureLanguage('en');
});

const found = (text: string, problems: readonly CheckedProblem[] = problemsOf(text)) => findingsIn(text, problems, facts);
const wordsOf = (text: string): readonly string[] => found(text).map(({ code, line, from, to }) => `${code}: ${text.split('\n')[line]!.slice(from, to)}`);
const fixes = (text: string, code: string, problems?: readonly CheckedProblem[]) => fixesFor(text, found(text, problems).find((each) => each.code === code)!, facts);
const titles = (text: string, code: string): readonly string[] => fixes(text, code).map(({ title }) => title);
const mended = (text: string, code: string, title?: string, problems?: readonly CheckedProblem[]): string => {
  const all = fixes(text, code, problems);
  return edited(text, (title === undefined ? all[0]! : all.find((fix) => fix.title === title)!).edits);
};

describe('a problem', () => {
  it('stands at the words that it is about', () => {
    expect(wordsOf(whole)).toEqual([]);
    expect(wordsOf(whole.replace('{{days}}.\n\n', '{{dias}}.\n\n'))).toEqual(['placeholder.unknown: {{dias}}']);
    expect(wordsOf(whole.replace('<!-- lang: es -->', '<!-- lang: es -->\n\n\n').replace('{{days}}.\n\n', '{{dias}}.\n\n'))).toEqual(['placeholder.unknown: {{dias}}']);
    expect(wordsOf(whole.replaceAll('{{days}}', 'tres días'))).toEqual(['placeholder.unused: days']);
    expect(wordsOf(whole.replace('id: delay', 'id: other'))).toEqual(['id.mismatch: other']);
    expect(wordsOf(whole.replace('topics:', 'topcis:'))).toEqual(['frontMatter.unknownKey: topcis']);
    expect(wordsOf(whole.replace('2027-12-31', '2027-02-31'))).toEqual(['expires.invalid: expires: 2027-02-31']);
  });

  it('that is known without a line stands at its key', () => {
    expect(found(whole, [{ code: 'version.alreadyApproved', detail: '2', refusing: true }])).toEqual([expect.objectContaining({ line: 2, from: 9, to: 10, severity: 'error' })]);
    expect(found(whole, [{ code: 'expires.past', detail: '2027-12-31', refusing: true }])).toEqual([expect.objectContaining({ line: 10, from: 9, to: 19 })]);
    expect(found(whole, [{ code: 'text.unbounded', detail: 'days', refusing: true }])).toEqual([expect.objectContaining({ line: 6, from: 10, to: 14 })]);
    expect(found(whole, [{ code: 'copy.missing', detail: 'v1', refusing: false }])).toEqual([expect.objectContaining({ line: 0, severity: 'warning' })]);
  });

  it('is an error only where it keeps the text from being proposed', () => {
    expect(found(whole.replaceAll('{{days}}', 'tres días'))[0]!.severity).toBe('hint');
    expect(found(whole.replace('{{days}}', '{{dias}}'))[0]!.severity).toBe('error');
  });

  it('is also a language of the institution without a text', () => {
    expect(wordsOf(whole.slice(0, whole.indexOf('<!-- lang: en')))).toEqual(['language.missing: <!-- lang: es -->']);
  });
});

describe('a quick fix', () => {
  it('corrects a placeholder to the nearest name, or lists it', () => {
    const text = whole.replace('{{days}}.\n\n', '{{day}}.\n\n');
    expect(titles(text, 'placeholder.unknown')).toEqual(['Change it to {{days}}', 'List day under placeholders']);
    expect(mended(text, 'placeholder.unknown')).toBe(whole);
    const listed = mended(whole.replace('{{days}}.\n\n', '{{days}} o {{place}}.\n\n'), 'placeholder.unknown');
    expect(problemsOf(listed)).toEqual([]);
    expect(listed).toContain('    maxLength: 30\n  - name: place\n    label: { es: place, en: place }\n');
  });

  it.each(['placeholders: []\n', 'placeholders:\n', ''])('lists the first placeholder where there is %j', (key) => {
    const text = whole.replace(/placeholders:\n(?: {2}.*\n)+/u, key);
    const listed = mended(text, 'placeholder.unknown');
    expect(problemsOf(listed)).toEqual([]);
  });

  it('removes a placeholder that nothing uses, the last one with its list', () => {
    const unused = whole.replaceAll('{{days}}', 'tres días');
    const without = mended(unused, 'placeholder.unused');
    expect(without).toContain('topics: [delay]\nplaceholders: []\nexpires:');
    expect(problemsOf(without)).toEqual([]);
    const two = whole.replace('expires:', '  - name: place\n    label: { es: Lugar }\nexpires:');
    expect(mended(two, 'placeholder.unused')).toBe(whole);
  });

  it('raises the version above every approved one', () => {
    const problems = [{ code: 'version.alreadyApproved', detail: '4', refusing: true }] as const;
    expect(mended(whole, 'version.alreadyApproved', undefined, problems)).toContain('\nversion: 5\n');
    expect(mended(whole, 'version.alreadyApproved', undefined, [{ ...problems[0], detail: '2' }])).toContain('\nversion: 3\n');
  });

  it('gives the template the name of its file', () => {
    expect(mended(whole.replace('id: delay', 'id: other'), 'id.mismatch')).toBe(whole);
  });

  it('writes what a norm suggests, at its place', () => {
    const text = whole.replace('Tardará', 'Hemos requerido que tarde');
    const problems = [{ code: 'norm.plainWords', detail: 'requerido', suggestion: 'pedido', line: 14, column: 25, length: 9, refusing: false }] as const;
    expect(text.split('\n')[13]!.slice(24, 33)).toBe('requerido');
    expect(mended(text, 'norm.plainWords', undefined, problems)).toBe(text.replace('requerido', 'pedido'));
  });

  it('copies a text that is too long into a short form below it', () => {
    const fit = { language: 'es', network: 'x', count: 300, limit: 280, unit: 'characters', short: false } as const;
    const short = mended(whole, 'tooLong', undefined, [{ code: 'tooLong', line: 14, fit, refusing: false }]);
    expect(short).toContain('Tardará {{days}}.\n\n<!-- lang: es network: x -->\nHola, {{author}}. Tardará {{days}}.\n\n<!-- lang: en -->');
    expect(problemsOf(short)).toEqual([]);
    expect(fixes(whole, 'tooLong', [{ code: 'tooLong', line: 14, fit: { ...fit, short: true }, refusing: false }])).toEqual([]);
  });

  it('adds the language that is missing', () => {
    const spanish = whole.slice(0, whole.indexOf('\n<!-- lang: en'));
    expect(mended(spanish, 'language.missing')).toBe(`${spanish}\n<!-- lang: en -->\n`);
    const bare = whole.slice(0, whole.indexOf('<!-- lang: es'));
    expect(mended(bare, 'body.missing')).toBe(`${bare}\n<!-- lang: es -->\n\n<!-- lang: en -->\n`);
  });

  it('mends keys, lengths, ends and characters that nobody sees', () => {
    expect(mended(whole.replace('topics:', 'topcis:'), 'frontMatter.unknownKey')).toBe(whole);
    expect(mended(whole.replace('maxLength:', 'maxLenght:'), 'frontMatter.unknownKey')).toBe(whole);
    expect(mended(whole, 'expires.past', undefined, [{ code: 'expires.past', detail: '2026-01-01', refusing: true }])).toContain('\nexpires: 2027-12-31\n');
    expect(mended(whole.replace('Tardará', 'Tar\u202Edará'), 'text.hiddenCharacter')).toBe(whole);
    expect(mended(whole.replace('    maxLength: 30\n', ''), 'text.unbounded', undefined, [{ code: 'text.unbounded', detail: 'days', refusing: true }])).toContain('    example: { es: 3 días, en: 3 days }\n    maxLength: 60\n');
    expect(mended(whole.replace('maxLength: 30', 'maxLength: 300'), 'text.unbounded', undefined, [{ code: 'text.unbounded', detail: 'days', refusing: true }])).toContain('    maxLength: 60\n');
  });
});
