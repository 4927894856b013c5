import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { type NetworkChannelConfig } from '../../../src/core/config';
import { type Channel, type SignIn } from '../../../src/core/channelPort';
import { beginSignIn, createChannel, revoke } from '../../../src/channels/registry';
import { startXServer, type XServer, type XServerOptions } from '../../support/xServer';
import { startFaultyFront } from './faultyFront';
import { codeOf, failureOf, SecretKeeper, TestClock, TestLogger, TestRandomness } from './testEnvironment';

const callback = 'http://127.0.0.1:8976/callback';
const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';
const clientSecret = 'canary-client-secret';

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((server) => server.close()));
});

async function world(options: XServerOptions = {}) {
  const clock = new TestClock();
  const server: XServer = await startXServer({ now: () => clock.now(), ...options });
  closing.push(server);
  const log = new TestLogger();
  const environment = { clock, random: new TestRandomness(), logger: log, userAgent: 'Momentos/0.1.0' };
  const config = (more: Partial<NetworkChannelConfig> = {}): NetworkChannelConfig => ({ id: 'x-main', network: 'x', url: server.url, account: 'isc', clientId: 'client-1', ...more });
  return { clock, server, control: server.control, tokens: server.control.tokens, log, environment, config };
}

/** What a person does in the browser; the address at which it ends. */
async function decide({ authorizeUrl }: SignIn, decision: 'allow' | 'deny'): Promise<string> {
  const html = await (await fetch(authorizeUrl)).text();
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/gu)].map(([, name, value]): [string, string] => [name!, value!.replaceAll('&amp;', '&')]);
  const response = await fetch(new URL('/i/oauth2/authorize', authorizeUrl), { method: 'POST', body: new URLSearchParams([...fields, ['decision', decision]]), redirect: 'manual' });
  return response.headers.get('location') ?? expect.fail(await response.text());
}

describe('signing in on X', () => {
  test('is prepared without a call, on x.com, with PKCE, the least permissions and a state that nobody can guess', async () => {
    const { environment, config, control } = await world();
    const { authorizeUrl, state } = await beginSignIn(config({ url: 'https://api.x.com' }), { redirectUri: 'vscode://momentos.momentos/sign-in' }, environment);
    const { origin, pathname, searchParams } = new URL(authorizeUrl);
    expect([origin, pathname]).toEqual(['https://x.com', '/i/oauth2/authorize']);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code', client_id: 'client-1', redirect_uri: 'vscode://momentos.momentos/sign-in', scope: 'tweet.read users.read tweet.write offline.access', state, code_challenge_method: 'S256',
    });
    expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/u);
    expect(state.length).toBeGreaterThanOrEqual(32);
    expect(control.requests).toEqual([]);
  });

  test('as a public client gives tokens that work and can be renewed', async () => {
    const { clock, environment, config, control, log } = await world({ callbacks: [callback] });
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    const { secret, account } = await signIn.complete(await decide(signIn, 'allow'));
    expect(account).toMatchObject({ id: control.world.own.id, handle: 'isc' });
    expect(secret).toMatchObject({ origin: new URL(config().url).origin, accountId: account.id, clientId: 'client-1', scopes: ['tweet.read', 'users.read', 'tweet.write', 'offline.access'] });
    expect(secret.clientSecret).toBeUndefined();
    expect(Math.abs((secret.expiresAt ?? 0) - clock.now() - 7_200_000)).toBeLessThan(60_000);
    const form = new URLSearchParams(control.requests[0]?.body);
    expect(form.get('client_id')).toBe('client-1');
    expect(control.requests[0]?.authorization).toBeUndefined();
    const challenge = createHash('sha256').update(form.get('code_verifier')!).digest('base64url');
    expect(new URL(signIn.authorizeUrl).searchParams.get('code_challenge')).toBe(challenge);
    const keeper = new SecretKeeper(secret);
    clock.advance(8_000_000);
    expect((await createChannel(config(), keeper.environment({ clock, logger: log })).account()).handle).toBe('isc');
    for (const word of [secret.token, secret.refreshToken!, keeper.stored.token]) expect(log.lines.join('\n')).not.toContain(word);
  });

  test('as a confidential client names the app in the header, at the renewal too', async () => {
    const { clock, environment, config, control, log } = await world({ clientSecret });
    const signIn = await beginSignIn(config(), { redirectUri: callback, clientSecret: ` ${clientSecret}\n` }, environment);
    const { secret } = await signIn.complete(await decide(signIn, 'allow'));
    const basic = `Basic ${Buffer.from(`client-1:${clientSecret}`).toString('base64')}`;
    expect(control.requests[0]?.authorization).toBe(basic);
    expect(new URLSearchParams(control.requests[0]?.body).has('client_id')).toBe(false);
    clock.advance(8_000_000);
    await createChannel(config(), new SecretKeeper(secret).environment({ clock, logger: log })).account();
    expect(control.requests.filter(({ path }) => path.endsWith('/token')).map(({ authorization }) => authorization)).toEqual([basic, basic]);
    expect(log.lines.join('\n')).not.toContain(clientSecret);
  });

  test('where the person copies ends at an address of this machine, and that address is pasted', async () => {
    const { environment, config } = await world({ callbacks: [callback] });
    const signIn = await beginSignIn(config(), { redirectUri: outOfBand }, environment);
    expect(new URL(signIn.authorizeUrl).searchParams.get('redirect_uri')).toBe(callback);
    const address = await decide(signIn, 'allow');
    expect(address.startsWith(`${callback}?`)).toBe(true);
    expect((await signIn.complete(` ${address} `)).account.handle).toBe('isc');
  });

  test('without an app of the institution is not begun', async () => {
    const { environment, config } = await world();
    const { clientId: _none, ...without } = config();
    expect(await codeOf(beginSignIn(without, { redirectUri: callback }, environment))).toBe('signIn.appMissing');
  });

  test('that the person refuses is refused', async () => {
    const { environment, config } = await world();
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    const failure = await failureOf(signIn.complete(await decide(signIn, 'deny')));
    expect([failure.code, failure.details['reason']]).toEqual(['signIn.refused', 'access_denied']);
  });

  test.each(['wrong-code', '', 'dos palabras', callback, `${callback}?code=abc&state=other`])('with %j is refused', async (pasted) => {
    const { environment, config } = await world();
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    expect(await codeOf(signIn.complete(pasted))).toBe('signIn.refused');
  });

  test('with a code that is used twice, or older than half a minute, is refused', async () => {
    const { clock, environment, config } = await world();
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    const address = await decide(signIn, 'allow');
    await signIn.complete(address);
    expect(await codeOf(signIn.complete(address))).toBe('signIn.refused');
    const slow = await beginSignIn(config(), { redirectUri: callback }, environment);
    const late = await decide(slow, 'allow');
    clock.advance(31_000);
    expect(await codeOf(slow.complete(late))).toBe('signIn.refused');
  });

  test.each([undefined, 'wrong-client-secret'])('with the secret %j in place of the app\'s says that it is the app', async (given) => {
    const { environment, config } = await world({ clientSecret });
    const signIn = await beginSignIn(config(), { redirectUri: callback, clientSecret: given }, environment);
    const failure = await failureOf(signIn.complete(await decide(signIn, 'allow')), clientSecret, 'wrong-client-secret');
    expect([failure.code, failure.details['reason']]).toEqual(['signIn.refused', 'client']);
  });

  test.each(['offline.access', 'tweet.write'])('without %s is not kept, and the tokens are ended', async (scope) => {
    const { environment, config, control, tokens } = await world();
    tokens.denied = [scope];
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    const failure = await failureOf(signIn.complete(await decide(signIn, 'allow')));
    expect([failure.code, failure.details['scopes']]).toEqual(['signIn.missingScopes', [scope]]);
    expect(control.requests.map(({ path }) => path)).toContain('/2/oauth2/revoke');
  });

  test('to another account than the desk is for is refused, and its tokens are ended', async () => {
    const { environment, config, control, tokens } = await world();
    const signIn = await beginSignIn(config({ account: 'otra' }), { redirectUri: callback }, environment);
    expect(await codeOf(signIn.complete(await decide(signIn, 'allow')))).toBe('secret.otherAccount');
    const token = control.requests.find(({ path }) => path === '/2/users/me')?.authorization?.slice(7);
    expect(tokens.scopesOf(token!)).toBeUndefined();
  });

  test('on a plan that allows nothing says so', async () => {
    const { environment, config, control } = await world();
    control.plan = { problem: 'client-forbidden' };
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    expect(await codeOf(signIn.complete(await decide(signIn, 'allow')))).toBe('network.planForbids');
  });

  test.each([undefined, clientSecret])('ends: both tokens work no more (client secret %j)', async (given) => {
    const { clock, environment, config, tokens, log } = await world({ clientSecret: given });
    const signIn = await beginSignIn(config(), { redirectUri: callback, clientSecret: given }, environment);
    const { secret } = await signIn.complete(await decide(signIn, 'allow'));
    expect(await revoke(config(), secret, environment)).toBe(true);
    expect(tokens.scopesOf(secret.token)).toBeUndefined();
    expect(await codeOf(createChannel(config(), new SecretKeeper(secret).environment({ clock, logger: log })).account())).toBe('secret.expired');
  });

  test('cannot be ended from here for a token of the environment', async () => {
    const { environment, config, control } = await world();
    expect(await revoke(config(), { token: 'from-the-environment', origin: 'http://127.0.0.1:1' }, environment)).toBe(false);
    expect(control.requests).toEqual([]);
  });
});

describe('tokens of X', () => {
  const connected = async (options: XServerOptions = {}) => {
    const made = await world(options);
    const keeper = new SecretKeeper({ ...made.tokens.grant(), accountId: made.control.world.own.id, clientId: 'client-1', origin: made.server.url });
    const channel = (): Channel => createChannel(made.config(), keeper.environment({ clock: made.clock, logger: made.log }));
    return { ...made, keeper, channel };
  };

  test('are renewed before they end, and the new pair is kept', async () => {
    const { clock, keeper, channel, tokens, control } = await connected();
    const before = keeper.stored;
    await channel().account();
    expect(tokens.refreshes).toBe(0);
    clock.advance(7_200_000 - 60_000);
    await channel().account();
    expect(tokens.refreshes).toBe(1);
    expect(keeper.stored.token).not.toBe(before.token);
    expect(keeper.stored.refreshToken).not.toBe(before.refreshToken);
    expect(control.requests.every(({ status }) => status === 200)).toBe(true);
    await channel().account();
    expect(tokens.refreshes).toBe(1);
  });

  test('that X ends early are renewed once, after the 401, for reads and for answers', async () => {
    const { keeper, channel, tokens, control, clock } = await connected();
    const id = control.addMention({ text: 'Hola' });
    tokens.endAccessTokens();
    const [post] = (await channel().check([id])).found;
    expect(tokens.refreshes).toBe(1);
    tokens.endAccessTokens();
    await channel().reply({ parent: post!, text: 'Hola', language: 'es', visibility: 'public', idempotencyKey: 'k', intendedAt: clock.now() });
    expect(control.posted()).toHaveLength(1);
    expect(tokens.refreshes).toBe(2);
    expect(tokens.scopesOf(keeper.stored.token)).toBeDefined();
  });

  test('are renewed once for many calls at once, of one channel or of several', async () => {
    const { clock, channel, tokens } = await connected();
    clock.advance(7_300_000);
    const [one, other] = [channel(), channel()];
    const accounts = await Promise.all([one, other, one, other, one].map((each) => each.account()));
    expect(accounts.map(({ handle }) => handle)).toEqual(['isc', 'isc', 'isc', 'isc', 'isc']);
    expect(tokens.refreshes).toBe(1);
  });

  test.each(['invalid_request', 'invalid_grant'])('that X renews no more (%s) ask for a new connection, and X is not asked again', async (error) => {
    const { clock, channel, tokens, keeper } = await connected();
    const before = keeper.stored;
    clock.advance(7_300_000);
    tokens.planned.push({ status: 400, body: { error, error_description: `Value passed for the token ${before.refreshToken!} was invalid.` } });
    const one = channel();
    expect(await codeOf(one.account(), before.token, before.refreshToken!)).toBe('secret.expired');
    expect(await codeOf(one.account())).toBe('secret.expired');
    expect(tokens.refreshes).toBe(1);
    expect(keeper.stored).toEqual(before);
  });

  test('whose sign-in was taken back work no more', async () => {
    const { channel, tokens } = await connected();
    tokens.endAccessTokens();
    tokens.endRefreshTokens();
    expect(await codeOf(channel().account())).toBe('secret.expired');
  });

  test('after a new connection work again in the channel that has failed', async () => {
    const { clock, channel, tokens, keeper } = await connected();
    tokens.endRefreshTokens();
    clock.advance(7_300_000);
    const one = channel();
    expect(await codeOf(one.account())).toBe('secret.expired');
    keeper.stored = { ...keeper.stored, ...tokens.grant() };
    expect((await one.account()).handle).toBe('isc');
  });

  test('serve to their end while X cannot renew them for now', async () => {
    const { clock, channel, tokens } = await connected();
    clock.advance(7_200_000 - 60_000);
    tokens.planned.push({ status: 503, body: {} }, { status: 503, body: {} });
    const one = channel();
    expect((await one.account()).handle).toBe('isc');
    expect(tokens.refreshes).toBe(1);
    clock.advance(120_000);
    expect(await codeOf(one.account())).toBe('network.unavailable');
    expect((await one.account()).handle).toBe('isc');
  });

  test('whose renewal breaks off keep the refresh token: the next call tries again', async () => {
    const { clock, keeper, server, log, config } = await connected();
    const front = await startFaultyFront(server.url);
    closing.push(front);
    clock.advance(7_300_000);
    front.fault({ kind: 'resetBefore', method: 'POST', path: /token$/u, count: 1 });
    keeper.stored = { ...keeper.stored, origin: front.url };
    const channel = createChannel(config({ url: front.url }), keeper.environment({ clock, logger: log }));
    expect(await codeOf(channel.account(), keeper.stored.refreshToken!)).toBe('network.offline');
    expect((await channel.account()).handle).toBe('isc');
  });

  test('without a refresh token, as from the environment, are not renewed', async () => {
    const { channel, keeper, tokens } = await connected();
    keeper.stored = { token: 'ended' };
    expect(await codeOf(channel().account())).toBe('network.unauthorized');
    expect(tokens.refreshes).toBe(0);
  });

  test('of another origin are not sent', async () => {
    const { channel, keeper, control } = await connected();
    keeper.stored = { ...keeper.stored, origin: 'https://old.example' };
    expect(await codeOf(channel().account())).toBe('secret.otherOrigin');
    expect(control.requests).toEqual([]);
  });
});
