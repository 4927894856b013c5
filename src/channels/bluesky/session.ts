import { isLoopback } from '../../core/config';
import { asMomentosError, isMomentosError, MomentosError } from '../../core/errors';
import { type ChannelEnvironment } from '../../core/channelPort';
import { type ChannelSecret } from '../../core/secretPorts';
import { Http, type HttpAnswer, type HttpRequest } from '../http';
import { type ChannelOptions } from '../network';
import { type SessionEntity, sessionSchema } from './entities';
import { parseAnswer } from '../parseAnswer';
import { isXrpcError, xrpcMeaning } from './xrpcNames';

/** After a sign-in that failed nobody tries again for so long: the network allows 300 a day for each account. */
const restAfterFailure = 10 * 60_000;

/** What a request needs besides its origin and its token. */
export type SessionRequest = Omit<HttpRequest, 'bearer' | 'anonymous'>;

type Session = NonNullable<ChannelSecret['session']>;

/** Names of a token whose time is up, or that the server knows no more; on the refresh token they mean that it was revoked. */
const ended = ['ExpiredToken', 'InvalidToken'];

/** An HTTP client for one server of the protocol. */
export function xrpcHttp(origin: string, environment: Omit<ChannelEnvironment, 'secret' | 'renew' | 'noteLimits'> & Partial<Pick<ChannelEnvironment, 'noteLimits'>>, options: ChannelOptions): Http {
  const { clock, random, logger, userAgent, noteLimits } = environment;
  return new Http({ origin, clock, random, logger, userAgent, noteLimits, limits: options.limits, meaning: xrpcMeaning, token: () => Promise.reject(new MomentosError('secret.missing')) });
}

/** Signs in with an app password. Errors: `network.*`; a wrong password is `network.unauthorized`. */
export async function createSession(http: Http, identifier: string, password: string, signal?: AbortSignal): Promise<SessionEntity> {
  const path = '/xrpc/com.atproto.server.createSession';
  const answer = await http.request({ method: 'POST', path, json: { identifier, password }, hidden: [password], anonymous: true, effect: 'harmless', signal });
  return parseAnswer(sessionSchema, answer, path);
}

/**
 * Where the session holds: the personal data server that the account's own DID document names, if that is elsewhere. Only over https, or on this machine
 * when the configured server is on it too: no answer of a server may send a token to a neighbour.
 */
export function endpointOf(session: SessionEntity, origin: string): string | undefined {
  if (session.didDoc?.id !== session.did) return undefined;
  const named = session.didDoc.service.find(({ id, type }) => (id === '#atproto_pds' || id === `${session.did}#atproto_pds`) && type === 'AtprotoPersonalDataServer');
  if (named === undefined || !URL.canParse(named.serviceEndpoint)) return undefined;
  const url = new URL(named.serviceEndpoint);
  const safe = url.protocol === 'https:' ? isLoopback(url.origin) === isLoopback(origin) || !isLoopback(url.origin) : url.protocol === 'http:' && isLoopback(url.origin) && isLoopback(origin);
  return safe && url.username === '' && url.password === '' && url.origin !== origin ? url.origin : undefined;
}

/** The session of an answer, as it is kept. */
export function sessionFrom(entity: SessionEntity, origin: string, before?: Session): Session {
  const endpoint = endpointOf(entity, origin) ?? (entity.didDoc ? undefined : before?.endpoint);
  return { access: entity.accessJwt, refresh: entity.refreshJwt, ...(endpoint === undefined ? {} : { endpoint }) };
}

/**
 * Requests under one session that is kept between runs and shared by all processes. Refresh tokens rotate; who finds the session ended renews it under
 * the lock of the secret, and the others take what that one stored. The app password is sent only when there is no session, or none that can be
 * refreshed, and after a failure not again for ten minutes. Errors: `network.*`, `secret.*`; `secret.expired` = the app password was taken back, a person has to connect again.
 */
export class BlueskySession {
  private readonly clients = new Map<string, Http>();
  private refused: { readonly token: string; readonly until: number; readonly failure: MomentosError } | undefined;

  constructor(
    readonly origin: string,
    private readonly channel: { readonly id: string; readonly account: string },
    private readonly environment: ChannelEnvironment,
    private readonly options: ChannelOptions,
  ) {}

  async request(request: SessionRequest): Promise<HttpAnswer> {
    const secret = await this.opened(request.signal);
    try {
      return await this.send(secret, request);
    } catch (error) {
      // It was refused before anything was done, writes too.
      if (!isXrpcError(error, ...ended)) throw error;
    }
    return this.send(await this.environment.renew(secret, (current) => this.renewed(current, request.signal)), request);
  }

  /** The secret with a session in it. */
  async opened(signal?: AbortSignal): Promise<ChannelSecret> {
    const secret = this.bound(await this.environment.secret());
    return secret.session === undefined ? this.environment.renew(secret, (current) => this.renewed(current, signal)) : secret;
  }

  /** A second look at what the environment has checked: a token goes to the origin that granted it, and to no other but its own endpoint. */
  private bound(secret: ChannelSecret): ChannelSecret {
    if (secret.origin !== undefined && secret.origin !== this.origin) throw new MomentosError('secret.otherOrigin', { channel: this.channel.id, origin: this.origin });
    return secret;
  }

  private send(secret: ChannelSecret, request: SessionRequest): Promise<HttpAnswer> {
    const { session } = secret;
    if (session === undefined) throw new MomentosError('secret.missing', { channel: this.channel.id });
    return this.client(session.endpoint ?? this.origin).request({ ...request, bearer: session.access });
  }

  private client(origin: string): Http {
    const known = this.clients.get(origin) ?? xrpcHttp(origin, this.environment, this.options);
    this.clients.set(origin, known);
    return known;
  }

  private async renewed(given: ChannelSecret, signal?: AbortSignal): Promise<ChannelSecret> {
    const current = this.bound(given);
    return this.accepted(current, (current.session && (await this.refreshed(current.session, signal))) ?? (await this.signedIn(current, signal)));
  }

  /** undefined = it cannot be refreshed any more. */
  private async refreshed(session: Session, signal?: AbortSignal): Promise<SessionEntity | undefined> {
    const path = '/xrpc/com.atproto.server.refreshSession';
    try {
      const http = this.client(session.endpoint ?? this.origin);
      // Done twice it does no harm: the server takes the old token for a while longer, as its answer may have been lost.
      return parseAnswer(sessionSchema, await http.request({ method: 'POST', path, bearer: session.refresh, effect: 'harmless', signal }), path);
    } catch (error) {
      if (isXrpcError(error, ...ended) || isMomentosError(error, 'network.unauthorized')) return undefined;
      throw error;
    }
  }

  private async signedIn(current: ChannelSecret, signal?: AbortSignal): Promise<SessionEntity> {
    const now = this.environment.clock.now();
    if (this.refused?.token === current.token && now < this.refused.until) throw this.refused.failure;
    try {
      const session = await createSession(this.client(this.origin), current.accountId ?? this.channel.account, current.token, signal);
      this.refused = undefined;
      return session;
    } catch (thrown) {
      const refused = isMomentosError(thrown, 'network.unauthorized');
      const failure = refused ? new MomentosError('secret.expired', { channel: this.channel.id, origin: this.origin }, { cause: thrown }) : asMomentosError(thrown);
      // Nothing reached the server: that costs nothing of what it allows.
      const unsent = failure.code === 'network.offline' || failure.code === 'network.cancelled';
      if (!unsent) {
        const retryAt = failure.details['retryAt'];
        this.refused = { token: current.token, until: Math.max(now + restAfterFailure, typeof retryAt === 'number' ? retryAt : 0), failure };
      }
      throw failure;
    }
  }

  private accepted(current: ChannelSecret, session: SessionEntity): ChannelSecret {
    if (current.accountId !== undefined && current.accountId !== session.did) throw new MomentosError('secret.otherAccount', { channel: this.channel.id, expected: this.channel.account, found: session.handle });
    return { ...current, origin: this.origin, accountId: session.did, session: sessionFrom(session, this.origin, current.session) };
  }
}
