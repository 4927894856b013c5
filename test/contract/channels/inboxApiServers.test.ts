import { afterEach, describe, expect, test } from 'vitest';
import { createChannel, signInWith } from '../../../src/channels/registry';
import { type ChannelConfig } from '../../../src/core/config';
import { type IncomingPost } from '../../../src/core/mention';
import { type Channel, type ReplyRequest } from '../../../src/core/channelPort';
import { startInboxApiServer } from '../../../src/toolkit/practice/inboxApi/inboxApiServer';
import { pullAll } from './channelHarness';
import { type Script, type ScriptedServer, startScriptedServer } from './scriptedServer';
import { codeOf, failureOf, SecretKeeper, TestClock, TestLogger, TestRandomness } from './testEnvironment';

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const account = { id: 'acc-1', handle: 'isc', name: 'ISC', capabilities: { reply: true, thread: true, privateReply: true, delete: true, media: true }, limits: { reply: { maxLength: 500, countedAs: 'codePoints', maxBytes: 900 } } };
const start = async (script: Script): Promise<ScriptedServer & { readonly inbox: Channel }> => {
  const server = await startScriptedServer({ 'GET /v1/account': () => ({ body: account }), ...script });
  running.push(server);
  const config: ChannelConfig = { id: 'odd', network: 'inbox-api', url: server.url, account: 'isc' };
  return { ...server, inbox: createChannel(config, new SecretKeeper({ token: 'token-1' }).environment({ clock: server.clock, logger: server.log })) };
};
const message = (externalId: string, more: object = {}): object => ({
  change: 'created', externalId, conversationId: 'c-1', author: { id: 'u-1', handle: 'lucia', name: 'Lucía' }, text: `texto ${externalId}`, createdAt: new Date(Date.now() - 60_000).toISOString(), visibility: 'public', ...more,
});
const page = (items: readonly unknown[], nextCursor: unknown, hasMore: unknown = false) => () => ({ body: { items, nextCursor, hasMore } });
const ids = (posts: readonly IncomingPost[]): string[] => posts.map((post) => post.externalId);
const feed = 'GET /v1/mentions';
const warnings = (server: ScriptedServer): string[] => server.log.lines.filter((line) => line.startsWith('warn'));
const parent: IncomingPost = { externalId: 'm-1', author: { id: 'u-1', handle: 'lucia', name: 'Lucía' }, text: 'Hola', postedAt: 0, visibility: 'public', media: [], mentions: [], own: false };
const answer: ReplyRequest = { parent, text: 'Con gusto.', language: 'es', visibility: 'public', idempotencyKey: 'key-1', intendedAt: 0 };

describe('a feed', () => {
  test('is asked from a time at first, and from the cursor later', async () => {
    const server = await start({ [feed]: page([], '0001') });
    await pullAll(server.inbox, { since: Date.UTC(2026, 10, 11, 8) });
    await pullAll(server.inbox, { cursor: '0001' });
    expect(server.seen.filter(({ path }) => path === '/v1/mentions').map(({ query }) => [...query])).toEqual([
      [['from', '2026-11-11T08:00:00.000Z'], ['limit', '40']], [['since', '0001'], ['limit', '40']],
    ]);
  });

  test('whose cursor does not grow while there is more hands out what it gave and fails, instead of asking for ever', async () => {
    const server = await start({ [feed]: page([message('a')], '7', true) });
    const got: string[] = [];
    const run = (async () => {
      for await (const { posts, cursor } of server.inbox.pull({ cursor: '7', since: 0, recheck: [] })) {
        got.push(...ids(posts));
        expect(cursor).toBeUndefined();
      }
    })();
    expect((await failureOf(run)).details).toMatchObject({ reason: 'cursor' });
    expect(got).toEqual(['a']);
    expect(server.seen.filter(({ path }) => path === '/v1/mentions')).toHaveLength(1);
  });

  test('whose cursor goes round in a circle is found out', async () => {
    const server = await start({ [feed]: ({ query }) => ({ body: { items: [message('a')], nextCursor: query.get('since') === '1' ? '2' : '1', hasMore: true } }) });
    expect(await codeOf(pullAll(server.inbox, { cursor: '0' }))).toBe('network.malformed');
    expect(server.seen.filter(({ path }) => path === '/v1/mentions')).toHaveLength(3);
  });

  test('that says for ever that there is more is ended, and the next pull goes on', async () => {
    let asked = 0;
    const server = await start({ [feed]: () => ({ body: { items: [], nextCursor: String(++asked), hasMore: true } }) });
    const { posts, cursor } = await pullAll(server.inbox, { cursor: '0' });
    expect(posts).toEqual([]);
    expect(cursor).toBe('20');
    expect(asked).toBe(20);
    expect(warnings(server)).toHaveLength(1);
  });

  test('that keeps the cursor over items at its end gives them and says so in the log', async () => {
    const server = await start({ [feed]: page([message('a')], '7') });
    const { posts, pages } = await pullAll(server.inbox, { cursor: '7' });
    expect(ids(posts)).toEqual(['a']);
    expect(pages.map((each) => each.cursor)).toEqual([undefined]);
    expect(warnings(server)).toHaveLength(1);
  });

  test('that does not know the cursor any more is read from the start again', async () => {
    const server = await start({ [feed]: ({ query }) => (query.has('since') ? { status: 400, body: { error: { code: 'cursor_unknown', message: 'no' } } } : { body: { items: [message('a')], nextCursor: '3', hasMore: false } }) });
    const { posts, cursor } = await pullAll(server.inbox, { cursor: '99' });
    expect(ids(posts)).toEqual(['a']);
    expect(cursor).toBe('3');
  });

  test('refused for another reason is not', async () => {
    const server = await start({ [feed]: () => ({ status: 400, body: { error: { code: 'limit_invalid', message: 'Demasiado' } } }) });
    expect((await failureOf(pullAll(server.inbox, { cursor: '99' }))).details).toMatchObject({ serverCode: 'limit_invalid', reason: 'Demasiado' });
  });

  test('with one item without an id gives the others, and says so in the log', async () => {
    const server = await start({ [feed]: page([message('a'), { ...message('b'), externalId: undefined }, 17, null, message('c')], '5') });
    const { posts, cursor } = await pullAll(server.inbox);
    expect(ids(posts)).toEqual(['a', 'c']);
    expect(cursor).toBe('5');
    expect(warnings(server)).toHaveLength(3);
  });

  test('with nothing that can be read at all is malformed, not empty', async () => {
    const server = await start({ [feed]: page([{ odd: true }], '5') });
    expect(await codeOf(pullAll(server.inbox))).toBe('network.malformed');
  });

  test.each([{}, [], null, { items: 'none' }, { error: { code: 'x', message: 'y' } }])('that is no page (%j) is malformed', async (body) => {
    const server = await start({ [feed]: () => ({ body: JSON.stringify(body) }) });
    expect(await codeOf(pullAll(server.inbox))).toBe('network.malformed');
  });

  test('tells deletions, and the last change of a message counts', async () => {
    const server = await start({ [feed]: page([message('a'), message('b'), { change: 'deleted', externalId: 'a' }, { change: 'deleted', externalId: 'old' }, message('b', { change: 'updated', text: 'cambió' })], '5') });
    const { pages } = await pullAll(server.inbox, { cursor: '0' });
    expect(pages.flatMap((each) => each.posts).map(({ externalId, text }) => [externalId, text])).toEqual([['b', 'cambió']]);
    expect(pages.flatMap((each) => each.gone ?? [])).toEqual(['a', 'old']);
  });

  test('may hold what the institution answered, and marks it as our own', async () => {
    const server = await start({ [feed]: page([message('a', { own: true, inReplyTo: 'm-1' }), message('b', { author: { id: 'acc-1' } }), message('c')], '5') });
    expect((await pullAll(server.inbox)).posts.map(({ own, parentId }) => [own, parentId])).toEqual([[true, 'm-1'], [true, undefined], [false, undefined]]);
  });
});

describe('a message', () => {
  test('with the least that there can be is kept, and read in the narrowest way', async () => {
    const server = await start({ [feed]: page([{ change: 'created', externalId: 88, text: 'Hola', media: 'none', author: { id: 5 }, createdAt: 'yesterday', visibility: 'friends', url: 'javascript:alert(1)' }], '5') });
    const [post] = (await pullAll(server.inbox, { cursor: '0' })).posts;
    expect(post).toMatchObject({ externalId: '88', text: 'Hola', author: { id: '5', handle: '5', name: '5' }, visibility: 'direct', media: [], own: false });
    expect(post?.url).toBeUndefined();
    expect(Math.abs((post?.postedAt ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('is plain text: markup stands as it came, control characters do not', async () => {
    const server = await start({ [feed]: page([message('a', { text: '<b>Hola</b> &amp;\u0000\u0007 fin\r\nlínea', author: { id: 'u', name: 'Ana\nMaría', handle: '@ana' } })], '5') });
    const [post] = (await pullAll(server.inbox)).posts;
    expect(post?.text).toBe('<b>Hola</b> &amp; fin\nlínea');
    expect(post?.author).toMatchObject({ name: 'Ana María', handle: 'ana' });
  });

  test('of enormous length is cut', async () => {
    const server = await start({ [feed]: page([message('a', { text: 'ñ'.repeat(300_000) })], '5') });
    expect((await pullAll(server.inbox)).posts[0]?.text).toHaveLength(40_000);
  });

  test('asked for by its id must be that one', async () => {
    const server = await start({ 'GET /v1/mentions/a': () => ({ body: message('b') }) });
    expect(await codeOf(server.inbox.thread('a'))).toBe('network.malformed');
  });

  test('with an id of odd characters is asked for with them encoded', async () => {
    const server = await start({ 'GET /v1/mentions/': () => ({ body: message('caso/7?x=1#ñ') }), 'GET /v1/conversations/': () => ({ body: { items: [message('caso/7?x=1#ñ')], complete: true } }) });
    expect((await server.inbox.thread('caso/7?x=1#ñ')).complete).toBe(true);
    expect(server.seen.map(({ path }) => path)).toContain('/v1/mentions/caso%2F7%3Fx%3D1%23%C3%B1');
  });
});

describe('reading again', () => {
  test('is done by itself every ten minutes only, for the feed tells what changes', async () => {
    const server = await start({ 'GET /v1/mentions/a': () => ({ body: message('a') }) });
    const asked = (): number => server.seen.filter(({ path }) => path === '/v1/mentions/a').length;
    expect(ids((await server.inbox.check(['a'])).found)).toEqual(['a']);
    expect(await server.inbox.check(['a'])).toEqual({ found: [], gone: [] });
    expect(asked()).toBe(1);
    server.clock.advance(600_000);
    expect(ids((await server.inbox.check(['a'])).found)).toEqual(['a']);
    expect(asked()).toBe(2);
  });
});

describe('what a server can do', () => {
  test('is what it declares, and before it was asked all that the contract knows', async () => {
    const server = await start({ 'GET /v1/account': () => ({ body: { ...account, capabilities: { thread: true } } }) });
    expect(server.inbox.capabilities).toEqual({ pull: true, thread: true, reply: true, privateReply: true, delete: true, media: true });
    await server.inbox.account();
    expect(server.inbox.capabilities).toEqual({ pull: true, thread: true, reply: false, privateReply: false, delete: false, media: false });
    expect(await codeOf(server.inbox.reply(answer))).toBe('reply.notSupported');
    expect(await codeOf(server.inbox.delete('r-1'))).toBe('reply.notSupported');
    expect(server.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('is asked again after a day', async () => {
    let capabilities: object = account.capabilities;
    const server = await start({ 'GET /v1/account': () => ({ body: { ...account, capabilities } }), [feed]: page([], '1') });
    await pullAll(server.inbox);
    capabilities = { reply: true };
    await pullAll(server.inbox);
    expect(server.inbox.capabilities.thread).toBe(true);
    server.clock.advance(86_400_000);
    await pullAll(server.inbox);
    expect(server.inbox.capabilities).toMatchObject({ thread: false, reply: true });
  });

  test('without conversations is only the message, which proves nothing', async () => {
    const server = await start({ 'GET /v1/account': () => ({ body: { ...account, capabilities: {} } }), 'GET /v1/mentions/a': () => ({ body: message('a') }) });
    const { posts, complete } = await server.inbox.thread('a');
    expect([ids(posts), complete]).toEqual([['a'], false]);
  });

  test('decides how long an answer may be, in what it counts', async () => {
    const server = await start({});
    expect(await server.inbox.lengthRule()).toEqual({ max: 500, method: 'codePoints', maxBytes: 900 });
    const silent = await start({ 'GET /v1/account': () => ({ body: { id: 'acc-1', handle: 'isc' } }) });
    expect(await silent.inbox.lengthRule()).toEqual({ max: 2_000, method: 'graphemes' });
  });

  test('a private answer to a public message is not sent where it cannot be private', async () => {
    const server = await start({ 'GET /v1/account': () => ({ body: { ...account, capabilities: { reply: true } } }) });
    await server.inbox.account();
    expect((await failureOf(server.inbox.reply({ ...answer, visibility: 'direct' }))).details).toMatchObject({ reason: 'visibility' });
    expect(server.seen.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('a reply', () => {
  const post = 'POST /v1/replies';
  const standing = { error: { code: 'already_sent', message: 'Ya está' }, externalId: 'r-9' };

  test('that the server has already (409 with its id) is sent', async () => {
    const at = '2026-11-18T09:02:11.000Z';
    const server = await start({ [post]: () => ({ status: 409, body: standing }), 'GET /v1/mentions/r-9': () => ({ body: message('r-9', { text: 'Con  gusto.\n', inReplyTo: 'm-1', own: true, createdAt: at }) }) });
    expect(await server.inbox.reply(answer)).toEqual({ externalId: 'r-9', url: undefined, postedAt: Date.parse(at), attached: true });
  });

  test('that the server has already, but cannot show, is sent', async () => {
    const server = await start({ [post]: () => ({ status: 409, body: standing }) });
    expect((await server.inbox.reply(answer)).externalId).toBe('r-9');
  });

  test.each([[{ text: 'Otra respuesta' }], [{ text: 'Con gusto.', inReplyTo: 'm-2' }]])('in whose place another one stands (%j) was not sent', async (more) => {
    const server = await start({ [post]: () => ({ status: 409, body: standing }), 'GET /v1/mentions/r-9': () => ({ body: message('r-9', more) }) });
    const failure = await failureOf(server.inbox.reply(answer));
    expect([failure.code, failure.details['reason']]).toEqual(['network.invalid', 'otherReply']);
  });

  test.each([{ error: { code: 'in_progress', message: 'Espere' } }, { externalId: 7.5 }, 'no'])('with a 409 that names none (%j) has an unknown outcome', async (body) => {
    const server = await start({ [post]: () => ({ status: 409, body: typeof body === 'string' ? body : JSON.stringify(body) }) });
    expect(await codeOf(server.inbox.reply(answer))).toBe('network.outcomeUnknown');
  });

  test.each([{}, [], { externalId: '' }])('that is confirmed without an id (%j) has an unknown outcome', async (body) => {
    const server = await start({ [post]: () => ({ status: 201, body: JSON.stringify(body) }) });
    expect(await codeOf(server.inbox.reply(answer))).toBe('network.outcomeUnknown');
  });

  test('under another message than ours stands alone', async () => {
    const server = await start({ [post]: () => ({ status: 201, body: { externalId: 'r-1', inReplyTo: null, createdAt: '2026-11-18T09:02:11Z' } }) });
    expect((await server.inbox.reply(answer)).attached).toBe(true);
    const other = await start({ [post]: () => ({ status: 201, body: { externalId: 'r-1', inReplyTo: 'm-2' } }) });
    expect((await other.inbox.reply(answer)).attached).toBe(false);
  });

  test('is asked for with its key, what it answers, who may see it and its language', async () => {
    const server = await start({ [post]: () => ({ status: 201, body: { externalId: 'r-1' } }) });
    await server.inbox.reply({ ...answer, visibility: 'direct' });
    const asked = server.seen.find(({ method }) => method === 'POST');
    expect(asked?.headers['idempotency-key']).toBe('key-1');
    expect(JSON.parse(asked?.body ?? '')).toEqual({ inReplyTo: 'm-1', text: 'Con gusto.', visibility: 'private', lang: 'es' });
  });
});

describe('the address', () => {
  test('may have a path of its own in front', async () => {
    const server = await startScriptedServer({ 'GET /api/momentos/v1/account': () => ({ body: account }) });
    running.push(server);
    const config: ChannelConfig = { id: 'odd', network: 'inbox-api', url: `${server.url}/api/momentos/`, account: 'ISC' };
    const channel = createChannel(config, new SecretKeeper({ token: 'token-1' }).environment({ clock: server.clock, logger: server.log }));
    expect((await channel.account()).id).toBe('acc-1');
  });
});

describe('signing in with a token', () => {
  const environment = { clock: new TestClock(), random: new TestRandomness(), logger: new TestLogger(), userAgent: 'Momentos/0.1.0' };

  test('keeps it for the account and the address that took it', async () => {
    const server = await startInboxApiServer({ count: 0, token: 'practice-token-123' });
    running.push(server);
    const config: ChannelConfig = { id: 'inbox-main', network: 'inbox-api', url: server.url, account: 'isc' };
    expect(await signInWith(config, { secret: ' practice-token-123\n' }, environment)).toMatchObject({ secret: { token: 'practice-token-123', origin: server.url, accountId: 'isc' }, account: { handle: 'isc' } });
    expect(await codeOf(signInWith(config, { secret: 'wrong-token-456' }, environment), 'wrong-token-456')).toBe('signIn.refused');
    expect(await codeOf(signInWith(config, { secret: 'two words' }, environment))).toBe('signIn.refused');
    expect(await codeOf(signInWith({ ...config, account: 'otra' }, { secret: 'practice-token-123' }, environment), 'practice-token-123')).toBe('secret.otherAccount');
  });
});
