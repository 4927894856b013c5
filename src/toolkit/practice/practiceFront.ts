import { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Fault, type FaultPlan } from './faults';
import { bodyFields, HttpRefusal, Params, readBody, refusal, type Reply, type Request } from './httpParts';
import { type RateLimiter, rateLimitHeaders } from './rateLimit';

/** One route: the method, a pattern over the whole path, the scope its token needs (`undefined` = no token), and what it does. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly scope?: string;
  readonly handle: (request: Request) => Reply;
}

/** What a front stands before. */
export interface FrontSite {
  readonly baseUrl: string;
  readonly routes: readonly Route[];
  /** Paths that count against the rate limit. */
  readonly limited: RegExp;
  readonly limiter: RateLimiter;
  readonly faults: FaultPlan;
  readonly now: () => number;
  /** Does what fell due since the last request. */
  advance(): void;
  /** Throws 401 or 403 when the request carries no token that covers the scope. */
  admit(request: Request, scope: string): void;
  /** A colleague answers with another program just before this request is served. */
  colleagueFirst(request: Request): void;
  /** The answer's JSON with its items twice. */
  doubled(json: unknown): unknown;
  /** A refusal in the words of the API that is spoken here. */
  refusalBody(error: HttpRefusal): unknown;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly string[];
}

const mostSeen = 1000;

/** Listens on loopback. Rejects with the error of Node when the port is taken. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Takes requests in, finds their route, lets faults have their way, and writes answers. */
export class PracticeFront {
  readonly seen: SeenRequest[] = [];
  private readonly closing = new AbortController();

  constructor(private readonly site: FrontSite) {}

  async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = message.method ?? 'GET';
    const target = URL.canParse(message.url ?? '/', this.site.baseUrl) ? new URL(message.url ?? '/', this.site.baseUrl) : new URL(this.site.baseUrl);
    this.note({ method, path: target.pathname, query: target.search, headers: Object.keys(message.headers) });
    const limited = this.site.limited.test(target.pathname) ? this.site.limiter.take() : undefined;
    // The server's own clock, which may be a made-up one: what it says about later is read against it.
    const headers = { Date: new Date(this.site.now()).toUTCString(), ...limited?.headers };
    const fault = this.site.faults.take(method, target.pathname);
    try {
      const body = await readBody(message);
      if (limited?.allowed === false) throw refusal(429, 'Too many requests');
      if (fault) await this.before(fault);
      const request = await this.read(method, target, message, body);
      const reply = this.route(request, fault);
      write(response, reply, headers, fault);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else write(response, this.refused(error), headers, undefined);
    }
  }

  async close(server: Server): Promise<void> {
    this.closing.abort();
    await new Promise<void>((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    });
  }

  private note(seen: SeenRequest): void {
    this.seen.push(seen);
    if (this.seen.length > mostSeen) this.seen.shift();
  }

  private async read(method: string, target: URL, message: IncomingMessage, body: Buffer): Promise<Omit<Request, 'captured'>> {
    const fields = await bodyFields(body, message.headers['content-type'] ?? '');
    const header = (name: string): string | undefined => {
      const value = message.headers[name];
      return Array.isArray(value) ? value[0] : value;
    };
    return { method, path: target.pathname, query: target.searchParams, params: Params.from([...target.searchParams, ...fields]), header, at: this.site.now() };
  }

  private route(base: Omit<Request, 'captured'>, fault: Fault | undefined): Reply {
    this.site.advance();
    const here = this.site.routes.filter((route) => route.path.test(base.path));
    const route = here.find((candidate) => candidate.method === base.method || (base.method === 'HEAD' && candidate.method === 'GET'));
    if (!route) {
      if (here.length === 0) throw refusal(404, 'Not Found');
      throw new HttpRefusal(405, { error: 'Method Not Allowed' }, { Allow: here.map((candidate) => candidate.method).join(', ') });
    }
    const request = { ...base, captured: (route.path.exec(base.path) ?? []).slice(1).map(decoded) };
    if (route.scope !== undefined) this.site.admit(request, route.scope);
    if (fault?.kind === 'answered') this.site.colleagueFirst(request);
    const reply = route.handle(request);
    return fault?.kind === 'duplicates' ? { ...reply, json: this.site.doubled(reply.json) } : reply;
  }

  /** The faults that come instead of an answer, or before it. */
  private async before(fault: Fault): Promise<void> {
    switch (fault.kind) {
      case '401': throw refusal(401, 'The access token was revoked');
      case '403': throw refusal(403, 'This action is not allowed');
      case '404': throw refusal(404, 'Record not found');
      case '500': throw refusal(500, "We're sorry, but something went wrong on our end.");
      case '503': throw refusal(503, 'Service Unavailable');
      case '429': {
        const wait = fault.ms ?? 30_000;
        throw new HttpRefusal(429, { error: 'Too many requests' }, { ...rateLimitHeaders(300, 0, this.site.now() + wait), 'Retry-After': String(Math.ceil(wait / 1000)) });
      }
      case 'redirect':
        throw new HttpRefusal(302, { error: 'Found' }, { Location: fault.location ?? 'http://otra-institucion.invalid/api/v1/notifications' });
      case 'slow':
        await delay(fault.ms ?? 3000, undefined, { signal: this.closing.signal });
        return;
      case 'cutoff': case 'malformed': case 'duplicates': case 'answered': case 'timeoutAfterWrite':
        return;
    }
  }

  private refused(error: unknown): Reply {
    const refusalMet = error instanceof HttpRefusal ? error : refusal(500, "We're sorry, but something went wrong on our end.");
    return { status: refusalMet.status, json: this.site.refusalBody(refusalMet), headers: refusalMet.headers };
  }
}

/** A part of a path; as it stands when its escapes are broken. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function write(response: ServerResponse, reply: Reply, headers: Readonly<Record<string, string>>, fault: Fault | undefined): void {
  if (response.destroyed) return;
  if (fault?.kind === 'timeoutAfterWrite') {
    response.destroy();
    return;
  }
  const whole = reply.bytes ? Buffer.from(reply.bytes.data) : Buffer.from(reply.html ?? (reply.json === undefined ? '' : JSON.stringify(reply.json)), 'utf8');
  const type = reply.bytes?.type ?? (reply.html === undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8');
  const body = fault?.kind === 'malformed' ? whole.subarray(0, Math.ceil(whole.length / 2)) : whole;
  response.writeHead(reply.status, { 'Content-Type': type, 'Content-Length': String(body.length), 'Cache-Control': 'private, no-store', ...headers, ...reply.headers });
  if (fault?.kind === 'cutoff') {
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => { response.destroy(); });
    return;
  }
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
