import { describe, expect, inject, test } from 'vitest';
import { createChannel, revoke, signInWith } from '../../src/channels/registry';
import { startFaultyFront } from '../contract/channels/faultyFront';
import { codeOf, failureOf, SecretKeeper, TestClock, TestLogger, TestRandomness } from '../contract/channels/testEnvironment';
import { Inbox, newOffice, replyTo } from './support/office';
import { call, expiredToken, mention, newAppPassword, newPerson, recordsOf, revokeAppPassword } from './support/people';

const network = inject('network');
const { pds } = network;
const environment = () => ({ clock: new TestClock(), logger: new TestLogger(), random: new TestRandomness(), userAgent: 'Momentos/0.1.0' });
const config = (account: string) => ({ id: 'bluesky-main', network: 'bluesky' as const, url: pds, account });
const expired = (did: string): string => expiredToken(network.jwtSecret, network.pdsDid, did);

describe('signing in', () => {
  test('with an app password gives a session, and the account\'s DID', async () => {
    const person = await newPerson(pds, 'oficina');
    const { secret, account } = await signInWith(config(`@${person.handle.toUpperCase()}`), { secret: ` ${await newAppPassword(person)}\n` }, environment());
    expect(account).toMatchObject({ id: person.did, handle: person.handle });
    expect(secret).toMatchObject({ origin: pds, accountId: person.did, session: { access: expect.any(String) as string, refresh: expect.any(String) as string } });
    // The DID document names this very server.
    expect(secret.session?.endpoint).toBeUndefined();
  });

  test('with the account\'s own password is refused, and its session is ended', async () => {
    const person = await newPerson(pds, 'oficina');
    const failure = await failureOf(signInWith(config(person.handle), { secret: person.password }, environment()), person.password);
    expect([failure.code, failure.details['reason']]).toEqual(['signIn.refused', 'accountPassword']);
  });

  test('with a wrong password is refused, and says nothing of it', async () => {
    const person = await newPerson(pds, 'oficina');
    const failure = await failureOf(signInWith(config(person.handle), { secret: 'abcd-efgh-ijkl-mnop' }, environment()), 'abcd-efgh-ijkl-mnop');
    expect([failure.code, failure.details['reason']]).toEqual(['signIn.refused', 'password']);
  });

  test('as somebody else than momentos.json names is refused', async () => {
    const [person, other] = [await newPerson(pds, 'oficina'), await newPerson(pds, 'otra')];
    const pasted = { secret: await newAppPassword(other), user: other.handle };
    expect(await codeOf(signInWith(config(person.handle), pasted, environment()))).toBe('secret.otherAccount');
  });

  test('ends with the session ended there', async () => {
    const office = await newOffice(pds);
    const { stored } = office.keeper;
    expect(await revoke(config(office.person.handle), stored, environment())).toBe(false);
    const { status, json } = await call(pds, 'com.atproto.server.refreshSession', { token: stored.session!.refresh, body: null });
    expect([status, json['error']]).toEqual([400, 'ExpiredToken']);
  });
});

describe('a session', () => {
  test('is kept: no further sign-in for any number of pulls, and none by the next process', async () => {
    const office = await newOffice(pds);
    const first = office.keeper.stored;
    for (let run = 0; run < 3; run += 1) {
      const inbox = new Inbox(office.channel());
      for (let pull = 0; pull < 3; pull += 1) await inbox.pull();
    }
    expect(office.keeper.stored).toEqual(first);
  });

  test('is made from an app password of the environment once, and kept', async () => {
    const office = await newOffice(pds, { connected: false });
    await new Inbox(office.channel()).pull();
    const { session } = office.keeper.stored;
    expect(session).toBeDefined();
    await new Inbox(office.channel()).pull();
    expect(office.keeper.stored.session).toEqual(session);
  });

  test('whose access token has expired is refreshed, and both tokens are new', async () => {
    const citizen = await newPerson(pds, 'vecina');
    const office = await newOffice(pds, { secret: (secret, person) => ({ ...secret, session: { ...secret.session!, access: expired(person.did) } }) });
    const before = office.keeper.stored;
    const { uri } = await mention(citizen, office.person, 'hola');
    await new Inbox(office.channel()).until(uri);
    const { session } = office.keeper.stored;
    expect(session?.access).not.toBe(before.session?.access);
    expect(session?.refresh).not.toBe(before.session?.refresh);
  });

  test('that expires in the middle of an answer costs nothing: it is sent once', async () => {
    const citizen = await newPerson(pds, 'vecina');
    const office = await newOffice(pds);
    const { uri } = await mention(citizen, office.person, 'hola');
    const channel = office.channel();
    const [parent] = await new Inbox(channel).until(uri);
    office.keeper.stored = { ...office.keeper.stored, session: { ...office.keeper.stored.session!, access: expired(office.person.did) } };
    await channel.reply(replyTo(parent!, 'Buenos días'));
    expect(await recordsOf(office.person)).toHaveLength(1);
  });

  test('that two channels find expired at once is renewed once', async () => {
    const office = await newOffice(pds, { secret: (secret, person) => ({ ...secret, session: { ...secret.session!, access: expired(person.did) } }) });
    const before = office.keeper.stored.session!.refresh;
    const stored = new Set<string>();
    await Promise.all([office.channel(), office.channel(), office.channel()].map(async (channel) => {
      await channel.account();
      stored.add(office.keeper.stored.session!.refresh);
    }));
    expect([...stored]).toHaveLength(1);
    expect(stored.has(before)).toBe(false);
  });

  test('whose refresh token was revoked is made anew with the app password', async () => {
    const office = await newOffice(pds, { secret: (secret, person) => ({ ...secret, session: { ...secret.session!, access: expired(person.did) } }) });
    const { session } = office.keeper.stored;
    expect((await call(pds, 'com.atproto.server.deleteSession', { token: session!.refresh, body: null })).status).toBe(200);
    expect((await office.channel().account()).id).toBe(office.person.did);
    expect(office.keeper.stored.session?.refresh).not.toBe(session!.refresh);
  });

  test('whose app password was taken back asks to connect again, and signs in once only', async () => {
    const [front, person] = [await startFaultyFront(pds), await newPerson(pds, 'oficina')];
    try {
      const entrance = { ...config(person.handle), url: front.url };
      const logins = (): number => front.seen.filter(({ path }) => path.endsWith('createSession')).length;
      const password = await newAppPassword(person);
      const { secret } = await signInWith(entrance, { secret: password }, environment());
      // The sign-in went through the entrance; the session holds at the server that the account's DID document names.
      expect(secret).toMatchObject({ origin: front.url, session: { endpoint: pds } });
      const keeper = new SecretKeeper({ ...secret, session: { ...secret.session!, access: expired(person.did) } });
      await revokeAppPassword(person);
      const clock = new TestClock();
      const channel = createChannel(entrance, keeper.environment({ clock, logger: new TestLogger() }));
      for (let pull = 0; pull < 3; pull += 1) expect(await codeOf(channel.account(), password)).toBe('secret.expired');
      expect(logins()).toBe(2);
      clock.advance(11 * 60_000);
      expect(await codeOf(channel.account(), password)).toBe('secret.expired');
      expect(logins()).toBe(3);
      expect(front.seen.filter(({ path }) => !path.endsWith('createSession'))).toEqual([]);
    } finally {
      await front.close();
    }
  });

  test('shows none of its secrets in any error or line of the log', async () => {
    const office = await newOffice(pds, { secret: (secret) => ({ ...secret, session: { ...secret.session!, access: 'no-token.of-any.server' } }) });
    const { session, token } = office.keeper.stored;
    await revokeAppPassword(office.person);
    expect((await call(pds, 'com.atproto.server.deleteSession', { token: session!.refresh, body: null })).status).toBe(200);
    await failureOf(createChannel(config(office.person.handle), office.keeper.environment({ clock: office.clock, logger: office.log })).account(), token, session!.refresh, session!.access);
    for (const secret of [token, session!.refresh, session!.access]) expect(office.log.lines.join('\n')).not.toContain(secret);
  });
});
