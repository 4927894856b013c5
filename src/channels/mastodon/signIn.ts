import { createHash } from 'node:crypto';
import { type NetworkChannelConfig } from '../../core/config';
import { isMomentosError, MomentosError } from '../../core/errors';
import { type SignedIn, type SignIn } from '../../core/channelPort';
import { type ChannelSecret } from '../../core/secretPorts';
import { Http } from '../http';
import { parseAnswer } from '../parseAnswer';
import { codeFrom } from '../pastedCode';
import { type ChannelOptions, type SignInEnvironment } from '../network';
import { accountFrom, isAccount } from './account';
import { appSchema, tokenSchema } from './entities';
import { MastodonApi } from './mastodonApi';

/** The least that a desk needs. */
const scopes = 'read:accounts read:notifications read:statuses write:statuses';

/** For servers that show the code to the person, who copies it. */
export const pastedCodeRedirect = 'urn:ietf:wg:oauth:2.0:oob';

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/**
 * Registers this desk as an app on the server and prepares the code flow, with PKCE (asked for since Mastodon 4.3, harmless before).
 * Errors: `network.*`.
 */
export async function beginMastodonSignIn(config: NetworkChannelConfig, redirectUri: string, environment: SignInEnvironment, options: ChannelOptions = {}): Promise<SignIn> {
  const { origin } = new URL(config.url);
  const { random } = environment;
  const http = httpFor(origin, undefined, environment, options);
  const path = '/api/v1/apps';
  const form = { client_name: 'Momentos', redirect_uris: redirectUri, scopes };
  const app = parseAnswer(appSchema, await http.request({ method: 'POST', path, form, anonymous: true, effect: 'harmless' }), path);
  const state = base64Url(random.bytes(24));
  const verifier = base64Url(random.bytes(48));
  const query = new URLSearchParams({
    response_type: 'code', client_id: app.client_id, redirect_uri: redirectUri, scope: scopes, state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  });
  const complete = async (pasted: string): Promise<SignedIn> => {
    const code = codeFrom(pasted, state);
    const answer = await exchange(http, { client_id: app.client_id, client_secret: app.client_secret, code, redirect_uri: redirectUri, code_verifier: verifier });
    const client = { clientId: app.client_id, clientSecret: app.client_secret };
    const granted: ChannelSecret = { token: answer.access_token, origin, ...client, ...(answer.refresh_token ? { refreshToken: answer.refresh_token } : {}) };
    const signedIn = new MastodonApi(httpFor(origin, granted.token, environment, options), environment.logger, config.id);
    const account = accountFrom(await signedIn.verifyCredentials());
    if (!isAccount(account, config.account, origin)) {
      await revokeMastodon(granted, environment, options).catch(() => environment.logger.warn('mastodon: a token that is not wanted could not be revoked', { channel: config.id }));
      throw new MomentosError('secret.otherAccount', { channel: config.id, expected: config.account, found: account.handle });
    }
    return { secret: { ...granted, accountId: account.id }, account };
  };
  return { authorizeUrl: `${origin}/oauth/authorize?${query.toString()}`, state, complete };
}

/** Tries a token that a person made under Preferences → Development. Errors: `network.*`, `secret.otherAccount`, `signIn.refused` when the server does not take it. */
export async function mastodonTokenSignIn(config: NetworkChannelConfig, pasted: string, environment: SignInEnvironment, options: ChannelOptions = {}): Promise<SignedIn> {
  const { origin } = new URL(config.url);
  const token = pasted.trim();
  if (!/^[\x21-\x7e]{1,4096}$/u.test(token)) throw new MomentosError('signIn.refused', { reason: 'token' });
  try {
    const account = accountFrom(await new MastodonApi(httpFor(origin, token, environment, options), environment.logger, config.id).verifyCredentials());
    if (!isAccount(account, config.account, origin)) throw new MomentosError('secret.otherAccount', { channel: config.id, expected: config.account, found: account.handle });
    return { secret: { token, origin, accountId: account.id }, account };
  } catch (error) {
    if (isMomentosError(error, 'network.unauthorized')) throw new MomentosError('signIn.refused', { reason: 'token', status: error.details['status'] });
    throw error;
  }
}

/**
 * Ends a token on its server. False = the server could not be told (the token came without the app that it was granted to): the person can
 * end it in the account's settings. Errors: `network.*`.
 */
export async function revokeMastodon(secret: ChannelSecret, environment: SignInEnvironment, options: ChannelOptions = {}): Promise<boolean> {
  const { origin, clientId, clientSecret, token } = secret;
  if (origin === undefined || clientId === undefined || clientSecret === undefined) return false;
  const form = { client_id: clientId, client_secret: clientSecret, token };
  await httpFor(origin, undefined, environment, options).request({ method: 'POST', path: '/oauth/revoke', form, anonymous: true, effect: 'harmless', ignoreBody: true });
  return true;
}

function httpFor(origin: string, token: string | undefined, environment: SignInEnvironment, options: ChannelOptions): Http {
  const { clock, random, logger, userAgent } = environment;
  return new Http({ origin, clock, random, logger, userAgent, limits: options.limits, token: () => (token === undefined ? Promise.reject(new MomentosError('secret.missing')) : Promise.resolve(token)) });
}

async function exchange(http: Http, fields: Readonly<Record<string, string>>) {
  const path = '/oauth/token';
  const form = { grant_type: 'authorization_code', scope: scopes, ...fields };
  try {
    return parseAnswer(tokenSchema, await http.request({ method: 'POST', path, form, anonymous: true, effect: 'harmless' }), path);
  } catch (error) {
    // A wrong, used or expired code (OAuth 2: 400 invalid_grant; some servers 401 or 403). The server's words could repeat it, so they are left out.
    if (isMomentosError(error, 'network.invalid', 'network.unauthorized', 'network.forbidden')) throw new MomentosError('signIn.refused', { reason: 'code', status: error.details.status });
    throw error;
  }
}
