import { createHash, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { type PracticeServer } from '../../../src/toolkit/practice/practiceServer';
import { ask, closeAll, form, json, start, type ErrorBody } from './practiceClient';

afterEach(closeAll);

const oob = 'urn:ietf:wg:oauth:2.0:oob';
const back = 'http://127.0.0.1:9/callback';
const scopes = 'read:notifications read:statuses write:statuses profile';

interface App {
  readonly client_id: string;
  readonly client_secret: string;
}
interface Token {
  readonly access_token: string;
  readonly token_type: string;
  readonly scope: string;
}

async function register(server: PracticeServer): Promise<App> {
  return (await ask<App>(server, '/api/v1/apps', { token: null, ...json({ client_name: 'Momentos', redirect_uris: [oob, back], scopes }) })).body;
}

function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** What a browser would send back after a person pressed the button on the consent page. */
async function decide(server: PracticeServer, query: Record<string, string>, decision: 'allow' | 'deny') {
  const page = await ask<string>(server, `/oauth/authorize?${new URLSearchParams(query).toString()}`, { token: null });
  expect(page.status).toBe(200);
  const fields = Object.fromEntries([...page.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map((match) => [match[1]!, match[2]!]));
  return ask<string>(server, '/oauth/authorize', { token: null, ...form({ ...fields, decision }) });
}

const wanted = (app: App, challenge: string, redirect = back): Record<string, string> => ({
  client_id: app.client_id, redirect_uri: redirect, response_type: 'code', scope: scopes, state: 'st4te', code_challenge: challenge, code_challenge_method: 'S256',
});

const exchange = (server: PracticeServer, app: App, fields: Record<string, string>) =>
  ask<Token & ErrorBody>(server, '/oauth/token', { token: null, ...form({ grant_type: 'authorization_code', client_id: app.client_id, client_secret: app.client_secret, redirect_uri: back, ...fields }) });

async function codeFor(server: PracticeServer, app: App, challenge: string): Promise<string> {
  const sent = await decide(server, wanted(app, challenge), 'allow');
  return new URL(sent.headers.get('location')!).searchParams.get('code')!;
}

describe('signing in', () => {
  test('by the browser gives a code and the state, and the code a token that works', async () => {
    const server = await start({ count: 1 });
    const app = await register(server);
    const { verifier, challenge } = pkce();
    const sent = await decide(server, wanted(app, challenge), 'allow');
    expect(sent.status).toBe(302);
    const target = new URL(sent.headers.get('location')!);
    expect(target.origin + target.pathname).toBe(back);
    expect(target.searchParams.get('state')).toBe('st4te');
    const token = await exchange(server, app, { code: target.searchParams.get('code')!, code_verifier: verifier });
    expect(token).toMatchObject({ status: 200, body: { token_type: 'Bearer', scope: scopes } });
    expect((await ask(server, '/api/v1/accounts/verify_credentials', { token: token.body.access_token })).status).toBe(200);
    expect((await ask(server, '/practice/faults', { token: token.body.access_token })).status).toBe(403);
  });

  test('by a pasted code shows it on a page', async () => {
    const server = await start({ count: 0 });
    const app = await register(server);
    const { verifier, challenge } = pkce();
    const page = await decide(server, wanted(app, challenge, oob), 'allow');
    const code = /<code id="code">([^<]+)<\/code>/.exec(page.body)![1]!;
    expect((await exchange(server, app, { code, code_verifier: verifier, redirect_uri: oob })).status).toBe(200);
  });

  test('speaks both languages and names who asks', async () => {
    const server = await start({ count: 0 });
    const app = await register(server);
    const page = await ask<string>(server, `/oauth/authorize?${new URLSearchParams(wanted(app, pkce().challenge)).toString()}`, { token: null });
    expect(page.body).toMatch(/Momentos<\/strong> quiere usar[^]*wants to use/);
  });

  test('that a person denies says so', async () => {
    const server = await start({ count: 0 });
    const sent = await decide(server, wanted(await register(server), pkce().challenge), 'deny');
    expect(new URL(sent.headers.get('location')!).searchParams.get('error')).toBe('access_denied');
  });

  test('can not be agreed to by another page', async () => {
    const server = await start({ count: 0 });
    const app = await register(server);
    const forged = await ask<ErrorBody>(server, '/oauth/authorize', { token: null, ...form({ ...wanted(app, pkce().challenge), decision: 'allow', form_token: 'guess' }) });
    expect(forged.status).toBe(403);
    expect(forged.headers.get('location')).toBeNull();
  });

  test.each([
    ['address', { redirect_uri: 'https://robo.example/' }],
    ['app', { client_id: 'nobody' }],
    ['scope', { scope: 'admin' }],
    ['kind of challenge', { code_challenge_method: 'plain' }],
  ])('with an unknown %s goes nowhere', async (_name, change) => {
    const server = await start({ count: 0 });
    const app = await register(server);
    const page = await ask<string>(server, `/oauth/authorize?${new URLSearchParams({ ...wanted(app, pkce().challenge), ...change }).toString()}`, { token: null });
    expect(page.status).toBe(400);
    expect(page.headers.get('location')).toBeNull();
  });

  test('fails with a code used twice, a wrong verifier, none, another address, an old code, a wrong secret', async () => {
    let now = Date.now();
    const server = await start({ count: 0, now: () => now });
    const app = await register(server);
    const { verifier, challenge } = pkce();
    const used = await codeFor(server, app, challenge);
    await exchange(server, app, { code: used, code_verifier: verifier });
    const attempts = [
      { code: used, code_verifier: verifier },
      { code: await codeFor(server, app, challenge), code_verifier: 'wrong' },
      { code: await codeFor(server, app, challenge) },
      { code: await codeFor(server, app, challenge), code_verifier: verifier, redirect_uri: oob },
    ];
    for (const attempt of attempts) expect(await exchange(server, app, attempt)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const old = await codeFor(server, app, challenge);
    now += 11 * 60_000;
    expect((await exchange(server, app, { code: old, code_verifier: verifier })).status).toBe(400);
    const wrong = { ...app, client_secret: 'wrong' };
    expect(await exchange(server, wrong, { code: await codeFor(server, app, challenge), code_verifier: verifier })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test('is undone by revoking the token', async () => {
    const server = await start({ count: 0 });
    const app = await register(server);
    const { verifier, challenge } = pkce();
    const { access_token: token } = (await exchange(server, app, { code: await codeFor(server, app, challenge), code_verifier: verifier })).body;
    const revoked = await ask(server, '/oauth/revoke', { token: null, ...form({ client_id: app.client_id, client_secret: app.client_secret, token }) });
    expect(revoked.status).toBe(200);
    expect((await ask(server, '/api/v1/accounts/verify_credentials', { token })).status).toBe(401);
  });

  test.each([[{ redirect_uris: [oob] }], [{ client_name: 'Momentos' }], [{ client_name: 'Momentos', redirect_uris: ['no address'] }]])('needs a proper app: %j is refused', async (body) => {
    const server = await start({ count: 0 });
    expect((await ask(server, '/api/v1/apps', { token: null, ...json(body) })).status).toBe(422);
  });

  test('gives a token no more than its scopes', async () => {
    const server = await start({ count: 0 });
    const app = (await ask<App>(server, '/api/v1/apps', { token: null, ...form({ client_name: 'Lectora', redirect_uris: back, scopes: 'read:notifications' }) })).body;
    const { verifier, challenge } = pkce();
    const sent = await decide(server, { ...wanted(app, challenge), scope: 'read:notifications' }, 'allow');
    const { access_token: token } = (await exchange(server, app, { code: new URL(sent.headers.get('location')!).searchParams.get('code')!, code_verifier: verifier })).body;
    expect((await ask(server, '/api/v1/notifications', { token })).status).toBe(200);
    expect(await ask<ErrorBody>(server, '/api/v1/statuses', { token, ...json({ status: 'hola' }) })).toMatchObject({ status: 403, body: { error: 'This action is outside the authorized scopes' } });
  });
});
