import { isMomentosError, MomentosError } from '../../core/errors';
import { type ChannelEnvironment } from '../../core/channelPort';
import { type ChannelSecret } from '../../core/secretPorts';
import { type Http } from '../http';
import { refreshTokens } from './oauth';

/** A token that ends within this is renewed first, ms: longer than a request takes. */
const margin = 90_000;
/** After a renewal that failed on the way, while the old token still serves, ms. */
const pause = 15_000;

/** The tokens of one account: valid when handed out, renewed before they end and after a 401; never by two at once, for a refresh token serves once. */
export class XTokens {
  private running: Promise<ChannelSecret> | undefined;
  /** A refresh token that X has refused: asking again with it could only fail again. */
  private refused: string | undefined;
  private notBefore = 0;

  constructor(private readonly environment: ChannelEnvironment, private readonly channel: string, private readonly origin: string, private readonly http: Http) {}

  /** A token goes to the origin that granted it and nowhere else. Errors: `secret.*`, `network.*`. */
  async current(): Promise<ChannelSecret> {
    const secret = await this.environment.secret();
    if (secret.origin !== undefined && secret.origin !== this.origin) throw new MomentosError('secret.otherOrigin', { channel: this.channel, origin: this.origin });
    const now = this.environment.clock.now();
    if (secret.expiresAt === undefined || secret.expiresAt - now > margin || secret.refreshToken === undefined) return secret;
    const serves = secret.expiresAt > now;
    if (serves && now < this.notBefore) return secret;
    try {
      return await this.renewed(secret);
    } catch (error) {
      // The old one serves a little longer, and the way to X may be better by then.
      if (!serves || !isMomentosError(error, 'network.offline', 'network.timeout', 'network.unavailable', 'network.rateLimited')) throw error;
      this.notBefore = now + pause;
      return secret;
    }
  }

  /** After a 401 with `used`. undefined = this token cannot be renewed (it came without a refresh token). Errors: `secret.expired`, `network.*`. */
  async afterRefusal(used: ChannelSecret): Promise<ChannelSecret | undefined> {
    return used.refreshToken === undefined ? undefined : this.renewed(used);
  }

  private renewed(used: ChannelSecret): Promise<ChannelSecret> {
    this.running ??= this.environment.renew(used, (current) => this.renew(current)).finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async renew(current: ChannelSecret): Promise<ChannelSecret> {
    if (current.refreshToken !== undefined && current.refreshToken === this.refused) throw new MomentosError('secret.expired', { channel: this.channel });
    try {
      return await refreshTokens(this.http, current, this.channel, this.environment.clock.now());
    } catch (error) {
      if (isMomentosError(error, 'secret.expired')) this.refused = current.refreshToken;
      throw error;
    }
  }
}
