import { afterEach, describe, expect, test } from 'vitest';
import { compareIds } from '../../../src/toolkit/practice/identifiers';
import { allMentions, ask, closeAll, form, json, pulled, start, type AccountBody, type ContextBody, type ErrorBody, type NotificationBody, type StatusBody } from './practiceClient';

afterEach(closeAll);

describe('the account and the instance', () => {
  test('are those of the invented institution', async () => {
    const server = await start({ count: 5 });
    expect((await ask<AccountBody>(server, '/api/v1/accounts/verify_credentials')).body).toMatchObject({ username: 'isc', acct: 'isc' });
    const v2 = await ask<{ configuration: { statuses: object } }>(server, '/api/v2/instance', { token: null });
    expect(v2.body.configuration.statuses).toMatchObject({ max_characters: 500, characters_reserved_per_url: 23 });
    expect((await ask(server, '/api/v1/instance', { token: null })).status).toBe(200);
  });

  test.each([null, 'wrong', ''])('are closed to the token %j', async (token) => {
    const server = await start({ count: 5 });
    const answer = await ask<ErrorBody>(server, '/api/v1/notifications', { token });
    expect(answer).toMatchObject({ status: 401, body: { error: 'The access token is invalid' } });
  });

  test('take the token they are started with, and a random one otherwise', async () => {
    const [given, one, other] = [await start({ count: 0, token: 'practice-token' }), await start({ count: 0 }), await start({ count: 0 })];
    expect(given.token).toBe('practice-token');
    expect((await ask(given, '/api/v1/accounts/verify_credentials')).status).toBe(200);
    expect(one.token).not.toBe(other.token);
    expect(one.token.length).toBeGreaterThanOrEqual(32);
  });
});

describe('notifications', () => {
  test('walk forwards by min_id without a gap, and across the ids that grow by a digit', async () => {
    const server = await start({ count: 90 });
    const all = await pulled(server, 7);
    expect(all).toHaveLength(90);
    const ids = all.map((item) => item.id);
    expect(new Set(ids).size).toBe(90);
    expect(ids).toEqual([...ids].sort(compareIds));
    expect(new Set(ids.map((id) => id.length))).toEqual(new Set([6, 7]));
    expect([...ids].sort()).not.toEqual(ids);
  });

  test('lose the middle by since_id, as the real ones do', async () => {
    const server = await start({ count: 40 });
    const all = await pulled(server);
    const cursor = all[4]!.id;
    const bySince = await ask<NotificationBody[]>(server, `${allMentions}&limit=5&since_id=${cursor}`);
    expect(bySince.body.map((item) => item.id)).toEqual(all.slice(-5).reverse().map((item) => item.id));
    const byMin = await ask<NotificationBody[]>(server, `${allMentions}&limit=5&min_id=${cursor}`);
    expect(byMin.body.map((item) => item.id)).toEqual(all.slice(5, 10).reverse().map((item) => item.id));
  });

  test('walk back by their Link header, which ends with an empty page', async () => {
    const server = await start({ count: 30 });
    const seen: string[] = [];
    let next: string | undefined = `${server.url}${allMentions}&limit=13`;
    let pages = 0;
    while (next !== undefined) {
      const page: { headers: Headers; body: NotificationBody[] } = await ask<NotificationBody[]>(server, next);
      seen.push(...page.body.map((item) => item.id));
      const link: string | null = page.headers.get('link');
      expect(link === null).toBe(page.body.length === 0);
      next = /<([^>]+)>; rel="next"/.exec(link ?? '')?.[1];
      if (next !== undefined) expect(decodeURIComponent(next)).toContain('types[]=mention');
      pages += 1;
    }
    expect(pages).toBe(4);
    expect(seen.reverse()).toEqual((await pulled(server)).map((item) => item.id));
  });

  test('come 40 at a time, 80 at most', async () => {
    const server = await start({ count: 120 });
    expect((await ask<NotificationBody[]>(server, allMentions)).body).toHaveLength(40);
    expect((await ask<NotificationBody[]>(server, `${allMentions}&limit=500`)).body).toHaveLength(80);
  });

  test('hold other kinds too, which types[] and exclude_types[] leave out', async () => {
    const server = await start({ count: 60 });
    const types = async (query: string): Promise<Set<string>> => new Set((await ask<NotificationBody[]>(server, `/api/v1/notifications?limit=80&${query}`)).body.map((item) => item.type));
    expect(await types('')).toEqual(new Set(['mention', 'favourite', 'follow']));
    expect(await types('types[]=mention')).toEqual(new Set(['mention']));
    expect(await types('exclude_types[]=mention&exclude_types[]=follow')).toEqual(new Set(['favourite']));
  });

  test('hide what the policy filtered unless it is asked for', async () => {
    const server = await start({ count: 0 });
    const hidden = server.control.addMention({ text: '¿Me leen?', author: 'nueva_cuenta', filtered: true });
    const ids = async (query: string): Promise<string[]> => (await ask<NotificationBody[]>(server, `/api/v1/notifications?${query}`)).body.map((item) => item.id);
    expect(await ids('')).toEqual([]);
    expect(await ids('include_filtered=true')).toEqual([hidden.notificationId]);
  });

  test('carry HTML as Mastodon sends it, and an author with or without a host', async () => {
    const server = await start({ count: 100 });
    const all = await pulled(server);
    for (const item of all) {
      expect(item.status.content).toMatch(/^<p>/);
      expect(item.status.content).toContain('class="u-url mention">@<span>isc</span>');
      expect(item.status.content).not.toMatch(/<script|onerror=alert\(1\)>/);
      expect(item.status.mentions.map((mention) => mention.acct)).toContain('isc');
    }
    expect(new Set(all.map((item) => item.account.acct.includes('@')))).toEqual(new Set([true, false]));
    expect(all.some((item) => item.status.media_attachments.length > 0)).toBe(true);
    expect(all.some((item) => item.status.edited_at !== null)).toBe(true);
    expect(all.some((item) => item.status.content.includes('<ul>'))).toBe(true);
  });

  test('are the same for the same seed', async () => {
    const now = (): number => Date.UTC(2026, 10, 20, 15);
    const shape = (list: NotificationBody[]): unknown => list.map(({ id, account, status }) => [id, account.acct, status.id, status.created_at, status.visibility]);
    const [one, again, other] = [await start({ seed: 5, count: 30, now }), await start({ seed: 5, count: 30, now }), await start({ seed: 6, count: 30, now })];
    expect(shape(await pulled(again))).toEqual(shape(await pulled(one)));
    expect(shape(await pulled(other))).not.toEqual(shape(await pulled(one)));
  });
});

describe('a reply', () => {
  const mention = { text: 'Se me venció la cédula, ¿qué hago?', author: 'yokasta_p' };

  test('shows up in the thread, on the page that people see, and among what was posted', async () => {
    const server = await start({ count: 0 });
    const { statusId, acct } = server.control.addMention(mention);
    const made = await ask<StatusBody>(server, '/api/v1/statuses', json({ status: `@${acct} Gracias por escribirnos.`, in_reply_to_id: statusId, visibility: 'unlisted', language: 'es' }));
    expect(made).toMatchObject({ status: 200, body: { in_reply_to_id: statusId, visibility: 'unlisted', language: 'es', account: { acct: 'isc' } } });
    expect(made.body.mentions.map((person) => person.acct)).toEqual(['yokasta_p']);
    const context = await ask<ContextBody>(server, `/api/v1/statuses/${statusId}/context`);
    expect(context.body.descendants.map((status) => status.id)).toEqual([made.body.id]);
    const below = await ask<ContextBody>(server, `/api/v1/statuses/${made.body.id}/context`);
    expect(below.body.ancestors.map((status) => status.id)).toEqual([statusId]);
    const page = await ask<string>(server, made.body.url, { token: null });
    expect(page.body).toContain('Gracias por escribirnos.');
    expect(page.body).toContain('¿qué hago?');
    expect(server.control.posted()).toMatchObject([{ id: made.body.id, inReplyTo: statusId, text: '@yokasta_p Gracias por escribirnos.' }]);
  });

  test('is made once per idempotency key, for an hour', async () => {
    let now = Date.UTC(2026, 10, 20, 15);
    const server = await start({ count: 0, now: () => now });
    const post = async (key: string): Promise<string> => (await ask<StatusBody>(server, '/api/v1/statuses', json({ status: 'Recibido.' }, { 'idempotency-key': key }))).body.id;
    const first = await post('k1');
    now += 59 * 60_000;
    expect(await post('k1')).toBe(first);
    expect(await post('k2')).not.toBe(first);
    now += 2 * 60_000;
    expect(await post('k1')).not.toBe(first);
    expect(server.control.posted()).toHaveLength(3);
  });

  test.each([
    ['form', form({ status: 'Por formulario', visibility: 'private' })],
    ['JSON', json({ status: 'Por formulario', visibility: 'private' })],
    ['multipart', { method: 'POST', body: multipart({ status: 'Por formulario', visibility: 'private' }) }],
  ])('is understood as %s', async (_name, init) => {
    const server = await start({ count: 0 });
    expect(await ask<StatusBody>(server, '/api/v1/statuses', init)).toMatchObject({ status: 200, body: { content: '<p>Por formulario</p>', visibility: 'private' } });
  });

  test.each([
    ['blank', { status: ' \n ' }, 422],
    ['without a text', {}, 422],
    ['too long', { status: 'x'.repeat(501) }, 422],
    ['too long with its warning', { status: 'x'.repeat(495), spoiler_text: 'aviso!' }, 422],
    ['of an unknown visibility', { status: 'hola', visibility: 'everybody' }, 422],
    ['to nobody', { status: 'hola', in_reply_to_id: '123' }, 404],
  ])('is refused when it is %s', async (_name, body, status) => {
    const server = await start({ count: 0 });
    const answer = await ask<ErrorBody>(server, '/api/v1/statuses', json(body));
    expect(answer.status).toBe(status);
    expect(answer.body.error).toBeTypeOf('string');
    expect(server.control.posted()).toEqual([]);
  });

  test('is as long as Mastodon counts: links 23, hosts of people nothing', async () => {
    const server = await start({ count: 0 });
    const status = `@ana@ejemplo.do https://isc.example/${'x'.repeat(200)} `;
    const fits = status + 'ñ'.repeat(500 - '@ana '.length - 23 - 1);
    expect((await ask(server, '/api/v1/statuses', json({ status: fits }))).status).toBe(200);
    expect((await ask(server, '/api/v1/statuses', json({ status: `${fits}ñ` }))).status).toBe(422);
  });

  test('can be corrected and withdrawn; a citizen\'s post can not', async () => {
    const server = await start({ count: 0 });
    const { statusId } = server.control.addMention(mention);
    const { id } = (await ask<StatusBody>(server, '/api/v1/statuses', json({ status: 'Abrimos a las 9.', in_reply_to_id: statusId }))).body;
    const changed = await ask<StatusBody>(server, `/api/v1/statuses/${id}`, json({ status: 'Abrimos a las 8.' }, {}, 'PUT'));
    expect(changed.body.content).toBe('<p>Abrimos a las 8.</p>');
    expect((await ask<StatusBody[]>(server, `/api/v1/statuses/${id}/history`)).body.map((version) => version.content)).toEqual(['<p>Abrimos a las 9.</p>', '<p>Abrimos a las 8.</p>']);
    const gone = await ask<StatusBody & { text: string }>(server, `/api/v1/statuses/${id}`, { method: 'DELETE' });
    expect(gone).toMatchObject({ status: 200, body: { id, text: 'Abrimos a las 8.' } });
    expect((await ask(server, `/api/v1/statuses/${id}`)).status).toBe(404);
    expect((await ask(server, `/api/v1/statuses/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await ask<ContextBody>(server, `/api/v1/statuses/${statusId}/context`)).body.descendants).toEqual([]);
    expect((await ask(server, `/api/v1/statuses/${statusId}`, { method: 'DELETE' })).status).toBe(404);
  });
});

function multipart(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

describe('what citizens do', () => {
  test('an edit keeps the id and shows in edited_at and the history; a deletion leaves no trace', async () => {
    const server = await start({ count: 0 });
    const { statusId } = server.control.addMention({ text: 'Abren hoy?', author: 'ana@ejemplo.do' });
    server.control.editMention(statusId, '¿Abren hoy o mañana?');
    const edited = await ask<StatusBody>(server, `/api/v1/statuses/${statusId}`);
    expect(edited.body.content).toContain('o mañana?');
    expect(edited.body.edited_at).not.toBeNull();
    expect((await ask<unknown[]>(server, `/api/v1/statuses/${statusId}/history`)).body).toHaveLength(2);
    const { statusId: kept } = server.control.addMention({ text: 'Otra cosa', author: 'ana@ejemplo.do' });
    server.control.deleteMention(statusId);
    expect((await pulled(server)).map((item) => item.status.id)).toEqual([kept]);
    const several = await ask<StatusBody[]>(server, `/api/v1/statuses?id[]=${statusId}&id[]=${kept}`);
    expect(several.body.map((status) => status.id)).toEqual([kept]);
  });

  test('in a full stream one is edited and one deleted while people work', async () => {
    let now = Date.UTC(2026, 10, 20, 15);
    const server = await start({ count: 100, now: () => now });
    const before = await pulled(server);
    now += 5 * 60_000;
    const after = await pulled(server);
    expect(after).toHaveLength(99);
    const changed = after.filter((item) => before.some((old) => old.id === item.id && old.status.content !== item.status.content));
    expect(changed).toHaveLength(1);
  });

  test('new ones drip in by the minute, all different', async () => {
    let now = Date.UTC(2026, 10, 20, 15);
    const server = await start({ count: 10, ratePerMinute: 6, now: () => now });
    expect(await pulled(server)).toHaveLength(10);
    now += 10 * 60_000;
    const all = await pulled(server);
    expect(all.length).toBeGreaterThan(10 + 40);
    expect(all.length).toBeLessThan(10 + 80);
    expect(new Set(all.map((item) => item.status.content)).size).toBe(all.length);
    expect(Date.parse(all.at(-1)!.status.created_at)).toBeGreaterThan(now - 60_000);
  });

  test('colleagues answer with other programs', async () => {
    const server = await start({ count: 0 });
    const { statusId } = server.control.addMention({ text: 'Hola', author: 'ana@ejemplo.do', visibility: 'direct' });
    server.control.answerByColleague(statusId, 'Ya le atendemos.');
    const { descendants } = (await ask<ContextBody>(server, `/api/v1/statuses/${statusId}/context`)).body;
    expect(descendants).toMatchObject([{ in_reply_to_id: statusId, visibility: 'direct', account: { acct: 'isc' } }]);
    expect(server.control.posted()).toEqual([]);
  });
});

describe('bad requests', () => {
  test.each([
    ['an unknown path', '/api/v1/timelines/home', {}, 404],
    ['a wrong method', '/api/v1/notifications', { method: 'DELETE' }, 405],
    ['a status that never was', '/api/v1/statuses/%E0%A4%A', {}, 404],
    ['broken JSON', '/api/v1/statuses', { method: 'POST', body: '{"status":', headers: { 'content-type': 'application/json' } }, 400],
    ['a list for JSON', '/api/v1/statuses', { method: 'POST', body: '[1]', headers: { 'content-type': 'application/json' } }, 400],
    ['broken multipart', '/api/v1/statuses', { method: 'POST', body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=y' } }, 400],
    ['a type nobody reads', '/api/v1/statuses', { method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml' } }, 415],
    ['a body without end', '/api/v1/statuses', { method: 'POST', body: 'x'.repeat(600_000), headers: { 'content-type': 'application/json' } }, 413],
  ] as const)('%s is answered in JSON, and the server lives on', async (_name, path, init, status) => {
    const server = await start({ count: 3 });
    const answer = await ask<ErrorBody>(server, path, init);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toBeTypeOf('string');
    expect(await pulled(server)).toHaveLength(3);
  });
});

describe('pages for people', () => {
  test('show what citizens wrote as text, whatever they wrote', async () => {
    const server = await start({ count: 0 });
    const { statusId } = server.control.addMention({ text: '<script>alert(1)</script> "x"', author: 'malo@social.example', name: '<img src=x>' });
    const { url } = (await ask<StatusBody>(server, `/api/v1/statuses/${statusId}`)).body;
    for (const path of [url, '/', '/@malo@social.example']) {
      const page = await ask<string>(server, path, { token: null });
      expect(page.status).toBe(200);
      expect(page.body).toContain('&lt;script&gt;');
      expect(page.body).not.toMatch(/<script|<img/);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  test('pictures are pictures', async () => {
    const server = await start({ count: 0 });
    const { statusId } = server.control.addMention({ text: 'Miren', images: ['Una puerta'] });
    const [image] = (await ask<StatusBody>(server, `/api/v1/statuses/${statusId}`)).body.media_attachments;
    expect(image?.description).toBe('Una puerta');
    const bytes = Buffer.from(await (await fetch(image!.url)).arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  });
});
