import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Desk } from '../../../src/desk/deskApi';
import { makeDesk, type DeskWorld } from '../../support/openDesk';
import { filesWith } from './killedSteps';

const words = 'Mi cédula es 001-1234567-8';
const traces = [words, 'Pedro Navaja', 'Llamó Eulalia', 'Un borrador'];
let world: DeskWorld;
let ana: Desk;
let id: string;
let backup: string;

/** A backup was taken; then a message was erased; then the backup's files were put back beside the newer log. */
beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  world.server.control.addMention({ text: `@isc ${words}`, author: 'pedro', name: 'Pedro Navaja' });
  world.server.control.addMention({ text: '@isc ¿A qué hora abren?', author: 'maria', name: 'María' });
  ana = await world.open();
  await ana.pulling.pull();
  id = ana.inbox.list().find(({ post }) => post.author.name === 'Pedro Navaja')!.id;
  await ana.triage.note(id, 'Llamó Eulalia');
  await ana.replies.saveDraft(id, { text: 'Un borrador', values: {} });
  const proposal = await ana.redactions.propose({ target: { kind: 'mention', id }, basis: 'erasureRequest', reason: 'Lo pidió' });
  backup = join(world.home, 'backup');
  cpSync(at(), backup, { recursive: true });
  const revisora = await world.open('Revisora de práctica');
  await revisora.redactions.approve(proposal.id);
  await revisora.dispose();
  await ana.dispose();
  expect(traces.flatMap((trace) => filesWith(trace, at()))).toEqual([]);
});
afterEach(() => world.close());

const at = (...parts: readonly string[]): string => join(world.dir, '.momentos', ...parts);

/** Old values come back beside those that were written since. */
function putBackValues(): void {
  for (const name of readdirSync(join(backup, 'audit')).filter((each) => each.endsWith('.values.jsonl'))) {
    const old = readFileSync(join(backup, 'audit', name), 'utf8').split('\n').slice(0, -1);
    const since = readFileSync(at('audit', name), 'utf8').split('\n').filter((line) => line !== '' && !old.includes(line));
    writeFileSync(at('audit', name), `${[...old, ...since].join('\n')}\n`);
  }
}

function putBackRest(): void {
  for (const name of ['inbox.jsonl', 'redactions.json', 'drafts']) cpSync(join(backup, name), at(name), { recursive: true });
}

test('texts, message and draft that a backup brought back are erased again by one person with the role, and the log says so', async () => {
  putBackValues();
  putBackRest();
  const revisora = await world.open('Revisora de práctica');
  const told = (await revisora.audit.verify()).problems;
  expect(new Set(told.map(({ code }) => code))).toEqual(new Set(['value.notErased']));
  expect(await revisora.redactions.returned()).toMatchObject({ values: told.length, mentions: [{ id }], drafts: 1 });
  // Decided on already: the file that came back makes it no proposal once more.
  expect(await revisora.redactions.list()).toEqual([]);
  const done = await revisora.redactions.eraseAgain();
  expect(done).toMatchObject({ outcome: { mentions: 1, authors: 1, values: told.length, drafts: 1 } });
  expect(traces.flatMap((trace) => filesWith(trace, at()))).toEqual([]);
  expect(revisora.inbox.list({ all: true }).map(({ post }) => post.author.name)).toEqual(['María']);
  expect(await revisora.audit.verify()).toMatchObject({ ok: true, problems: [] });
  expect(await revisora.redactions.done()).toMatchObject([{ scope: 'mention', basis: 'erasureRequest' }, { id: done!.id, scope: 'again', basis: 'broughtBack', values: told.length }]);
  expect(await revisora.redactions.eraseAgain()).toBeUndefined();
  await revisora.pulling.pull();
  expect(revisora.inbox.list({ all: true })).toHaveLength(1);
});

test('only the texts of the log came back: they alone go, also where somebody changed them', async () => {
  putBackValues();
  const [name] = filesWith(words, at('audit'));
  writeFileSync(at('audit', name!), readFileSync(at('audit', name!), 'utf8').replace(words, `${words} y más`));
  const revisora = await world.open('Revisora de práctica');
  expect((await revisora.audit.verify()).ok).toBe(false);
  expect(await revisora.redactions.eraseAgain()).toMatchObject({ outcome: { mentions: 0, drafts: 0 } });
  expect(traces.flatMap((trace) => filesWith(trace, at()))).toEqual([]);
  expect(await revisora.audit.verify()).toMatchObject({ ok: true, problems: [] });
});

test('single notes that came back in the inbox alone are found by what the log does not know any more, and erased again', async () => {
  const desk = await world.open();
  const maria = desk.inbox.list()[0]!.id;
  const revisora = await world.open('Revisora de práctica');
  await desk.triage.note(maria, 'Vive en la calle 3');
  await desk.triage.note(maria, 'Quiere una cita');
  const noted = await desk.audit.head();
  const proposal = await desk.redactions.propose({ target: { kind: 'entry', seq: noted.count - 2, withActor: false }, basis: 'erasureRequest', reason: 'Lo pidió' });
  const inbox = readFileSync(at('inbox.jsonl'));
  await revisora.redactions.approve(proposal.id);
  await Promise.all([revisora.dispose(), desk.dispose()]);
  expect(filesWith('calle 3', at())).toEqual([]);
  writeFileSync(at('inbox.jsonl'), inbox);
  const later = await world.open('Revisora de práctica');
  expect(later.inbox.get(maria).notes).toHaveLength(2);
  // Where the log lost the other note, nobody can tell which was erased.
  const [values] = filesWith('Quiere una cita', at('audit'));
  const whole = readFileSync(at('audit', values!), 'utf8');
  writeFileSync(at('audit', values!), whole.split('\n').filter((line) => !line.includes('Quiere una cita')).join('\n'));
  expect(await later.redactions.returned()).toEqual({ values: 0, mentions: [], drafts: 0 });
  writeFileSync(at('audit', values!), whole);
  expect(await later.redactions.returned()).toMatchObject({ values: 1, mentions: [] });
  expect(await later.redactions.eraseAgain()).toMatchObject({ outcome: { mentions: 0 } });
  expect(later.inbox.get(maria).notes.map(({ text }) => text)).toEqual(['Quiere una cita']);
  expect(filesWith('calle 3', at())).toEqual([]);
  expect(await later.audit.verify()).toMatchObject({ ok: true, problems: [] });
  expect(await later.redactions.returned()).toEqual({ values: 0, mentions: [], drafts: 0 });
  expect(await later.redactions.eraseAgain()).toBeUndefined();
});

test('it needs the role, and a legal hold that was set since keeps it', async () => {
  putBackValues();
  putBackRest();
  const other = await world.open();
  await expect(other.redactions.eraseAgain()).rejects.toMatchObject({ code: 'review.notReviewer' });
  await other.legalHolds.set({ scope: { kind: 'author', id: other.inbox.list().find((mention) => mention.id === id)!.authorId }, reason: 'Oficio 12' });
  const revisora = await world.open('Revisora de práctica');
  await expect(revisora.redactions.eraseAgain()).rejects.toMatchObject({ code: 'redaction.held' });
  expect(filesWith(words, at())).not.toEqual([]);
});

test('nothing came back: nothing is written', async () => {
  const revisora = await world.open('Revisora de práctica');
  const { count } = await revisora.audit.head();
  expect(await revisora.redactions.returned()).toEqual({ values: 0, mentions: [], drafts: 0 });
  expect(await revisora.redactions.eraseAgain()).toBeUndefined();
  expect((await revisora.audit.head()).count).toBe(count);
});

test('a proposal that somebody wrote into the file, or turned to another message or author, is none', async () => {
  const other = await world.open();
  const maria = other.inbox.list()[0]!.id;
  const { id: real } = await other.redactions.propose({ target: { kind: 'mention', id: maria }, basis: 'notNeeded', reason: 'Ya no hace falta' });
  const revisora = await world.open('Revisora de práctica');
  expect(await revisora.redactions.list()).toMatchObject([{ id: real, reason: 'Ya no hace falta' }]);
  const file = at('redactions.json');
  const good = JSON.parse(readFileSync(file, 'utf8')) as { schemaVersion: 1; proposals: [Record<string, unknown>] };
  const [proposal] = good.proposals;
  const forged: readonly Record<string, unknown>[] = [{ ...proposal, id: 'x-forged000000' }, { ...proposal, target: { kind: 'author', id: 'a-0000000000' } }, { ...proposal, target: { kind: 'mention', id: 'm-0000000000' } }, { ...proposal, by: { id: 'p-0000000000', name: 'Beto', osAccount: 'beto' } }];
  for (const one of forged) {
    writeFileSync(file, JSON.stringify({ ...good, proposals: [one] }));
    expect(await revisora.redactions.list()).toEqual([]);
    await expect(revisora.redactions.approve(String(one['id']))).rejects.toMatchObject({ code: 'redaction.notFound' });
  }
  // A name that was exchanged in the file is told as the log knows it, so that nobody approves what is their own.
  writeFileSync(file, JSON.stringify({ ...good, proposals: [{ ...proposal, by: { ...(proposal['by'] as object), name: 'Beto' } }] }));
  expect(await revisora.redactions.list()).toMatchObject([{ by: { name: 'Ana Pérez' } }]);
});
