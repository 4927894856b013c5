import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sentimentLabels } from '../../../src/core/sentiment';

const folder = join(process.cwd(), 'media', 'corpus');
const kinds = ['question', 'complaint', 'request', 'praise', 'infoRequest', 'spam', 'abuse', 'other'];
const languages = [['es', 3000], ['en', 1000]] as const;
/** Share of three-word runs that two texts may have in common; beyond it they are from one mould. */
const likeness = 0.3;

interface Line {
  readonly file: string;
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly urgent: string;
  readonly country: string;
  readonly text: string;
}

function linesOf(path: string): Line[] {
  return readFileSync(join(folder, path), 'utf8').replace(/\n$/u, '').split('\n').map((line) => {
    const [id = '', label = '', kind = '', urgent = '', country = '', text = '', ...rest] = line.split('\t');
    expect(rest, `${path}: ${id}`).toEqual([]);
    return { file: path, id, label, kind, urgent, country, text };
  });
}

/** The texts of a language, those that are set aside among them. */
function all(language: string): Line[] {
  return [...readdirSync(join(folder, language)).map((name) => `${language}/${name}`), `held/${language}.tsv`].flatMap(linesOf);
}

/** Runs of three words, without what says nothing of the mould: case, accents, numbers, addresses. */
function shingles(text: string): Set<string> {
  const words = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/https?:\/\/\S+|@\w+/gu, ' ').replace(/\d+/gu, '0').replace(/[^\p{L}\p{N}_ ]+/gu, ' ').split(' ').filter((word) => word !== '');
  if (words.length < 5) return new Set([words.join(' ')]);
  return new Set(words.slice(2).map((word, index) => `${words[index] ?? ''} ${words[index + 1] ?? ''} ${word}`));
}

describe.each(languages)('the corpus of citizens\' mentions in %s', (language, atLeast) => {
  it('is large enough, and a tenth of it is set aside', () => {
    const lines = all(language);
    expect(lines.length).toBeGreaterThanOrEqual(atLeast);
    const held = lines.filter(({ file }) => file.startsWith('held/'));
    // What other hands wrote after the draw has no part in it.
    const handOf = ({ id }: Line): string => id.replace(/-\d+$/u, '');
    const drawn = new Set(held.map(handOf));
    const share = held.length / lines.filter((line) => drawn.has(handOf(line))).length;
    expect(share).toBeGreaterThan(0.095);
    expect(share).toBeLessThan(0.105);
  });

  it('is whole: ids, labels, kinds, countries, texts of one line', () => {
    const lines = all(language);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    for (const { id, label, kind, urgent, country, text } of lines) {
      expect(sentimentLabels, id).toContain(label);
      expect(kinds, id).toContain(kind);
      expect(urgent, id).toMatch(/^[01]$/u);
      expect(country, id).toMatch(/^[A-Z]{2}$/u);
      expect(text.trim(), id).not.toBe('');
      expect(text, id).toBe(text.normalize('NFC'));
    }
  });

  it('holds no two texts from one mould', () => {
    expect(alikeIn(all(language))).toEqual([]);
  });
});

describe.each(['es', 'en', 'pt', 'fr'])('the general posts in %s', (language) => {
  const lines = readFileSync(join(folder, 'posts', `${language}.tsv`), 'utf8').replace(/\n$/u, '').split('\n').map((line) => line.split('\t'));

  it('are many, and whole: ids, labels, texts of one line', () => {
    expect(lines.length).toBeGreaterThanOrEqual(1500);
    expect(new Set(lines.map(([id]) => id)).size).toBe(lines.length);
    for (const [id, label, text = '', ...rest] of lines) {
      expect(rest, id).toEqual([]);
      expect(id).toMatch(new RegExp(`^${language}-posts-\\d{4}$`, 'u'));
      expect(sentimentLabels, id).toContain(label);
      expect(text, id).not.toBe('');
      expect(text, id).toBe(text.trim().normalize('NFC'));
    }
  });

  it('have each label about as often', () => {
    for (const label of sentimentLabels) expect(lines.filter(([, each]) => each === label).length / lines.length).toBeGreaterThan(0.28);
  });

  it('hold no two texts from one mould', () => {
    expect(alikeIn(lines.map(([id = '', , text = '']) => ({ id, text })))).toEqual([]);
  });
});

/** Pairs of texts that have too much in common. */
function alikeIn(lines: readonly Pick<Line, 'id' | 'text'>[]): string[] {
  const runs = lines.map(({ id, text }) => ({ id, own: shingles(text) }));
  const byRun = new Map<string, number[]>();
  const alike: string[] = [];
  runs.forEach(({ id, own }, index) => {
    const shared = new Map<number, number>();
    for (const run of own) {
      const known = byRun.get(run);
      if (known === undefined) byRun.set(run, [index]);
      else {
        for (const other of known) shared.set(other, (shared.get(other) ?? 0) + 1);
        known.push(index);
      }
    }
    for (const [other, count] of shared) {
      const against = runs[other];
      if (against !== undefined && count / (own.size + against.own.size - count) >= likeness) alike.push(`${against.id} ${id}`);
    }
  });
  return alike;
}
