import { describe, expect, test } from 'vitest';
import { pullAll } from './channelHarness';
import { codeOf, failureOf } from './testEnvironment';
import { only, reply, start, token } from './xWorld';

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
    expect(Math.abs(Number(failure.details['retryAt']) - (world.clock.now() + 900_000))).toBeLessThan(60_000);
    expect(control.requests).toHaveLength(3);
  });
});
