import { beforeAll, describe, expect, it } from 'vitest';
import { frontMatterKeys, placeholderKeys } from '../../../../src/core/templateFile';
import { configureLanguage } from '../../../../src/desk/language';
import { completionsAt } from '../../../../src/desk/templateEditing/completions';
import { frontMatterKeyWords, placeholderKeyWords } from '../../../../src/desk/templateEditing/keyWords';
import { facts, marked, whole } from './editedTemplate';

beforeAll(() => {
  configureLanguage('en');
});

const labelsAt = (text: string): readonly string[] => {
  const { text: clean, at } = marked(text);
  return completionsAt(clean, at, facts).map(({ label }) => label);
};
/** The text with the chosen completion put in, tab stops left out. */
const after = (text: string, label: string): string => {
  const { text: clean, at } = marked(text);
  const chosen = completionsAt(clean, at, facts).find((each) => each.label === label)!;
  const lines = clean.split('\n');
  const line = lines[at.line]!;
  lines[at.line] = line.slice(0, chosen.from) + chosen.snippet.replace(/\$\{\d+:?([^}|]*)\}|\$\d+/gu, '$1') + line.slice(at.character + (chosen.after ?? 0));
  return lines.join('\n');
};

describe('in the front matter', () => {
  it('offers the keys that are not there yet', () => {
    const labels = labelsAt(whole.replace('expires: 2027-12-31\n', 'expires: 2027-12-31\n|\n'));
    expect(labels).toEqual(expect.arrayContaining(['channels', 'words', 'sentiment']));
    expect(labels).not.toContain('title');
    expect(labels).not.toContain('expires');
  });

  it('has words for every key that a template may have', () => {
    expect(frontMatterKeys.filter((key) => frontMatterKeyWords(key) === undefined)).toEqual([]);
    expect(placeholderKeys.filter((key) => placeholderKeyWords(key) === undefined)).toEqual([]);
  });

  it('offers the values of the desk', () => {
    expect(labelsAt(whole.replace('topics: [delay]', 'topics: [delay, |]'))).toEqual(['payments']);
    expect(labelsAt(whole.replace('topics: [delay]', 'channels: [|]'))).toEqual(['mastodon', 'bluesky', 'x']);
    expect(labelsAt(whole.replace('topics: [delay]', 'sentiment: ne|'))).toEqual(['negative', 'neutral', 'positive']);
    expect(labelsAt(whole.replace('version: 2', 'version: |'))).toEqual(['3']);
    expect(labelsAt(whole.replace('id: delay', 'id: |'))).toEqual(['delay']);
    expect(labelsAt(whole.replace('2027-12-31', '|'))).toEqual(['2027-05-20', '2026-12-31']);
  });

  it('offers the languages of the institution that a title has not', () => {
    expect(labelsAt(whole.replace('title: { es: Demora, en: Delay }', 'title: { es: Demora, | }'))).toEqual(['en']);
    expect(labelsAt(whole.replace('title: { es: Demora, en: Delay }', 'title:\n  |'))).toEqual(['es', 'en']);
  });

  it('offers what a placeholder may have, and a whole one', () => {
    const labels = labelsAt(whole.replace('    maxLength: 30', '    maxLength: 30\n    |'));
    expect(labels).toEqual(expect.arrayContaining(['pattern', 'required']));
    expect(labels).not.toContain('label');
    expect(labelsAt(whole.replace('    maxLength: 30', '    required: |'))).toEqual(['true', 'false']);
    expect(labelsAt(whole.replace('    maxLength: 30', '    type: da|'))).toContain('date');
    expect(after(whole.replace('    maxLength: 30', '    maxLength: 30\n  - |'), 'new blank')).toContain('  - name: name\n  label: { es: , en:  }');
  });

  it('says nothing before the first line of hyphens is closed by a second, but after it all the same', () => {
    expect(labelsAt('|---\n')).toEqual([]);
    expect(labelsAt('---\n|')).toEqual([...frontMatterKeys]);
  });
});

describe('in the text', () => {
  it('offers the placeholders after two braces, with what they are asked as', () => {
    const { text, at } = marked(whole.replace('Tardará {{days}}', 'Tardará {{|'));
    expect(completionsAt(text, at, facts).map(({ label, detail }) => [label, detail])).toEqual([
      ['days', 'Days'], ['author', 'filled in by the desk'], ['institution', 'filled in by the desk'], ['hours', 'filled in by the desk'], ['case', 'filled in by the desk'],
    ]);
  });

  it.each([['{{|', '{{days}}'], ['{{da|', '{{days}}'], ['{{|}}', '{{days}}'], ['{{da|ys}}', '{{days}}'], ['{{ |}}', '{{ days}}']])('makes of %s a whole placeholder', (typed, made) => {
    expect(after(whole.replace('{{days}}', typed), 'days')).toContain(`Tardará ${made}.`);
  });

  it('offers the languages without a text, also where the line is begun', () => {
    const spanish = whole.slice(0, whole.indexOf('<!-- lang: en'));
    expect(labelsAt(`${spanish}|`)[0]).toBe('<!-- lang: en -->');
    expect(after(`${spanish}<!-|`, '<!-- lang: en -->').endsWith('\n<!-- lang: en -->\n')).toBe(true);
    expect(labelsAt(`${whole}|`)).not.toContain('<!-- lang: en -->');
  });

  it('offers short forms for the networks that have none', () => {
    const short = `${whole}\n<!-- lang: es network: x, bluesky -->\nTardará {{days}}.\n`;
    expect(labelsAt(`${short}|`)).toEqual(['<!-- lang: es network: mastodon -->', '<!-- lang: en network: mastodon -->', '<!-- lang: en network: bluesky -->', '<!-- lang: en network: x -->']);
  });

  it('offers nothing within a sentence', () => {
    expect(labelsAt(whole.replace('Tardará', 'Tar|dará'))).toEqual([]);
  });

  it('knows the names while the front matter cannot be read', () => {
    expect(labelsAt(whole.replace('title: {', 'title: {{{').replace('Tardará {{days}}', 'Tardará {{|'))).toContain('days');
  });
});
