import { afterEach, describe, expect, test } from 'vitest';
import { type IncomingPost } from '../../../src/core/mention';
import { type Channel } from '../../../src/core/channelPort';
import { type ChannelSecret } from '../../../src/core/secretPorts';
import { createChannel } from '../../../src/channels/registry';
import { type BlueskyServer, type BlueskyServerOptions, startBlueskyServer } from '../../support/blueskyServer';
import { pullAll } from './channelHarness';
import { type FaultyFront, startFaultyFront } from './faultyFront';
import { codeOf, failureOf, SecretKeeper, TestClock, TestLogger } from './testEnvironment';

interface World {
  readonly server: BlueskyServer;
  readonly front: FaultyFront;
  readonly keeper: SecretKeeper;
  readonly clock: TestClock;
  readonly log: TestLogger;
  channel(account?: string): Channel;
  asked(method: string): number;
}

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function start(options: Omit<BlueskyServerOptions, 'now'> = {}, secret?: Partial<ChannelSecret>): Promise<World> {
  const [clock, log] = [new TestClock(), new TestLogger()];
  const server = await startBlueskyServer({ now: () => clock.now(), ...options });
  const front = await startFaultyFront(server.url);
  ends.push(() => front.close(), () => server.close());
  const keeper = new SecretKeeper({ token: server.appPassword, origin: front.url, ...secret });
  return {
    server, front, keeper, clock, log,
    channel: (account = server.handle) => createChannel({ id: 'bluesky-main', network: 'bluesky', url: front.url, account }, keeper.environment({ clock, logger: log })),
    asked: (method) => server.asked.filter((name) => name.endsWith(method)).length,
  };
}

const day = 86_400_000;
const ids = (posts: readonly IncomingPost[]): string[] => posts.map(({ externalId }) => externalId);
const ago = (world: World, ms: number): string => new Date(world.clock.now() - ms).toISOString();

describe('what Bluesky is asked', () => {
  test('for the posts of everybody, a page of known size', async () => {
    const world = await start();
    await pullAll(world.channel());
    const asked = world.server.asked;
    expect(asked).toEqual(['com.atproto.server.createSession', 'com.atproto.server.getSession', 'app.bsky.notification.listNotifications']);
  });

  test('to write the same record at each try', async () => {
    const world = await start({ endpoint: 'none' });
    const mention = world.server.addMention({ text: 'hola' });
    const channel = world.channel();
    const { posts: [parent] } = await pullAll(channel);
    const request = { parent: parent!, text: 'Buenos días', language: 'es', visibility: 'public', idempotencyKey: 'k', intendedAt: Date.UTC(2026, 10, 18, 9) } as const;
    const sent = await channel.reply(request);
    await channel.reply(request);
    const bodies = world.front.seen.filter(({ path }) => path.endsWith('putRecord')).map(({ body }) => body);
    expect(bodies[0]).toBe(bodies[1]);
    expect(JSON.parse(bodies[0]!)).toEqual({
      repo: world.server.did, collection: 'app.bsky.feed.post', rkey: sent.externalId.split('/').at(-1), validate: true,
      record: { $type: 'app.bsky.feed.post', text: 'Buenos días', createdAt: '2026-11-18T09:00:00.000Z', langs: ['es'], reply: { root: { uri: mention.uri, cid: mention.cid }, parent: { uri: mention.uri, cid: mention.cid } } },
    });
    expect(sent).toEqual({ externalId: sent.externalId, url: `https://bsky.app/profile/${world.server.did}/post/${sent.externalId.split('/').at(-1)!}`, postedAt: request.intendedAt, attached: true });
  });
});

describe('the list of notifications', () => {
  test('loses no ties at the end of a page, nor a whole page of them', async () => {
    const world = await start();
    const at = ago(world, 60_000);
    const all = Array.from({ length: 100 }, (_, index) => world.server.addMention({ text: `a la vez ${String(index)}`, createdAt: at }).uri);
    for (let index = 0; index < 95; index += 1) all.push(world.server.addMention({ text: `luego ${String(index)}` }).uri);
    all.push(world.server.addMention({ text: 'antes', createdAt: ago(world, 3_600_000) }).uri);
    expect(new Set(ids((await pullAll(world.channel())).posts))).toEqual(new Set(all));
  });

  test.each([{ sortedTimes: false }, { sortedTimes: true }])('brings what comes late or is dated back, and no backlog with it (%o)', async (options) => {
    const world = await start(options);
    const old = world.server.addMention({ text: 'de antes' });
    world.clock.advance(20 * day);
    const channel = world.channel();
    let { posts, cursor } = await pullAll(channel, { since: world.clock.now() - 7 * day });
    expect(posts).toEqual([]);
    for (const back of [60_000, day, 10 * day, 400 * day]) {
      const late = world.server.addMention({ text: `fechado ${String(back)}`, createdAt: ago(world, back) });
      ({ posts, cursor } = await pullAll(channel, { cursor }));
      expect(ids(posts)).toEqual([late.uri]);
    }
    expect(ids((await pullAll(channel, { cursor })).posts)).not.toContain(old.uri);
  });

  test('is read three days back and three pages at least, not to its end', async () => {
    const world = await start();
    for (let index = 0; index < 700; index += 1) world.server.addMention({ text: String(index) });
    world.clock.advance(10 * day);
    const fresh = world.server.addMention({ text: 'nueva' });
    const channel = world.channel();
    const { posts, cursor } = await pullAll(channel, { since: world.clock.now() - day });
    expect(ids(posts)).toEqual([fresh.uri]);
    expect(world.asked('listNotifications')).toBe(3);
    const second = world.server.addMention({ text: 'otra' });
    expect(ids((await pullAll(channel, { cursor })).posts)).toEqual([second.uri]);
    expect(world.asked('listNotifications')).toBe(6);
    expect(world.asked('getPosts')).toBeLessThan(20);
  });

  test('with odd fields gives what can be read of them; what cannot be read at all is left out, and the log says so', async () => {
    const world = await start({ endpoint: 'none' });
    const undated = world.server.addMention({ text: 'sin fecha', record: { createdAt: 'ayer' } });
    // Its mention is no facet any more, but it answers a post of ours.
    const ours = world.server.world.put(world.server.did, '3l0ours', { $type: 'app.bsky.feed.post', text: 'Aviso', createdAt: ago(world, 60_000) });
    const odd = world.server.addPost({ text: 'rara', inReplyTo: ours.uri, record: { facets: [{ index: 'x' }, 7], langs: [3], embed: 'nada' } as never });
    const { posts } = await pullAll(world.channel());
    expect(new Set(ids(posts))).toEqual(new Set([undated.uri, odd.uri]));
    expect(posts.find(({ externalId }) => externalId === odd.uri)).toMatchObject({ text: 'rara', mentions: [], media: [], parentId: ours.uri });
    world.front.fault({ kind: 'answer', status: 200, path: /listNotifications/u, body: JSON.stringify({ notifications: [{ uri: 'x' }, 7] }) });
    expect(await codeOf(pullAll(world.channel()))).toBe('network.malformed');
    expect(world.log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(2);
  });

  test('cursors of another make begin anew', async () => {
    const world = await start();
    const { uri } = world.server.addMention({ text: 'hola' });
    expect(ids((await pullAll(world.channel(), { cursor: 'not ours' })).posts)).toEqual([uri]);
  });

  test('a post whose author is renamed or has no handle that holds keeps its author', async () => {
    const world = await start();
    world.server.addMention({ text: 'una', author: 'marta.test' });
    world.server.world.account('marta.test').handle = 'handle.invalid';
    const [post] = (await pullAll(world.channel())).posts;
    expect(post!.author.handle).toBe(post!.author.id);
  });
});

describe('a session', () => {
  test('is made once, and kept for all that follows', async () => {
    const world = await start();
    for (let count = 0; count < 4; count += 1) await pullAll(world.channel());
    expect(world.server.sessions.logins).toBe(1);
    expect(world.keeper.stored).toMatchObject({ accountId: world.server.did, session: { access: expect.any(String) as string } });
  });

  test('is refreshed when it ends, by one of many, without the app password', async () => {
    const world = await start();
    await pullAll(world.channel());
    world.clock.advance(3 * 3_600_000);
    await Promise.all([1, 2, 3].map(() => pullAll(world.channel())));
    expect([world.server.sessions.logins, world.asked('refreshSession')]).toEqual([1, 1]);
  });

  test('that cannot be refreshed is made anew; when the app password is gone too, a person is asked, and the network is left alone for a while', async () => {
    const world = await start();
    const channel = world.channel();
    await pullAll(channel);
    world.clock.advance(100 * day);
    await pullAll(channel);
    expect(world.server.sessions.logins).toBe(2);
    world.server.sessions.revokePasswords();
    world.server.sessions.expireAccess();
    for (let count = 0; count < 5; count += 1) expect(await codeOf(pullAll(channel), world.server.appPassword)).toBe('secret.expired');
    expect(world.server.sessions.logins).toBe(3);
    world.clock.advance(11 * 60_000);
    expect(await codeOf(pullAll(channel))).toBe('secret.expired');
    expect(world.server.sessions.logins).toBe(4);
  });

  test('is tried at once with another app password', async () => {
    const world = await start({}, { token: 'wron-gpas-swor-dxxx' });
    const channel = world.channel();
    expect(await codeOf(pullAll(channel), 'wron-gpas-swor-dxxx')).toBe('secret.expired');
    world.keeper.stored = { ...world.keeper.stored, token: world.server.appPassword };
    await pullAll(channel);
  });

  test('goes to the server that the account\'s document names, and the app password to the configured one only', async () => {
    const world = await start();
    await pullAll(world.channel());
    expect(world.keeper.stored.session?.endpoint).toBe(world.server.url);
    expect(world.front.seen.map(({ path }) => path)).toEqual(['/xrpc/com.atproto.server.createSession']);
  });

  test('of another account than the one that was connected is refused', async () => {
    const world = await start({}, { accountId: 'did:plc:somebodyelse' });
    expect(await codeOf(pullAll(world.channel()))).toBe('secret.expired');
  });

  test('an app password that the server sends back stands in no error', async () => {
    const world = await start();
    world.front.fault({ kind: 'answer', status: 400, body: JSON.stringify({ error: 'InvalidRequest', message: `no ${world.server.appPassword}` }) });
    const failure = await failureOf(pullAll(world.channel()), world.server.appPassword);
    expect([failure.code, failure.details['reason']]).toEqual(['network.invalid', 'InvalidRequest: no ***']);
  });

  test('a limit that is used up is told with its end, from the network\'s own headers', async () => {
    const world = await start({ limit: 5 });
    const channel = world.channel();
    await pullAll(channel);
    const failure = await failureOf((async () => {
      for (let count = 0; count < 6; count += 1) await pullAll(channel);
    })());
    expect(failure.code).toBe('network.rateLimited');
    expect(Number(failure.details['retryAt']) - world.clock.now()).toBeGreaterThan(30_000);
    expect(world.keeper.limits.at(-1)).toMatchObject({ limit: 5, remaining: 0 });
  });
});

describe('while the AppView is away', () => {
  test('nothing is gone, nothing is answered, and what is our own can be read', async () => {
    const world = await start();
    const { uri } = world.server.addMention({ text: 'hola' });
    const channel = world.channel();
    const { posts: [parent] } = await pullAll(channel);
    await channel.reply({ parent: parent!, text: 'Hola', language: 'es', visibility: 'public', idempotencyKey: 'k', intendedAt: world.clock.now() });
    world.server.outage = true;
    expect(await codeOf(channel.check([uri]))).toBe('network.unavailable');
    expect(await codeOf(channel.reply({ parent: parent!, text: 'Otra', language: 'es', visibility: 'public', idempotencyKey: 'k2', intendedAt: world.clock.now() }))).toBe('network.unavailable');
    expect(world.server.posted()).toHaveLength(1);
    expect((await channel.around!(0)).own.map(({ text }) => text)).toEqual(['Hola']);
  });
});
