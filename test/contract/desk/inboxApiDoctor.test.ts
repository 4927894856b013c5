import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type InboxApiFinding } from '../../../src/desk/inboxApiDoctor/checkRun';
import { checkInboxApi } from '../../../src/desk/inboxApiDoctor/checkServer';
import { pointCodes, type PointCode, pointSentence } from '../../../src/desk/inboxApiDoctor/points';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';
import { type InboxApiServer, type InboxApiServerOptions, startInboxApiServer } from '../../../src/toolkit/practice/inboxApi/inboxApiServer';
import { quietLogger } from '../../support/openDesk';

const token = 'doctor-token-Zx81';
const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
});

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorized: boolean;
  readonly body: string;
}
/** What the cases look at in an answer; whatever else a server sends stands there too. */
interface Sent {
  readonly items?: unknown;
  readonly own?: unknown;
  readonly error?: { readonly code?: string };
}
interface Answered {
  readonly status: number;
  readonly json: Sent;
}
/** Whatever a broken server sends. */
interface Spoilt {
  readonly status: number;
  readonly json: unknown;
}
/** undefined = as the reference server answers. */
type Spoil = (asked: Asked, answer: Answered, again: (path: string, init?: RequestInit) => Promise<Answered>) => Spoilt | Promise<Spoilt> | undefined;

/** The reference server behind somebody who gets one thing wrong. */
async function startSpoilt(server: InboxApiServer, spoil: Spoil): Promise<string> {
  const call = async (path: string, init: RequestInit = {}): Promise<Answered> => {
    const response = await fetch(server.url + path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
    const text = await response.text();
    return { status: response.status, json: text === '' ? {} : JSON.parse(text) as Sent };
  };
  const front = createServer((message, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString('utf8');
      const url = new URL(message.url ?? '/', 'http://front');
      const { authorization = '' } = message.headers;
      const headers: Record<string, string> = { authorization };
      for (const name of ['content-type', 'idempotency-key']) if (typeof message.headers[name] === 'string') headers[name] = message.headers[name];
      const method = message.method ?? 'GET';
      const answer = await call(url.pathname + url.search, { method, headers, ...(body === '' ? {} : { body }) });
      const { status, json } = (await spoil({ method, path: url.pathname, query: url.searchParams, authorized: authorization === `Bearer ${token}`, body }, answer, call)) ?? answer;
      response.writeHead(status, { 'content-type': 'application/json' }).end(status === 204 ? '' : JSON.stringify(json));
    })().catch(() => response.destroy());
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  running.push({ close: async () => {
    front.closeAllConnections();
    const closed = once(front, 'close');
    front.close();
    await closed;
  } });
  return `http://127.0.0.1:${String((front.address() as AddressInfo).port)}`;
}

async function start(options: InboxApiServerOptions = {}): Promise<InboxApiServer> {
  const server = await startInboxApiServer({ count: 0, token, ...options });
  running.push(server);
  return server;
}
const examine = (url: string, mention?: string): Promise<readonly InboxApiFinding[]> =>
  checkInboxApi({ url, token, clock: systemClock, random: systemRandomness, logger: quietLogger, userAgent: 'Momentos/0.1.0', ...(mention === undefined ? {} : { write: { mention } }) });
const failedOf = (findings: readonly InboxApiFinding[]): readonly string[] => findings.filter(({ state }) => state === 'failed').map(({ code }) => code);
const writing: readonly PointCode[] = ['reply', 'sameKey', 'otherText', 'once', 'unknownParent', 'tooLong', 'delete'];

test('the reference server keeps to every point, and after it stands there as before', async () => {
  const server = await start({ count: 12 });
  const { externalId } = server.control.addMention({ text: 'Hola', visibility: 'public' });
  const findings = await examine(server.url, externalId);
  expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(findings.map(({ code }) => code).sort()).toEqual([...pointCodes].sort());
  expect(server.control.posted()).toEqual([]);
});

test('without leave to write it only reads', async () => {
  const server = await start({ count: 12 });
  const findings = await examine(server.url);
  expect(findings.map(({ code }) => code).sort()).toEqual(pointCodes.filter((code) => !writing.includes(code)).sort());
  expect(server.control.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
});

const feed = (asked: Asked): boolean => asked.path === '/v1/mentions' && asked.authorized;
const changed = (answer: Answered, more: object): Answered => ({ ...answer, json: { ...(answer.json as object), ...more } });
const one = (asked: Asked): boolean => /^\/v1\/mentions\/.+/u.test(asked.path);
const conversation = (asked: Asked): boolean => asked.path.startsWith('/v1/conversations/');
let posts = 0;

/** What a server gets wrong, and the points that tell. */
const wrongs: readonly (readonly [points: readonly PointCode[], what: string, spoil: Spoil])[] = [
  [['account'], 'an account without a name', (asked, answer) => (asked.path === '/v1/account' && asked.authorized ? changed(answer, { name: undefined }) : undefined)],
  [['limits'], 'no way of counting', (asked, answer) => (asked.path === '/v1/account' && asked.authorized ? changed(answer, { limits: { reply: { maxLength: 2000 } } }) : undefined)],
  [['capabilities'], 'a capability that is neither true nor false', (asked, answer) => (asked.path === '/v1/account' && asked.authorized ? changed(answer, { capabilities: { reply: true, delete: true, thread: true, media: 'some' } }) : undefined)],
  [['noToken', 'wrongToken'], 'an open door', (asked, answer, again) => (asked.path === '/v1/account' && !asked.authorized ? again('/v1/account') : undefined)],
  [['errorShape'], 'errors in words only', (_asked, answer) => (answer.status >= 401 && answer.status !== 422 ? { ...answer, json: { error: 'no' } } : undefined)],
  [['items'], 'a time without a zone', (asked, answer) => (feed(asked) && answer.status === 200 ? changed(answer, { items: (answer.json.items as object[]).map((item, index) => (index === 1 ? { ...item, createdAt: '2026-11-18 08:44' } : item)) }) : undefined)],
  [['limit', 'paging'], 'pages of its own size, from the start each time', (asked, _answer, again) => (feed(asked) && asked.query.get('limit') === '2' ? again('/v1/mentions?limit=3') : undefined)],
  [['paging'], 'the newest first', (asked, answer) => (feed(asked) && asked.query.get('limit') === '2' && answer.status === 200 ? changed(answer, { items: [...(answer.json.items as unknown[])].reverse() }) : undefined)],
  [['paging', 'end'], 'a cursor that does not grow', (asked, answer) => (feed(asked) && answer.status === 200 ? changed(answer, { nextCursor: 'always', hasMore: true }) : asked.query.get('since') === 'always' ? { status: 200, json: { items: [], nextCursor: 'always', hasMore: true } } : undefined)],
  [['repeat'], 'something else at each time', (asked, answer) => (feed(asked) && !asked.query.has('limit') && answer.status === 200 ? changed(answer, { items: [], nextCursor: `c-${String(posts += 1)}` }) : undefined)],
  [['end'], 'an end that never comes', (asked, answer) => (feed(asked) && asked.query.has('since') && !asked.query.has('limit') && answer.status === 200 ? changed(answer, { hasMore: true }) : undefined)],
  [['unknownCursor'], 'an error of its own at an unknown cursor', (asked, answer) => (answer.status === 400 ? { ...answer, status: 500 } : undefined)],
  [['unknownCursor'], 'a list from the start at an unknown cursor', (asked, answer, again) => (answer.status === 400 ? again('/v1/mentions') : undefined)],
  [['message'], 'another text in the message than in the feed', (asked, answer) => (one(asked) && answer.status === 200 && !answer.json.own ? changed(answer, { text: 'otra cosa' }) : undefined)],
  [['unknownMessage'], 'a success for a message that does not exist', (asked, answer) => (one(asked) && answer.status === 404 && asked.path.endsWith('no-such-id') ? { status: 200, json: {} } : undefined)],
  [['conversation', 'once'], 'an empty conversation', (asked, answer) => (conversation(asked) && answer.status === 200 ? changed(answer, { items: [] }) : undefined)],
  [['unknownConversation'], 'a failure for a conversation that does not exist', (asked, answer) => (conversation(asked) && answer.status === 404 ? { ...answer, status: 500 } : undefined)],
  [['reply'], 'a reply without a time', (asked, answer) => (asked.method === 'POST' && answer.status < 300 ? changed(answer, { createdAt: undefined }) : undefined)],
  [['sameKey', 'once', 'otherText'], 'a key that nobody looks at', (asked, answer, again) => (asked.method === 'POST' && (answer.status === 200 || answer.json.error?.code === 'key_reused')
    ? again('/v1/replies', { method: 'POST', body: asked.body, headers: { 'content-type': 'application/json', 'idempotency-key': `other-${String(posts += 1)}` } }) : undefined)],
  [['otherText'], 'the first reply for another text', (asked, answer) => (asked.method === 'POST' && answer.json.error?.code === 'key_reused' ? { status: 200, json: { externalId: 'msg-1', createdAt: '2026-11-18T08:44:31Z' } } : undefined)],
  [['once'], 'a reply that is not marked as its own', (asked, answer) => (conversation(asked) && answer.status === 200 ? changed(answer, { items: (answer.json.items as object[]).map((item) => ({ ...item, own: false })) }) : undefined)],
  [['unknownParent'], 'a success for a reply to nothing', (asked, answer) => (asked.method === 'POST' && answer.status === 404 ? { status: 201, json: {} } : undefined)],
  [['tooLong'], 'a failure at a reply that is too long', (asked, answer) => (asked.method === 'POST' && answer.json.error?.code === 'text_too_long' ? { ...answer, status: 500 } : undefined)],
  [['delete'], 'a reply that stays', (asked) => (asked.method === 'DELETE' ? { status: 200, json: {} } : undefined)],
];

test.each(wrongs)('%j tell %s', async (points, _what, spoil) => {
  const server = await start();
  const ids = ['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis'].map((text) => server.control.addMention({ text, visibility: 'public' }).externalId);
  const findings = await examine(await startSpoilt(server, spoil), ids[2]);
  expect([...failedOf(findings)].sort()).toEqual(expect.arrayContaining([...points].sort()));
  // A fault shows where it is, and drags along what rests on it, no more.
  expect(failedOf(findings).length).toBeLessThanOrEqual(points.length + 1);
  for (const { state, seen } of findings) expect(seen === undefined).toBe(state === 'ok');
});

test('every point of the contract fails at one of these servers', () => {
  expect(new Set(wrongs.flatMap(([points]) => points))).toEqual(new Set(pointCodes.filter((code) => code !== 'answers' && code !== 'feed')));
});

test('a server that answers in HTML, or whose feed is none, is told so and nothing else is asked of it', async () => {
  const server = await start();
  const noJson = await examine(await startSpoilt(server, (asked) => (asked.path === '/v1/account' ? { status: 200, json: undefined } : undefined)));
  expect(failedOf(noJson)).toEqual(['answers']);
  const noFeed = await examine(await startSpoilt(server, (asked) => (asked.path === '/v1/mentions' ? { status: 200, json: [] } : undefined)));
  expect(failedOf(noFeed)).toEqual(['feed']);
  expect(noFeed.filter(({ state }) => state === 'skipped').length).toBeGreaterThan(5);
});

test('what a server does not declare is not asked of it, and nothing is posted that could not be deleted', async () => {
  const server = await start({ capabilities: { delete: false, thread: false } });
  const { externalId } = server.control.addMention({ text: 'Hola' });
  const findings = await examine(server.url, externalId);
  expect(failedOf(findings)).toEqual([]);
  expect(findings.filter(({ state }) => state === 'skipped').map(({ code }) => code)).toEqual(['conversation', 'unknownConversation', ...writing]);
  expect(server.control.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a test reply to a message that is not there is not tried', async () => {
  const server = await start();
  const findings = await examine(server.url, 'msg-none');
  expect(findings.filter(({ code }) => writing.includes(code)).map(({ state }) => state)).toEqual(writing.map(() => 'skipped'));
});

test('an empty feed proves nothing and is no fault', async () => {
  const findings = await examine((await start()).url);
  expect(failedOf(findings)).toEqual([]);
  expect(findings.filter(({ state }) => state === 'skipped').map(({ code }) => code)).toEqual(expect.arrayContaining(['items', 'paging', 'message']));
});

test('a server that does not take the token, or is not there, cannot be examined', async () => {
  const server = await start({ token: 'another-token' });
  await expect(examine(server.url)).rejects.toMatchObject({ code: 'network.unauthorized' });
  await expect(examine('http://inbox.example')).rejects.toMatchObject({ code: 'network.plainHttp' });
  await expect(examine('inbox.example')).rejects.toMatchObject({ code: 'usage.invalid' });
});

test('every point has a sentence of its own', () => {
  expect(new Set(pointCodes.map(pointSentence)).size).toBe(pointCodes.length);
});
