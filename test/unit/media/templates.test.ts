import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkNorms, type NormSettings } from '../../../src/core/norm/norms';
import { parseTemplateFile } from '../../../src/core/templateFile';
import { templateFit } from '../../../src/core/templateFit';
import { fitsPlaceholder } from '../../../src/core/text/placeholders';
import { withExamples } from '../../../src/desk/templateExamples';
import { parseConfig } from '../../../src/desk/config';

type Language = 'es' | 'en';
type Both = Record<Language, string>;

interface Placeholder {
  name: string;
  label: Both;
  example: Both;
  required: boolean;
  type?: string;
  pattern?: string;
  maxLength?: number;
}

interface FrontMatter {
  id: string;
  version: number;
  title: Both;
  topics: string[];
  channels?: string[];
  words: Record<Language, string[]>;
  sentiment?: string;
  placeholders: Placeholder[];
  expires: string;
}

const languages: readonly Language[] = ['es', 'en'];
const folder = fileURLToPath(new URL('../../../media/templates/', import.meta.url));
const files = readdirSync(folder).sort();

const expectedIds = [
  'acknowledgement', 'apology', 'appointment', 'case-status', 'complaint-registered', 'delay', 'emergency-line', 'hours-location',
  'information-request', 'outage', 'payment-problem', 'private-details', 'requirements', 'thanks', 'wait-channel', 'wrong-institution',
];

const builtIn: Record<string, Both> = {
  author: { es: 'María Altagracia Rodríguez', en: 'María Altagracia Rodríguez' },
  institution: { es: 'Instituto de Servicios al Ciudadano', en: 'Instituto de Servicios al Ciudadano' },
  hours: { es: 'de lunes a viernes, de 8:00 a. m. a 4:00 p. m.', en: 'Monday to Friday, 8:00 a.m. to 4:00 p.m.' },
  case: { es: '2027-00123', en: '2027-00123' },
};

/** Splits a template file into its front matter and its bodies in the order in which they stand. */
function readTemplate(file: string) {
  const bytes = readFileSync(folder + file);
  const source = bytes.toString('utf8');
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source);
  if (!parts) throw new Error(`${file} has no front matter`);
  // Short forms for networks stand behind the full texts.
  const [full = '', ...short] = parts[2]!.split(/^(?=<!-- lang: [a-z]+ network:)/m);
  const bodies = full.split(/^<!-- lang: ([a-z]+) -->\n/m);
  const order: string[] = [];
  const texts: Record<string, string> = {};
  for (let at = 1; at < bodies.length; at += 2) {
    order.push(bodies[at]!);
    texts[bodies[at]!] = bodies[at + 1]!.trim();
  }
  return { file, bytes, source, preamble: bodies[0], order, bodies: texts as Both, short: short.map((text) => text.replace(/^.*\n/, '').trim()), front: parse(parts[1]!) as FrontMatter };
}

const templates = files.map(readTemplate);

const used = (body: string) => [...body.matchAll(/\{\{([^{}]*)\}\}/g)].map((match) => match[1]!);

const graphemes = (text: string) => [...new Intl.Segmenter('es', { granularity: 'grapheme' }).segment(text)].length;

function render(body: string, valueOf: (name: string) => string | undefined): string {
  return body.replace(/\{\{([^{}]*)\}\}/g, (hole, name: string) => valueOf(name) ?? hole);
}

/** The body with the examples of the front matter and ordinary values for what is built in. */
function rendered(front: FrontMatter, body: string, language: Language): string {
  return render(body, (name) => front.placeholders.find((one) => one.name === name)?.example[language] ?? builtIn[name]?.[language]);
}

const desk: NormSettings = { institution: { id: 'isc', country: 'DO', domains: ['isc.example'] }, norms: { rules: {}, names: [], domains: [], acronyms: [], words: {} } };
const config = parseConfig(JSON.stringify({
  schemaVersion: 1,
  institution: { id: 'isc', name: builtIn['institution']!.es, country: 'DO', timeZone: 'America/Santo_Domingo', languages: ['es', 'en'] },
  channels: [],
  officeHours: { 'mon-fri': ['08:00-16:00'], sat: ['08:00-12:00'] },
}));

describe('the starter templates', () => {
  it('are the sixteen that a new desk is promised, each in a file of its own name', () => {
    expect(files).toEqual(expectedIds.map((id) => `${id}.md`));
    expect(templates.map(({ front }) => front.id)).toEqual(expectedIds);
  });

  it('have bodies of which no two are alike', () => {
    const bodies = templates.flatMap((template) => languages.map((language) => template.bodies[language]));
    expect(new Set(bodies).size).toBe(expectedIds.length * 2);
  });

  it('have titles of which no two are alike in one language', () => {
    for (const language of languages) expect(new Set(templates.map(({ front }) => front.title[language])).size).toBe(expectedIds.length);
  });
});

describe.each(templates)('$file', ({ file, bytes, source, preamble, order, bodies, short, front }) => {
  it('is UTF-8 without BOM, NFC, with LF and without control or bidirectional characters', () => {
    expect(Buffer.from(source, 'utf8').equals(bytes)).toBe(true);
    expect(source.normalize('NFC')).toBe(source);
    expect(source).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Co}|[\u2028\u2029\uFFFD]/u);
    expect(source.endsWith('\n')).toBe(true);
  });

  it('has the front matter that the desk reads, and nothing else', () => {
    const known = ['id', 'version', 'title', 'topics', 'channels', 'words', 'sentiment', 'kinds', 'placeholders', 'expires'];
    expect(Object.keys(front).filter((key) => !known.includes(key))).toEqual([]);
    expect(front.version).toBe(1);
    expect(front.expires).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(front.topics.length).toBeGreaterThan(0);
    for (const topic of front.topics) expect(topic).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect([undefined, 'negative', 'neutral', 'positive']).toContain(front.sentiment);
  });

  it('has a Spanish and an English body, title and list of words', () => {
    expect(preamble).toBe('');
    expect(order).toEqual(languages);
    for (const language of languages) {
      expect(bodies[language].length).toBeGreaterThan(100);
      expect(front.title[language]).toMatch(/\S/);
      expect(front.words[language].length).toBeGreaterThan(0);
      for (const word of front.words[language]) expect(word).toBe(String(word).toLowerCase().trim());
      expect(new Set(front.words[language]).size).toBe(front.words[language].length);
    }
    expect(bodies.es).not.toBe(bodies.en);
  });

  it('lists every placeholder that it uses and uses every placeholder that it lists, in both bodies', () => {
    const listed = front.placeholders.map(({ name }) => name);
    expect(new Set(listed).size).toBe(listed.length);
    for (const language of languages) {
      const names = used(bodies[language]);
      expect(names.filter((name) => !listed.includes(name) && !(name in builtIn))).toEqual([]);
      expect(listed.filter((name) => !names.includes(name))).toEqual([]);
      // Not every mention has a case yet: an answer that needs the number has to ask for it.
      if (names.includes('case')) expect(listed).toContain('case');
      expect(render(bodies[language], () => '')).not.toMatch(/[{}]/);
    }
    expect(new Set(used(bodies.es))).toEqual(new Set(used(bodies.en)));
  });

  it('has placeholders with labels, and with examples that their own rules accept', () => {
    for (const { name, type, label, example, required, pattern, maxLength } of front.placeholders) {
      expect(name).toMatch(/^[a-z]+$/);
      expect(required, name).toBe(true);
      expect(type !== undefined || pattern !== undefined || (maxLength !== undefined && maxLength <= 60), name).toBe(true);
      for (const language of languages) {
        expect(label[language], name).toMatch(/\S/);
        expect(typeof example[language], name).toBe('string');
        if (maxLength !== undefined) expect(graphemes(example[language]), name).toBeLessThanOrEqual(maxLength);
        if (pattern === undefined) continue;
        // An input's pattern attribute is compiled with the v flag, JavaScript's plain form with none: both must take it.
        for (const flags of ['', 'u', 'v']) expect(example[language], name).toMatch(new RegExp(`^(?:${pattern})$`, flags));
      }
    }
  });

  it('takes only https links and puts nothing behind them that could be read as part of the link', () => {
    const placeholders = parseTemplateFile(source, file.replace(/\.md$/, '')).template!.placeholders.filter((one) => one.name === 'link');
    for (const placeholder of placeholders) {
      const { name } = placeholder;
      for (const wrong of ['http://isc.example/a', 'https://isc.example/a b', 'isc.example']) expect(fitsPlaceholder(placeholder, wrong, { domains: ['isc.example'] })).toBe(false);
      expect(fitsPlaceholder(placeholder, 'https://otra.example/a', { domains: ['isc.example'] })).toBe(front.id === 'wrong-institution');
      for (const language of languages) expect(bodies[language]).toMatch(new RegExp(`\\{\\{${name}\\}\\}(?:\\s|$)`));
    }
    expect(render(bodies.es + bodies.en, () => '')).not.toMatch(/https?:|www\./);
  });

  it.each(languages)('fits 450 characters with its examples, without a hole, in %s', (language) => {
    const text = rendered(front, bodies[language], language);
    expect(text).not.toMatch(/[{}]/);
    expect(graphemes(text)).toBeLessThanOrEqual(450);
  });

  it.each(languages)('fits 500 characters, a link counting as 23, even with the longest values of its fields, in %s', (language) => {
    const text = render(bodies[language], (name) => {
      const placeholder = front.placeholders.find((one) => one.name === name);
      if (placeholder?.maxLength !== undefined) return 'x'.repeat(placeholder.maxLength);
      return name === 'link' ? 'x'.repeat(23) : (placeholder?.example[language] ?? builtIn[name]?.[language]);
    });
    expect(graphemes(text)).toBeLessThanOrEqual(500);
  });

  it('speaks as "we" to "usted", without slang, symbols for letters, mentions, hashtags or unexplained acronyms', () => {
    const es = rendered(front, bodies.es, 'es');
    const en = rendered(front, bodies.en, 'en');
    expect(es).toMatch(/\p{L}mos(?!\p{L})|(?<!\p{L})(?:nos|nuestr[oa]s?)(?!\p{L})/u);
    expect(en).toMatch(/\b(?:we|us|our)\b/i);
    expect(es).not.toMatch(/(?<!\p{L})(?:tú|tu|tus|ti|te|contigo|vos|yo|mi|mis)(?!\p{L})/iu);
    expect(en).not.toMatch(/\b(?:I|my|mine)\b/);
    for (const text of [es, en]) {
      expect(text).not.toMatch(/[@#]|\p{Extended_Pictographic}/u);
      expect(text.replace(/https:\S+/g, '')).not.toMatch(/\p{L}\d|\d\p{L}|\p{Lu}{2,}/u);
    }
  });

  it.each(languages)('passes its own norm check, blank and filled in, in %s', (language) => {
    for (const text of [bodies[language], rendered(front, bodies[language], language)]) {
      const broken = checkNorms(text, language, desk, (code) => code !== 'officialLinks').flatMap(({ code, findings }) => findings.map((finding) => [code, finding.text, finding.suggestion]));
      expect(broken).toEqual([]);
    }
    expect(checkNorms(bodies[language], language, desk)).toEqual([]);
  });

  it('fits Mastodon, Bluesky and X with its examples, by its short forms where it has them', () => {
    const { template, bodies: forms, problems } = parseTemplateFile(source, file.replace(/\.md$/, ''));
    expect(problems).toEqual([]);
    const fill = ({ text, language }: { readonly text: string; readonly language: string }) => withExamples(text, template!.placeholders, language, config);
    expect(templateFit(forms, { networks: ['mastodon', 'bluesky', 'x'], rules: new Map(), fill })).toEqual([]);
    expect(short.length % languages.length).toBe(0);
  });

  it('keeps the norms in its short forms, in the same blanks', () => {
    const { bodies: forms } = parseTemplateFile(source, file.replace(/\.md$/, ''));
    for (const { text, language, networks } of forms.filter((form) => form.networks.length > 0)) {
      expect(checkNorms(text, language, desk)).toEqual([]);
      expect(networks).toEqual(['x', 'bluesky']);
      expect(used(text).filter((name) => !used(bodies[language as Language]).includes(name))).toEqual([]);
      expect(text).toMatch(language === 'es' ? /\p{L}mos(?!\p{L})|nuestr[oa]s?|nos/u : /\b(?:we|us|our)\b/i);
    }
  });
});
