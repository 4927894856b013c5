import { describe, expect, it } from 'vitest';
import { scoredLanguages } from '../../../src/core/sentiment';
import { parseLexicon } from '../../../src/sentiment/lexicon';
import { shippedLexicons } from './lexicons';

const problems = (text: string) => parseLexicon(text).problems.map(({ line, code, other }) => (other === undefined ? `${String(line)} ${code}` : `${String(line)} ${code} ${String(other)}`));

describe('a lexicon file', () => {
  it('holds words, beginnings of words, choices and phrases, with remarks and comments', () => {
    const lexicon = parseLexicon('# Título\n\npésimo\t-4\tcomentario\ndemor*\t-2\nmalo|mala\t-3\nllevo * esperando\t-3\n{n} horas  -2\nmuy\tx1.4\nno\tnot\npero\tbut\nqué bonito\tirony 2\ngracias\tcourtesy 1.5\n');
    expect(lexicon.problems).toEqual([]);
    expect(lexicon.entries).toBe(10);
    expect(lexicon.words.get('pesimo')).toEqual({ kind: 'weight', weight: -4 });
    expect(lexicon.words.get('mala')).toEqual({ kind: 'weight', weight: -3 });
    expect(lexicon.words.get('muy')).toEqual({ kind: 'degree', factor: 1.4 });
    expect(lexicon.words.get('no')).toEqual({ kind: 'negator' });
    expect(lexicon.stems.get('demor')).toEqual({ kind: 'weight', weight: -2 });
    expect([...lexicon.phrases.words!.keys()]).toEqual(['llevo', 'que']);
    expect(lexicon.phrases.number).toBeDefined();
  });

  it('reads files of other editors: byte order mark, Windows line ends, spaces for the tab', () => {
    expect(parseLexicon('\uFEFF# x\r\nmalo   -3\r\n').words.get('malo')).toEqual({ kind: 'weight', weight: -3 });
  });

  it('splits an entry as a text is split', () => {
    expect([...parseLexicon("j'adore\t3\ndon't\tnot").phrases.words!.keys()]).toEqual(['j']);
    expect(parseLexicon("don't\tnot").words.has('dont')).toBe(true);
  });

  it.each([
    ['malo', '1 noValue'], ['malo -3', '1 noValue'], ['malo\tmuy', '1 badValue'], ['malo\t-9', '1 badValue'], ['muy\tx0', '1 badValue'], ['muy\tx9', '1 badValue'],
    ['ma*lo\t-3', '1 badEntry'], ['m*\t-3', '1 badEntry'], ['***\t-3', '1 badEntry'], ['¿?\t-3', '1 badEntry'], ['a|\t-3', '1 badEntry'], ['* esperando\t-3', '1 gapAtEdge'], ['llevo *\t-3', '1 gapAtEdge'],
    ['a * b * c * d\t-3', '1 tooManyGaps'], ['a b c d e f g h i j k\t-3', '1 tooLong'],
  ])('names the line and the fault of %j', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });

  it('names what a line repeats or contradicts, whatever its accents and choices', () => {
    expect(problems('# x\nmalo\t-3\nMÁLO\t-3\nbueno|malo\t2')).toEqual(['3 duplicate 2', '4 contradiction 2']);
    expect(problems('no funciona|sirve\t-3\nno sirve\t-2')).toEqual(['2 contradiction 1']);
  });

  it('keeps the good lines of a file with bad ones', () => {
    expect([...parseLexicon('malo\t-3\nfeo\nbueno\t3').words.keys()]).toEqual(['malo', 'bueno']);
  });
});

describe('the lexicons that ship', () => {
  it.each(scoredLanguages)('%s has no fault', (language) => {
    expect(parseLexicon(shippedLexicons[language]).problems).toEqual([]);
  });

  it('are large enough', () => {
    const entries = Object.fromEntries(scoredLanguages.map((language) => [language, parseLexicon(shippedLexicons[language]).entries]));
    expect(entries['es']).toBeGreaterThanOrEqual(500);
    expect(entries['en']).toBeGreaterThanOrEqual(500);
    expect(entries['pt']).toBeGreaterThanOrEqual(120);
    expect(entries['fr']).toBeGreaterThanOrEqual(120);
  });

  it.each(scoredLanguages)('%s is in alphabetical order within each block', (language) => {
    const plain = (entry: string) => entry.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
    for (const block of shippedLexicons[language].split(/\n\s*\n/)) {
      const entries = block.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => plain(line.split('\t')[0]!));
      expect(entries).toEqual([...entries].sort());
    }
  });
});
