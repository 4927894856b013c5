import { describe, expect, inject, test } from 'vitest';
import { createChannel } from '../../src/channels/registry';
import { codeOf, failureOf, SecretKeeper } from '../contract/channels/testEnvironment';
import { Inbox, newOffice, replyTo } from './support/office';
import { call, newAppPassword, newPerson, post, recordsOf } from './support/people';

const network = inject('network');

describe('a server whose AppView cannot be reached', () => {
  test('still knows us; what would be read there fails as unavailable, and nothing is taken for deleted', async () => {
    const office = await newOffice(network.outage);
    const channel = office.channel();
    expect((await channel.account()).id).toBe(office.person.did);
    expect(await codeOf(new Inbox(channel).pull())).toBe('network.unavailable');
    const notice = await post(office.person, 'Mañana abrimos a las 9.');
    expect(await codeOf(channel.check([notice.uri]))).toBe('network.unavailable');
    expect(await codeOf(channel.thread(notice.uri))).toBe('network.unavailable');
  });

  test('gets no answer, as nobody can tell whether the post is still there: surely not sent', async () => {
    const office = await newOffice(network.outage);
    const notice = await post(office.person, 'Mañana abrimos a las 9.');
    const parent = { externalId: notice.uri, author: { id: office.person.did, handle: office.person.handle, name: '' }, text: '', postedAt: Date.now(), visibility: 'public' as const, media: [], mentions: [], own: false };
    expect(await codeOf(office.channel().reply(replyTo(parent, 'Hola')))).toBe('network.unavailable');
    expect(await recordsOf(office.person)).toHaveLength(1);
  });

  test('can be told to delete, and lists what is ours, as that is its own', async () => {
    const office = await newOffice(network.outage);
    const notice = await post(office.person, 'Mañana abrimos a las 9.');
    const channel = office.channel();
    expect((await channel.around!(Date.now() - 3_600_000)).own).toHaveLength(1);
    await channel.delete(notice.uri);
    expect(await recordsOf(office.person)).toEqual([]);
  });
});

describe('a server that counts', () => {
  test('tells what is left, in headers that the desk understands', async () => {
    const office = await newOffice(network.limited);
    await office.channel().account();
    const told = office.keeper.limits.at(-1);
    expect(told?.limit).toBeGreaterThan(100);
    expect(told?.remaining).toBeLessThan(told?.limit ?? 0);
    expect(told!.resetAt! - Date.now()).toBeGreaterThan(0);
    expect(told!.resetAt! - Date.now()).toBeLessThanOrEqual(301_000);
  });

  test('answers too many sign-ins with 429: the desk says until when, and does not sign in again before', async () => {
    const person = await newPerson(network.limited, 'oficina');
    const password = await newAppPassword(person);
    let last = 0;
    // 30 in five minutes for each account.
    for (let attempt = 0; attempt < 40 && last !== 429; attempt += 1) last = (await call(network.limited, 'com.atproto.server.createSession', { body: { identifier: person.did, password: 'wrong' } })).status;
    expect(last).toBe(429);
    const office = await newOffice(network.limited);
    const keeper = new SecretKeeper({ token: password, origin: network.limited, accountId: person.did });
    const channel = createChannel({ id: 'bluesky-main', network: 'bluesky', url: network.limited, account: person.handle }, keeper.environment({ clock: office.clock, logger: office.log }));
    const failure = await failureOf(channel.account(), password);
    expect(failure.code).toBe('network.rateLimited');
    const retryAt = Number(failure.details['retryAt']);
    expect(retryAt).toBeGreaterThan(office.clock.now());
    expect(retryAt - office.clock.now()).toBeLessThanOrEqual(301_000);
    const before = keeper.limits.length;
    expect((await failureOf(channel.account(), password)).code).toBe('network.rateLimited');
    expect(keeper.limits).toHaveLength(before);
  });
});
