import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { citizens } from '../../../src/toolkit/practice/citizens';
import { type InboxApiServer, type InboxApiServerOptions, startInboxApiServer } from '../../../src/toolkit/practice/inboxApi/inboxApiServer';
import { json } from './practiceClient';

const running: InboxApiServer[] = [];
const start = async (options: InboxApiServerOptions = {}): Promise<InboxApiServer> => {
  const server = await startInboxApiServer({ count: 0, ...options });
  running.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

interface Item {
  readonly change: string;
  readonly externalId: string;
  readonly conversationId: string;
  readonly inReplyTo: string | null;
  readonly own: boolean;
  readonly text: string;
  readonly createdAt: string;
  readonly visibility: string;
  readonly author: { readonly handle: string; readonly name: string };
}
interface Page {
  readonly items: readonly Item[];
  readonly nextCursor: string;
  readonly hasMore: boolean;
}

async function ask<T>(server: InboxApiServer, path: string, init: RequestInit = {}): Promise<{ readonly status: number; readonly body: T; readonly headers: Headers }> {
  const response = await fetch(server.url + path, { ...init, headers: { authorization: `Bearer ${server.token}`, ...init.headers } });
  const text = await response.text();
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as T, headers: response.headers };
}
const feed = async (server: InboxApiServer, query = ''): Promise<Page> => (await ask<Page>(server, `/v1/mentions${query}`)).body;
const reply = (server: InboxApiServer, key: string, body: object): ReturnType<typeof ask> => ask(server, '/v1/replies', json(body, { 'idempotency-key': key }));

describe('the feed of the reference server', () => {
  test('holds messages of the invented citizens, private, without handles of a microblog, oldest first', async () => {
    const { items } = await feed(await start({ count: 60, seed: 5 }));
    const people = new Set(citizens.map(({ username, domain, name }) => `${domain === undefined ? username : `${username}@${domain}`} ${name}`));
    const written = items.filter(({ own }) => !own);
    expect(written).toHaveLength(60);
    for (const { author, text, visibility } of written) {
      expect(people).toContain(`${author.handle} ${author.name}`);
      expect(text).not.toMatch(/@isc\b/iu);
      expect(visibility).toBe('private');
    }
    const times = items.map(({ createdAt }) => Date.parse(createdAt));
    expect(times).toEqual([...times].sort((left, right) => left - right));
    for (const { text } of items.filter(({ own }) => own)) expect(text).not.toMatch(/^@/u);
  });

  test('gives every change a new place, and the last one of a message only', async () => {
    const server = await start();
    const ids = ['uno', 'dos', 'tres'].map((text) => server.control.addMention({ text }).externalId);
    const first = await feed(server);
    expect(first.items.map(({ change, text }) => [change, text])).toEqual([['created', 'uno'], ['created', 'dos'], ['created', 'tres']]);
    server.control.editMention(ids[0] ?? '', 'uno, corregido');
    server.control.deleteMention(ids[1] ?? '');
    const second = await feed(server, `?since=${first.nextCursor}`);
    expect(second.items.map(({ change, externalId }) => [change, externalId])).toEqual([['updated', ids[0]], ['deleted', ids[1]]]);
    expect(second.nextCursor > first.nextCursor).toBe(true);
    expect(await feed(server, `?since=${second.nextCursor}`)).toEqual({ items: [], nextCursor: second.nextCursor, hasMore: false });
    expect((await feed(server)).items.map(({ externalId }) => externalId)).toEqual([ids[2], ids[0], ids[1]]);
  });

  test('comes in pages that lead through all of it', async () => {
    const server = await start({ count: 25 });
    const whole = (await feed(server)).items.map(({ externalId }) => externalId);
    const got: string[] = [];
    let page = await feed(server, '?limit=4');
    for (got.push(...page.items.map(({ externalId }) => externalId)); page.hasMore; got.push(...page.items.map(({ externalId }) => externalId))) {
      expect(page.items).toHaveLength(4);
      page = await feed(server, `?limit=4&since=${page.nextCursor}`);
    }
    expect(got).toEqual(whole);
  });

  test('holds what a colleague answered, as the institution’s own, and not what the desk did', async () => {
    const server = await start();
    const { externalId } = server.control.addMention({ text: 'Hola' });
    const { nextCursor } = await feed(server);
    const answer = server.control.answerByColleague(externalId, 'Ya le llamamos.');
    await reply(server, 'k', { inReplyTo: externalId, text: 'Con gusto.', visibility: 'public' });
    const { items } = await feed(server, `?since=${nextCursor}`);
    expect(items.map((item) => [item.externalId, item.own, item.inReplyTo, item.text])).toEqual([[answer, true, externalId, 'Ya le llamamos.']]);
    expect(server.control.posted().map(({ text }) => text)).toEqual(['Con gusto.']);
  });

  test.each(['abc', '0000000000009999', '-1'])('does not go on from a cursor that it never gave (%s)', async (since) => {
    expect((await ask<{ error: { code: string } }>(await start(), `/v1/mentions?since=${since}`)).body.error.code).toBe('cursor_unknown');
  });

  test.each(['limit=0', 'limit=many', 'from=yesterday'])('refuses %s', async (query) => {
    expect((await ask(await start(), `/v1/mentions?${query}`)).status).toBe(400);
  });

  test('gets new messages while it runs, when it is told to', async () => {
    let now = Date.now();
    const server = await start({ ratePerMinute: 6, now: () => now });
    expect((await feed(server)).items).toEqual([]);
    now += 60_000;
    expect((await feed(server)).items.length).toBeGreaterThan(2);
  });
});

describe('a conversation on the reference server', () => {
  test('keeps its name when its first message is deleted', async () => {
    const server = await start();
    const first = server.control.addMention({ text: 'Hola' });
    const second = server.control.addMention({ text: '¿Y el costo?', inReplyTo: first.externalId });
    expect(second.conversationId).toBe(first.conversationId);
    server.control.deleteMention(first.externalId);
    const { body } = await ask<Page>(server, `/v1/conversations/${first.conversationId}`);
    expect(body.items.map(({ externalId }) => externalId)).toEqual([second.externalId]);
  });
});

describe('what it was told not to do', () => {
  test('is declared and refused', async () => {
    const server = await start({ capabilities: { reply: false, thread: false, delete: false } });
    const { externalId } = server.control.addMention({ text: 'Hola' });
    expect((await ask<{ capabilities: object }>(server, '/v1/account')).body.capabilities).toEqual({ reply: false, thread: false, privateReply: true, delete: false, media: true });
    expect((await reply(server, 'k', { inReplyTo: externalId, text: 'x', visibility: 'public' })).status).toBe(403);
    expect((await ask(server, `/v1/conversations/${externalId}`)).status).toBe(403);
    expect((await ask(server, `/v1/replies/${externalId}`, { method: 'DELETE' })).status).toBe(403);
  });

  test('like a private answer to a public message is refused, a public one to a private message always', async () => {
    const server = await start({ capabilities: { privateReply: false } });
    const open = server.control.addMention({ text: 'Hola', visibility: 'public' }).externalId;
    const closed = server.control.addMention({ text: 'Hola', visibility: 'direct' }).externalId;
    const statuses = await Promise.all([[open, 'private'], [closed, 'public'], [closed, 'private'], [open, 'everybody']].map(async ([inReplyTo, visibility], index) => (await reply(server, `k-${String(index)}`, { inReplyTo, text: 'x', visibility })).status));
    expect(statuses).toEqual([422, 422, 201, 422]);
  });
});

describe('a key', () => {
  test('is kept for a day, and its reply is found again by it after the server was started anew', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mo-form-'));
    try {
      let now = Date.now();
      const options = { stateFile: join(folder, 'form.json'), now: () => now, count: 3 };
      const first = await start(options);
      const { externalId } = first.control.addMention({ text: 'Hola' });
      const body = { inReplyTo: externalId, text: 'Con gusto.', visibility: 'public' };
      const sent = (await reply(first, 'k', body)).body;
      const before = await feed(first);
      await first.close();
      const second = await start(options);
      expect((await reply(second, 'k', body)).body).toMatchObject({ externalId: (sent as Item).externalId });
      const after = await feed(second);
      expect(after.items.map((item) => item.externalId)).toEqual(before.items.map((item) => item.externalId));
      expect(after.nextCursor).toBe(before.nextCursor);
      now += 25 * 3_600_000;
      expect((await reply(second, 'k', body)).status).toBe(201);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('a state file that cannot be read is set aside, never overwritten', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mo-form-'));
    try {
      const stateFile = join(folder, 'form.json');
      await writeFile(stateFile, 'not JSON');
      const server = await start({ stateFile });
      expect(await readFile(server.setAside ?? '', 'utf8')).toBe('not JSON');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a fault', () => {
  test.each([['401', 401, 'unauthorized'], ['403', 403, 'forbidden'], ['404', 404, 'not_found'], ['429', 429, 'too_many_requests'], ['500', 500, 'failed'], ['503', 503, 'unavailable']] as const)(
    '%s is answered in the words of the contract, once', async (kind, status, code) => {
      const server = await start();
      server.control.fault({ kind });
      const met = await ask<{ error: { code: string; message: string } }>(server, '/v1/account');
      expect([met.status, met.body.error.code]).toEqual([status, code]);
      expect(met.body.error.message).not.toBe('');
      if (status === 429) expect(met.headers.get('retry-after')).toBe('30');
      expect((await ask(server, '/v1/account')).status).toBe(200);
    });

  test('sends items twice, or answers first', async () => {
    const server = await start();
    const { externalId, conversationId } = server.control.addMention({ text: 'Hola' });
    server.control.fault({ kind: 'duplicates' });
    expect((await feed(server)).items).toHaveLength(2);
    server.control.fault({ kind: 'answered' });
    expect((await ask<Page>(server, `/v1/conversations/${conversationId}`)).body.items.map(({ own, inReplyTo }) => [own, inReplyTo])).toEqual([[false, null], [true, externalId]]);
  });

  test('posts and says nothing', async () => {
    const server = await start();
    const { externalId } = server.control.addMention({ text: 'Hola' });
    server.control.fault({ kind: 'timeoutAfterWrite' });
    await expect(reply(server, 'k', { inReplyTo: externalId, text: 'Con gusto.', visibility: 'public' })).rejects.toThrow();
    expect(server.control.posted()).toHaveLength(1);
    expect(server.control.requests().map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/replies']);
  });
});

test('a person can look at it in a browser: text as text, nothing loaded from elsewhere', async () => {
  const server = await start();
  const { externalId } = server.control.addMention({ text: '<script>alert(1)</script> hola', name: '<b>Malo</b>', author: 'malo' });
  const { body, headers } = await ask<string>(server, `/messages/${externalId}`, { headers: { authorization: '' } });
  expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt; hola');
  expect(body).toContain('&lt;b&gt;Malo&lt;/b&gt;');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await ask<string>(server, '/')).body).toContain('hola');
});
