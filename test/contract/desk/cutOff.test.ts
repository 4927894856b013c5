import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDesk } from '../../../src/desk/desk';
import { systemRandomness } from '../../../src/desk/systemClock';
import { makeDesk, mediaDir, quietLogger, type DeskWorld } from '../../support/openDesk';
import { bundleWorker, WorkerProcess } from '../store/workerProcess';
import { filesWith } from './killedSteps';

const words = 'Mi cédula es 001-1234567-8';
let world: DeskWorld;
let id: string;

/** A desk where one message was erased, and then a marker says that it was cut off, with an old inbox and old values in place: what a crash in the middle leaves. */
beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  world.server.control.addMention({ text: `@isc ${words}`, author: 'pedro', name: 'Pedro Navaja' });
  world.server.control.addMention({ text: '@isc ¿A qué hora abren?', author: 'maria' });
  const ana = await world.open();
  await ana.pulling.pull();
  id = ana.inbox.list().find(({ post }) => post.author.handle.startsWith('pedro'))!.id;
  const proposal = await ana.redactions.propose({ target: { kind: 'mention', id }, basis: 'erasureRequest', reason: 'Lo pidió' });
  const { count } = await ana.audit.head();
  await ana.dispose();
  const old = new Map(['inbox.jsonl', ...valuesFiles()].map((name) => [name, readFileSync(at(name))] as const));
  const revisora = await world.open('Revisora de práctica');
  await revisora.redactions.approve(proposal.id);
  await revisora.dispose();
  const log = filesWith('"kind":"redacted"', at('audit')).map((name) => readFileSync(at('audit', name), 'utf8')).join('').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Entry);
  const drafts = log.slice(count).map(({ kind, at: time, actor, subject, body: { values: _values, ...body } }) => ({ kind, at: time, actor: { id: actor.id, name: '', source: actor.source, osAccount: '' }, subject, body }));
  for (const [name, bytes] of old) {
    const lines = bytes.toString('utf8').split('\n');
    // Beside the old values those that came since.
    const since = name === 'inbox.jsonl' ? [] : readFileSync(at(name), 'utf8').split('\n').filter((line) => !lines.includes(line));
    writeFileSync(at(name), [...lines.slice(0, -1), ...since, ''].join('\n'));
  }
  marker({ schemaVersion: 1, id: proposal.id, count, drafts, erased: drafts[0]!.body['erased'], mentions: [id], thinned: [] });
});
afterEach(() => world.close());

interface Entry {
  readonly kind: string;
  readonly at: number;
  readonly actor: { readonly id: string; readonly source: string };
  readonly subject: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const at = (...parts: readonly string[]): string => join(world.dir, '.momentos', ...parts);
const marker = (content: object | string): void => writeFileSync(at('redaction.json'), typeof content === 'string' ? content : JSON.stringify(content));
const valuesFiles = (): readonly string[] => filesWith('Pedro Navaja', at('audit')).map((name) => join('audit', name));
const readOnly = () => createDesk({ dir: world.dir, environment: world.environment, clock: world.clock, random: systemRandomness, logger: quietLogger, version: '0.0.0', mediaDir, as: 'Ana Pérez <ana@isc.example>', readOnly: true });

test('opening the desk for work ends an erasure that was cut off, before anything is shown, and says so', async () => {
  expect(filesWith(words, at())).not.toEqual([]);
  const desk = await world.open();
  expect(filesWith(words, at())).toEqual([]);
  expect(desk.inbox.list({ all: true }).map(({ post }) => post.author.handle.split('@')[0])).toEqual(['maria']);
  expect(desk.cutOff.met()).toMatchObject([{ kind: 'erasure', state: 'finished', outcome: { mentions: 1, drafts: 0 } }]);
  expect(existsSync(at('redaction.json'))).toBe(false);
  expect(await desk.cutOff.look()).toEqual([]);
  expect(await desk.audit.verify()).toMatchObject({ ok: true, problems: [] });
  const next = await world.open();
  expect(next.cutOff.met()).toEqual([]);
});

test('opened for reading nothing is changed; the doctor tells what is not finished and what finishes it', async () => {
  const desk = await readOnly();
  expect(desk.cutOff.met()).toEqual([]);
  expect(await desk.cutOff.look()).toMatchObject([{ kind: 'erasure', state: 'waiting' }]);
  expect((await desk.doctor()).find(({ code }) => code === 'cutOff.erasure')).toMatchObject({ severity: 'warning', message: expect.stringContaining('momentos inbox') as string });
  expect(filesWith(words, at())).not.toEqual([]);
  await desk.dispose();
});

test('one that cannot be finished does not keep the desk from opening; it says why and what to do, and is finished once that is done', async () => {
  const good = readFileSync(at('redaction.json'), 'utf8');
  marker('{"schemaVersion":1,"id":');
  const desk = await world.open();
  expect(desk.cutOff.met()).toMatchObject([{ kind: 'erasure', state: 'failed', error: { code: 'store.unreadable', details: { path: '.momentos/redaction.json' } } }]);
  expect((await desk.doctor()).find(({ code }) => code === 'cutOff.erasure')).toMatchObject({ severity: 'error', message: expect.stringContaining('.momentos/redaction.json') as string });
  await desk.triage.note(desk.inbox.list().find((mention) => mention.id !== id)!.id, 'Sigue');
  await desk.dispose();
  marker(good);
  const later = await world.open();
  expect(later.cutOff.met()).toMatchObject([{ state: 'finished' }]);
  expect(filesWith(words, at())).toEqual([]);
});

test('where nobody can read what was cut off, its file is deleted and everything that the log says to be erased is erased again', async () => {
  marker('{"schemaVersion":1,"id":');
  const desk = await world.open('Revisora de práctica');
  expect((await desk.doctor()).find(({ code }) => code === 'cutOff.erasure')?.message).toContain('momentos audit redact again');
  rmSync(at('redaction.json'));
  await desk.redactions.eraseAgain();
  expect(filesWith(words, at())).toEqual([]);
  expect(desk.inbox.list({ all: true }).map((mention) => mention.id)).not.toContain(id);
});

test('while another process holds the lock the desk opens all the same; the work is ended later, and told then', async () => {
  const bundle = await bundleWorker();
  const good = readFileSync(at('redaction.json'), 'utf8');
  rmSync(at('redaction.json'));
  const holder = new WorkerProcess(bundle, { dir: world.dir, deed: 'holdAndPut', from: 1, count: 1 });
  try {
    holder.tell('go');
    await holder.says((line) => line === 'held');
    marker(good);
    const desk = await world.open();
    expect(desk.cutOff.met()).toMatchObject([{ kind: 'erasure', state: 'waiting' }]);
    const told = new Promise<void>((resolve) => desk.cutOff.onDidMeet(resolve));
    holder.tell('write');
    await holder.ended;
    await desk.triage.note(desk.inbox.list().find((mention) => mention.id !== id)!.id, 'Sigue');
    await told;
    expect(desk.cutOff.met()).toMatchObject([{ kind: 'erasure', state: 'finished' }]);
    expect(filesWith(words, at())).toEqual([]);
  } finally {
    holder.signal('SIGKILL');
    await bundle.remove();
  }
});
