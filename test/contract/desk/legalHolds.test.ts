import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Desk } from '../../../src/desk/deskApi';
import { makeDesk, type DeskWorld } from '../../support/openDesk';

let world: DeskWorld;
let ana: Desk;
let revisora: Desk;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  world.server.control.addMention({ text: '@isc Perdí mi cédula', author: 'pedro', name: 'Pedro' });
  world.server.control.addMention({ text: '@isc ¿A qué hora abren?', author: 'rosa', name: 'Rosa' });
  ana = await world.open();
  revisora = await world.open('Revisora de práctica');
  await ana.pulling.pull();
  await revisora.inbox.refresh();
});
afterEach(() => world.close());

const of = (name: string) => ana.inbox.list({ all: true }).find(({ post }) => post.author.name === name)!;
const path = (): string => join(world.dir, '.momentos', 'legalHolds.json');

test('a hold on an author, a case or a period covers their mentions and no others, for every window', async () => {
  const author = await ana.legalHolds.set({ scope: { kind: 'author', id: of('Pedro').authorId }, reason: 'Oficio 12 del tribunal' });
  expect(author.id).toMatch(/^g-[a-z0-9]{12}$/u);
  expect((await revisora.legalHolds.covering(of('Pedro')))?.id).toBe(author.id);
  expect(await revisora.legalHolds.covering(of('Rosa'))).toBeUndefined();

  await ana.triage.setCase(of('Rosa').id, 'C-2026/8');
  const byCase = await ana.legalHolds.set({ scope: { kind: 'case', number: ' c-2026/8 ' }, reason: 'Auditoría' });
  expect((await ana.legalHolds.covering(of('Rosa')))?.id).toBe(byCase.id);

  await revisora.legalHolds.lift(byCase.id, 'Terminó la auditoría');
  const { postedAt } = of('Rosa').post;
  const before = await ana.legalHolds.set({ scope: { kind: 'period', from: 0, to: postedAt - 86_400_000 }, reason: 'Auditoría de 2020' });
  expect(await ana.legalHolds.covering(of('Rosa'))).toBeUndefined();
  const since = await ana.legalHolds.set({ scope: { kind: 'period', from: postedAt - 1000 }, reason: 'Auditoría en curso' });
  expect((await ana.legalHolds.covering(of('Rosa')))?.id).toBe(since.id);
  expect((await revisora.legalHolds.list()).map(({ id }) => id)).toEqual([author.id, before.id, since.id]);
  expect((await ana.audit.verify()).ok).toBe(true);
});

test('is lifted by a second person who decides on erasures, with a reason, and nobody else', async () => {
  const hold = await ana.legalHolds.set({ scope: { kind: 'author', id: of('Pedro').authorId }, reason: 'Oficio 12' });
  await expect(ana.legalHolds.lift(hold.id, 'Ya no')).rejects.toMatchObject({ code: 'legalHold.own' });
  const beto = await world.open('Beto <beto@isc.example>');
  await expect(beto.legalHolds.lift(hold.id, 'Ya no')).rejects.toMatchObject({ code: 'review.notReviewer' });
  await expect(revisora.legalHolds.lift(hold.id, ' ')).rejects.toMatchObject({ code: 'reply.reasonMissing' });
  await expect(revisora.legalHolds.lift('g-zz', 'Ya no')).rejects.toMatchObject({ code: 'legalHold.notFound' });
  await revisora.legalHolds.lift(hold.id.slice(0, 6), 'Sentencia firme');
  expect(await ana.legalHolds.list()).toEqual([]);
  await expect(revisora.legalHolds.lift(hold.id, 'Ya no')).rejects.toMatchObject({ code: 'legalHold.notFound' });

  const out = join(world.home, 'log.json');
  await ana.audit.export({ format: 'json', out, personalData: 'include', purpose: 'Prueba' });
  const entries = (JSON.parse(readFileSync(out, 'utf8')) as { entries: { entry: { kind: string; body: object }; values: object }[] }).entries.filter(({ entry }) => entry.kind.startsWith('legalHold.'));
  expect(entries.map(({ entry, values }) => ({ kind: entry.kind, body: entry.body, values }))).toMatchObject([
    { kind: 'legalHold.set', body: { scope: 'author', of: of('Pedro').authorId }, values: { reason: 'Oficio 12', 'actor.name': 'Ana Pérez' } },
    { kind: 'legalHold.lifted', body: { setBy: hold.by.id, signature: expect.stringMatching(/^[\w-]{86}$/u) as string }, values: { reason: 'Sentencia firme' } },
  ]);
});

test('is not lost with its file: the log knows it, and it is lifted as any other', async () => {
  await ana.triage.setCase(of('Rosa').id, 'C-8');
  const hold = await ana.legalHolds.set({ scope: { kind: 'case', number: 'C-8' }, reason: 'Oficio 12' });
  rmSync(path());
  expect(await ana.legalHolds.list()).toEqual([hold]);
  expect((await revisora.legalHolds.covering(of('Rosa')))?.id).toBe(hold.id);
  await expect(ana.legalHolds.lift(hold.id, 'Ya no')).rejects.toMatchObject({ code: 'legalHold.own' });
  const other = await ana.legalHolds.set({ scope: { kind: 'author', id: of('Pedro').authorId }, reason: 'Oficio 13' });
  expect((JSON.parse(readFileSync(path(), 'utf8')) as { holds: { id: string }[] }).holds.map(({ id }) => id).sort()).toEqual([hold.id, other.id].sort());
  await revisora.legalHolds.lift(hold.id, 'Sentencia');
  expect((await ana.legalHolds.list()).map(({ id }) => id)).toEqual([other.id]);
});

test('while its file cannot be read nothing is known to be free, and the file is left as it is', async () => {
  writeFileSync(path(), '{"schemaVersion":1,"holds":[{]}');
  await expect(ana.legalHolds.covering(of('Rosa'))).rejects.toMatchObject({ code: 'store.unreadable' });
  await expect(ana.legalHolds.set({ scope: { kind: 'author', id: of('Pedro').authorId }, reason: 'Oficio' })).rejects.toMatchObject({ code: 'store.unreadable' });
  expect(readFileSync(path(), 'utf8')).toBe('{"schemaVersion":1,"holds":[{]}');
});

test('is not set on nothing', async () => {
  const refused = (scope: Parameters<Desk['legalHolds']['set']>[0]['scope'], reason = 'Oficio') => expect(ana.legalHolds.set({ scope, reason })).rejects;
  await refused({ kind: 'author', id: 'a-000000000000' }).toMatchObject({ code: 'legalHold.invalid', details: { reason: 'author' } });
  await refused({ kind: 'case', number: '¿?' }).toMatchObject({ details: { reason: 'case' } });
  await refused({ kind: 'period', from: 5, to: 5 }).toMatchObject({ details: { reason: 'period' } });
  await refused({ kind: 'period', from: 5 }, ' ').toMatchObject({ code: 'reply.reasonMissing' });
});

test('keeps the words of a post that its author deletes', async () => {
  await ana.legalHolds.set({ scope: { kind: 'author', id: of('Pedro').authorId }, reason: 'Oficio 12' });
  for (const name of ['Pedro', 'Rosa']) world.server.control.deleteMention(of(name).post.externalId);
  world.clock.forward(3_600_000);
  await ana.pulling.pull();
  await ana.inbox.refresh();
  expect(['Pedro', 'Rosa'].map((name) => [of(name).deletedAt !== undefined, of(name).erased, of(name).post.text !== ''])).toEqual([[true, undefined, true], [true, true, false]]);
});
