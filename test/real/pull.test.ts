import { describe, expect, inject, test, vi } from 'vitest';
import { Inbox, newOffice } from './support/office';
import { call, mention, newPerson, post, remove } from './support/people';

const { pds } = inject('network');

describe('what citizens write', () => {
  test('comes as mention, reply and quote, told apart by the post itself', async () => {
    const [office, citizen] = [await newOffice(pds), await newPerson(pds, 'vecina')];
    const notice = await post(office.person, 'Mañana abrimos a las 9.');
    const plain = await mention(citizen, office.person, '¿Dónde saco la cédula?');
    const reply = await post(citizen, '¿Y los sábados?', { reply: { root: notice, parent: notice } });
    const quote = await post(citizen, 'Miren esto', { embed: { $type: 'app.bsky.embed.record', record: notice } });
    // One notification, reason "mention", though it is a reply too.
    const both = await mention(citizen, office.person, '¿Y los domingos?', { reply: { root: notice, parent: notice } });
    const inbox = new Inbox(office.channel());
    const [one, two, three, four] = await inbox.until(plain.uri, reply.uri, quote.uri, both.uri);
    expect([one!.parentId, one!.quotedId, one!.mentions]).toEqual([undefined, undefined, [office.person.handle]]);
    expect([two!.parentId, two!.rootId, two!.quotedId, two!.mentions]).toEqual([notice.uri, notice.uri, undefined, []]);
    expect([three!.parentId, three!.quotedId]).toEqual([undefined, notice.uri]);
    expect([four!.parentId, four!.mentions]).toEqual([notice.uri, [office.person.handle]]);
    expect(inbox.posts).toHaveLength(4);
    expect(one).toMatchObject({ author: { id: citizen.did, handle: citizen.handle, name: citizen.handle }, language: 'es', visibility: 'public', own: false, versionId: plain.cid, text: `@${office.person.handle} ¿Dónde saco la cédula?` });
    expect(one!.url).toBe(`https://bsky.app/profile/${citizen.did}/post/${plain.uri.split('/').at(-1)!}`);
  });

  test('to each other below our post is left to them, but an author who goes on after an answer to us is heard', async () => {
    const [office, citizen, other] = [await newOffice(pds), await newPerson(pds, 'vecina'), await newPerson(pds, 'toni')];
    const notice = await post(office.person, 'Cambia la línea 3.');
    const reply = await post(citizen, '¿Desde cuándo?', { reply: { root: notice, parent: notice } });
    const inbox = new Inbox(office.channel());
    await inbox.until(reply.uri);
    const aside = await post(other, 'Yo tampoco lo sabía', { reply: { root: notice, parent: reply } });
    await vi.waitFor(async () => {
      const { json } = await call(pds, 'app.bsky.notification.listNotifications', { token: office.person.access });
      expect(JSON.stringify(json)).toContain(aside.uri);
    }, { timeout: 30_000, interval: 150 });
    const more = await post(citizen, 'Y otra cosa: ¿la 4 también?', { reply: { root: notice, parent: reply } });
    await inbox.until(more.uri);
    await inbox.pull();
    expect(inbox.posts.map(({ externalId }) => externalId)).not.toContain(aside.uri);
  });

  test('from more people than our account follows comes too, whatever its own preference says', async () => {
    const [office, citizen] = [await newOffice(pds), await newPerson(pds, 'vecina')];
    expect((await call(pds, 'app.bsky.notification.putPreferences', { token: office.person.access, body: { priority: true } })).status).toBe(200);
    const { uri } = await mention(citizen, office.person, '¿hay cita?');
    await new Inbox(office.channel()).until(uri);
  });

  test('carries the network\'s time, and the declared one beside it', async () => {
    const [office, citizen] = [await newOffice(pds), await newPerson(pds, 'vecina')];
    const before = Date.now();
    const declared = before - 6 * 3_600_000;
    const { uri } = await mention(citizen, office.person, 'escrito hace horas', { createdAt: new Date(declared).toISOString() });
    const [incoming] = await new Inbox(office.channel()).until(uri);
    expect(incoming!.postedAt).toBeGreaterThanOrEqual(before - 1000);
    expect(incoming!.declaredAt).toBe(declared);
  });

  test('stands with the real target of its links, and with what its pictures show', async () => {
    const [office, citizen] = [await newOffice(pds), await newPerson(pds, 'vecina')];
    const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const upload = await fetch(`${pds}/xrpc/com.atproto.repo.uploadBlob`, { method: 'POST', headers: { 'content-type': 'image/png', authorization: `Bearer ${citizen.access}` }, body: pixel });
    const { blob } = (await upload.json()) as { readonly blob: unknown };
    const name = `@${office.person.handle}`;
    const text = `${name} 🙏 ¿es esta página? oficina.example/ci...`;
    const at = Buffer.byteLength(text.slice(0, text.indexOf('oficina.example')));
    const { uri } = await post(citizen, text, {
      facets: [
        { index: { byteStart: 0, byteEnd: Buffer.byteLength(name) }, features: [{ $type: 'app.bsky.richtext.facet#mention', did: office.person.did }] },
        { index: { byteStart: at, byteEnd: Buffer.byteLength(text) }, features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://oficina.example/citas/hoy' }] },
      ],
      embed: { $type: 'app.bsky.embed.images', images: [{ image: blob, alt: 'Una fila larga' }, { image: blob, alt: '' }] },
      labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'graphic-media' }] },
    });
    const [incoming] = await new Inbox(office.channel()).until(uri);
    expect(incoming!.text).toBe(`${name} 🙏 ¿es esta página? https://oficina.example/citas/hoy`);
    expect(incoming!.media.map(({ type, alt }) => [type, alt])).toEqual([['image', 'Una fila larga'], ['image', undefined]]);
    expect(incoming!.media[0]!.url).toMatch(/^https?:\/\//u);
    expect(incoming!.warning).toBe('graphic-media');
  });
});

describe('none is lost and none is doubled', () => {
  test('of posts that share one declared moment, over more than a page', async () => {
    const [office, citizen] = [await newOffice(pds), await newPerson(pds, 'vecina')];
    const createdAt = new Date(Date.now() - 60_000).toISOString();
    const tied = [];
    for (let count = 0; count < 12; count += 1) tied.push(await mention(citizen, office.person, `a la misma hora ${String(count)}`, { createdAt }));
    // The moment that they share is where the first page of 100 ends.
    const newer = [];
    for (let count = 0; count < 95; count += 1) newer.push(await mention(citizen, office.person, `después ${String(count)}`));
    const older = await mention(citizen, office.person, 'antes', { createdAt: new Date(Date.now() - 3_600_000).toISOString() });
    const all = [...tied, ...newer, older].map(({ uri }) => uri);
    const inbox = new Inbox(office.channel());
    await inbox.until(...all);
    expect(inbox.posts).toHaveLength(108);
    expect(await inbox.pull()).toEqual([]);
  });

  test('of posts that are dated back: minutes, days, a year', async () => {
    const [office, citizen] = [await newOffice(pds), await newPerson(pds, 'vecina')];
    const inbox = new Inbox(office.channel());
    const first = await mention(citizen, office.person, 'la primera');
    await inbox.until(first.uri);
    const day = 86_400_000;
    for (const back of [5 * 60_000, day, 2.9 * day, 30 * day, 365 * day]) {
      const late = await mention(citizen, office.person, `fechada ${String(back)} antes`, { createdAt: new Date(Date.now() - back).toISOString() });
      const [incoming] = await inbox.until(late.uri);
      expect(incoming!.postedAt - (incoming!.declaredAt ?? NaN)).toBeGreaterThanOrEqual(back - 1000);
    }
    expect(inbox.posts).toHaveLength(6);
    expect(await inbox.pull()).toEqual([]);
  });

  test('when another process goes on from the stored cursor', async () => {
    const [office, citizen] = [await newOffice(pds), await newPerson(pds, 'vecina')];
    const first = await mention(citizen, office.person, 'una');
    const inbox = new Inbox(office.channel());
    await inbox.until(first.uri);
    const second = await mention(citizen, office.person, 'dos');
    const other = new Inbox(office.channel());
    other.cursor = inbox.cursor;
    await other.until(second.uri);
    expect(other.posts.map(({ externalId }) => externalId)).toEqual([second.uri]);
  });

  test('and what was there before the first run\'s beginning stays behind', async () => {
    const [office, citizen] = [await newOffice(pds), await newPerson(pds, 'vecina')];
    const old = await mention(citizen, office.person, 'de antes');
    await new Inbox(office.channel()).until(old.uri);
    const inbox = new Inbox(office.channel(), Date.now() + 1);
    await inbox.pull();
    const young = await mention(citizen, office.person, 'de después');
    await inbox.until(young.uri);
    expect(inbox.posts.map(({ externalId }) => externalId)).toEqual([young.uri]);
  });
});

describe('what is there no more', () => {
  test('a deleted post is gone, the others are not', async () => {
    const [office, citizen] = [await newOffice(pds), await newPerson(pds, 'vecina')];
    const [kept, deleted] = [await mention(citizen, office.person, 'queda'), await mention(citizen, office.person, 'se va')];
    const channel = office.channel();
    await new Inbox(channel).until(kept.uri, deleted.uri);
    await remove(citizen, deleted.uri);
    await vi.waitFor(async () => {
      const { found, gone } = await channel.check([kept.uri, deleted.uri]);
      expect([found.map(({ externalId }) => externalId), gone]).toEqual([[kept.uri], [deleted.uri]]);
    }, { timeout: 30_000, interval: 150 });
    expect((await channel.check([deleted.uri])).gone).toEqual([deleted.uri]);
  });

  test('a post whose author blocked us is hidden, not deleted', async () => {
    const [office, citizen] = [await newOffice(pds), await newPerson(pds, 'vecina')];
    const { uri } = await mention(citizen, office.person, 'hola');
    const channel = office.channel();
    await new Inbox(channel).until(uri);
    const blocked = await call(pds, 'com.atproto.repo.createRecord', { token: citizen.access, body: { repo: citizen.did, collection: 'app.bsky.graph.block', record: { $type: 'app.bsky.graph.block', subject: office.person.did, createdAt: new Date().toISOString() } } });
    expect(blocked.status).toBe(200);
    await vi.waitFor(async () => expect((await channel.check([uri])).found).toEqual([]), { timeout: 30_000, interval: 150 });
    expect(await channel.check([uri])).toEqual({ found: [], gone: [] });
  });
});
