import { afterEach, describe, expect, test } from 'vitest';
import { type IncomingPost } from '../../../src/core/mention';
import { type Channel, type ReplyRequest } from '../../../src/core/ports';
import { createChannel } from '../../../src/channels/registry';
import { startXServer, type XServer, type XServerOptions } from '../../support/xServer';
import { pullAll } from './describeChannel';
import { codeOf, failureOf, SecretKeeper, TestClock, TestLogger } from './testEnvironment';

const token = 'token-of-a-test';
const day = 86_400_000;

interface World {
  readonly server: XServer;
  readonly clock: TestClock;
  readonly log: TestLogger;
  readonly keeper: SecretKeeper;
  channel(): Channel;
  asked(path: string): readonly URLSearchParams[];
}

const running: XServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(options: XServerOptions = {}): Promise<World> {
  const clock = new TestClock();
  const server = await startXServer({ token, now: () => clock.now(), ...options });
  running.push(server);
  const log = new TestLogger();
  const keeper = new SecretKeeper({ token, accountId: server.control.world.own.id });
  return {
    server, clock, log, keeper,
    channel: () => createChannel({ id: 'x-main', network: 'x', url: server.url, account: '@ISC' }, keeper.environment({ clock, logger: log })),
    asked: (path) => server.control.requests.filter((request) => request.path.endsWith(path)).map(({ query }) => query),
  };
}

const ids = (posts: readonly IncomingPost[]): string[] => posts.map((post) => post.externalId);
const reply = (parent: IncomingPost, text: string, intendedAt: number): ReplyRequest => ({ parent, text, language: 'es', visibility: parent.visibility, idempotencyKey: 'k', intendedAt });

async function only(world: World, channel = world.channel()): Promise<IncomingPost> {
  const { posts } = await pullAll(channel);
  return posts.length === 1 ? posts[0]! : expect.fail(`there are ${String(posts.length)} posts`);
}

describe('mentions on X', () => {
  test('are asked for under the names of the guides, from the start of the first run on', async () => {
    const world = await start();
    await pullAll(world.channel(), { since: Date.parse('2026-11-18T07:55:10.400Z') });
    const [query] = world.asked('/mentions');
    expect(query?.get('start_time')).toBe('2026-11-18T07:55:10Z');
    expect(query?.get('max_results')).toBe('100');
    expect(query?.get('tweet.fields')?.split(',')).toEqual(expect.arrayContaining(['created_at', 'author_id', 'conversation_id', 'referenced_tweets', 'edit_history_tweet_ids', 'note_tweet', 'attachments', 'entities', 'withheld']));
    expect(query?.get('expansions')).toContain('attachments.media_keys');
    expect(query?.has('since_id')).toBe(false);
  });

  test('keep one since_id through all pages, and the watermark moves with what is handed out', async () => {
    const world = await start();
    world.server.control.addMention({ text: 'la primera' });
    const channel = world.channel();
    const { cursor } = await pullAll(channel);
    world.clock.advance(120_000);
    const made = Array.from({ length: 250 }, (_, index) => world.server.control.addMention({ text: `nueva ${String(index)}` }));
    world.server.control.requests.length = 0;
    const { posts, pages } = await pullAll(channel, { cursor });
    expect(ids(posts)).toEqual(made);
    expect(world.asked('/mentions').map((query) => query.has('pagination_token'))).toEqual([false, true, true]);
    expect(new Set(world.asked('/mentions').map((query) => query.get('since_id'))).size).toBe(1);
    expect(pages.map((page) => page.cursor?.split(' ')[0])).toEqual([made[99], made[199], made[249]]);
  });

  test.each([1, 2])('start again with the old watermark when a page token has ended (%i times)', async (times) => {
    const world = await start();
    const made = Array.from({ length: 250 }, (_, index) => world.server.control.addMention({ text: `número ${String(index)}` }));
    const { control } = world.server;
    const { answer } = control;
    let left = times;
    control.answer = (...call) => {
      if (call[2].has('pagination_token') && left > 0) {
        left -= 1;
        control.endPageTokens();
      }
      return answer.apply(control, call);
    };
    expect(ids((await pullAll(world.channel())).posts)).toEqual(made);
  });

  test('whose page tokens never hold are handed out as far as they came, and the watermark stays', async () => {
    const world = await start();
    const made = Array.from({ length: 150 }, (_, index) => world.server.control.addMention({ text: `número ${String(index)}` }));
    const { control } = world.server;
    const { answer } = control;
    control.answer = (...call) => {
      if (call[2].has('pagination_token')) control.endPageTokens();
      return answer.apply(control, call);
    };
    const got: IncomingPost[] = [];
    const cursors: (string | undefined)[] = [];
    const run = (async () => {
      for await (const page of world.channel().pull({ cursor: undefined, since: world.clock.now() - day, recheck: [] })) {
        got.push(...page.posts);
        cursors.push(page.cursor);
      }
    })();
    expect(await codeOf(run)).toBe('network.invalid');
    expect(ids(got)).toEqual(made.slice(50));
    expect(cursors).toEqual([undefined]);
  });

  test('that show up late, with an id below the watermark, are not lost and nothing comes twice', async () => {
    const world = await start();
    const { control } = world.server;
    const late = control.addMention({ text: 'tarda' });
    const early = control.addMention({ text: 'puntual' });
    control.hide(late);
    const channel = world.channel();
    const first = await pullAll(channel);
    expect(ids(first.posts)).toEqual([early]);
    control.hide(late, false);
    const second = await pullAll(channel, { cursor: first.cursor });
    expect(ids(second.posts)).toEqual([late]);
    expect((await pullAll(channel, { cursor: second.cursor })).pages).toEqual([]);
  });

  test('after an id that X takes no more are asked for by its time', async () => {
    const world = await start();
    const { control } = world.server;
    control.addMention({ text: 'vieja' });
    const channel = world.channel();
    const first = await pullAll(channel);
    world.clock.advance(600_000);
    const made = Array.from({ length: 120 }, (_, index) => control.addMention({ text: `nueva ${String(index)}` }));
    const { answer } = control;
    control.answer = (...call) => (call[2].has('since_id') ? { status: 400, body: { errors: [{ parameters: { since_id: [call[2].get('since_id')] }, message: "'since_id' must be a tweet id created after…" }], title: 'Invalid Request', type: 'https://api.x.com/2/problems/invalid-request' } } : answer.apply(control, call));
    expect(ids((await pullAll(channel, { cursor: first.cursor })).posts)).toEqual(made);
  });

  test('that only pass on what another wrote are none', async () => {
    const world = await start();
    const said = world.server.control.addMention({ text: 'Hola', author: 'vecina' });
    world.server.control.addMention({ text: 'RT @vecina: @isc Hola', author: 'otra', retweets: said });
    expect(ids((await pullAll(world.channel())).posts)).toEqual([said]);
  });

  test('beyond the newest 800 cannot be had, and the log says so', async () => {
    const world = await start();
    const made = Array.from({ length: 830 }, (_, index) => world.server.control.addMention({ text: `número ${String(index)}` }));
    expect(ids((await pullAll(world.channel())).posts)).toEqual(made.slice(30));
    expect(world.log.lines.join('\n')).toContain('older ones cannot be had');
  });

  test('with one item that cannot be read give the others; with none are malformed', async () => {
    const world = await start();
    const { control } = world.server;
    const good = control.addMention({ text: 'buena' });
    control.addMention({ text: 'rota' });
    const { answer } = control;
    let broken = 1;
    control.answer = (...call) => {
      const given = answer.apply(control, call);
      const { data } = given.body as { data?: Record<string, unknown>[] };
      for (const item of data?.slice(0, broken) ?? []) item['id'] = 12;
      return given;
    };
    expect(ids((await pullAll(world.channel())).posts)).toEqual([good]);
    expect(world.log.lines.join('\n')).toContain('cannot be read');
    broken = 2;
    expect(await codeOf(pullAll(world.channel()))).toBe('network.malformed');
  });

  test.each(['{}', '[]', '"x"', 'null'])('answered by %s are malformed, not empty', async (body) => {
    const world = await start();
    world.server.control.answer = () => ({ status: 200, body: JSON.parse(body) as unknown });
    expect(await codeOf(pullAll(world.channel()))).toBe('network.malformed');
  });
});

describe.each(['tweet', 'post'] as const)('a post in the spelling of the %s fields', (dialect) => {
  test('says what it answers and quotes, whose conversation it is, and shows its pictures', async () => {
    const world = await start({ dialect });
    const { control } = world.server;
    const root = control.addPost({ text: 'Obras en la calle Mayor del 17 al 21.', author: 'isc' });
    const news = control.addPost({ text: 'Titular', author: 'diario' });
    const id = control.addMention({ text: '@isc @policia_vdl ¿sigue cortada?', author: 'pepa_vecina', name: 'Pepa Vecina', inReplyTo: root, quotes: news, images: ['Valla en mitad de la calzada', null], video: 'Un camión' });
    const post = await only(world);
    expect(post).toMatchObject({
      externalId: id, versionId: id, parentId: root, quotedId: news, rootId: root, own: false, visibility: 'public', language: 'es', text: '@isc @policia_vdl ¿sigue cortada?',
      author: { handle: 'pepa_vecina', name: 'Pepa Vecina', url: `${world.server.url}/pepa_vecina` }, mentions: ['isc', 'policia_vdl'], url: `${world.server.url}/pepa_vecina/status/${id}`,
    });
    expect(post.media.map(({ type, alt }) => [type, alt])).toEqual([['image', 'Valla en mitad de la calzada'], ['image', undefined], ['video', 'Un camión']]);
    expect(post.media[2]?.url).toMatch(/\.mp4$/u);
    expect(Math.abs(post.postedAt - world.clock.now())).toBeLessThan(5_000);
  });

  test('that is long comes whole, with its real links and without the escapes of X', async () => {
    const world = await start({ dialect });
    const text = `@isc ¿Es <b>cierto</b> que R&D cobra 5 &lt; 6? ${'Muy largo. '.repeat(40)}https://isc.gob.do/pagos?a=1&b=2 fin`;
    world.server.control.addMention({ text });
    expect((await only(world)).text).toBe(text);
  });

  test('that was edited keeps its first id, and says which version it is', async () => {
    const world = await start({ dialect });
    const { control } = world.server;
    const channel = world.channel();
    const id = control.addMention({ text: 'Con herror' });
    const first = await pullAll(channel);
    world.clock.advance(600_000);
    const version = control.edit(id, '@isc Con error');
    const { posts } = await pullAll(channel, { cursor: first.cursor });
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({ externalId: id, versionId: version, text: '@isc Con error', postedAt: first.posts[0]?.postedAt });
    expect(posts[0]?.editedAt).toBeGreaterThanOrEqual(posts[0]!.postedAt + 600_000);
  });

  test('that answers an edited post has the first version of that as its parent', async () => {
    const world = await start({ dialect });
    const { control } = world.server;
    const root = control.addPost({ text: 'Aviso', author: 'isc' });
    world.clock.advance(60_000);
    const version = control.edit(root, 'Aviso corregido');
    control.addMention({ text: 'Gracias', inReplyTo: version });
    expect(await only(world)).toMatchObject({ parentId: root, rootId: root });
  });
});

describe('a post', () => {
  test('of a protected account that we follow is private, and is not answered in public', async () => {
    const world = await start();
    world.server.control.addMention({ text: 'Con candado', author: 'discreta', protected: true });
    const post = await only(world);
    expect(post.visibility).toBe('private');
    const failure = await failureOf(world.channel().reply(reply(post, 'Hola', world.clock.now())));
    expect([failure.code, failure.details['reason']]).toEqual(['network.invalid', 'visibility']);
    expect(world.server.control.posted()).toEqual([]);
  });

  test('that is withheld says in which countries', async () => {
    const world = await start();
    world.server.control.addMention({ text: 'Retenida', withheldIn: ['DO', 'ES'] });
    expect((await only(world)).withheldIn).toEqual(['DO', 'ES']);
  });

  test.each([['es', 'es'], ['und', undefined], ['qme', undefined], ['zxx', undefined], ['pt', 'pt']])('in the language %s is in %s', async (lang, expected) => {
    const world = await start();
    world.server.control.addMention({ text: 'Hola', lang });
    expect((await only(world)).language).toBe(expected);
  });

  test('whose author is not sent along is known by the id of the author', async () => {
    const world = await start();
    const { control } = world.server;
    control.addMention({ text: 'Hola', author: 'vecina' });
    const { answer } = control;
    control.answer = (...call) => {
      const given = answer.apply(control, call);
      delete (given.body as { includes?: unknown }).includes;
      return given;
    };
    const { author, url } = await only(world);
    expect(author.handle).toBe(author.id);
    expect(url).toContain('/i/web/status/');
  });
});

describe('looking again on X', () => {
  test.each(['asked', 'newest'] as const)('finds the newest version, whichever X sends for the first id (%s)', async (lookup) => {
    const world = await start();
    const { control } = world.server;
    control.lookup = lookup;
    const id = control.addMention({ text: 'uno' });
    world.clock.advance(60_000);
    const version = control.edit(id, '@isc dos');
    const { found, gone } = await world.channel().check([id]);
    expect(gone).toEqual([]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ externalId: id, versionId: version, text: '@isc dos' });
    expect(found[0]?.editedAt).toBeDefined();
  });

  test('asks again for the newest version where X sends the old one alone', async () => {
    const world = await start();
    const { control } = world.server;
    const id = control.addMention({ text: 'uno' });
    control.edit(id, '@isc dos');
    const { answer } = control;
    control.answer = (...call) => {
      const given = answer.apply(control, call);
      delete (given.body as { includes?: { tweets?: unknown } }).includes?.tweets;
      return given;
    };
    expect((await world.channel().check([id])).found[0]?.text).toBe('@isc dos');
    expect(world.asked('/2/tweets')).toHaveLength(2);
  });

  test('tells deleted from hidden: a protected or suspended author makes nothing gone', async () => {
    const world = await start();
    const { control } = world.server;
    const deleted = control.addMention({ text: 'se va', author: 'una' });
    const hidden = control.addMention({ text: 'se esconde', author: 'otra' });
    const kept = control.addMention({ text: 'queda', author: 'vecina' });
    control.delete(deleted);
    control.protect('otra');
    const { found, gone } = await world.channel().check([deleted, hidden, kept]);
    expect([ids(found), gone]).toEqual([[kept], [deleted]]);
  });

  test('asks for a hundred at a time', async () => {
    const world = await start();
    const wanted = Array.from({ length: 230 }, (_, index) => world.server.control.addMention({ text: `número ${String(index)}` }));
    expect(ids((await world.channel().check(wanted)).found)).toEqual(wanted);
    expect(world.asked('/2/tweets').map((query) => query.get('ids')?.split(',').length)).toEqual([100, 100, 30]);
  });
});

describe('a conversation on X', () => {
  test('shows an answer that a colleague gave in X, though search is late', async () => {
    const world = await start();
    const { control } = world.server;
    control.searchLag = 60_000;
    const id = control.addMention({ text: '¿Abren hoy?', author: 'vecina' });
    const answer = control.answerByColleague(id, 'Sí, hasta las cuatro.');
    const { posts, complete } = await world.channel().thread(id);
    expect(complete).toBe(true);
    expect(posts.map((post) => [post.externalId, post.own, post.parentId])).toEqual([[id, false, undefined], [answer, true, id]]);
  });

  test('counts an answer to an old version of the post as an answer to the post', async () => {
    const world = await start();
    const { control } = world.server;
    const id = control.addMention({ text: '¿Abren oy?', author: 'vecina' });
    const answer = control.answerByColleague(id, 'Sí');
    world.clock.advance(60_000);
    const version = control.edit(id, '@isc ¿Abren hoy?');
    const later = control.answerByColleague(version, 'Hasta las cuatro');
    const { posts } = await world.channel().thread(id);
    expect(posts.filter((post) => post.own).map((post) => [post.externalId, post.parentId])).toEqual([[answer, id], [later, id]]);
    expect(posts[0]).toMatchObject({ externalId: id, versionId: version, text: '@isc ¿Abren hoy?' });
  });

  test('older than seven days is not complete, and our answers are there all the same', async () => {
    const world = await start();
    const id = world.server.control.addMention({ text: 'vieja', author: 'vecina', ago: 8 * day });
    const answer = world.server.control.answerByColleague(id, 'Ya está.');
    const { posts, complete } = await world.channel().thread(id);
    expect(complete).toBe(false);
    expect(ids(posts)).toEqual([id, answer]);
  });

  test('that is longer than we read is not complete', async () => {
    const world = await start();
    const { control } = world.server;
    const id = control.addMention({ text: 'Tema caliente', author: 'vecina' });
    for (let index = 0; index < 1_010; index += 1) control.addPost({ text: `otra voz ${String(index)}`, author: `voz${String(index % 50)}`, inReplyTo: id });
    expect((await world.channel().thread(id)).complete).toBe(false);
  });

  test('on a plan without search is not complete, but shows what our account posted', async () => {
    const world = await start();
    const { control } = world.server;
    const id = control.addMention({ text: 'Hola', author: 'vecina' });
    const answer = control.answerByColleague(id, 'Buenas');
    control.plan = { problem: 'client-forbidden', path: /search/u };
    const { posts, complete } = await world.channel().thread(id);
    expect([ids(posts), complete]).toEqual([[id, answer], false]);
  });

  test('of a post that is hidden from us is forbidden, not gone', async () => {
    const world = await start();
    const id = world.server.control.addMention({ text: 'Hola', author: 'vecina' });
    world.server.control.protect('vecina');
    expect(await codeOf(world.channel().thread(id))).toBe('network.forbidden');
  });

  test('shows the post that a mention answers, with its author', async () => {
    const world = await start();
    const { control } = world.server;
    const root = control.addPost({ text: 'Se cayó el sistema', author: 'diario', ago: 9 * day });
    const id = control.addMention({ text: '¿Es cierto?', author: 'vecina', inReplyTo: root });
    const { posts, complete } = await world.channel().thread(id);
    expect(posts.map((post) => [post.externalId, post.author.handle])).toEqual([[root, 'diario'], [id, 'vecina']]);
    expect(complete).toBe(true);
  });
});

describe('what stands around our posts on X', () => {
  test('are our own posts, a colleague\'s among them, each read about once', async () => {
    const world = await start();
    const { control } = world.server;
    const channel = world.channel();
    const id = control.addMention({ text: 'Hola', author: 'vecina' });
    const answer = control.answerByColleague(id, 'Buenas');
    const since = world.clock.now() - day;
    const first = await channel.around?.(since);
    expect(first?.own.map((post) => [post.externalId, post.parentId])).toEqual([[answer, id]]);
    world.clock.advance(300_000);
    const other = control.answerByColleague(id, 'Le ampliamos');
    world.clock.advance(300_000);
    expect(ids((await channel.around?.(since))?.own ?? [])).toEqual([answer, other]);
    expect(ids((await channel.around?.(since))?.own ?? [])).toEqual([answer, other]);
    const asked = world.asked('/tweets').map((query) => query.get('since_id'));
    expect(new Set(asked).size).toBe(3);
  });

  test('are answers to us that do not name us, too, each about once', async () => {
    const world = await start();
    const { control } = world.server;
    const channel = world.channel();
    const root = control.addPost({ text: 'Nuevo horario', author: 'isc' });
    const named = control.addMention({ text: 'Gracias', author: 'vecina', inReplyTo: root });
    const unnamed = control.addPost({ text: '¿Desde cuándo?', author: 'vecino', inReplyTo: root });
    control.addPost({ text: 'A otra cosa', author: 'vecino', inReplyTo: named });
    const since = world.clock.now() - 30 * day;
    const first = await channel.around?.(since);
    expect(first?.answers.map((post) => [post.externalId, post.parentId])).toEqual([[unnamed, root], [named, root]]);
    world.clock.advance(300_000);
    const later = control.addPost({ text: '¿Y los sábados?', author: 'vecino', inReplyTo: root });
    expect(ids((await channel.around?.(since))?.answers ?? [])[0]).toBe(later);
    world.clock.advance(300_000);
    expect(ids((await channel.around?.(since))?.answers ?? [])).toEqual([later]);
    control.plan = { problem: 'client-forbidden', path: /search/u };
    expect((await channel.around?.(since))?.answers).toEqual([]);
  });
});

describe('an answer on X', () => {
  test('goes to the newest version of the post, without a greeting, and X names the author', async () => {
    const world = await start();
    const { control } = world.server;
    const channel = world.channel();
    const id = control.addMention({ text: 'uno', author: 'vecina' });
    world.clock.advance(60_000);
    const version = control.edit(id, '@isc dos');
    const [post] = (await channel.check([id])).found;
    expect(channel.greeting(post!, 'Con gusto.')).toBe('');
    const sent = await channel.reply(reply(post!, 'Con gusto.', world.clock.now()));
    expect(JSON.parse(control.requests.find(({ method }) => method === 'POST')!.body)).toEqual({ text: 'Con gusto.', reply: { in_reply_to_tweet_id: version } });
    expect(control.posted()).toEqual([{ id: sent.externalId, text: '@vecina Con gusto.', inReplyTo: version }]);
    expect(sent).toMatchObject({ attached: true });
  });

  test('that X calls a duplicate is found where it stands, and is that answer', async () => {
    const world = await start();
    const { control } = world.server;
    const channel = world.channel();
    control.addMention({ text: 'Hola', author: 'vecina' });
    const post = await only(world, channel);
    const at = world.clock.now();
    const first = await channel.reply(reply(post, 'Visite https://isc.gob.do hoy.', at));
    const again = await channel.reply(reply(post, 'Visite https://isc.gob.do hoy.', at));
    expect([again.externalId, again.attached]).toEqual([first.externalId, true]);
    expect(control.posted()).toHaveLength(1);
  });

  test('with words that stand under another post surely was not sent', async () => {
    const world = await start();
    const { control } = world.server;
    const channel = world.channel();
    control.addMention({ text: 'Una pregunta', author: 'vecina' });
    control.addMention({ text: 'Otra pregunta', author: 'vecino' });
    const { posts } = await pullAll(channel);
    await channel.reply(reply(posts[0]!, 'Con gusto.', world.clock.now()));
    expect(await codeOf(channel.reply(reply(posts[1]!, 'Con gusto.', world.clock.now())))).toBe('network.duplicate');
  });

  test('with words that a colleague posted there long before it was intended is another one', async () => {
    const world = await start();
    const channel = world.channel();
    const id = world.server.control.addMention({ text: 'Hola', author: 'vecina' });
    world.server.control.answerByColleague(id, 'Con gusto.');
    world.clock.advance(3_600_000);
    const post = await only(world, channel);
    expect(await codeOf(channel.reply(reply(post, 'Con gusto.', world.clock.now())))).toBe('network.duplicate');
  });

  test('that X calls a duplicate, while the conversation cannot be read, has an unknown outcome', async () => {
    const world = await start();
    const { control } = world.server;
    const channel = world.channel();
    control.addMention({ text: 'Hola', author: 'vecina' });
    const post = await only(world, channel);
    const at = world.clock.now();
    await channel.reply(reply(post, 'Con gusto.', at));
    control.plan = { problem: 'usage-capped', path: /search/u };
    expect(await codeOf(channel.reply(reply(post, 'Con gusto.', at)))).toBe('network.outcomeUnknown');
    expect(control.posted()).toHaveLength(1);
  });

  test('to somebody who has not named us, on a plan that wants it, is not allowed', async () => {
    const world = await start();
    const { control } = world.server;
    control.onlySummoned = true;
    const root = control.addPost({ text: 'Aviso', author: 'isc' });
    const comment = control.addPost({ text: 'No me gusta', author: 'vecina', inReplyTo: root });
    const [post] = (await world.channel().check([comment])).found;
    expect(await codeOf(world.channel().reply(reply(post!, 'Hola', world.clock.now())))).toBe('network.replyForbidden');
  });

  test('to a post whose author lets nobody answer is not allowed', async () => {
    const world = await start();
    const id = world.server.control.addMention({ text: 'Hola' });
    world.server.control.closeReplies(id);
    expect(await codeOf(world.channel().reply(reply(await only(world), 'Hola', world.clock.now())))).toBe('network.replyForbidden');
  });

  test('of another account cannot be deleted', async () => {
    const world = await start();
    expect(await codeOf(world.channel().delete(world.server.control.addMention({ text: 'Hola' })))).toBe('network.forbidden');
  });
});

describe('what a plan does not allow', () => {
  test.each([['credits', 'network.noCredits'], ['client-forbidden', 'network.planForbids'], ['usage-capped', 'network.capReached']] as const)('%s is %s: at once, for reads and writes, with a time to come back', async (problem, code) => {
    const world = await start();
    const { control } = world.server;
    control.addMention({ text: 'Hola' });
    const post = await only(world);
    control.plan = { problem };
    control.requests.length = 0;
    const failure = await failureOf(pullAll(world.channel()), token);
    expect(failure.code).toBe(code);
    expect(Number(failure.details['retryAt'])).toBeGreaterThan(world.clock.now() + 1_800_000);
    expect(await codeOf(world.channel().reply(reply(post, 'Hola', world.clock.now())))).toBe(code);
    expect(control.requests).toHaveLength(2);
    expect(world.clock.slept).toEqual([]);
  });

  test.each(['user', 'app'])('a limit of the day (%s) is a cap that ends when X says', async (whose) => {
    const world = await start();
    const { control } = world.server;
    const resetAt = Math.ceil(world.clock.now() / 1000) + 40_000;
    control.answer = () => ({ status: 429, body: { title: 'Too Many Requests', type: 'about:blank', status: 429 }, headers: { 'x-rate-limit-reset': String(Math.ceil(world.clock.now() / 1000) + 60), [`x-${whose}-limit-24hour-remaining`]: '0', [`x-${whose}-limit-24hour-reset`]: String(resetAt) } });
    const failure = await failureOf(pullAll(world.channel()));
    expect([failure.code, failure.details['retryAt']]).toEqual(['network.capReached', resetAt * 1000]);
  });

  test('a limit that is used up says when it is over, and each answer says what is left', async () => {
    const world = await start();
    const { control } = world.server;
    control.limits.set('GET /2/users/:id/mentions', 2);
    const channel = world.channel();
    await pullAll(channel);
    await pullAll(channel);
    expect(world.keeper.limits.map(({ limit, remaining }) => [limit, remaining])).toEqual([[2, 1], [2, 0]]);
    const failure = await failureOf(pullAll(channel));
    expect(failure.code).toBe('network.rateLimited');
    expect(Math.abs(Number(failure.details['retryAt']) - (world.clock.now() + 900_000))).toBeLessThan(5_000);
    expect(control.requests).toHaveLength(3);
  });
});
