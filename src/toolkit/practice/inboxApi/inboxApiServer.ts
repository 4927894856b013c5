import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddedMention, addMention, answerByColleague, deleteMention, editMention, type NewInboxMention, posted, type PostedReply } from './inboxApiControl';
import { type Fault, type FaultPaths, FaultPlan } from '../faults';
import { type HttpRefusal, type Request } from '../httpParts';
import { listen, PracticeFront, type SeenRequest } from '../practiceFront';
import { RateLimiter, type RequestLimit } from '../rateLimit';
import { inboxApiRoutes } from './inboxApiRoutes';
import { type DeclaredCapabilities, type InboxApiSite, refused } from './inboxApiSite';
import { InboxWorld } from './inboxWorld';

export interface InboxApiServerOptions {
  /** 0, or none: any free one. */
  readonly port?: number;
  /** The same seed gives the same messages; 2 when absent. */
  readonly seed?: number;
  /** How many messages of citizens lie there at the start; 20 when absent. */
  readonly count?: number;
  /** How many new ones come in per minute, on average; none when absent. */
  readonly ratePerMinute?: number;
  /** Refuses with 429 beyond it; nothing is refused when absent. */
  readonly limit?: RequestLimit;
  /** ms since 1970. */
  readonly now?: () => number;
  /** How far back the messages go; 6 when absent. */
  readonly historyDays?: number;
  /** Keeps the server's world from run to run; what it holds wins over seed, count and historyDays. */
  readonly stateFile?: string;
  /** The token that the server accepts; a random one when absent. */
  readonly token?: string;
  /** What the server does not do; everything when absent. */
  readonly capabilities?: Partial<DeclaredCapabilities>;
  /** Longest answer, graphemes; 2,000 when absent. */
  readonly maxLength?: number;
}

/** What tests do to the server without HTTP. Ids are external ids. */
export interface InboxApiControl {
  addMention(mention: NewInboxMention): AddedMention;
  fault(fault: Fault): void;
  clearFaults(): void;
  /** The id of the answer that it made. */
  answerByColleague(externalId: string, text: string): string;
  editMention(externalId: string, text: string): void;
  deleteMention(externalId: string): void;
  /** What the desk posted and did not delete, oldest first. */
  posted(): readonly PostedReply[];
  /** Every request that came in, oldest first (the last 1,000); of its headers only the names. */
  requests(): readonly SeenRequest[];
}

/** The reference server of the Inbox API: a web form of an invented institution. */
export interface InboxApiServer {
  readonly url: string;
  readonly account: 'isc';
  readonly token: string;
  /** Where an unreadable state file was moved to; undefined when there was none. */
  readonly setAside: string | undefined;
  close(): Promise<void>;
  readonly control: InboxApiControl;
}

const api = /^\/v1\//u;
const faultPaths: FaultPaths = {
  '401': api, '403': api, '404': api, '429': api, '500': api, '503': api, slow: api, cutoff: api, malformed: api, redirect: api,
  duplicates: /^\/v1\/mentions$/u, answered: /^\/v1\/(?:conversations\/.*|replies)$/u, timeoutAfterWrite: /^\/v1\/replies$/u,
};
const everything: DeclaredCapabilities = { reply: true, thread: true, privateReply: true, delete: true, media: true };

/** Starts the server on loopback. Rejects with the error of Node when the port is taken. */
export async function startInboxApiServer(options: InboxApiServerOptions = {}): Promise<InboxApiServer> {
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${String(port)}`;
  const now = options.now ?? Date.now;
  const world = new InboxWorld({
    seed: options.seed ?? 2, count: options.count ?? 20, historyDays: options.historyDays ?? 6, ratePerMinute: options.ratePerMinute ?? 0, stateFile: options.stateFile, now,
  });
  const site: InboxApiSite = { baseUrl: url, world, capabilities: { ...everything, ...options.capabilities }, maxLength: options.maxLength ?? 2_000 };
  const token = options.token ?? randomBytes(24).toString('base64url');
  const faults = new FaultPlan(faultPaths);
  const front = new PracticeFront({
    baseUrl: url, routes: inboxApiRoutes(site), limited: api, limiter: new RateLimiter(options.limit, now), faults, now, refusalBody,
    advance: () => { world.advance(); },
    admit: (request) => { admit(request, token); },
    colleagueFirst: (request) => { colleagueFirst(site, request); },
    doubled: (json) => (isPage(json) ? { ...json, items: json.items.flatMap((item) => [item, item]) } : json),
  });
  server.on('request', (message, response) => void front.answer(message, response));
  const control: InboxApiControl = {
    addMention: (mention) => addMention(world, mention),
    fault: (fault) => { faults.add(fault); },
    clearFaults: () => { faults.clear(); },
    answerByColleague: (externalId, text) => answerByColleague(world, externalId, text),
    editMention: (externalId, text) => { editMention(world, externalId, text); },
    deleteMention: (externalId) => { deleteMention(world, externalId); },
    posted: () => posted(world),
    requests: () => front.seen,
  };
  return { url, account: 'isc', token, setAside: world.setAside, close: () => front.close(server), control };
}

function admit(request: Request, token: string): void {
  const bearer = /^Bearer\s+(\S+)$/iu.exec(request.header('authorization') ?? '')?.[1];
  if (bearer !== token) throw refused(401, 'unauthorized', 'La clave no es válida.', { 'WWW-Authenticate': 'Bearer' });
}

const isPage = (json: unknown): json is { readonly items: readonly unknown[] } => typeof json === 'object' && json !== null && 'items' in json && Array.isArray(json.items);

/** Names of the refusals that the shared front makes. */
const codes: Readonly<Record<number, string>> = { 400: 'invalid', 401: 'unauthorized', 403: 'forbidden', 404: 'not_found', 405: 'method_not_allowed', 413: 'too_large', 415: 'media_type', 429: 'too_many_requests', 503: 'unavailable' };

function refusalBody({ status, body }: HttpRefusal): unknown {
  return typeof body['error'] === 'string' ? { error: { code: codes[status] ?? 'failed', message: body['error'] } } : body;
}

function colleagueFirst({ world }: InboxApiSite, request: Request): void {
  const asked = request.captured[0] ?? request.params.one('inReplyTo');
  if (asked !== undefined) answerByColleague(world, asked, 'Buenas, le responde otra persona del equipo: ya estamos viendo su caso.');
}
