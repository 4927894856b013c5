import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isExpired, largestTemplateBytes, parseTemplateFile, templateHash } from '../../../src/core/templateFile';

const starters = fileURLToPath(new URL('../../../media/templates/', import.meta.url));

const good = `---
id: delay
version: 2
title: { es: Demora, en: Delay }
topics: [delay]
channels: [mastodon]
words:
  es: [demora, 911]
sentiment: negative
placeholders:
  - name: days
    label: { es: Días }
    example: { es: "3" }
    pattern: '\\d{1,2}'
  - name: link
    label: { es: Enlace }
    required: false
expires: 2027-12-31
---
<!-- lang: es -->
Hola, {{author}}. Tardará {{days}} días. {{link}}

Gracias.

<!-- lang: en -->
Hello, {{author}}. It will take {{ days }} days.
`;

/** The good file with one change. */
const changed = (from: string | RegExp, to: string): string => {
  const text = good.replace(from, to);
  expect(text).not.toBe(good);
  return text;
};
const problemsOf = (text: string, id = 'delay') => parseTemplateFile(text, id).problems.map(({ code, detail, line }) => [code, detail, line]);

describe('a template file', () => {
  it('is read into front matter and a body per language', () => {
    expect(parseTemplateFile(good, 'delay')).toMatchObject({
      problems: [],
      bodies: [{ language: 'es', line: 21 }, { language: 'en', line: 26 }],
      template: {
        id: 'delay',
        version: 2,
        title: { es: 'Demora', en: 'Delay' },
        topics: ['delay'],
        channels: ['mastodon'],
        words: { es: ['demora', '911'] },
        sentiment: 'negative',
        placeholders: [
          { name: 'days', label: { es: 'Días' }, example: { es: '3' }, pattern: '\\d{1,2}', required: true },
          { name: 'link', label: { es: 'Enlace' }, example: {}, required: false },
        ],
        expires: '2027-12-31',
        bodies: { es: 'Hola, {{author}}. Tardará {{days}} días. {{link}}\n\nGracias.', en: 'Hello, {{author}}. It will take {{ days }} days.' },
        contentHash: createHash('sha256').update(good).digest('hex'),
      },
    });
  });

  it('has the same hash and text whatever its line ends, its byte order mark and its form of accents', () => {
    const elsewhere = `\uFEFF${good.normalize('NFD').replaceAll('\n', '\r\n')}`;
    expect(parseTemplateFile(elsewhere, 'delay')).toEqual(parseTemplateFile(good, 'delay'));
    expect(templateHash(elsewhere)).toBe(templateHash(good));
    expect(templateHash(`${good} `)).not.toBe(templateHash(good));
  });

  it.each(readdirSync(starters))('is every starter template: %s', (file) => {
    const { template, problems } = parseTemplateFile(readFileSync(starters + file, 'utf8'), file.replace('.md', ''));
    expect(problems).toEqual([]);
    expect(Object.keys(template!.bodies)).toEqual(['es', 'en']);
  });

  it.each<[string, string, string, string | undefined, number | undefined]>([
    ['an id other than its name', changed('id: delay', 'id: other'), 'id.mismatch', 'other', 2],
    ['an id with a path in it', changed('id: delay', 'id: ../delay'), 'id.invalid', undefined, 2],
    ['a version that is no whole number', changed('version: 2', 'version: 1.5'), 'version.invalid', undefined, 3],
    ['a key that nobody reads', changed('topics:', 'topic:'), 'frontMatter.unknownKey', 'topic', 5],
    ['a key of an object prototype', changed('topics: [delay]', '__proto__: { polluted: true }'), 'frontMatter.unknownKey', '__proto__', 5],
    ['a value of the wrong shape', changed('topics: [delay]', 'topics: delay'), 'frontMatter.invalid', 'topics', 5],
    ['a key twice', changed('version: 2', 'version: 2\nversion: 3'), 'frontMatter.invalid', undefined, 4],
    ['a tag that makes objects', changed('version: 2', 'version: !!js/function "return 1"'), 'frontMatter.invalid', undefined, 3],
    ['a date that does not exist', changed('2027-12-31', '2027-02-30'), 'expires.invalid', undefined, 18],
    ['a hole that nothing fills', changed('{{author}}. Tardará', '{{autor}}. Tardará'), 'placeholder.unknown', 'autor', 21],
    ['braces that are no hole', changed('Gracias.', 'Gracias, {{nombre completo}}.'), 'placeholder.unknown', '{{nombre completo}}.', 23],
    ['a definition that no text uses', changed(' {{link}}', ''), 'placeholder.unused', 'link', 15],
    ['a pattern that does not compile', changed('\\d{1,2}', '[0-9'), 'pattern.invalid', 'days', 14],
    ['a pattern that its example does not match', changed('"3"', '"tres"'), 'pattern.exampleMismatch', 'days', 13],
    ['text before the first language', changed('<!-- lang: es -->', 'Hola\n<!-- lang: es -->'), 'body.outside', undefined, 20],
    ['a language twice', changed('<!-- lang: en -->', '<!-- lang: es -->'), 'body.duplicate', 'es', 25],
    ['a language without text', changed(/Hello[^\n]*\n/u, ''), 'body.empty', 'en', 25],
    ['characters that turn the text around', changed('Gracias.', 'Gracias\u202e.'), 'text.hiddenCharacter', 'U+202E', 23],
    ['a choice without anything to choose', changed("pattern: '\\d{1,2}'", 'type: choice'), 'frontMatter.invalid', 'placeholders.0.choices', 11],
    ['things to choose where nothing is chosen', changed("pattern: '\\d{1,2}'", 'choices: [hoy]'), 'frontMatter.invalid', 'placeholders.0.choices', 14],
    ['a type that there is not', changed("pattern: '\\d{1,2}'", 'type: colour'), 'frontMatter.invalid', 'placeholders.0.type', 14],
    ['a range that is empty', changed("pattern: '\\d{1,2}'", 'type: number\n    min: 9\n    max: 2'), 'frontMatter.invalid', 'placeholders.0.max', 16],
    ['an example that is none of the choices', changed("pattern: '\\d{1,2}'", 'type: choice\n    choices: [{ es: cinco }, seis]'), 'pattern.exampleMismatch', 'days', 13],
    ['an example that is no date', changed("pattern: '\\d{1,2}'", 'type: date'), 'pattern.exampleMismatch', 'days', 13],
    ['two short forms for one network', `${good}\n<!-- lang: es network: x -->\nUno\n\n<!-- lang: es network: bluesky, x -->\nDos\n`, 'body.duplicate', 'es bluesky x', 31],
    ['a short form without a full text', `${good}\n<!-- lang: fr network: x -->\nBonjour\n`, 'body.shortAlone', 'fr', 29],
    ['a blank of a short form that nothing fills', `${good}\n<!-- lang: es network: x -->\n{{nothing}}\n`, 'placeholder.unknown', 'nothing', 29],
  ])('with %s is told so, with the line', (_what, text, code, detail, line) => {
    expect(problemsOf(text)).toContainEqual([code, detail, line]);
  });

  it.each([
    ['no front matter', 'Hola', 'frontMatter.missing'],
    ['a front matter that never ends', '---\nid: delay\n', 'frontMatter.missing'],
    ['an empty front matter', '---\n---\n<!-- lang: es -->\nHola', 'frontMatter.invalid'],
    ['nothing', '', 'frontMatter.missing'],
    ['no body', good.slice(0, good.indexOf('<!--')), 'body.missing'],
    ['more than 256 KiB', good + 'x'.repeat(largestTemplateBytes), 'tooLarge'],
    ['aliases that grow without end', changed('topics: [delay]', 'topics: &a [x, x]\nwords: { es: [*a, *a] }').replace('words:\n  es: [demora, 911]\n', ''), 'frontMatter.invalid'],
    ['brackets without end', `---\ntopics: ${'['.repeat(100_000)}\n---\n`, 'frontMatter.invalid'],
  ])('with %s is no template', (_what, text, code) => {
    const parsed = parseTemplateFile(text, 'delay');
    expect(parsed.template).toBeUndefined();
    expect(parsed.problems.map((problem) => problem.code)).toContain(code);
  });

  it('never throws, and never makes a template without saying what it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('---\n', 'id: delay\n', 'version: 1\n', 'title: {es: a}\n', '<!-- lang: es -->\n', '{{x}}', '&a ', '*a', '!!binary '), fc.string()), { maxLength: 30 }), (pieces) => {
        const { template, problems } = parseTemplateFile(pieces.join(''), 'delay');
        if (template === undefined) expect(problems.length).toBeGreaterThan(0);
        else expect([template.id, template.version > 0, Object.keys(template.bodies).length > 0]).toEqual(['delay', true, true]);
      }),
      { seed: 5 },
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('the last day of a template', () => {
  it('is still a day on which it may be sent', () => {
    expect(isExpired({ expires: '2027-12-31' }, '2027-12-31')).toBe(false);
    expect(isExpired({ expires: '2027-12-31' }, '2028-01-01')).toBe(true);
    expect(isExpired({}, '2999-01-01')).toBe(false);
  });
});
