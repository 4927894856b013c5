import { describe, expect, test } from 'vitest';
import { type IncomingPost } from '../../../src/core/mention';
import { pullAll } from './channelHarness';
import { codeOf, failureOf } from './testEnvironment';
import { day, ids, only, reply, start } from './xWorld';

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
    expect(Math.abs(post.postedAt - world.clock.now())).toBeLessThan(60_000);
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
