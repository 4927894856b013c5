import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { BlueskySessions, type TokenPair } from './blueskyServer/sessions';
import { BlueskyViews } from './blueskyServer/views';
import { type Account, BlueskyWorld, type NewPost, type PostRecord, type StoredPost } from './blueskyServer/world';

export interface BlueskyServerOptions {
  /** Our account there. */
  readonly handle?: string;
  readonly appPassword?: string;
  /** A session that is there from the start. */
  readonly session?: TokenPair;
  /** UTC ms; the real time by default. */
  readonly now?: () => number;
  /** What a session's DID document names as its server; by default this one. */
  readonly endpoint?: string;
  /** Shows posts with the time that they are sorted by, as an AppView does that was not told since when to trust its own. */
  readonly sortedTimes?: boolean;
  /** Requests that are answered in five minutes before 429 comes. */
  readonly limit?: number;
  readonly port?: number;
}

/** A personal data server and the AppView behind it that answer as the documentation says; quick, without a database, and told from outside what to do. */
export interface BlueskyServer {
  readonly url: string;
  readonly did: string;
  readonly handle: string;
  readonly appPassword: string;
  readonly world: BlueskyWorld;
  readonly sessions: BlueskySessions;
  /** Paths of all requests since the start, without `/xrpc/`. */
  readonly asked: string[];
  /** Somebody names us (with a facet), or answers or quotes one of our posts. */
  addMention(post: NewPost): StoredPost;
  /** Somebody writes without naming us. */
  addPost(post: NewPost): StoredPost;
  removePost(uri: string): void;
  /** What our account has posted, oldest first. */
  posted(): readonly StoredPost[];
  /** While true the AppView cannot be reached: 502 for each `app.bsky` read. */
  outage: boolean;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Asked {
  readonly query: URLSearchParams;
  readonly json: Readonly<Record<string, unknown>>;
  readonly token: string | undefined;
  /** Whose the access token is; empty for calls that need none. */
  readonly did: string;
}

const ok = (json?: unknown): Answer => ({ status: 200, json });
const refused = (status: number, error: string, message: string): Answer => ({ status, json: { error, message } });
const collection = 'app.bsky.feed.post';
const window = 300_000;

export async function startBlueskyServer(options: BlueskyServerOptions = {}): Promise<BlueskyServer> {
  const { handle = 'isc.test', appPassword = 'abcd-efgh-ijkl-mnop', now = Date.now, limit = 3_000 } = options;
  const world = new BlueskyWorld(now);
  const sessions = new BlueskySessions(now);
  const account = world.account(handle);
  sessions.addPassword(account.did, appPassword);
  if (options.session) sessions.plant(account.did, options.session);
  let url = '';
  const views = new BlueskyViews(world, () => url, options.sortedTimes === true);
  const asked: string[] = [];
  const state = { outage: false, windowStart: 0, used: 0 };

  const didDoc = (did: string): object => ({ id: did, service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: options.endpoint ?? url }] });
  const sessionOf = (who: Account): object => ({ did: who.did, handle: who.handle, active: true, didDoc: didDoc(who.did) });
  const whose = (did: string): Account => world.accounts.get(did) ?? account;
  const uriOf = ({ json, query }: Asked): string => `at://${String(json['repo'] ?? query.get('repo'))}/${collection}/${String(json['rkey'] ?? query.get('rkey'))}`;

  const listNotifications = ({ query, did }: Asked): Answer => {
    if (query.has('seenAt')) return refused(400, 'InvalidRequest', 'The seenAt parameter is unsupported');
    const most = Math.min(100, Number(query.get('limit') ?? 50));
    const before = Date.parse(query.get('cursor') ?? '');
    const reasons = query.getAll('reasons');
    const listed = world.all().map((post) => ({ post, at: world.sortTime(post), reason: world.reasonFor(post, did) })).filter(({ reason }) => reason !== undefined)
      .sort((left, right) => right.at - left.at || (left.post.rkey < right.post.rkey ? 1 : -1)).filter(({ at }) => Number.isNaN(before) || at < before);
    // The whole page counts before the reasons are applied, and a page that is full has a cursor even if nothing comes after it.
    const page = listed.slice(0, most);
    const last = page.at(-1);
    return ok({
      notifications: page.filter(({ reason }) => reasons.length === 0 || reasons.includes(reason ?? '')).map(({ post, reason }) => views.notification(post, reason ?? '')),
      ...(page.length === most && last ? { cursor: new Date(last.at).toISOString() } : {}), priority: false,
    });
  };

  const putRecord = (request: Asked): Answer => {
    const { json, did } = request;
    const record = json['record'] as PostRecord;
    if (json['repo'] !== did) return refused(401, 'AuthenticationRequired', 'Authentication Required');
    const graphemes = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(record.text)].length;
    if (graphemes > 300) return refused(400, 'InvalidRequest', 'Invalid app.bsky.feed.post record: Record/text must not be longer than 300 graphemes');
    if (Buffer.byteLength(record.text) > 3000) return refused(400, 'InvalidRequest', 'Invalid app.bsky.feed.post record: Record/text must not be longer than 3000 characters');
    const stored = world.put(did, String(json['rkey']), record);
    return ok({ uri: stored.uri, cid: stored.cid, validationStatus: 'valid' });
  };

  const listRecords = ({ query }: Asked): Answer => {
    const most = Math.min(100, Number(query.get('limit') ?? 50));
    const before = query.get('cursor');
    const page = world.ofAccount(query.get('repo') ?? '').filter(({ rkey }) => before === null || rkey < before).slice(0, most);
    return ok({ records: page.map(({ uri, cid, record }) => ({ uri, cid, value: record })), ...(page.length === most ? { cursor: page.at(-1)?.rkey } : {}) });
  };

  /** Without a token, or with a refresh token. */
  const open: Readonly<Record<string, (request: Asked) => Answer>> = {
    'com.atproto.server.createSession': ({ json }) => {
      const who = world.byName(String(json['identifier']));
      const pair = who && sessions.login(who.did, String(json['password']));
      return who && pair ? ok({ ...sessionOf(who), ...pair }) : refused(401, 'AuthenticationRequired', 'Invalid identifier or password');
    },
    'com.atproto.server.refreshSession': ({ token }) => {
      const rotated = sessions.rotate(token ?? '');
      return rotated ? ok({ ...sessionOf(whose(rotated.did)), ...rotated.pair }) : refused(400, 'ExpiredToken', 'Token has been revoked');
    },
    'com.atproto.server.deleteSession': ({ token }) => (sessions.end(token ?? '') ? { status: 200 } : refused(400, 'InvalidToken', 'Token could not be verified')),
    'com.atproto.identity.resolveHandle': ({ query }) => {
      const who = world.byName(query.get('handle') ?? '');
      return who ? ok({ did: who.did }) : refused(400, 'InvalidRequest', 'Unable to resolve handle');
    },
  };

  const closed: Readonly<Record<string, (request: Asked) => Answer>> = {
    'com.atproto.server.getSession': ({ did }) => ok(sessionOf(whose(did))),
    'app.bsky.notification.listNotifications': listNotifications,
    'app.bsky.feed.getPosts': ({ query }) => {
      const uris = query.getAll('uris');
      if (uris.length > 25) return refused(400, 'InvalidRequest', 'Error: Params must have the property "uris" with at most 25 elements');
      return ok({ posts: uris.map((uri) => world.get(uri)).filter((post) => post !== undefined).map((post) => views.post(post)) });
    },
    'app.bsky.feed.getPostThread': ({ query }) => {
      const uri = query.get('uri') ?? '';
      const thread = views.thread(uri, Number(query.get('depth') ?? 6), Number(query.get('parentHeight') ?? 80));
      return thread ? ok({ thread }) : refused(400, 'NotFound', `Post not found: ${uri}`);
    },
    'com.atproto.repo.putRecord': putRecord,
    'com.atproto.repo.listRecords': listRecords,
    'com.atproto.repo.getRecord': (request) => {
      const found = world.get(uriOf(request));
      return found ? ok({ uri: found.uri, cid: found.cid, value: found.record }) : refused(400, 'RecordNotFound', `Could not locate record: ${uriOf(request)}`);
    },
    'com.atproto.repo.deleteRecord': (request) => {
      if (request.json['repo'] === request.did) world.remove(uriOf(request));
      return ok({});
    },
  };

  const answer = async (message: IncomingMessage): Promise<Answer> => {
    const { pathname, searchParams: query } = new URL(message.url ?? '/', url);
    const chunks: Buffer[] = [];
    for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const name = pathname.replace(/^\/xrpc\//u, '');
    asked.push(name);
    const json = (body === '' ? {} : JSON.parse(body)) as Asked['json'];
    const token = /^Bearer (.+)$/u.exec(message.headers.authorization ?? '')?.[1];
    if (name in open) return open[name]!({ query, json, token, did: '' });
    if (!(name in closed)) return refused(501, 'MethodNotImplemented', 'Method Not Implemented');
    if (token === undefined) return refused(401, 'AuthMissing', 'Authentication Required');
    const standing = sessions.state(token);
    if (standing === 'expired') return refused(400, 'ExpiredToken', 'Token has expired');
    if (standing === 'unknown') return refused(400, 'InvalidToken', 'Token could not be verified');
    if (state.outage && name.startsWith('app.bsky.')) return refused(502, 'UpstreamFailure', 'Upstream service unreachable');
    return closed[name]!({ query, json, token, did: sessions.didOf(token) ?? '' });
  };

  const server = createServer((message, response) => {
    const at = now();
    if (at >= state.windowStart + window) Object.assign(state, { windowStart: at, used: 0 });
    state.used += 1;
    const limits = { 'ratelimit-limit': String(limit), 'ratelimit-remaining': String(Math.max(0, limit - state.used)), 'ratelimit-reset': String(Math.ceil((state.windowStart + window) / 1000)), 'ratelimit-policy': `${String(limit)};w=300` };
    const given = state.used > limit ? Promise.resolve(refused(429, 'RateLimitExceeded', 'Rate Limit Exceeded')) : answer(message);
    void given.catch((error: unknown) => refused(500, 'InternalServerError', String(error))).then(({ status, json, headers }) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...limits, ...headers }).end(json === undefined ? '' : JSON.stringify(json));
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

  return {
    get url() { return url; },
    did: account.did, handle, appPassword, world, sessions, asked,
    addMention: (post) => world.write(post, account),
    addPost: (post) => world.write(post, undefined),
    removePost: (uri) => void world.remove(uri),
    posted: () => [...world.ofAccount(account.did)].reverse(),
    get outage() { return state.outage; },
    set outage(on) { state.outage = on; },
    close: async () => {
      server.closeAllConnections();
      const ended = once(server, 'close');
      server.close();
      await ended;
    },
  };
}
