import { type NetworkChannelConfig } from '../../core/config';
import { isMomentosError, MomentosError } from '../../core/errors';
import { type SignedIn } from '../../core/channelPort';
import { type ChannelSecret } from '../../core/secretPorts';
import { type ChannelOptions, type PastedSecret, type SignInEnvironment } from '../network';
import { accountFrom, isAccount } from './account';
import { type SessionEntity } from './entities';
import { createSession, sessionFrom, xrpcHttp } from './session';
import { isXrpcError } from './xrpcNames';

/**
 * Signs in with an app password (Settings, Privacy and security, App passwords) and keeps the session beside it. The account's own password is refused: with
 * it the account could be taken over. Errors: `network.*`, `signIn.refused`, `secret.otherAccount`.
 */
export async function signInToBluesky(config: NetworkChannelConfig, pasted: PastedSecret, environment: SignInEnvironment, options: ChannelOptions): Promise<SignedIn> {
  const { origin } = new URL(config.url);
  const http = xrpcHttp(origin, environment, options);
  const password = pasted.secret.trim();
  const session = await createSession(http, (pasted.user ?? config.account).trim().replace(/^@/u, ''), password).catch((error: unknown) => {
    throw refusal(error);
  });
  const secret: ChannelSecret = { token: password, origin, accountId: session.did, session: sessionFrom(session, origin) };
  const account = accountFrom(session);
  const wrong = hasFullAccess(session) ? new MomentosError('signIn.refused', { reason: 'accountPassword' })
    : session.active === false ? new MomentosError('signIn.refused', { reason: (session.status ?? 'inactive').slice(0, 40) })
    : !isAccount(account, config.account, session.did) ? new MomentosError('secret.otherAccount', { channel: config.id, expected: config.account, found: account.handle })
    : undefined;
  if (wrong) {
    await endSession(secret, environment, options).catch(() => environment.logger.warn('bluesky: a session that is not wanted could not be ended', { channel: config.id }));
    throw wrong;
  }
  return { secret, account };
}

/** Ends the session. The app password itself can only be taken back by a person, in the account's settings: so always false. Errors: `network.*`. */
export async function revokeBluesky(secret: ChannelSecret, environment: SignInEnvironment, options: ChannelOptions): Promise<boolean> {
  await endSession(secret, environment, options);
  return false;
}

async function endSession(secret: ChannelSecret, environment: SignInEnvironment, options: ChannelOptions): Promise<void> {
  const { origin, session } = secret;
  if (origin === undefined || session === undefined) return;
  const http = xrpcHttp(session.endpoint ?? origin, environment, options);
  await http.request({ method: 'POST', path: '/xrpc/com.atproto.server.deleteSession', bearer: session.refresh, effect: 'harmless', ignoreBody: true });
}

function refusal(error: unknown): unknown {
  if (isXrpcError(error, 'AuthFactorTokenRequired')) return new MomentosError('signIn.refused', { reason: 'accountPassword' });
  if (isMomentosError(error, 'network.unauthorized')) return new MomentosError('signIn.refused', { reason: 'password' });
  if (isXrpcError(error, 'AccountTakedown', 'AccountDeactivated')) return new MomentosError('signIn.refused', { reason: 'inactive' });
  return error;
}

/** What the access token says of itself (RFC 9068); a token that says nothing is let through. */
function hasFullAccess(session: SessionEntity): boolean {
  try {
    const payload: unknown = JSON.parse(Buffer.from(session.accessJwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof payload === 'object' && payload !== null && 'scope' in payload && payload.scope === 'com.atproto.access';
  } catch {
    return false;
  }
}
