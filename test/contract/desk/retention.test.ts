import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Desk } from '../../../src/desk/deskApi';
import { makeDesk, type DeskWorld } from '../../support/openDesk';

const day = 86_400_000;
const secret = 'Perdí mi cédula 402-1234567-8';
let world: DeskWorld;
let ana: Desk;
let revisora: Desk;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  world.server.control.addMention({ text: `@isc ${secret}`, author: 'pedro', name: 'Pedro Viejo' });
  world.server.control.addMention({ text: '@isc Gana dinero fácil', author: 'spammer', name: 'Spam' });
  world.server.control.addMention({ text: '@isc ¿Abren hoy?', author: 'rosa', name: 'Rosa' });
  ana = await world.open();
  revisora = await world.open('Revisora de práctica');
  await ana.pulling.pull();
  await ana.replies.send(of('cédula').id, { text: 'Pase por la oficina.', values: {} }, { confirm: ['personal-data', 'answered', 'link'] });
  await ana.triage.close([of('dinero').id], 'spam');
});
afterEach(() => world.close());

const of = (words: string) => ana.inbox.list({ all: true }).find(({ post }) => post.text.includes(words))!;
const ids = async (): Promise<readonly string[]> => {
  await ana.inbox.refresh();
  return ana.inbox.list({ all: true }).map(({ post }) => post.author.name).sort();
};
const path = (): string => join(world.dir, 'momentos.json');

function schedule(rules: readonly object[]): void {
  const [comment, ...rest] = readFileSync(path(), 'utf8').split('\n');
  const { retention: _old, ...config } = JSON.parse(rest.join('\n')) as { retention?: unknown };
  writeFileSync(path(), `${comment!}\n${JSON.stringify({ ...config, retention: { rules } }, undefined, 2)}\n`);
}

const rules = [
  { name: 'correspondencia', authority: 'Ley 481-08, tabla 3', keepDays: 1095, from: 'closed', outcomes: ['answered'] },
  { name: 'sin trámite', authority: 'Ley 481-08, tabla 4', keepDays: 90, from: 'received', closeReasons: ['spam'] },
];

function everything(dir: string): string {
  return readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}

test('nothing goes without a schedule, nor before it is signed, nor after it was changed', async () => {
  await expect(ana.retention.plan()).rejects.toMatchObject({ code: 'retention.none' });
  schedule(rules);
  world.clock.forward(5000 * day);
  expect(await ana.retention.plan()).toMatchObject({ standing: 'unsigned', due: 2 });
  await expect(ana.retention.dispose()).rejects.toMatchObject({ code: 'retention.unsigned', details: { standing: 'unsigned' } });
  await expect(ana.retention.sign()).rejects.toMatchObject({ code: 'review.notReviewer' });
  expect((await revisora.retention.sign()).standing).toBe('signed');
  writeFileSync(path(), readFileSync(path(), 'utf8').replace('1095', '1'));
  await expect(ana.retention.dispose()).rejects.toMatchObject({ details: { standing: 'badSignature' } });
  expect(await ids()).toHaveLength(3);
});

test('an earlier schedule that somebody puts back does not count', async () => {
  schedule([{ ...rules[0], keepDays: 1 }]);
  await revisora.retention.sign();
  const hasty = readFileSync(path(), 'utf8');
  world.clock.forward(1000);
  schedule(rules);
  await revisora.retention.sign();
  writeFileSync(path(), hasty);
  await expect(ana.retention.dispose()).rejects.toMatchObject({ code: 'retention.unsigned', details: { standing: 'replaced' } });
});

test('each goes when its time is up by its rule, from every file, and the log says what and why and still verifies', async () => {
  schedule(rules);
  await revisora.retention.sign();
  await expect(revisora.retention.dispose()).rejects.toMatchObject({ code: 'retention.own' });
  expect(await ana.retention.dispose()).toMatchObject({ mentions: 0, redactions: [] });
  world.clock.forward(91 * day);
  const plan = await ana.retention.plan();
  expect(plan).toMatchObject({ due: 1, notYet: 1, open: 1, noRule: 0, rules: [{ name: 'correspondencia', due: 0 }, { name: 'sin trámite', due: 1 }] });
  expect(Object.values(plan.rules[1]!.byMonth)).toEqual([1]);
  expect(await ana.retention.dispose()).toMatchObject({ mentions: 1 });
  expect(await ids()).toEqual(['Pedro Viejo', 'Rosa']);
  world.clock.forward(1095 * day);
  const told: number[] = [];
  const done = await ana.retention.dispose({ progress: (fraction) => told.push(fraction) });
  expect(done).toMatchObject({ mentions: 1, redactions: [expect.stringMatching(/^x-/u)] });
  expect(told.at(-1)).toBe(1);
  expect(await ids()).toEqual(['Rosa']);
  const left = everything(join(world.dir, '.momentos'));
  for (const word of [secret, 'Pedro Viejo', 'pedro', 'Pase por la oficina', 'dinero']) expect({ word, found: left.includes(word) }).toEqual({ word, found: false });
  expect(await ana.audit.verify()).toMatchObject({ ok: true });

  const out = join(world.home, 'log.jsonl');
  await ana.audit.export({ format: 'jsonl', out, personalData: 'include', purpose: 'prueba' } as Parameters<Desk['audit']['export']>[0]);
  const log = readFileSync(out, 'utf8');
  const disposed = log.split('\n').filter((line) => line.includes('retention.disposed')).map((line) => (JSON.parse(line) as { entry: { body: object } }).entry.body);
  expect(disposed).toMatchObject([{ rule: 'sin trámite', authority: 'Ley 481-08, tabla 4', keepDays: 90, mentions: 1 }, { rule: 'correspondencia', mentions: 1, signedAt: expect.any(Number) as number }]);
  expect(await ana.retention.dispose()).toMatchObject({ mentions: 0 });
  expect((await revisora.redactions.done()).map(({ scope, basis }) => [scope, basis])).toEqual([['retention', 'retention'], ['retention', 'retention']]);
});

test('a finished month without a word of a citizen goes into the archive byte for byte, and the chain reads and verifies on', async () => {
  schedule([{ ...rules[0], keepDays: 30, outcomes: undefined }]);
  await ana.triage.close([of('hoy').id], 'noAnswerNeeded');
  await revisora.retention.sign();
  const audit = join(world.dir, '.momentos', 'audit');
  const months = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{4}-\d{2}\.jsonl$/u.test(name)).sort() : []);
  world.clock.forward(62 * day);
  // A message of a later month keeps nobody else's back.
  world.server.control.addMention({ text: '@isc Otra consulta', author: 'luis', name: 'Luis' });
  await ana.pulling.pull();
  const [first = '', ...later] = months(audit);
  expect(later).toHaveLength(1);
  const bytes = readFileSync(join(audit, first));
  expect((await ana.retention.plan()).archive).toEqual([]);
  expect(await ana.retention.dispose()).toMatchObject({ mentions: 3, archived: [first.slice(0, 7)] });
  expect([months(audit), months(join(audit, 'archive'))]).toEqual([later, [first]]);
  expect(readFileSync(join(audit, 'archive', first)).equals(bytes)).toBe(true);
  expect(await ana.audit.verify()).toMatchObject({ ok: true, segments: 2 });
  expect(await ana.retention.dispose()).toMatchObject({ mentions: 0, archived: [] });
  await ana.triage.note(of('Otra').id, 'Sigue');
  const fresh = await world.open('Beto <beto@isc.example>');
  expect(await fresh.audit.verify()).toMatchObject({ ok: true, segments: 2 });
  expect((await fresh.audit.head()).count).toBeGreaterThan(10);
});

test('what was disposed of does not come back with the next look at the network', async () => {
  schedule([{ ...rules[1], keepDays: 1 }]);
  await revisora.retention.sign();
  world.clock.forward(2 * day);
  await ana.retention.dispose();
  await ana.pulling.pull();
  expect(await ids()).toEqual(['Pedro Viejo', 'Rosa']);
});

test('holds, open conversations and answers under way keep it, and the plan says which', async () => {
  schedule(rules);
  await revisora.retention.sign();
  const hold = await ana.legalHolds.set({ scope: { kind: 'author', id: of('dinero').authorId }, reason: 'Oficio 12' });
  world.clock.forward(2000 * day);
  expect(await ana.retention.plan()).toMatchObject({ due: 1, open: 1, held: [{ id: hold.id, reason: 'Oficio 12', by: 'Ana Pérez', mentions: 1 }] });
  await ana.triage.reopen([of('cédula').id]);
  expect(await ana.retention.dispose()).toMatchObject({ mentions: 0 });
  expect(await ids()).toHaveLength(3);
  writeFileSync(join(world.dir, '.momentos', 'legalHolds.json'), '{broken');
  await expect(ana.retention.dispose()).rejects.toMatchObject({ code: 'store.unreadable' });
});

test('stopped before it began it has done nothing', async () => {
  schedule(rules);
  await revisora.retention.sign();
  world.clock.forward(2000 * day);
  const stop = new AbortController();
  stop.abort();
  await expect(ana.retention.dispose({ signal: stop.signal })).rejects.toMatchObject({ code: 'network.cancelled' });
  expect(await ids()).toHaveLength(3);
});

test('stopped between two rules it has done the first, and the next run does the rest; after the last nothing is left to stop', async () => {
  schedule(rules);
  await revisora.retention.sign();
  world.clock.forward(2000 * day);
  await expect(ana.retention.dispose({ seen: { due: 3 } })).rejects.toMatchObject({ code: 'redaction.changed' });
  const stop = new AbortController();
  expect(await ana.retention.dispose({ signal: stop.signal, progress: () => { stop.abort(); }, seen: { due: 2 } })).toMatchObject({ mentions: 1, stopped: true, archived: [] });
  expect(await ids()).toHaveLength(2);
  const late = new AbortController();
  expect(await ana.retention.dispose({ signal: late.signal, progress: () => { late.abort(); } })).toMatchObject({ mentions: 1, stopped: false });
  expect(await ids()).toEqual(['Rosa']);
});

test('a month that a backup brought back into the log does not take the place of the archived one', async () => {
  schedule([{ ...rules[0], keepDays: 30, outcomes: undefined }]);
  await ana.triage.close([of('hoy').id], 'noAnswerNeeded');
  await revisora.retention.sign();
  const audit = join(world.dir, '.momentos', 'audit');
  world.clock.forward(62 * day);
  world.server.control.addMention({ text: '@isc Otra consulta', author: 'luis', name: 'Luis' });
  await ana.pulling.pull();
  const { archived: [month = ''] } = await ana.retention.dispose();
  const archived = readFileSync(join(audit, 'archive', `${month}.jsonl`));
  const whole = archived.toString('utf8');
  // As an older backup has it: whole lines, but not all.
  writeFileSync(join(audit, `${month}.jsonl`), whole.slice(0, whole.lastIndexOf('\n', whole.length - 2) + 1));
  expect((await ana.retention.plan()).archive).toEqual([]);
  expect(await ana.retention.dispose()).toMatchObject({ archived: [] });
  expect(readFileSync(join(audit, 'archive', `${month}.jsonl`)).equals(archived)).toBe(true);
  expect((await ana.audit.verify()).ok).toBe(false);
  // The very same bytes once more are one month in two places: put away again.
  writeFileSync(join(audit, `${month}.jsonl`), archived);
  expect(await ana.retention.dispose()).toMatchObject({ archived: [month] });
  expect(existsSync(join(audit, `${month}.jsonl`))).toBe(false);
  expect(await ana.audit.verify()).toMatchObject({ ok: true });
});

test('a rule on a topic or channel that does not exist is refused when it is read', async () => {
  schedule([{ ...rules[0], topics: ['nada'] }]);
  await expect(ana.retention.plan()).rejects.toMatchObject({ code: 'config.invalid', details: { at: 'retention.rules.0.topics' } });
});
