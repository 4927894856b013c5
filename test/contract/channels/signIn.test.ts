import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChannelConfig } from '../../../src/core/config';
import { type SignIn } from '../../../src/core/channelPort';
import { beginSignIn, createChannel, revoke } from '../../../src/channels/registry';
import { startPracticeServer, type PracticeServer } from '../../../src/toolkit/practice/practiceServer';
import { startScriptedServer } from './scriptedServer';
import { codeOf, failureOf, SecretKeeper, TestClock, TestLogger, TestRandomness } from './testEnvironment';

const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';
const callback = 'http://127.0.0.1:8976/callback';

describe('signing in on Mastodon', () => {
  let server: PracticeServer;
  const log = new TestLogger();
  const environment = { clock: new TestClock(), random: new TestRandomness(), logger: log, userAgent: 'Momentos/0.1.0' };
  const config = (account = 'isc', url = server.url): ChannelConfig => ({ id: 'mastodon-main', network: 'mastodon', url, account });
  beforeEach(async () => {
    server = await startPracticeServer({ count: 0 });
  });
  afterEach(async () => {
    await server.close();
  });

  /** What a person does in the browser: opens the page, agrees or not, and is sent on or shown a code. */
  const decide = async ({ authorizeUrl }: SignIn, decision: 'allow' | 'deny'): Promise<{ readonly location: string | null; readonly html: string }> => {
    const html = await (await fetch(authorizeUrl)).text();
    const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/gu)].map(([, name, value]): [string, string] => [name!, value!.replaceAll('&amp;', '&')]);
    const response = await fetch(new URL('/oauth/authorize', authorizeUrl), { method: 'POST', body: new URLSearchParams([...fields, ['decision', decision]]), redirect: 'manual' });
    return { location: response.headers.get('location'), html: await response.text() };
  };
  const codeShown = (html: string): string => /<(?:code|output|input|kbd)[^>]*>\s*([\w-]{16,})|value="([\w-]{16,})"/u.exec(html)?.slice(1).find((text) => text !== undefined) ?? expect.fail(html);

  test('with a code that the person copies gives a token for our account, that works', async () => {
    const signIn = await beginSignIn(config(), { redirectUri: outOfBand }, environment);
    const { html } = await decide(signIn, 'allow');
    const { secret, account } = await signIn.complete(`  ${codeShown(html)}\n`);
    expect(account.handle).toBe('isc');
    expect(secret).toMatchObject({ origin: server.url, accountId: account.id });
    const channel = createChannel(config(), new SecretKeeper(secret).environment(environment));
    expect((await channel.account()).id).toBe(account.id);
    expect(log.lines.join('\n')).not.toContain(secret.token);
  });

  test('with the address that the browser ended at gives a token too', async () => {
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    const { location } = await decide(signIn, 'allow');
    expect(new URL(location!).searchParams.get('state')).toBe(signIn.state);
    expect((await signIn.complete(location!)).secret.token).not.toBe('');
  });

  test('asks for the least permissions, with PKCE and a state that nobody can guess', async () => {
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    const { origin, pathname, searchParams } = new URL(signIn.authorizeUrl);
    expect([origin, pathname]).toEqual([server.url, '/oauth/authorize']);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code', redirect_uri: callback, scope: 'read:accounts read:notifications read:statuses write:statuses', state: signIn.state, code_challenge_method: 'S256',
    });
    expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/u);
    expect(signIn.state.length).toBeGreaterThanOrEqual(32);
    const other = await beginSignIn(config(), { redirectUri: callback }, environment);
    expect(other.state).not.toBe(signIn.state);
  });

  test('proves with the code that it is the one that asked', async () => {
    const scripted = await startScriptedServer({
      'POST /api/v1/apps': () => ({ body: { client_id: 'app-1', client_secret: 'app-secret-1' } }),
      'POST /oauth/token': () => ({ body: { access_token: 'token-9', scope: 'read write' } }),
    });
    try {
      const signIn = await beginSignIn(config('isc', scripted.url), { redirectUri: outOfBand }, environment);
      await signIn.complete('code-1');
      const form = new URLSearchParams(scripted.seen.find(({ path }) => path === '/oauth/token')!.body);
      expect(Object.fromEntries(form)).toMatchObject({ grant_type: 'authorization_code', code: 'code-1', client_id: 'app-1', client_secret: 'app-secret-1', redirect_uri: outOfBand });
      const challenge = createHash('sha256').update(form.get('code_verifier')!).digest('base64url');
      expect(new URL(signIn.authorizeUrl).searchParams.get('code_challenge')).toBe(challenge);
    } finally {
      await scripted.close();
    }
  });

  test('that the person refuses is refused', async () => {
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    const { location } = await decide(signIn, 'deny');
    const failure = await failureOf(signIn.complete(location!));
    expect([failure.code, failure.details['reason']]).toEqual(['signIn.refused', 'access_denied']);
  });

  test.each(['wrong-code', '', 'dos palabras', 'http://127.0.0.1:8976/callback', 'http://127.0.0.1:8976/callback?code=', 'http://127.0.0.1:8976/callback?code=abc&state=other'])('with %j is refused', async (pasted) => {
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    expect(await codeOf(signIn.complete(pasted))).toBe('signIn.refused');
  });

  test('with a code used twice is refused', async () => {
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    const { location } = await decide(signIn, 'allow');
    await signIn.complete(location!);
    expect(await codeOf(signIn.complete(location!))).toBe('signIn.refused');
  });

  test('to another account than the desk is for is refused, and its token is ended', async () => {
    const signIn = await beginSignIn(config('otra'), { redirectUri: callback }, environment);
    const { location } = await decide(signIn, 'allow');
    expect(await codeOf(signIn.complete(location!))).toBe('secret.otherAccount');
    expect(server.control.requests().map(({ path }) => path)).toContain('/oauth/revoke');
  });

  test('on a server without encryption that is not this machine is not begun', async () => {
    expect(await codeOf(beginSignIn(config('isc', 'http://social.example'), { redirectUri: callback }, environment))).toBe('network.plainHttp');
  });

  test('on a server that is no such server fails with what happened', async () => {
    const scripted = await startScriptedServer({ 'POST /api/v1/apps': () => ({ body: '<html>', headers: { 'content-type': 'text/html' } }) });
    try {
      expect(await codeOf(beginSignIn(config('isc', scripted.url), { redirectUri: callback }, environment))).toBe('network.malformed');
    } finally {
      await scripted.close();
    }
  });

  test('keeps what was sent out of every error', async () => {
    const scripted = await startScriptedServer({
      'POST /api/v1/apps': () => ({ body: { client_id: 'app-1', client_secret: 'canary-secret' } }),
      'POST /oauth/token': ({ body }) => ({ status: 503, body: { error: decodeURIComponent(body) } }),
    });
    try {
      const signIn = await beginSignIn(config('isc', scripted.url), { redirectUri: callback }, environment);
      expect((await failureOf(signIn.complete('canary-code'), 'canary-secret', 'canary-code')).code).toBe('network.unavailable');
    } finally {
      await scripted.close();
    }
  });

  test('ends: a revoked token works no more', async () => {
    const signIn = await beginSignIn(config(), { redirectUri: callback }, environment);
    const { location } = await decide(signIn, 'allow');
    const { secret } = await signIn.complete(location!);
    expect(await revoke(config(), secret, environment)).toBe(true);
    const channel = createChannel(config(), new SecretKeeper(secret).environment(environment));
    expect(await codeOf(channel.account(), secret.token)).toBe('network.unauthorized');
  });

  test('cannot be ended from here for a token of unknown origin', async () => {
    expect(await revoke(config(), { token: 'from-the-environment' }, environment)).toBe(false);
    expect(server.control.requests()).toEqual([]);
  });
});
