import { createHash } from 'node:crypto';
import { type NetworkChannelConfig } from '../../core/config';
import { MomentosError } from '../../core/errors';
import { type SignedIn, type SignIn } from '../../core/channelPort';
import { type ChannelSecret } from '../../core/secretPorts';
import { Http } from '../http';
import { type ChannelOptions, type SignInEnvironment, type SignInOptions } from '../network';
import { parseAnswer } from '../parseAnswer';
import { codeFrom } from '../pastedCode';
import { accountFrom, isAccount } from './account';
import { meSchema } from './entities';
import { exchangeCode, revokeTokens, tokensOf, type XClient } from './oauth';
import { refusalOf } from './refusals';
import { webOriginOf } from './webOrigin';

/** The least that a desk needs; without `offline.access` everything would end after two hours. */
const scopes = ['tweet.read', 'users.read', 'tweet.write', 'offline.access'];

/**
 * X compares callbacks letter by letter with those of the app, and shows no code to copy. So where the person copies, the browser ends at this address
 * (where nobody has to listen) and the person copies the address.
 */
export const pastedCallback = 'http://127.0.0.1:8976/callback';

/**
 * Prepares OAuth 2.0 with PKCE for the institution's own app, with its secret (a confidential client) or without (a public one). Asks nothing yet.
 * Errors: `signIn.appMissing`.
 */
export function beginXSignIn(config: NetworkChannelConfig, options: SignInOptions, environment: SignInEnvironment): SignIn {
  if (config.clientId === undefined) throw new MomentosError('signIn.appMissing', { channel: config.id });
  const { origin } = new URL(config.url);
  const { random } = environment;
  const secretGiven = options.clientSecret?.trim();
  const client: XClient = { clientId: config.clientId.trim(), ...(secretGiven ? { clientSecret: secretGiven } : {}) };
  const redirectUri = /^https?:|^[a-z][a-z0-9+.-]*:\/\//iu.test(options.redirectUri) ? options.redirectUri : pastedCallback;
  const state = base64Url(random.bytes(24));
  const verifier = base64Url(random.bytes(48));
  const query = new URLSearchParams({
    response_type: 'code', client_id: client.clientId, redirect_uri: redirectUri, scope: scopes.join(' '), state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  });
  const complete = async (pasted: string): Promise<SignedIn> => {
    const code = codeFrom(pasted, state);
    const http = httpFor(origin, environment, options);
    const answer = await exchangeCode(http, client, { code, redirectUri, verifier });
    const granted: ChannelSecret = { origin, ...client, ...tokensOf(answer, environment.clock.now()) };
    const discard = (): Promise<void> => revokeTokens(http, client, granted).catch(() => environment.logger.warn('x: a token that is not wanted could not be ended', { channel: config.id }));
    const missing = scopes.filter((scope) => granted.scopes !== undefined && !granted.scopes.includes(scope));
    if (missing.length > 0 || granted.refreshToken === undefined) {
      await discard();
      throw new MomentosError('signIn.missingScopes', { channel: config.id, scopes: missing.length > 0 ? missing : ['offline.access'] });
    }
    const path = '/2/users/me';
    const user = parseAnswer(meSchema, await http.request({ method: 'GET', path, query: [['user.fields', 'username,name,protected']], bearer: granted.token }), path).data;
    const account = accountFrom(user, webOriginOf(config.url));
    if (!isAccount(account, config.account)) {
      await discard();
      throw new MomentosError('secret.otherAccount', { channel: config.id, expected: config.account, found: account.handle });
    }
    return { secret: { ...granted, accountId: account.id }, account };
  };
  return { authorizeUrl: `${webOriginOf(config.url)}/i/oauth2/authorize?${query.toString()}`, state, complete };
}

/**
 * Ends both tokens on X. False = X cannot be told (a token from the environment): the person can end it among the connected apps of the account.
 * Errors: `network.*`.
 */
export async function revokeX(secret: ChannelSecret, environment: SignInEnvironment, options: ChannelOptions = {}): Promise<boolean> {
  const { origin, clientId, clientSecret } = secret;
  if (origin === undefined || clientId === undefined) return false;
  await revokeTokens(httpFor(origin, environment, options), { clientId, clientSecret }, secret);
  return true;
}

function httpFor(origin: string, environment: SignInEnvironment, options: ChannelOptions): Http {
  const { clock, random, logger, userAgent } = environment;
  return new Http({
    origin, clock, random, logger, userAgent, limits: options.limits, meaning: (status, json, header) => refusalOf(status, json, header, clock.now()),
    token: () => Promise.reject(new MomentosError('secret.missing')),
  });
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
