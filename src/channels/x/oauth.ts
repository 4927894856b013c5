import { type ChannelSecret } from '../../core/secretPorts';
import { isMomentosError, MomentosError } from '../../core/errors';
import { type Http } from '../http';
import { type TokenEntity, tokenSchema } from './entities';
import { parseAnswer } from '../parseAnswer';

/** The institution's own app on X. Without a secret it is a public client (a native app). */
export interface XClient {
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
}

const tokenPath = '/2/oauth2/token';

/** Confidential clients name themselves in the header, public ones in the form. */
async function post(http: Http, path: string, client: XClient, fields: Readonly<Record<string, string>>) {
  const { clientId, clientSecret } = client;
  const form = clientSecret === undefined ? { ...fields, client_id: clientId } : fields;
  const headers = clientSecret === undefined ? {} : { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
  return http.request({ method: 'POST', path, form, headers, anonymous: true, effect: 'harmless', ignoreBody: path !== tokenPath });
}

/** The code of the browser for tokens; X takes it for 30 seconds and once. Errors: `signIn.refused`, `network.*`. */
export async function exchangeCode(http: Http, client: XClient, fields: { readonly code: string; readonly redirectUri: string; readonly verifier: string }): Promise<TokenEntity> {
  const form = { grant_type: 'authorization_code', code: fields.code, redirect_uri: fields.redirectUri, code_verifier: fields.verifier };
  try {
    return parseAnswer(tokenSchema, await post(http, tokenPath, client, form), tokenPath);
  } catch (error) {
    if (!isMomentosError(error, 'network.invalid', 'network.unauthorized', 'network.forbidden')) throw error;
    const aboutClient = error.code === 'network.unauthorized' || /client/u.test(String(error.details['oauth'] ?? ''));
    throw new MomentosError('signIn.refused', { reason: aboutClient ? 'client' : 'code', status: error.details['status'] });
  }
}

/**
 * A new pair of tokens; the refresh token that was used is used up. Errors: `secret.expired` when X takes it no more (used twice, taken back, or the app's
 * secret was changed), `network.*`.
 */
export async function refreshTokens(http: Http, secret: ChannelSecret, channel: string, now: number): Promise<ChannelSecret> {
  const { refreshToken, clientId, clientSecret } = secret;
  if (refreshToken === undefined || clientId === undefined) throw new MomentosError('secret.expired', { channel });
  try {
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const answer = parseAnswer(tokenSchema, await post(http, tokenPath, { clientId, clientSecret }, form), tokenPath);
    return { ...secret, ...tokensOf(answer, now), refreshToken: answer.refresh_token ?? refreshToken };
  } catch (error) {
    const ended = isMomentosError(error, 'network.unauthorized') || (isMomentosError(error, 'network.invalid', 'network.forbidden') && error.details['oauth'] !== undefined);
    if (ended) throw new MomentosError('secret.expired', { channel, status: error.details['status'] });
    throw error;
  }
}

export function tokensOf(answer: TokenEntity, now: number): Pick<ChannelSecret, 'token' | 'refreshToken' | 'expiresAt' | 'scopes'> {
  return {
    token: answer.access_token,
    ...(answer.refresh_token ? { refreshToken: answer.refresh_token } : {}),
    ...(typeof answer.expires_in === 'number' && answer.expires_in > 0 ? { expiresAt: now + answer.expires_in * 1000 } : {}),
    ...(answer.scope ? { scopes: answer.scope.split(/\s+/u).filter((scope) => scope !== '') } : {}),
  };
}

/** Ends both tokens. */
export async function revokeTokens(http: Http, client: XClient, secret: ChannelSecret): Promise<void> {
  // The refresh token first: it is the one that lasts.
  for (const token of [secret.refreshToken, secret.token]) if (token !== undefined) await post(http, '/2/oauth2/revoke', client, { token, token_type_hint: token === secret.token ? 'access_token' : 'refresh_token' });
}
