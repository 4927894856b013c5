import { afterEach, describe, expect, test } from 'vitest';
import { type IncomingPost } from '../../../src/core/mention';
import { pullAll } from './channelHarness';
import { type Asked, ownAccount, type ScriptedServer, type Script, startScriptedServer } from './scriptedServer';
import { codeOf } from './testEnvironment';

const running: ScriptedServer[] = [];
const start = async (script: Script): Promise<ScriptedServer> => {
  const server = await startScriptedServer(script);
  running.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const now = Date.now();
const at = (minute: number): string => new Date(now - 3_600_000 + minute * 60_000).toISOString();
const author = { id: '77', acct: 'lucia@ejemplo.social', username: 'lucia', display_name: 'Lucía' };
const status = (id: string, minute: number, more: object = {}): Record<string, unknown> => ({ id, created_at: at(minute), account: author, content: `<p>texto ${id}</p>`, visibility: 'public', ...more });
const mention = (id: string, minute: number, more: object = {}): Record<string, unknown> => ({ id, type: 'mention', created_at: at(minute), status: status(`s${id}`, minute, more) });
const notifications = 'GET /api/v1/notifications';
const ids = (posts: readonly IncomingPost[]): string[] => posts.map((post) => post.externalId);
const writePost = (more: Partial<IncomingPost> = {}): IncomingPost => ({ externalId: 's1', author: { id: '77', handle: 'lucia@ejemplo.social', name: 'L' }, text: '', postedAt: 0, visibility: 'public', media: [], mentions: [], own: false, ...more });

/** Mastodon's paging over a list, newest first; `order` compares ids. */
function mastodonPages(list: () => readonly Record<string, unknown>[], order: (left: string, right: string) => number, most = 40) {
  return ({ query }: Asked): { body: unknown } => {
    const limit = Math.min(most, Number(query.get('limit') ?? 1));
    const id = (item: Record<string, unknown>): string => String(item['id']);
    const min = query.get('min_id');
    const max = query.get('max_id');
    const all = [...list()].sort((left, right) => order(id(right), id(left))).filter((item) => max === null || order(id(item), max) < 0);
    if (min === null) return { body: all.slice(0, limit) };
    return { body: all.filter((item) => order(id(item), min) > 0).slice(-limit) };
  };
}
const lexical = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

describe('what Mastodon is asked', () => {
  test('for mentions only, filtered ones too, a page of known size, forward from the last one seen', async () => {
    const server = await start({ [notifications]: () => ({ body: [] }) });
    await pullAll(server.channel(), { cursor: '34975000' });
    const asked = server.seen.find(({ path }) => path === '/api/v1/notifications')!;
    expect([...asked.query]).toEqual([['types[]', 'mention'], ['limit', '40'], ['include_filtered', 'true'], ['min_id', '34975000']]);
    expect(asked.headers.authorization).toBe('Bearer token-1');
    expect(asked.headers.accept).toContain('application/json');
  });

  test('to post with a key, the parent, the visibility and the language', async () => {
    const server = await start({ 'POST /api/v1/statuses': () => ({ body: { ...status('9', 1), in_reply_to_id: 's1', url: 'https://social.example/9' } }) });
    const sent = await server.channel().reply({ parent: writePost(), text: 'Hola', language: 'es-DO', visibility: 'unlisted', idempotencyKey: 'key-7', intendedAt: Date.now() });
    expect(sent).toEqual({ externalId: '9', url: 'https://social.example/9', postedAt: Date.parse(at(1)), attached: true });
    const [asked] = server.seen;
    expect(asked?.headers['idempotency-key']).toBe('key-7');
    expect(JSON.parse(asked!.body)).toEqual({ status: 'Hola', in_reply_to_id: 's1', visibility: 'unlisted', language: 'es' });
  });

  test('again within the server, when it sends a read elsewhere there', async () => {
    const server = await start({
      'GET /api/v1/accounts/verify_credentials': () => ({ status: 301, headers: { location: '/api/v1/accounts/me' } }),
      'GET /api/v1/accounts/me': () => ({ body: ownAccount }),
    });
    expect((await server.channel().account()).id).toBe('1');
  });

  test('not again, when it redirects a write', async () => {
    const server = await start({ 'POST /api/v1/statuses': () => ({ status: 307, headers: { location: '/api/v2/statuses' } }) });
    expect(await codeOf(server.channel().reply({ parent: writePost(), text: 'Hola', language: undefined, visibility: 'public', idempotencyKey: 'k', intendedAt: Date.now() }))).toBe('network.redirect');
    expect(server.seen).toHaveLength(1);
  });
});

describe('a page of mentions', () => {
  test('with one item that cannot be read gives the others, and says so in the log', async () => {
    const broken = [{ id: '4', type: 'mention', created_at: at(4), status: { id: 's4' } }, 17, null, { type: 'mention' }];
    const server = await start({ [notifications]: ({ query }) => ({ body: query.has('min_id') || query.has('max_id') ? [] : [mention('5', 5), ...broken, mention('3', 3)] }) });
    expect(ids((await pullAll(server.channel())).posts)).toEqual(['s3', 's5']);
    expect(server.log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(4);
  });

  test('with nothing that can be read at all is malformed, not empty', async () => {
    const server = await start({ [notifications]: () => ({ body: [{ odd: true }] }) });
    expect(await codeOf(pullAll(server.channel()))).toBe('network.malformed');
  });

  test.each([{}, null, 'text', { error: 'no' }])('that is no list (%j) is malformed', async (body) => {
    const server = await start({ [notifications]: () => ({ body: JSON.stringify(body) }) });
    expect(await codeOf(pullAll(server.channel()))).toBe('network.malformed');
  });

  test('of other types moves on without posts', async () => {
    const list = [{ id: '3', type: 'favourite', created_at: at(3), status: status('x', 1) }, { id: '4', type: 'pleroma:emoji_reaction', created_at: at(4) }, { id: '5', type: 'severed_relationships' }];
    const server = await start({ [notifications]: mastodonPages(() => list, lexical) });
    const { posts, cursor } = await pullAll(server.channel(), { cursor: '2' });
    expect(posts).toEqual([]);
    expect(cursor).toBe('5');
  });

  test('with the same post twice gives it once, and ties in time keep the order of the server', async () => {
    const list = [mention('3', 3), { ...mention('4', 3), status: status('s3', 3) }, mention('5', 3), mention('6', 3)];
    const server = await start({ [notifications]: mastodonPages(() => list, lexical) });
    expect(ids((await pullAll(server.channel())).posts)).toEqual(['s3', 's5', 's6']);
  });

  test('marks what we wrote ourselves', async () => {
    const server = await start({ [notifications]: mastodonPages(() => [mention('3', 3, { account: ownAccount }), mention('4', 4)], lexical) });
    expect((await pullAll(server.channel())).posts.map((post) => post.own)).toEqual([true, false]);
  });

  test('takes our own server for the time, where a remote one declares another', async () => {
    const late = { ...mention('3', 30), status: status('s3', 5) };
    const future = { ...mention('4', 31), status: status('s4', 9_000) };
    const local = { ...mention('5', 33), status: status('s5', 32, { account: { ...author, acct: 'vecino' } }) };
    const server = await start({ [notifications]: mastodonPages(() => [late, future, local], lexical) });
    const { posts } = await pullAll(server.channel());
    expect(posts.map((post) => [post.postedAt, post.declaredAt])).toEqual([[Date.parse(at(30)), Date.parse(at(5))], [Date.parse(at(31)), Date.parse(at(9_000))], [Date.parse(at(32)), undefined]]);
  });

  test('takes a visibility that it does not know for the narrowest', async () => {
    const list = ['mutuals_only', 'list', 'local', undefined].map((visibility, index) => mention(String(index + 3), index, { visibility }));
    const server = await start({ [notifications]: mastodonPages(() => list, lexical) });
    expect((await pullAll(server.channel())).posts.map((post) => post.visibility)).toEqual(['direct', 'direct', 'direct', 'direct']);
  });
});

describe('servers that page otherwise', () => {
  const ulids = Array.from({ length: 90 }, (_, index) => `01JD${index.toString(36).toUpperCase().padStart(4, '0')}XXXXXXXXXXXXXXXXXX`);

  test('GoToSocial: ULIDs, 20 at most', async () => {
    const list = ulids.slice(0, 50).map((id, index) => mention(id, index / 2));
    const server = await start({ [notifications]: mastodonPages(() => list, lexical, 20) });
    const first = await pullAll(server.channel());
    expect(ids(first.posts)).toEqual(list.map((item) => `s${String(item['id'])}`));
    list.push(...ulids.slice(50).map((id, index) => mention(id, 25 + index / 2)));
    expect(ids((await pullAll(server.channel(), { cursor: first.cursor })).posts)).toEqual(list.slice(50).map((item) => `s${String(item['id'])}`));
  });

  test('Pleroma: ids in base 62, letters before digits for all we know', async () => {
    const list = ['zZ9', 'AaB', '9b', 'Q', 'aaaa'].map((id, index) => mention(id, index));
    const order = (left: string, right: string): number => list.findIndex(({ id }) => id === left) - list.findIndex(({ id }) => id === right);
    const server = await start({ [notifications]: mastodonPages(() => list, order, 2) });
    const { posts, cursor } = await pullAll(server.channel());
    expect(ids(posts)).toEqual(['szZ9', 'sAaB', 's9b', 'sQ', 'saaaa']);
    expect(cursor).toBe('aaaa');
  });

  describe('snac: the whole list each time, newest first, whatever is asked', () => {
    const whole = (list: () => readonly Record<string, unknown>[]): Script => ({ [notifications]: () => ({ body: [...list()].reverse() }) });

    test('gives all at the first run and only what is new afterwards', async () => {
      const list = Array.from({ length: 60 }, (_, index) => mention(`17${String(1_000 + index)}`, index / 2));
      const server = await start(whole(() => list));
      const first = await pullAll(server.channel());
      expect(ids(first.posts)).toEqual(list.map((item) => `s${String(item['id'])}`));
      expect((await pullAll(server.channel(), { cursor: first.cursor })).pages).toEqual([]);
      list.push(mention('999', 40), mention('1', 41));
      const second = await pullAll(server.channel(), { cursor: first.cursor });
      expect(ids(second.posts)).toEqual(['s999', 's1']);
      expect(second.cursor).toBe('1');
    });

    test('gives all again when the one it stopped at has gone from the list', async () => {
      const list = ['a', 'b', 'c'].map((id, index) => mention(id, index));
      const server = await start(whole(() => list));
      const { posts, cursor } = await pullAll(server.channel(), { cursor: 'cleared' });
      expect(ids(posts)).toEqual(['sa', 'sb', 'sc']);
      expect(cursor).toBe('c');
      expect(server.seen.length).toBeLessThan(8);
    });

    test('with favourites among them gives the mentions', async () => {
      const list = [mention('a', 1), { id: 'b', type: 'favourite', created_at: at(2), status: status('own', 0) }, mention('c', 3)];
      const server = await start(whole(() => list));
      expect(ids((await pullAll(server.channel())).posts)).toEqual(['sa', 'sc']);
    });
  });

  test('a server that pages back but not forward loses nothing either', async () => {
    const list = Array.from({ length: 100 }, (_, index) => mention(String(1_000 + index), index / 2));
    const pages = mastodonPages(() => list, lexical, 10);
    const server = await start({
      [notifications]: (asked) => {
        asked.query.delete('min_id');
        return pages(asked);
      },
    });
    const { posts, pages: given, cursor } = await pullAll(server.channel(), { cursor: '1049' });
    expect(new Set(ids(posts))).toEqual(new Set(list.slice(50).map((item) => `s${String(item['id'])}`)));
    expect(cursor).toBe('1099');
    const before = given.slice(0, given.findIndex((page) => page.cursor !== undefined)).flatMap((page) => ids(page.posts));
    expect(before).toEqual([]);
  });

  test('a server that counts upwards inside the page is turned round', async () => {
    const list = Array.from({ length: 30 }, (_, index) => mention(String(100 + index), index));
    const pages = mastodonPages(() => list, lexical, 10);
    const server = await start({ [notifications]: (asked) => ({ body: [...(pages(asked).body as unknown[])].reverse() }) });
    expect(ids((await pullAll(server.channel(), { cursor: '100' })).posts)).toEqual(list.slice(1).map((item) => `s${String(item['id'])}`));
  });

  test('numbers as ids are taken as text', async () => {
    const server = await start({ [notifications]: ({ query }) => ({ body: query.has('min_id') || query.has('max_id') ? [] : [{ ...mention('3', 3), id: 3, status: status('x', 3, { id: 12, in_reply_to_id: 11 }) }] }) });
    const { posts, cursor } = await pullAll(server.channel());
    expect(posts.map((post) => [post.externalId, post.parentId])).toEqual([['12', '11']]);
    expect(cursor).toBe('3');
  });

  test('a server that invents new ones without end is left', async () => {
    let made = 0;
    const server = await start({ [notifications]: () => ({ body: [mention(`n${String((made += 1))}`, 1)] }) });
    const { posts } = await pullAll(server.channel(), { cursor: 'n0' });
    expect(posts.length).toBeGreaterThan(100);
    expect(server.log.lines.join('\n')).toContain('too many pages');
  });
});

describe('our account', () => {
  test.each([['isc', 'isc'], ['isc@social.example', 'isc'], ['isc', 'isc@social.example'], ['ISC', '@isc'], ['isc@social.example', 'isc@social.example']])('%s there is %s in momentos.json', async (acct, account) => {
    const server = await start({ 'GET /api/v1/accounts/verify_credentials': () => ({ body: { ...ownAccount, acct } }) });
    expect((await server.channel({ account }).account()).id).toBe('1');
  });

  test.each([['isc2', 'isc'], ['isc@a.example', 'isc@b.example']])('%s is not %s', async (acct, account) => {
    const server = await start({ 'GET /api/v1/accounts/verify_credentials': () => ({ body: { ...ownAccount, acct } }) });
    expect(await codeOf(server.channel({ account }).account())).toBe('secret.otherAccount');
  });

  test('is known by its id when the token says which', async () => {
    const server = await start({});
    expect(await codeOf(server.channel({ secret: { accountId: '2' } }).account())).toBe('secret.otherAccount');
    expect((await server.channel({ secret: { accountId: '1' } }).account()).id).toBe('1');
  });
});

describe('how the instance counts', () => {
  const v1 = 'GET /api/v1/instance';
  const v2 = 'GET /api/v2/instance';
  const statuses = (max_characters: number, characters_reserved_per_url?: number): object => ({ configuration: { statuses: { max_characters, characters_reserved_per_url } } });
  test.each<[string, Script, object]>([
    ['Mastodon', { [v2]: () => ({ body: { version: '4.5.2', ...statuses(500, 23) } }) }, { max: 500, method: 'mastodon', urlLength: 23 }],
    ['Mastodon before 4.0', { [v1]: () => ({ body: { version: '3.5.1', ...statuses(600, 23) } }) }, { max: 600, method: 'mastodon', urlLength: 23 }],
    ['GoToSocial', { [v2]: () => ({ body: { version: '0.17.3+git', source_url: 'https://github.com/superseriousbusiness/gotosocial', ...statuses(5000, 25) } }) }, { max: 5000, method: 'codePoints' }],
    ['Pleroma', { [v1]: () => ({ body: { version: '2.7.2 (compatible; Pleroma 2.6.0)', max_toot_chars: 5000 } }) }, { max: 5000, method: 'graphemes' }],
    ['snac', { [v1]: () => ({ body: { version: '4.0.0 (not true; really snac/2.39)', ...statuses(100_000, 32) } }) }, { max: 100_000, method: 'mastodon', urlLength: 32 }],
    ['one that tells nothing', {}, { max: 500, method: 'mastodon', urlLength: 23 }],
    ['one that tells nonsense', { [v2]: () => ({ body: { configuration: { statuses: { max_characters: '12', characters_reserved_per_url: -1 } } } }) }, { max: 500, method: 'mastodon', urlLength: 23 }],
  ])('%s', async (_name, script, rule) => {
    expect(await (await start(script)).channel().lengthRule()).toEqual(rule);
  });

  test('is asked once a day, and an old rule serves while the server cannot be reached', async () => {
    let up = true;
    const server = await start({ [v2]: () => (up ? { body: statuses(700) } : { status: 503 }) });
    const channel = server.channel();
    await channel.lengthRule();
    await channel.lengthRule();
    expect(server.seen).toHaveLength(1);
    server.clock.advance(90_000_000);
    up = false;
    expect((await channel.lengthRule()).max).toBe(700);
    expect(server.seen.length).toBeGreaterThan(1);
  });

  test('is not guessed while the server cannot be reached', async () => {
    const server = await start({ [v2]: () => ({ status: 503 }) });
    expect(await codeOf(server.channel().lengthRule())).toBe('network.unavailable');
  });
});

describe('threads', () => {
  const one = 'GET /api/v1/statuses/s1';
  const context = 'GET /api/v1/statuses/s1/context';
  const lists = (more: object = {}): object => ({ ancestors: [], descendants: [], ...more });
  const complete = async (contextAnswer: object, headers: Record<string, string> = {}, code = 200): Promise<boolean> => {
    const server = await start({ [one]: () => ({ body: status('s1', 1) }), [context]: () => ({ body: contextAnswer, headers, status: code }) });
    return (await server.channel().thread('s1')).complete;
  };

  test('are complete when everything could be read', async () => {
    expect(await complete(lists())).toBe(true);
    expect(await complete(lists({ descendants: [status('s2', 2, { in_reply_to_id: 's1' })] }))).toBe(true);
    // Hidden posts of others say nothing about ours.
    expect(await complete(lists({ ancestors: [status('s0', 0, { in_reply_to_id: 'hidden' })] }))).toBe(true);
  });

  test('are not while the server still fetches, or sends a part, or something that cannot be read', async () => {
    expect(await complete(lists(), { 'mastodon-async-refresh': 'id="abc", retry=3' })).toBe(false);
    expect(await complete(lists(), {}, 206)).toBe(false);
    expect(await complete(lists({ descendants: [{ id: 'x' }] }))).toBe(false);
    expect(await complete(lists({ descendants: [status('s2', 2, { created_at: 'soon' })] }))).toBe(false);
  });

  test('that are no threads are malformed', async () => {
    const server = await start({ [one]: () => ({ body: status('s1', 1) }), [context]: () => ({ body: [] }) });
    expect(await codeOf(server.channel().thread('s1'))).toBe('network.malformed');
  });

  test('are put in the order of time, from the root on', async () => {
    const ancestors = [status('s0', 0)];
    const descendants = [status('s3', 5, { in_reply_to_id: 's1' }), status('s4', 9, { in_reply_to_id: 's3' }), status('s2', 3, { in_reply_to_id: 's1', account: ownAccount })];
    const server = await start({ [one]: () => ({ body: status('s1', 1, { in_reply_to_id: 's0' }) }), [context]: () => ({ body: { ancestors, descendants } }) });
    const { posts } = await server.channel().thread('s1');
    expect(ids(posts)).toEqual(['s0', 's1', 's2', 's3', 's4']);
    expect(posts.map((post) => post.rootId)).toEqual(['s0', 's0', 's0', 's0', 's0']);
    expect(posts.filter((post) => post.own).map((post) => post.externalId)).toEqual(['s2']);
  });

  test('of ids of any shape ask for just that', async () => {
    const server = await start({});
    await codeOf(server.channel().thread('../../admin?x=1#é'));
    expect(server.seen.map(({ path }) => path)).toContain('/api/v1/statuses/..%2F..%2Fadmin%3Fx%3D1%23%C3%A9');
  });
});

describe('checking again', () => {
  const script = (list: Script[string], missing: readonly string[]): Script => ({
    'GET /api/v1/statuses': list,
    'GET /api/v1/statuses/': ({ path }) => (missing.includes(path.slice(17)) ? { status: 404 } : { body: status(path.slice(17), 1) }),
  });

  test.each([404, 400, 403, 405, 500])('servers without the list (%s) are asked one by one', async (code) => {
    const server = await start(script(() => ({ status: code }), ['b']));
    const { found, gone } = await server.channel().check(['a', 'b']);
    expect([ids(found), gone]).toEqual([['a'], ['b']]);
  });

  test('a server without the list is asked for it once', async () => {
    const server = await start(script(() => ({ status: 404 }), []));
    const channel = server.channel();
    await channel.check(['a']);
    await channel.check(['b']);
    expect(server.seen.filter(({ path }) => path === '/api/v1/statuses')).toHaveLength(1);
  });

  test('what the list leaves out is gone only if it is not found by itself either', async () => {
    const server = await start(script(() => ({ body: [status('a', 1)] }), ['b']));
    const { found, gone } = await server.channel().check(['a', 'b', 'c']);
    expect([ids(found).sort(), gone]).toEqual([['a', 'c'], ['b']]);
  });

  test('what the list brings unasked is left aside', async () => {
    const server = await start(script(() => ({ body: [status('a', 1), status('zz', 2)] }), []));
    expect(ids((await server.channel().check(['a'])).found)).toEqual(['a']);
  });

  test('many are asked for in parts', async () => {
    const server = await start(script(({ query }) => ({ body: query.getAll('id[]').map((id) => status(id, 1)) }), []));
    const wanted = Array.from({ length: 50 }, (_, index) => `p${String(index)}`);
    expect(ids((await server.channel().check(wanted)).found)).toEqual(wanted);
    expect(server.seen.filter(({ path }) => path === '/api/v1/statuses')).toHaveLength(3);
  });
});

describe('answers on other servers', () => {
  const reply = { text: 'Hola', language: 'es', visibility: 'public', idempotencyKey: 'k', intendedAt: Date.now() } as const;

  test('that post them at top level are told apart', async () => {
    const server = await start({ 'POST /api/v1/statuses': () => ({ body: status('9', 1, { in_reply_to_id: null }) }) });
    expect((await server.channel().reply({ ...reply, parent: writePost() })).attached).toBe(false);
  });

  test('that tell only the id are enough', async () => {
    const server = await start({ 'POST /api/v1/statuses': () => ({ body: { id: '9' } }) });
    expect(await server.channel().reply({ ...reply, parent: writePost() })).toMatchObject({ externalId: '9', url: undefined, attached: false });
  });

  test('that tell nothing have an unknown outcome', async () => {
    const server = await start({ 'POST /api/v1/statuses': () => ({ body: '' }) });
    expect(await codeOf(server.channel().reply({ ...reply, parent: writePost() }))).toBe('network.outcomeUnknown');
  });

  test('a 401 without body is unauthorized', async () => {
    const server = await start({ 'POST /api/v1/statuses': () => ({ status: 401 }) });
    expect(await codeOf(server.channel().reply({ ...reply, parent: writePost() }))).toBe('network.unauthorized');
  });

  test('deleted with an empty answer are deleted', async () => {
    const server = await start({ 'DELETE /api/v1/statuses/9': () => ({ body: '' }) });
    await expect(server.channel().delete('9')).resolves.toBeUndefined();
  });
});
