import { describe, expect, it } from 'vitest';
import { isMomentosError } from '../../../src/core/errors';
import { createSentimentModel } from '../../../src/sentiment/sentimentModel';
import { shippedLexicons, shippedModel } from './lexicons';

const small = createSentimentModel({
  es: 'bueno|buena\t3\nmalo|mala\t-3\npésimo\t-4\nrápid*\t3\nllevo * esperando\t-3\nnada que reclamar\t3\nqué bonito\tirony 2\ngracias\tcourtesy 1.5\nno\tnot\nmuy\tx1.5\nun poco\tx0.5\npero\tbut\nclaro\t0',
  en: 'delay*\t-2\nplease\t0\nnot\tnot',
});
const es = (text: string) => small.score(text, { force: 'es' });
const evidence = (text: string) => es(text).evidence.map((item) => `${item.text} ${String(item.weight)}`);

describe('the score of a text', () => {
  it('has a label, a score between -1 and 1, a confidence and the words that led to it', () => {
    expect(es('El servicio es bueno')).toEqual({ label: 'positive', score: 0.6, confidence: expect.any(Number) as number, language: 'es', evidence: [{ text: 'bueno', weight: 3, start: 15, length: 5 }] });
    expect(es('El servicio es malo')).toMatchObject({ label: 'negative', score: -0.6 });
  });

  it('is neutral and unsure where nothing is known', () => {
    const none = es('La oficina abre a las ocho');
    expect(none).toMatchObject({ label: 'neutral', score: 0, evidence: [] });
    expect(none.confidence).toBeLessThan(0.35);
    expect(es('').label).toBe('neutral');
  });

  it('is surer the more it finds', () => {
    expect(es('malo').confidence).toBeGreaterThan(none());
    expect(es('malo, pésimo').confidence).toBeGreaterThan(es('malo').confidence);
    expect(es('malo, pésimo').score).toBeLessThan(es('malo').score);
    function none(): number {
      return es('mesa').confidence;
    }
  });

  it('turns what is negated, and less so for blame than for praise', () => {
    expect(evidence('no es bueno')).toEqual(['no es bueno -2.4']);
    expect(evidence('no es malo')).toEqual(['no es malo 0.75']);
    expect(evidence('no lo veo nada bueno')).toEqual(['bueno 3']);
    expect(evidence('no, es bueno')).toEqual(['bueno 3']);
    expect(evidence('¿No? ¡Bueno!')).toEqual(['Bueno 3']);
  });

  it('lets praise that is built on a negation stand', () => {
    expect(evidence('Fui y nada que reclamar')).toEqual(['nada que reclamar 3']);
  });

  it('weighs degrees, capitals, long letters and what follows "pero"', () => {
    expect(evidence('muy bueno')).toEqual(['muy bueno 4.5']);
    expect(evidence('un poco malo')).toEqual(['un poco malo -1.5']);
    expect(evidence('es PÉSIMO')).toEqual(['PÉSIMO -5']);
    expect(evidence('pésimooooo')).toEqual(['pésimooooo -5']);
    expect(evidence('es bueno pero malo')).toEqual(['bueno 2.1', 'malo -3.6']);
  });

  it('shows a shared degree once, with the word it belongs to', () => {
    expect(evidence('malo un poco bueno')).toEqual(['malo -3', 'un poco bueno 1.5']);
    expect(evidence('malo un poco, bueno')).toEqual(['malo un poco -1.5', 'bueno 3']);
    expect(evidence('no es bueno malo')).toEqual(['no es bueno -2.4', 'malo 0.75']);
  });

  it('knows phrases with gaps, within a sentence', () => {
    expect(evidence('Llevo ya tres meses esperando')).toEqual(['Llevo ya tres meses esperando -3']);
    expect(evidence('Llevo el papel. Mañana sigo esperando')).toEqual([]);
  });

  it('reads praise as irony only beside a complaint', () => {
    expect(evidence('¡Qué bonito el parque!')).toEqual(['Qué bonito 2']);
    expect(evidence('Qué bonito, llevo cinco horas esperando')).toEqual(['Qué bonito -1.2', 'llevo cinco horas esperando -3']);
  });

  it('takes thanks after a question for courtesy', () => {
    expect(es('Gracias').label).toBe('positive');
    expect(es('¿A qué hora abren? Gracias').label).toBe('neutral');
  });

  it('lets single words of a question count less: who asks about a trouble does not complain', () => {
    expect(evidence('¿Es malo?')).toEqual(['malo -1.2']);
    expect(evidence('Es malo. ¿Abren hoy?')).toEqual(['malo -3']);
    expect(evidence('¿Qué bonito?')).toEqual(['Qué bonito 0.8']);
    expect(evidence('¿Llevo dos días esperando?')).toEqual(['Llevo dos días esperando -3']);
  });

  it('reads emoji and emoticons, glued to words or to each other', () => {
    expect(evidence('listo😡😡')).toEqual(['😡 -3', '😡 -3']);
    expect(evidence('listo 👍🏾')).toEqual(['👍🏾 2']);
    expect(evidence('listo ❤️ :(')).toEqual(['❤️ 3', ':( -2']);
    expect(evidence('llevo 😡 tres meses esperando')).toEqual(['😡 -3']);
    expect(evidence('a las 10:30 http://a.example/:/')).toEqual([]);
  });

  it('finds words behind inverted marks, quotes, hashtags and without accents, but not in addresses', () => {
    for (const text of ['¡Malo!', '«malo»', '#malo', '#ServicioMalo', 'MALO', 'pesimo', 'ma\u200Blo', 'pe\u0301simo', 'malo@', '(rapidez)']) expect(es(text).evidence, text).toHaveLength(1);
    for (const text of ['@malo', '@malo@bueno.example', 'https://malo.example/bueno']) expect(es(text).evidence, text).toEqual([]);
  });

  it('reads an apostrophe and a comma that an export left escaped, in their places', () => {
    const apart = small.score('It doesn\\u2019t matter\\u002c the delay does', { force: 'en' });
    expect(apart).toMatchObject({ label: 'negative', evidence: [{ text: 'delay', start: 33 }] });
    expect(small.score('not\\u2019s delay', { force: 'en' }).evidence.map(({ text }) => text)).toEqual(['delay']);
    for (const text of ['\\', 'delay\\', 'delay\\u20', '\\u', 'x\\u2019']) expect(() => small.score(text)).not.toThrow();
  });

  it('gives the places of the evidence in the text as it was written, in its order and without overlaps', () => {
    const text = '😡 ¡Ññ! áé\u0301 Muy MALO 👩‍👩‍👧 y no es bueno… qué bonito 👍🏾 rápidooo';
    const found = es(text).evidence;
    expect(found.map((item) => item.text)).toEqual(['😡', 'Muy MALO', 'no es bueno', 'qué bonito', '👍🏾', 'rápidooo']);
    let end = 0;
    for (const item of found) {
      expect(text.slice(item.start, item.start + item.length)).toBe(item.text);
      expect(item.start).toBeGreaterThanOrEqual(end);
      end = item.start + item.length;
    }
  });
});

describe('the languages', () => {
  it('each have words of their own; English stands on those of `sentiment`', () => {
    expect(small.score('a terrible delay, please', { force: 'en' }).evidence.map((item) => item.text)).toEqual(['terrible', 'delay']);
    expect(small.score("I'll come, he'll wait", { force: 'en' }).evidence).toEqual([]);
    expect(small.score('malo', { force: 'en' }).evidence).toEqual([]);
    expect(small.score('terrible', { force: 'es' }).evidence).toEqual([]);
  });

  it('that are not scored get no label but neutral, without confidence', () => {
    expect(shippedModel.score('Mwen pa ka jwenn kat idantite mwen an, tanpri ede m 😡')).toEqual({ label: 'neutral', score: 0, confidence: 0, language: 'other', evidence: [] });
  });

  it('do not leak from one scorer to another', () => {
    const other = createSentimentModel({ es: 'bueno\t-3' });
    expect(other.score('bueno', { force: 'es' }).label).toBe('negative');
    expect(es('bueno').label).toBe('positive');
  });
});

describe('the version', () => {
  it('changes with the words and with nothing else', () => {
    expect(createSentimentModel(shippedLexicons).version).toBe(shippedModel.version);
    expect(createSentimentModel({ ...shippedLexicons, es: `${shippedLexicons.es}zzz\t1\n` }).version).not.toBe(shippedModel.version);
  });
});

it('refuses a lexicon with a fault and names the line', () => {
  try {
    createSentimentModel({ fr: '# x\nnul\n' });
    expect.unreachable();
  } catch (error) {
    expect(isMomentosError(error, 'config.invalid') && error.details).toEqual({ file: 'fr.txt', line: 2, reason: 'noValue' });
  }
});
