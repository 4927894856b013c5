import { describe, expect, it } from 'vitest';
import { type Template } from '../../../src/core/template';
import { topicGaps } from '../../../src/core/templateCoverage';
import { parseTemplateFile } from '../../../src/core/templateFile';
import { templateFit } from '../../../src/core/templateFit';
import { bodiesOn, formsOf, isFor, networksOf } from '../../../src/core/templateForms';
import { type LengthRule } from '../../../src/core/text/countText';

const file = (id: string, front: string, ...bodies: readonly string[]): string => `---\nid: ${id}\nversion: 1\ntitle: { es: Demora }\n${front}\n---\n${bodies.join('\n\n')}\n`;
const es = `<!-- lang: es -->\n${'Hola. '.repeat(60)}`;
const en = '<!-- lang: en -->\nHello.';
const short = '<!-- lang: es network: x, bluesky -->\nHola, corto.';
const parsed = (text: string, id = 'delay') => parseTemplateFile(text, id);
const template = (id: string, front: string, ...bodies: readonly string[]): Template => {
  const { template: found, problems } = parsed(file(id, front, ...bodies), id);
  expect(problems).toEqual([]);
  return found!;
};
const fits = (text: string, networks: readonly string[], rules: ReadonlyMap<string, LengthRule> = new Map()) =>
  templateFit(parsed(text).bodies, { networks, rules, fill: (body) => body.text }).map(({ code, fit, line }) => [code, fit?.language, fit?.network, fit?.count, fit?.limit, line]);

describe('the texts of a template', () => {
  const delay = template('delay', 'topics: [delay]', es, en, short);

  it('are the full ones, and short ones in place of them on the networks that they name', () => {
    expect(formsOf(delay).map(({ key }) => key)).toEqual(['es', 'en', 'es x bluesky']);
    expect(bodiesOn(delay, 'x')).toEqual({ es: 'Hola, corto.', en: 'Hello.' });
    expect(bodiesOn(delay, 'bluesky')['es']).toBe('Hola, corto.');
    expect(bodiesOn(delay, 'mastodon')['es']).toBe(delay.bodies['es']);
  });

  it('are looked at for the networks of the template, else for those of the desk and the common ones', () => {
    const channels = [{ id: 'main', network: 'friendica' }];
    expect(networksOf(delay, { channels })).toEqual(['friendica', 'mastodon', 'bluesky', 'x']);
    expect(networksOf({ channels: ['x', 'main'] }, { channels })).toEqual(['x', 'friendica']);
    expect(isFor({ channels: ['main'] }, channels[0]!)).toBe(true);
    expect(isFor({ channels: ['x'] }, channels[0]!)).toBe(false);
  });

  it('are told where they do not fit, with the count and the limit of the network', () => {
    const long = 'Hola. '.repeat(60).trim();
    expect(fits(file('delay', '', es, en), ['mastodon', 'bluesky', 'x'])).toEqual([['tooLong', 'es', 'bluesky', long.length, 300, 8], ['tooLong', 'es', 'x', long.length, 280, 8]]);
    expect(fits(file('delay', '', es, en, short), ['mastodon', 'bluesky', 'x'])).toEqual([]);
    expect(fits(file('delay', '', es, en, `<!-- lang: es network: x -->\n${'¡Hola…! '.repeat(40)}`), ['x'])).toMatchObject([['tooLong', 'es', 'x', 359, 280, 14]]);
  });

  it('count as the server of the desk says', () => {
    expect(fits(file('delay', '', es), ['mastodon'], new Map([['mastodon', { max: 100, method: 'mastodon' }]]))).toMatchObject([['tooLong', 'es', 'mastodon', 359, 100, 8]]);
  });
});

describe('topics', () => {
  const question = { channels: [{ id: 'main', network: 'mastodon' }], languages: ['es', 'en'], rules: new Map<string, LengthRule>(), fill: (_template: Template, _language: string, text: string) => text };
  const gaps = (templates: readonly Template[]) => topicGaps(templates, question).map(({ topic, missing }) => [topic, ...missing.map(({ language, network }) => `${language} ${network}`)]);

  it('in step are not listed', () => {
    expect(gaps([template('delay', 'topics: [delay]', es, en)])).toEqual([]);
    expect(gaps([template('delay', 'topics: [delay]', es), template('late', 'topics: [delay]', en)])).toEqual([]);
  });

  it('that lack a language are listed', () => {
    expect(gaps([template('delay', 'topics: [delay, other]', es), template('late', 'topics: [delay]', en)])).toEqual([['other', 'en mastodon']]);
    expect(gaps([template('delay', 'topics: [delay]', es, en, '<!-- lang: ht -->\nBonjou.'), template('late', 'topics: [delay]', es)])).toEqual([]);
  });

  it('that lack a network are listed: by their channels, or because nothing of theirs fits there', () => {
    const onlyX = template('late', 'topics: [delay]\nchannels: [x]', short.replace(' network: x, bluesky', ''), en);
    expect(gaps([onlyX])).toEqual([['delay', 'es mastodon', 'en mastodon']]);
    expect(gaps([onlyX, template('delay', 'topics: [delay]\nchannels: [main]', es, en)])).toEqual([]);
    expect(gaps([template('delay', 'topics: [delay]\nchannels: [x, mastodon]', es, en)])).toEqual([['delay', 'es x']]);
  });
});
