import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Logger } from '../../../../src/core/clock';
import { type TextScoring } from '../../../../src/core/textScoring';
import { createInlineScoring } from '../../../../src/desk/scoring/inlineScoring';
import { type ScoringSetup } from '../../../../src/desk/scoring/textScorer';
import { createWorkerScoring } from '../../../../src/desk/scoring/workerScoring';
import { mediaDir, quietLogger } from '../../../support/openDesk';
import { bundleScoringWorkers, type WorkerFiles } from './bundledWorker';

const texts = ['Pésimo servicio, llevo tres meses esperando', 'Hay humo saliendo del segundo piso', 'Thank you, excellent service', 'Mwen pa ka jwenn kat mwen an', ''].map((text) => ({ text }));

let files: WorkerFiles;
let setup: ScoringSetup;
const opened: TextScoring[] = [];

beforeAll(async () => {
  files = await bundleScoringWorkers();
  setup = { mediaDir, deskDir: files.folder, sentiment: undefined, topics: [{ id: 'humo', words: ['humo'] }], country: 'DO' };
});
afterEach(async () => {
  for (const scoring of opened.splice(0)) await scoring.dispose();
});
afterAll(() => {
  files.remove();
});

function worker(file: string, options: { readonly setup?: ScoringSetup; readonly logger?: Logger } = {}): TextScoring {
  const scoring = createWorkerScoring({ file, setup: options.setup ?? setup, logger: options.logger ?? quietLogger });
  opened.push(scoring);
  return scoring;
}

describe('a worker that reads texts', () => {
  it('finds what this thread finds, in the order of the texts', async () => {
    const inline = createInlineScoring(setup);
    const scoring = worker(files.sound);
    const found = await scoring.score(texts);
    expect(found).toEqual(await inline.score(texts));
    expect(found.map((one) => one?.score.label)).toEqual(['negative', 'negative', 'positive', 'neutral', 'neutral']);
    expect(found[1]!.reading.urgency.map(({ rule }) => rule)).toEqual(['fire']);
    expect(await scoring.versions()).toEqual(await inline.versions());
    expect(await scoring.versions()).toEqual({ model: found[0]!.model, rules: found[0]!.reading.version });
  });

  it('leaves this thread free meanwhile', async () => {
    const scoring = worker(files.sound);
    let turns = 0;
    let done = false;
    const count = (): void => {
      turns += 1;
      if (!done) setImmediate(count);
    };
    setImmediate(count);
    const many = Array.from({ length: 95 }, (_, index) => ({ text: `${'Llevo tres meses esperando y nadie contesta. '.repeat(50)}${String(index)}` }));
    const found = await scoring.score(many);
    done = true;
    expect(found.every((one) => one?.score.label === 'negative')).toBe(true);
    expect(turns).toBeGreaterThan(100);
  });

  it('is started again when it dies, and nothing is missing', async () => {
    const marker = join(files.folder, 'once');
    writeFileSync(marker, '');
    const said: string[] = [];
    const scoring = worker(files.mortal, { logger: { ...quietLogger, warn: (message) => void said.push(message) } });
    const found = await scoring.score([...texts, { text: `Gracias (mortal una vez: ${marker})` }]);
    expect(found.every((one) => one !== undefined)).toBe(true);
    expect(said).toEqual(['the worker that reads texts ended']);
  });

  it('leaves the texts of a batch unread with which it dies twice, and reads the next ones', async () => {
    const scoring = worker(files.mortal);
    const [good, deadly, after] = await Promise.all([scoring.score(texts), scoring.score([{ text: 'Hola' }, { text: 'Adiós (mortal)' }]), scoring.score(texts)]);
    expect(good.every((one) => one !== undefined)).toBe(true);
    expect(deadly).toEqual([undefined, undefined]);
    expect(after).toEqual(good);
  });

  it('reads nothing where its file is missing', async () => {
    expect(await worker(join(files.folder, 'nowhere.cjs')).score([{ text: 'Hola' }])).toEqual([undefined]);
  });

  it('says what is wrong with a lexicon of the desk', async () => {
    const deskDir = join(files.folder);
    writeFileSync(join(deskDir, 'lexicon.es.txt'), 'pésimo\tmucho\n');
    try {
      await expect(worker(files.sound).score(texts)).rejects.toMatchObject({ code: 'config.invalid', details: { file: 'lexicon.es.txt', line: 1 } });
    } finally {
      writeFileSync(join(deskDir, 'lexicon.es.txt'), '');
    }
  });

  it('stops between two batches when it is cancelled', async () => {
    const scoring = worker(files.sound);
    const stop = new AbortController();
    const work = scoring.score(Array.from({ length: 1_000 }, (_, index) => ({ text: `Gracias ${String(index)}` })), stop.signal);
    stop.abort();
    await expect(work).rejects.toMatchObject({ code: 'network.cancelled' });
    expect((await scoring.score(texts)).length).toBe(texts.length);
  });

  it('ends with its desk, whoever still waits', async () => {
    const scoring = worker(files.sound);
    const waiting = scoring.score(texts);
    const queued = scoring.score(texts);
    await scoring.dispose();
    await expect(waiting).resolves.toHaveLength(texts.length);
    expect(await queued).toEqual(texts.map(() => undefined));
    expect(await scoring.score(texts)).toEqual(texts.map(() => undefined));
  });
});
