import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { apiRoutes, type PostedStatus } from './apiRoutes';
import { addMention, answerByColleague, controlRoutes, deleteMention, editMention, posted, type AddedMention, type NewMention } from './controlRoutes';
import { type Fault } from './faults';
import { bodyFields, HttpRefusal, Params, readBody, refusal, type Reply, type Request } from './httpParts';
import { oauthRoutes } from './oauthRoutes';
import { pageRoutes } from './pageRoutes';
import { PracticeSite, type Route } from './practiceSite';
import { rateLimitHeaders, type RequestLimit } from './rateLimit';

export { parseLimit } from './rateLimit';

export interface PracticeServerOptions {
  /** 0, or none: any free one. */
  readonly port?: number;
  /** The same seed gives the same mentions; 1 when absent. */
  readonly seed?: number;
  /** How many mentions lie there at the start; 100 when absent, of which 40 are older than a day and a half. */
  readonly count?: number;
  /** How many new ones come in per minute, on average; none when absent. */
  readonly ratePerMinute?: number;
  /** Refuses with 429 beyond it; nothing is refused when absent. */
  readonly limit?: RequestLimit;
  /** ms since 1970. */
  readonly now?: () => number;
  /** How far back the mentions go; 6 when absent. */
  readonly historyDays?: number;
  /** Keeps the server's world from run to run; what it holds wins over seed, count and historyDays. */
  readonly stateFile?: string;
  /** The token that the server accepts; a random one when absent. */
  readonly token?: string;
  readonly faults?: readonly Fault[];
}

/** What tests do to the server without HTTP. Ids are status ids. */
export interface PracticeControl {
  addMention(mention: NewMention): AddedMention;
  fault(fault: Fault): void;
  clearFaults(): void;
  /** The id of the answer that it made. */
  answerByColleague(statusId: string, text: string): string;
  editMention(statusId: string, text: string): void;
  deleteMention(statusId: string): void;
  /** What the desk posted and did not delete, oldest first. */
  posted(): readonly PostedStatus[];
  /** Every request that came in, oldest first (the last 1,000); of its headers only the names. */
  requests(): readonly SeenRequest[];
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly string[];
}

export interface PracticeServer {
  readonly url: string;
  readonly account: 'isc';
  readonly token: string;
  /** Where an unreadable state file was moved to; undefined when there was none. */
  readonly setAside: string | undefined;
  close(): Promise<void>;
  readonly control: PracticeControl;
}

const mostSeen = 1000;

/** Starts the practice server on loopback. Rejects with the error of Node when the port is taken. */
export async function startPracticeServer(options: PracticeServerOptions = {}): Promise<PracticeServer> {
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${String(port)}`;
  const site = new PracticeSite({
    baseUrl: url, seed: options.seed ?? 1, count: options.count ?? 100, historyDays: options.historyDays ?? 6, ratePerMinute: options.ratePerMinute ?? 0,
    limit: options.limit, stateFile: options.stateFile, now: options.now ?? Date.now,
  });
  const token = options.token ?? randomBytes(24).toString('base64url');
  site.oauth.allow(token, 'read write');
  for (const fault of options.faults ?? []) site.faults.add(fault);
  const front = new Front(site);
  server.on('request', (message, response) => void front.answer(message, response));
  return { url, account: 'isc', token, setAside: site.setAside, close: () => front.close(server), control: control(site, front) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function control(site: PracticeSite, front: Front): PracticeControl {
  return {
    addMention: (mention) => addMention(site, mention),
    fault: (fault) => { site.faults.add(fault); },
    clearFaults: () => { site.faults.clear(); },
    answerByColleague: (statusId, text) => answerByColleague(site, statusId, text).id,
    editMention: (statusId, text) => { editMention(site, statusId, text); },
    deleteMention: (statusId) => { deleteMention(site, statusId); },
    posted: () => posted(site),
    requests: () => front.seen,
  };
}

/** Takes requests in, finds their route, lets faults have their way, and writes answers. */
class Front {
  readonly seen: SeenRequest[] = [];
  private readonly routes: readonly Route[];
  private readonly closing = new AbortController();

  constructor(private readonly site: PracticeSite) {
    this.routes = [...apiRoutes(site), ...oauthRoutes(site), ...controlRoutes(site), ...pageRoutes(site)];
  }

  async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = message.method ?? 'GET';
    const target = URL.canParse(message.url ?? '/', this.site.baseUrl) ? new URL(message.url ?? '/', this.site.baseUrl) : new URL(this.site.baseUrl);
    this.note({ method, path: target.pathname, query: target.search, headers: Object.keys(message.headers) });
    const limited = target.pathname.startsWith('/api/') ? this.site.limiter.take() : undefined;
    const headers = limited?.headers ?? {};
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
      else write(response, refused(error), headers, undefined);
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
    const here = this.routes.filter((route) => route.path.test(base.path));
    const route = here.find((candidate) => candidate.method === base.method || (base.method === 'HEAD' && candidate.method === 'GET'));
    if (!route) {
      if (here.length === 0) throw refusal(404, 'Not Found');
      throw new HttpRefusal(405, { error: 'Method Not Allowed' }, { Allow: here.map((candidate) => candidate.method).join(', ') });
    }
    const request = { ...base, captured: (route.path.exec(base.path) ?? []).slice(1).map(decoded) };
    if (route.scope !== undefined) this.site.admit(request, route.scope);
    if (fault?.kind === 'answered') this.colleagueFirst(request);
    const reply = route.handle(request);
    return fault?.kind === 'duplicates' && Array.isArray(reply.json) ? { ...reply, json: reply.json.flatMap((item: unknown) => [item, item]) } : reply;
  }

  /** A colleague answers with another program just before this request is served. */
  private colleagueFirst(request: Request): void {
    const statusId = request.captured[0] ?? request.params.one('in_reply_to_id');
    if (statusId !== undefined && this.site.world.status(statusId)) {
      answerByColleague(this.site, statusId, 'Buenas, le responde otra persona del equipo: ya estamos viendo su caso.');
    }
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
}

/** A part of a path; as it stands when its escapes are broken. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function refused(error: unknown): Reply {
  if (error instanceof HttpRefusal) return { status: error.status, json: error.body, headers: error.headers };
  return { status: 500, json: { error: "We're sorry, but something went wrong on our end." } };
}

function write(response: ServerResponse, reply: Reply, headers: Readonly<Record<string, string>>, fault: Fault | undefined): void {
  if (response.destroyed) return;
  if (fault?.kind === 'timeoutAfterWrite') {
    response.destroy();
    return;
  }
  const whole = reply.bytes ? Buffer.from(reply.bytes.data) : Buffer.from(reply.html ?? JSON.stringify(reply.json), 'utf8');
  const type = reply.bytes?.type ?? (reply.html === undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8');
  const body = fault?.kind === 'malformed' ? whole.subarray(0, Math.ceil(whole.length / 2)) : whole;
  response.writeHead(reply.status, { 'Content-Type': type, 'Content-Length': String(body.length), 'Cache-Control': 'private, no-store', ...headers, ...reply.headers });
  if (fault?.kind === 'cutoff') {
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => { response.destroy(); });
    return;
  }
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
