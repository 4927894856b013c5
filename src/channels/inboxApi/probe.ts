import { asMomentosError } from '../../core/errors';
import { Http, type HttpRequest } from '../http';
import { type ChannelOptions, type SignInEnvironment } from '../network';
import { basePath } from './inboxApiChannel';

/** What a server answered, whatever its status. */
export interface Probed {
  readonly status: number;
  /** undefined = no JSON. */
  readonly json: unknown;
}

/** In whose name a probe asks. */
export type ProbeToken = 'given' | 'none' | 'wrong';

const wrongToken = 'momentos-doctor-wrong-token';
const refusals = Array.from({ length: 200 }, (_, index) => 400 + index);

/** Asks a server of the Inbox API and hands back what it says, refusals too. Errors: `network.*` where there is no answer at all, `secret.unreadable`. */
export class InboxApiProbe {
  private readonly http: Http;
  private readonly base: string;

  constructor(url: string, private readonly token: string, environment: SignInEnvironment, options: ChannelOptions = {}) {
    const { clock, random, logger, userAgent } = environment;
    this.base = basePath(url);
    this.http = new Http({ origin: new URL(url).origin, token: () => Promise.resolve(this.token), clock, random, logger, userAgent, limits: options.limits });
  }

  get(path: string, query: Readonly<Record<string, string>> = {}, token: ProbeToken = 'given', signal?: AbortSignal): Promise<Probed> {
    const how = token === 'none' ? { anonymous: true } : token === 'wrong' ? { bearer: wrongToken } : {};
    return this.ask({ method: 'GET', path: this.base + path, query: Object.entries(query), signal, ...how });
  }

  post(json: unknown, key: string, signal?: AbortSignal): Promise<Probed> {
    return this.ask({ method: 'POST', path: `${this.base}/v1/replies`, json, headers: { 'Idempotency-Key': key }, signal });
  }

  delete(externalId: string, signal?: AbortSignal): Promise<Probed> {
    return this.ask({ method: 'DELETE', path: `${this.base}/v1/replies/${encodeURIComponent(externalId)}`, signal });
  }

  private async ask(request: HttpRequest): Promise<Probed> {
    try {
      const { status, json } = await this.http.request({ ...request, answers: refusals });
      return { status, json };
    } catch (thrown) {
      const error = asMomentosError(thrown);
      const { status } = error.details;
      if (typeof status === 'number') return { status, json: undefined };
      throw error;
    }
  }
}
