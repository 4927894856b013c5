import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asMomentosError, type MomentosError } from '../../../src/core/errors';
import { type Mention } from '../../../src/core/mention';
import { type Desk } from '../../../src/desk/deskApi';
import { sentence } from '../../../src/desk/sentences';
import { configDir } from '../../../src/desk/secrets';
import { createFileSecrets } from '../../../src/store/secretFiles';
import { type FaultyFront, startFaultyFront } from '../channels/faultyFront';
import { type DeskWorld, makeDesk, mediaDir } from '../../support/openDesk';
import { startXServer, type XServer } from '../../support/xServer';

let world: DeskWorld;
let server: XServer;
let front: FaultyFront;

beforeEach(async () => {
  world = await makeDesk({ server: { count: 0 } });
  server = await startXServer({ now: () => world.clock.now() });
  front = await startFaultyFront(server.url);
  const path = `${world.dir}/momentos.json`;
  const config = JSON.parse(readFileSync(path, 'utf8').replace(/^\/\/.*$/mu, '')) as { channels: unknown[] };
  config.channels = [{ id: 'x-main', network: 'x', url: front.url, account: 'isc', clientId: 'client-1' }];
  writeFileSync(path, JSON.stringify(config));
});

afterEach(async () => {
  await world.close();
  await front.close();
  await server.close();
});

const secrets = () => createFileSecrets({ configDir: configDir(world.environment, world.home) });

async function connect(): Promise<Desk> {
  const { world: { own } } = server.control;
  await secrets().write('x-main', { ...server.control.tokens.grant(), origin: front.url, accountId: own.id, clientId: 'client-1' });
  return world.open();
}

async function arrived(desk: Desk, text: string, author = 'vecina'): Promise<Mention> {
  server.control.addMention({ text, author });
  await desk.pulling.pull();
  return desk.inbox.list({ all: true }).find((candidate) => candidate.post.text.includes(text)) ?? expect.fail(`not pulled: ${text}`);
}

async function failed(promise: Promise<unknown>): Promise<MomentosError> {
  return promise.then(() => expect.fail('it did not fail'), asMomentosError);
}

const free = (text: string) => ({ text, values: {} });
const settled = (desk: Desk, { id }: Mention): Mention => desk.inbox.get(id) ?? expect.fail('it is gone');

describe('a desk on X', () => {
  test('is connected by a sign-in, and keeps the tokens outside its folder', async () => {
    const desk = await world.open();
    const signIn = await desk.channels.beginSignIn('x-main', 'urn:ietf:wg:oauth:2.0:oob');
    const code = server.control.tokens.allow(new URL(signIn.authorizeUrl).searchParams);
    const info = await desk.channels.finishSignIn('x-main', signIn, `http://127.0.0.1:8976/callback?state=${signIn.state}&code=${code}`);
    expect(info).toMatchObject({ connected: true, network: 'x', capabilities: { pull: true, thread: true, reply: true, privateReply: false, delete: true } });
    const stored = await secrets().read('x-main');
    expect(stored).toMatchObject({ origin: front.url, clientId: 'client-1', accountId: server.control.world.own.id });
    expect(stored?.refreshToken).toBeDefined();
    expect((await desk.pulling.pull())[0]?.error).toBeNull();
  });

  test('answers with an approved template, without a greeting, and takes the answer back', async () => {
    const desk = await connect();
    const mention = await arrived(desk, 'Gracias por la atención');
    const draft = await desk.replies.render(mention.id, 'thanks', 'es', {});
    const { reply, mention: answered } = await desk.replies.send(mention.id, draft, { confirm: [] });
    expect([reply.state, answered.status]).toEqual(['sent', 'answered']);
    expect(reply.text.startsWith('@')).toBe(false);
    expect(server.control.posted()).toEqual([{ id: reply.externalId, text: `@vecina ${reply.text}`, inReplyTo: mention.post.externalId }]);
    await desk.replies.withdraw(reply.id, 'Una errata');
    expect(server.control.posted()).toEqual([]);
  });

  test('counts as X does before anything is sent', async () => {
    const desk = await connect();
    const mention = await arrived(desk, 'Hola');
    const error = await failed(desk.replies.send(mention.id, free('€'.repeat(141)), { confirm: [] }));
    expect([error.code, error.details['length'], error.details['max']]).toEqual(['reply.tooLong', 282, 280]);
    expect((await desk.replies.send(mention.id, free('€'.repeat(140)), { confirm: [] })).reply.state).toBe('sent');
  });

  test('whose answer arrived though the connection broke has sent it once', async () => {
    const desk = await connect();
    const mention = await arrived(desk, 'Hola');
    front.fault({ kind: 'resetAfter', method: 'POST', path: /^\/2\/tweets$/u, count: 1 });
    const { reply } = await desk.replies.send(mention.id, free('Visite www.isc.gob.do o isc.gob.do/citas mañana.'), { confirm: ['link'] });
    expect([reply.state, reply.externalId]).toEqual(['sent', server.control.posted()[0]?.id]);
    expect(server.control.posted()).toHaveLength(1);
  });

  test('whose answer was lost on the way knows it once X can be asked', async () => {
    const desk = await connect();
    const mention = await arrived(desk, 'Hola');
    front.fault({ kind: 'resetBefore', method: 'POST', path: /^\/2\/tweets$/u, count: 1 });
    expect((await failed(desk.replies.send(mention.id, free('Con gusto.'), { confirm: [] }))).code).toBe('reply.unsettled');
    world.clock.forward(60_000);
    await desk.replies.settleAll();
    expect(settled(desk, mention).replies.map(({ state }) => state)).toEqual(['failed']);
    expect((await desk.replies.send(mention.id, free('Con gusto.'), { confirm: [] })).reply.state).toBe('sent');
    expect(server.control.posted()).toHaveLength(1);
  });

  test('that cannot see the whole conversation asks a person whether it was sent', async () => {
    const desk = await connect();
    const mention = await arrived(desk, 'Hola');
    front.fault({ kind: 'resetBefore', method: 'POST', path: /^\/2\/tweets$/u, count: 1 });
    server.control.plan = { problem: 'client-forbidden', path: /search/u };
    expect((await failed(desk.replies.send(mention.id, free('Con gusto.'), { confirm: ['answered'] }))).code).toBe('reply.unsettled');
    world.clock.forward(60_000);
    await desk.replies.settleAll();
    expect(settled(desk, mention).replies.map(({ state }) => state)).toEqual(['unsettled']);
  });

  test('says in plain words that the same words stand elsewhere, and nothing is counted as sent', async () => {
    const desk = await connect();
    const one = await arrived(desk, 'Una pregunta');
    const other = await arrived(desk, 'Otra pregunta', 'vecino');
    await desk.replies.send(one.id, free('Con gusto.'), { confirm: [] });
    const error = await failed(desk.replies.send(other.id, free('Con gusto.'), { confirm: [] }));
    expect(error.code).toBe('network.duplicate');
    expect(sentence(error)).toContain('las mismas palabras');
    expect(settled(desk, other).replies.map(({ state, failure }) => [state, failure])).toEqual([['failed', 'network.duplicate']]);
  });

  test('sees that a colleague answered in X itself', async () => {
    const desk = await connect();
    const mention = await arrived(desk, '¿Abren hoy?');
    world.clock.forward(300_000);
    server.control.answerByColleague(mention.post.externalId, 'Sí, hasta las cuatro.');
    await desk.pulling.pull();
    const now = settled(desk, mention);
    expect(now.status).toBe('answered');
    expect(now.answeredElsewhereAt).toBeGreaterThan(mention.post.postedAt);
  });

  test('hears an answer to its own post though it does not name the account, once', async () => {
    const desk = await connect();
    const root = server.control.addPost({ text: 'Nuevo horario', author: 'isc' });
    server.control.addPost({ text: '¿Desde cuándo?', author: 'vecino', inReplyTo: root });
    await desk.pulling.pull();
    await desk.pulling.pull();
    expect(desk.inbox.list({ all: true }).map(({ post }) => [post.text, post.parentId])).toEqual([['¿Desde cuándo?', root]]);
  });

  test('keeps one mention through an edit, answers its newest version, and masks what is deleted but not what is hidden', async () => {
    const desk = await connect();
    const edited = await arrived(desk, 'Con herror');
    const deleted = await arrived(desk, 'Me arrepiento', 'otra');
    const hidden = await arrived(desk, 'Con candado', 'discreta');
    world.clock.forward(120_000);
    const version = server.control.edit(edited.post.externalId, '@isc Con error');
    server.control.delete(deleted.post.externalId);
    server.control.protect('discreta');
    await desk.pulling.pull();
    expect(settled(desk, edited)).toMatchObject({ post: { text: '@isc Con error', versionId: version }, earlierTexts: [{ text: '@isc Con herror' }] });
    expect(settled(desk, deleted).deletedAt).toBeDefined();
    expect(settled(desk, hidden).deletedAt).toBeUndefined();
    expect(desk.inbox.list({ all: true })).toHaveLength(3);
    await desk.replies.send(edited.id, free('Con gusto.'), { confirm: [] });
    expect(server.control.posted()[0]?.inReplyTo).toBe(version);
  });

  test.each([['credits', 'network.noCredits'], ['client-forbidden', 'network.planForbids'], ['usage-capped', 'network.capReached']] as const)('says in words what the plan refuses (%s), with a link and no price', async (problem, code) => {
    const desk = await connect();
    server.control.plan = { problem };
    const [result] = await desk.pulling.pull();
    expect(result?.error?.code).toBe(code);
    expect(sentence(result!.error!)).toMatch(/https:\/\/(?:console|docs)\.x\.com/u);
    expect(sentence(result!.error!)).not.toMatch(/[$€]|\d{2,}/u);
    expect((await desk.pulling.state('x-main')).retryAt).toBeGreaterThan(world.clock.now() + 1_800_000);
  });

  test('asks to be connected again when X has ended the access, and goes on after that', async () => {
    const desk = await connect();
    server.control.tokens.endAccessTokens();
    server.control.tokens.endRefreshTokens();
    const [result] = await desk.pulling.pull();
    expect(result?.error?.code).toBe('secret.expired');
    expect(sentence(result!.error!)).toContain('Vuelva a conectar el canal');
    await connect();
    expect((await desk.pulling.pull())[0]?.error).toBeNull();
  });

  test('spends a refresh token once, though processes and windows come for it at the same moment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'momentos-x-'));
    const worker = join(folder, 'worker.cjs');
    await build({ entryPoints: [join(__dirname, 'pullWorker.ts')], bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], outfile: worker, logLevel: 'error' });
    try {
      await connect();
      server.control.tokens.endAccessTokens();
      const children = Array.from({ length: 3 }, () => spawn(process.execPath, [worker, world.dir, mediaDir], { env: { ...process.env, ...world.environment, MOMENTOS_OPERATOR: '' }, stdio: ['pipe', 'pipe', 'inherit'] }));
      const outputs = children.map(() => '');
      const ended = children.map((child) => new Promise<void>((resolve) => child.once('close', () => { resolve(); })));
      await Promise.all(children.map((child, index) => new Promise<void>((resolve) => child.stdout.on('data', (data: Buffer) => {
        outputs[index] += data.toString();
        if (outputs[index]?.includes('open')) resolve();
      }))));
      for (const child of children) child.stdin.write('go\n');
      await Promise.all(ended);
      for (const output of outputs) expect(output).toContain('[{"id":"x-main","error":null}]');
      expect(server.control.tokens.refreshes).toBe(1);
      expect(server.control.tokens.scopesOf((await secrets().read('x-main'))?.token ?? '')).toBeDefined();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
