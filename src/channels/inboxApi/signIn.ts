import { type NetworkChannelConfig } from '../../core/config';
import { isMomentosError, MomentosError } from '../../core/errors';
import { type SignedIn } from '../../core/channelPort';
import { Http } from '../http';
import { type ChannelOptions, type PastedSecret, type SignInEnvironment } from '../network';
import { isAccount, serverAccount } from './account';
import { InboxApi } from './inboxApi';
import { basePath } from './inboxApiChannel';

/** Tries the token that the server's people made for this desk. Errors: `network.*`, `secret.otherAccount`, `signIn.refused` when the server does not take it. */
export async function signInToInboxApi(config: NetworkChannelConfig, pasted: PastedSecret, environment: SignInEnvironment, options: ChannelOptions): Promise<SignedIn> {
  const { origin } = new URL(config.url);
  const token = pasted.secret.trim();
  if (!/^[\x21-\x7e]{1,4096}$/u.test(token)) throw new MomentosError('signIn.refused', { reason: 'token' });
  const { clock, random, logger, userAgent } = environment;
  const http = new Http({ origin, token: () => Promise.resolve(token), clock, random, logger, userAgent, limits: options.limits });
  try {
    const { account } = serverAccount(await new InboxApi(http, basePath(config.url), logger, config.id).account());
    if (!isAccount(account, config.account)) throw new MomentosError('secret.otherAccount', { channel: config.id, expected: config.account, found: account.handle });
    return { secret: { token, origin, accountId: account.id }, account };
  } catch (error) {
    if (isMomentosError(error, 'network.unauthorized')) throw new MomentosError('signIn.refused', { reason: 'token', status: error.details['status'] });
    throw error;
  }
}
