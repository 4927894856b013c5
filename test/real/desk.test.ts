import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { type Mention } from '../../src/core/mention';
import { type Desk } from '../../src/desk/deskApi';
import { type DeskWorld, makeDesk } from '../support/openDesk';
import { call, mention, newAppPassword, newPerson, type Person, post, recordsOf, remove } from './support/people';

const { pds } = inject('network');

let world: DeskWorld;
let office: Person;
let citizen: Person;

beforeEach(async () => {
  [office, citizen] = [await newPerson(pds, 'oficina'), await newPerson(pds, 'vecina')];
  world = await makeDesk({ server: { count: 0 } });
  const path = `${world.dir}/momentos.json`;
  const config = JSON.parse(readFileSync(path, 'utf8').replace(/^\/\/.*$/mu, '')) as { channels: unknown[] };
  config.channels = [{ id: 'bluesky-main', network: 'bluesky', url: pds, account: office.handle }];
  writeFileSync(path, JSON.stringify(config));
});

afterEach(async () => {
  await world.close();
});

async function connect(): Promise<Desk> {
  const desk = await world.open();
  expect(await desk.channels.connectWith('bluesky-main', { secret: await newAppPassword(office) })).toMatchObject({ connected: true, network: 'bluesky' });
  return desk;
}

async function until(desk: Desk, uri: string, holds: (found: Mention) => boolean = () => true): Promise<Mention> {
  let found: Mention | undefined;
  await vi.waitFor(async () => {
    for (const { error } of await desk.pulling.pull()) expect(error).toBeNull();
    found = desk.inbox.list({ all: true }).find((each) => each.post.externalId === uri);
    expect(found !== undefined && holds(found)).toBe(true);
  }, { timeout: 40_000, interval: 300 });
  return found!;
}

describe('a desk on the real network', () => {
  test('is connected by an app password, answers with an approved template, and takes the answer back', async () => {
    const profile = { repo: citizen.did, collection: 'app.bsky.actor.profile', rkey: 'self', record: { $type: 'app.bsky.actor.profile', displayName: 'Marta García' } };
    expect((await call(pds, 'com.atproto.repo.putRecord', { token: citizen.access, body: profile })).status).toBe(200);
    const desk = await connect();
    const { uri } = await mention(citizen, office, 'Gracias por la atención');
    const found = await until(desk, uri);
    expect(found.post.author).toMatchObject({ id: citizen.did, handle: citizen.handle, name: 'Marta García' });
    const draft = await desk.replies.render(found.id, 'thanks', 'es', {});
    const { reply, mention: answered } = await desk.replies.send(found.id, draft, { confirm: [] });
    expect([reply.state, answered.status]).toEqual(['sent', 'answered']);
    expect((await recordsOf(office)).map(({ uri: posted, value }) => [posted, value['text'], (value['reply'] as { readonly parent: { readonly uri: string } }).parent.uri])).toEqual([[reply.externalId, reply.text, uri]]);
    await desk.pulling.pull();
    expect(desk.inbox.list({ all: true })).toHaveLength(1);
    await desk.replies.withdraw(reply.id, 'Una errata');
    expect(await recordsOf(office)).toEqual([]);
    expect((await desk.audit.verify()).problems).toEqual([]);
  });

  test('sees what a colleague answered in the app, and what its author deleted', async () => {
    const desk = await connect();
    const [asked, second] = [await mention(citizen, office, '¿A qué hora abren?'), await mention(citizen, office, 'Bórrenme esto')];
    await until(desk, asked.uri);
    await until(desk, second.uri);
    await post(office, 'A las nueve.', { reply: { root: asked, parent: asked } });
    await remove(citizen, second.uri);
    expect((await until(desk, asked.uri, ({ answeredElsewhereAt }) => answeredElsewhereAt !== undefined)).status).toBe('answered');
    expect((await until(desk, second.uri, ({ deletedAt }) => deletedAt !== undefined)).post.text).toBe('');
  });
});
