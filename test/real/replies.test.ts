import { describe, expect, inject, test, vi } from 'vitest';
import { type IncomingPost } from '../../src/core/mention';
import { countText } from '../../src/core/text/countText';
import { codeOf, failureOf } from '../contract/channels/testEnvironment';
import { Inbox, newOffice, type Office, replyTo } from './support/office';
import { call, mention, newPerson, type Person, post, recordsOf, remove } from './support/people';

const { pds } = inject('network');

async function asked(words = '¿Dónde saco la cédula?'): Promise<{ readonly office: Office; readonly citizen: Person; readonly parent: IncomingPost }> {
  const [office, citizen] = [await newOffice(pds), await newPerson(pds, 'vecina')];
  const { uri } = await mention(citizen, office.person, words);
  const [parent] = await new Inbox(office.channel()).until(uri);
  return { office, citizen, parent: parent! };
}

describe('an answer', () => {
  test('stands in the thread under its parent, with facets at the right bytes, and tells whom it names', async () => {
    const { office, citizen, parent } = await asked();
    const colleague = await newPerson(pds, 'cedulas');
    const text = `Buenos días 👩🏽‍⚖️: pida su cita en https://oficina.example/citas (también en oficina.gob.do/ayuda). Le atiende @${colleague.handle}. #CitaPrevia y @nadie-que-exista.test`;
    const channel = office.channel();
    const sent = await channel.reply(replyTo(parent, text));
    expect(sent.attached).toBe(true);
    const [record] = await recordsOf(office.person);
    expect(record!.uri).toBe(sent.externalId);
    expect(record!.value).toMatchObject({ text, langs: ['es'], reply: { root: { uri: parent.externalId }, parent: { uri: parent.externalId, cid: parent.versionId } } });
    const facets = record!.value['facets'] as readonly { readonly index: { readonly byteStart: number; readonly byteEnd: number }; readonly features: readonly Record<string, string>[] }[];
    const bytes = Buffer.from(text, 'utf8');
    expect(facets.map(({ index, features }) => [bytes.subarray(index.byteStart, index.byteEnd).toString('utf8'), features[0]!['uri'] ?? features[0]!['did'] ?? features[0]!['tag']])).toEqual([
      ['https://oficina.example/citas', 'https://oficina.example/citas'],
      ['oficina.gob.do/ayuda', 'https://oficina.gob.do/ayuda'],
      [`@${colleague.handle}`, colleague.did],
      ['#CitaPrevia', 'CitaPrevia'],
    ]);
    const { posts, complete } = await channel.thread(parent.externalId);
    expect(complete).toBe(true);
    expect(posts.map(({ externalId, own, parentId }) => [externalId, own, parentId])).toEqual([[parent.externalId, false, undefined], [sent.externalId, true, parent.externalId]]);
    for (const [who, reason] of [[citizen, 'reply'], [colleague, 'mention']] as const) {
      await vi.waitFor(async () => {
        const { json } = await call(pds, 'app.bsky.notification.listNotifications', { token: who.access });
        expect((json['notifications'] as readonly { readonly uri: string; readonly reason: string }[]).filter(({ uri }) => uri === sent.externalId).map((item) => item.reason)).toEqual([reason]);
      }, { timeout: 30_000, interval: 150 });
    }
  });

  test('in a longer conversation keeps its root', async () => {
    const { office, citizen, parent } = await asked();
    const channel = office.channel();
    const first = await channel.reply(replyTo(parent, 'Aquí.'));
    const [own] = await recordsOf(office.person);
    // An AppView that gets to see an answer before what it answers tells nobody of it.
    await vi.waitFor(async () => expect((await channel.check([first.externalId])).found).toHaveLength(1), { timeout: 30_000, interval: 150 });
    const more = await post(citizen, '¿Y cuánto cuesta?', { reply: { root: { uri: parent.externalId, cid: parent.versionId }, parent: { uri: first.externalId, cid: own!.cid } } });
    const [followUp] = await new Inbox(channel).until(more.uri);
    expect(followUp).toMatchObject({ parentId: first.externalId, rootId: parent.externalId });
    await channel.reply(replyTo(followUp!, 'Nada.', 'key-2'));
    const { posts } = await channel.thread(more.uri);
    expect(posts.map(({ text }) => text)).toEqual([parent.text, 'Aquí.', '¿Y cuánto cuesta?', 'Nada.']);
    expect(new Set(posts.map(({ rootId }) => rootId))).toEqual(new Set([parent.externalId]));
  });

  test('sent again under its key is the same post, and nothing changes', async () => {
    const { office, parent } = await asked();
    const request = replyTo(parent, 'Una vez, en https://oficina.example', 'key-9', Date.now() - 5_000);
    const first = await office.channel().reply(request);
    const [before] = await recordsOf(office.person);
    const again = await office.channel().reply(request);
    expect(again).toEqual(first);
    expect(await recordsOf(office.person)).toEqual([before]);
    await office.channel().reply({ ...request, idempotencyKey: 'key-10' });
    expect(await recordsOf(office.person)).toHaveLength(2);
  });

  test('to a deleted post is not sent, though the network would take it', async () => {
    const { office, citizen, parent } = await asked();
    await remove(citizen, parent.externalId);
    const channel = office.channel();
    await vi.waitFor(async () => expect((await channel.check([parent.externalId])).gone).toHaveLength(1), { timeout: 30_000, interval: 150 });
    expect(await codeOf(channel.reply(replyTo(parent, 'Hola')))).toBe('network.notFound');
    expect(await codeOf(channel.thread(parent.externalId))).toBe('network.notFound');
    expect(await recordsOf(office.person)).toEqual([]);
  });

  test('where the author lets nobody answer is not sent', async () => {
    const { office, citizen, parent } = await asked();
    const gate = { repo: citizen.did, collection: 'app.bsky.feed.threadgate', rkey: parent.externalId.split('/').at(-1), record: { $type: 'app.bsky.feed.threadgate', post: parent.externalId, allow: [], createdAt: new Date().toISOString() } };
    expect((await call(pds, 'com.atproto.repo.createRecord', { token: citizen.access, body: gate })).status).toBe(200);
    const channel = office.channel();
    await vi.waitFor(async () => {
      const { json } = await call(pds, 'app.bsky.feed.getPosts', { token: office.person.access, query: { uris: parent.externalId } });
      expect(JSON.stringify(json)).toContain('"replyDisabled":true');
    }, { timeout: 30_000, interval: 150 });
    // One who is named may answer all the same, unless the gate says otherwise: the network decides.
    expect(await codeOf(channel.reply(replyTo(parent, 'Hola')))).toBe('network.forbidden');
    expect(await recordsOf(office.person)).toEqual([]);
  });

  test('of 300 graphemes goes, whatever they are made of; of 301 is refused with the reason', async () => {
    const { office, parent } = await asked();
    const channel = office.channel();
    const rule = await channel.lengthRule();
    const family = `${'👩‍👩‍👧‍👦'.repeat(60)}${'ñ'.repeat(240)}`;
    expect(countText(family, rule)).toBe(300);
    await channel.reply(replyTo(parent, family, 'longest'));
    const failure = await failureOf(channel.reply(replyTo(parent, 'ñ'.repeat(301), 'longer')));
    expect([failure.code, failure.details['status']]).toEqual(['network.invalid', 400]);
    expect(failure.details['reason']).toMatch(/grapheme/u);
    const heavy = '👩‍👩‍👧‍👦'.repeat(121);
    expect(Buffer.byteLength(heavy)).toBeGreaterThan(3_000);
    expect(await codeOf(channel.reply(replyTo(parent, heavy, 'heavier')))).toBe('network.invalid');
    expect(await recordsOf(office.person)).toHaveLength(1);
  });

  test('can be taken back, once, and only ours', async () => {
    const { office, parent } = await asked();
    const channel = office.channel();
    const { externalId } = await channel.reply(replyTo(parent, 'Hola'));
    expect(await codeOf(channel.delete(parent.externalId))).toBe('network.forbidden');
    await channel.delete(externalId);
    expect(await recordsOf(office.person)).toEqual([]);
    expect(await codeOf(channel.delete(externalId))).toBe('network.notFound');
  });

  test('that a colleague gives in the app is seen, at once', async () => {
    const { office, parent } = await asked();
    const ref = { uri: parent.externalId, cid: parent.versionId };
    const theirs = await post(office.person, 'Ya le respondí por aquí.', { reply: { root: ref, parent: ref } });
    const channel = office.channel();
    expect((await channel.thread(parent.externalId)).posts.filter(({ own }) => own).map(({ externalId, parentId }) => [externalId, parentId])).toEqual([[theirs.uri, parent.externalId]]);
    expect((await channel.around!(Date.now() - 3_600_000)).own.map(({ externalId, parentId }) => [externalId, parentId])).toEqual([[theirs.uri, parent.externalId]]);
  });
});
