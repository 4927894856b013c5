import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AuditEntry } from '../../../../src/core/audit';
import { type Logger } from '../../../../src/core/clock';
import { type Mention } from '../../../../src/core/mention';
import { moodOf } from '../../../../src/core/mood';
import { createDesk } from '../../../../src/desk/desk';
import { type Desk } from '../../../../src/desk/deskApi';
import { systemRandomness } from '../../../../src/desk/systemClock';
import { whyWords } from '../../../../src/desk/why';
import { type DeskWorld, makeDesk, mediaDir, quietLogger } from '../../../support/openDesk';
import { bundleScoringWorkers, type WorkerFiles } from './bundledWorker';

let files: WorkerFiles;
let world: DeskWorld;
const desks: Desk[] = [];

beforeAll(async () => {
  files = await bundleScoringWorkers();
});
afterAll(() => {
  files.remove();
});
beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
});
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.dispose();
  await world.close();
});

async function openWith(scoringWorker: string | undefined, logger: Logger = quietLogger): Promise<Desk> {
  const desk = await createDesk({ dir: world.dir, environment: world.environment, clock: world.clock, random: systemRandomness, logger, version: '0.0.0', mediaDir, as: 'Ana Pérez <ana@isc.example>', scoringWorker });
  desks.push(desk);
  return desk;
}

const about = (desk: Desk, words: string): Mention => desk.inbox.list({ all: true }).find(({ post }) => post.text.includes(words))!;

function entries(...kinds: readonly string[]): readonly AuditEntry[] {
  const folder = join(world.dir, '.momentos', 'audit');
  const segments = readdirSync(folder).filter((name) => /^\d{4}-\d{2}\.jsonl$/u.test(name)).sort();
  return segments.flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as AuditEntry)).filter(({ kind }) => kinds.includes(kind));
}

it('a mention that ends the worker is stored unread, the others are read at once, and no pull fails', async () => {
  const desk = await openWith(files.mortal);
  world.server.control.addMention({ text: 'Pésimo servicio, qué vergüenza', author: 'rosa' });
  world.server.control.addMention({ text: 'Hay humo en el segundo piso (mortal)', author: 'pedro' });
  const [result] = await desk.pulling.pull();
  expect(result).toMatchObject({ new: 2, error: null });
  expect(about(desk, 'vergüenza')).toMatchObject({ sentiment: { label: 'negative' }, language: 'es', unscored: undefined });
  const unread = about(desk, 'humo');
  expect(unread).toMatchObject({ unscored: true, priority: 'normal', language: 'other' });
  expect(moodOf(unread)).toBe('unsure');
  expect(whyWords(unread, desk, world.clock.now())).toContain('La mesa no pudo leer sus palabras cuando llegó; lo hará por sí sola.');
  expect(entries('mention.received').find(({ subject }) => subject === unread.id)!.body).not.toHaveProperty('sentiment');
  expect(desk.readings.unread()).toBe(1);
});

it('a text that ends the worker each time is not tried again at each pull', async () => {
  let ends = 0;
  const desk = await openWith(files.mortal, { ...quietLogger, warn: (message) => { if (message === 'the worker that reads texts ended') ends += 1; } });
  world.server.control.addMention({ text: 'Hay humo en el segundo piso (mortal)', author: 'pedro' });
  await desk.pulling.pull();
  const before = ends;
  expect(before).toBeGreaterThan(0);
  world.server.control.addMention({ text: '¿A qué hora abren?', author: 'rosa' });
  await desk.pulling.pull();
  expect(about(desk, 'abren')).toMatchObject({ language: 'es' });
  expect(desk.readings.unread()).toBe(1);
  expect(ends).toBe(before);
});

it('and is read later, with its priority, its target and its entry; a pull says that it is urgent', async () => {
  const first = await openWith(files.mortal);
  world.server.control.addMention({ text: 'Hay humo en el segundo piso (mortal)', author: 'pedro' });
  await first.pulling.pull();
  const unread = about(first, 'humo');
  await first.dispose();
  const desk = await openWith(files.sound);
  const [result] = await desk.pulling.pull();
  const read = about(desk, 'humo');
  expect(result).toMatchObject({ error: null, urgent: [read.id] });
  expect(read).toMatchObject({ priority: 'urgent', priorityReasons: ['fire'], language: 'es', target: { priority: 'urgent' }, reading: { urgency: [{ rule: 'fire' }] } });
  expect(read.unscored).toBeUndefined();
  expect(read.target.dueAt).toBeLessThan(unread.target.dueAt);
  expect(entries('mention.scored').map(({ subject, body }) => [subject, body['priority'], body['urgency'], body['dueAt']])).toEqual([[read.id, 'urgent', ['fire'], read.target.dueAt]]);
  expect(await desk.readings.catchUp()).toEqual({ stored: 0, urgent: [] });
  expect((await desk.audit.verify()).ok).toBe(true);
  // No range of days: the day may end meanwhile.
  const range = { from: world.clock.now() - 86_400_000, to: world.clock.now() + 86_400_000 };
  await desk.triage.opened(read.id);
  expect((await desk.audit.report(range)).agreement).toMatchObject([{ language: 'es', seen: 1, corrected: 0 }]);
});

it('what was stored before there were readings is read, and what people said of it stays', async () => {
  const before = await openWith(undefined);
  world.server.control.addMention({ text: '¿A qué hora abren el lunes?', author: 'ana' });
  world.server.control.addMention({ text: 'Al amparo de la Ley 200-04 solicito copia del contrato', author: 'luis' });
  await before.pulling.pull();
  await before.triage.correctSentiment(about(before, 'lunes').id, 'positive');
  await before.dispose();
  const path = join(world.dir, '.momentos', 'inbox.jsonl');
  expect(existsSync(path)).toBe(true);
  const old = readFileSync(path, 'utf8').split('\n').map((line) => (line === '' ? line : JSON.stringify(JSON.parse(line, (key, value: unknown) => (key === 'reading' || (key === 'model' && typeof value === 'string') ? undefined : value)))));
  writeFileSync(path, old.join('\n'));
  const written = entries('mention.scored').length;

  const desk = await openWith(files.sound);
  expect(desk.readings.unread()).toBe(2);
  expect((await desk.readings.catchUp()).stored).toBe(2);
  expect(about(desk, 'lunes')).toMatchObject({ reading: { kind: 'question' }, sentiment: { correctedTo: 'positive' } });
  expect(about(desk, 'lunes').sentiment.model).toMatch(/^model-/u);
  expect(about(desk, '200-04')).toMatchObject({ reading: { kind: 'informationRequest' }, priority: 'high' });
  expect(entries('mention.scored')).toHaveLength(written + 2);
  expect((await desk.readings.catchUp()).stored).toBe(0);
});

it('what other words read is read again; the log is told only of what is otherwise', async () => {
  const before = await openWith(undefined);
  world.server.control.addMention({ text: 'Qué servicio tan chévere', author: 'ana' });
  world.server.control.addMention({ text: '¿A qué hora abren el lunes?', author: 'luis' });
  await before.pulling.pull();
  expect(about(before, 'chévere').sentiment.label).toBe('positive');
  await before.dispose();
  writeFileSync(join(world.dir, 'lexicon.es.txt'), 'qué servicio tan chévere\t-5\n');

  const desk = await openWith(files.sound);
  expect((await desk.readings.catchUp({ only: 'unread' })).stored).toBe(0);
  expect((await desk.readings.catchUp()).stored).toBe(2);
  expect(about(desk, 'chévere').sentiment.label).toBe('negative');
  expect(entries('mention.scored').map(({ subject }) => subject)).toEqual([about(desk, 'chévere').id]);
});
