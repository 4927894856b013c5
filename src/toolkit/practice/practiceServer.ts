import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { apiRoutes, type PostedStatus } from './apiRoutes';
import { addMention, answerByColleague, controlRoutes, deleteMention, editMention, posted, type AddedMention, type NewMention } from './controlRoutes';
import { type Fault } from './faults';
import { type Request } from './httpParts';
import { oauthRoutes } from './oauthRoutes';
import { pageRoutes } from './pageRoutes';
import { listen, PracticeFront, type SeenRequest } from './practiceFront';
import { PracticeSite } from './practiceSite';
import { type RequestLimit } from './rateLimit';

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

export interface PracticeServer {
  readonly url: string;
  readonly account: 'isc';
  readonly token: string;
  /** Where an unreadable state file was moved to; undefined when there was none. */
  readonly setAside: string | undefined;
  close(): Promise<void>;
  readonly control: PracticeControl;
}

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
  const front = new PracticeFront({
    baseUrl: url,
    routes: [...apiRoutes(site), ...oauthRoutes(site), ...controlRoutes(site), ...pageRoutes(site)],
    limited: /^\/api\//u,
    limiter: site.limiter,
    faults: site.faults,
    now: site.now,
    advance: () => { site.advance(); },
    admit: (request, scope) => { site.admit(request, scope); },
    colleagueFirst: (request) => { colleagueFirst(site, request); },
    doubled: (json) => (Array.isArray(json) ? json.flatMap((item: unknown) => [item, item]) : json),
    refusalBody: ({ body }) => body,
  });
  server.on('request', (message, response) => void front.answer(message, response));
  return { url, account: 'isc', token, setAside: site.setAside, close: () => front.close(server), control: control(site, front) };
}

function control(site: PracticeSite, front: PracticeFront): PracticeControl {
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

function colleagueFirst(site: PracticeSite, request: Request): void {
  const statusId = request.captured[0] ?? request.params.one('in_reply_to_id');
  if (statusId !== undefined && site.world.status(statusId)) answerByColleague(site, statusId, 'Buenas, le responde otra persona del equipo: ya estamos viendo su caso.');
}
