import { describe, expect, test } from 'vitest';
import { codeOf } from './testEnvironment';
import { day, ids, start } from './xWorld';

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
