import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import parseTweet from 'twitter-text/dist/parseTweet.js';
import { newestOf, renderPosts, type XDialect } from './xServer/render';
import { type XClientOptions, XTokenOffice } from './xServer/tokens';
import { firstId, isAfter, newest, type NewPost, type XPost, XWorld } from './xServer/world';

export interface XServerOptions extends Partial<XClientOptions> {
  readonly now?: () => number;
  /** Of our account, without `@`. */
  readonly handle?: string;
  /** Accepted without a sign-in, and for ever. */
  readonly token?: string;
  readonly dialect?: XDialect;
}

export interface XAsked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly authorization: string | undefined;
  readonly status: number;
}

/** What the plan does not allow; `usage-capped` is the monthly cap. */
export type XPlanProblem = 'credits' | 'client-forbidden' | 'usage-capped';

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const window = 900_000;
const week = 7 * 86_400_000;
const problemType = (kind: string): string => `https://api.x.com/2/problems/${kind}`;
const problem = (status: number, title: string, detail: string, kind?: string): Answer => ({ status, body: { title, detail, type: kind === undefined ? 'about:blank' : problemType(kind), status } });
const forbidden = (detail: string): Answer => problem(403, 'Forbidden', detail);
const invalid = (parameter: string, value: string): Answer => ({
  status: 400,
  body: { errors: [{ parameters: { [parameter]: [value] }, message: `The \`${parameter}\` query parameter value [${value}] is not valid` }], title: 'Invalid Request', detail: 'One or more parameters to your request was invalid.', type: problemType('invalid-request') },
});
const missing = (id: string, kind: string, title: string): object => ({ resource_id: id, resource_type: 'tweet', parameter: 'ids', value: id, title, detail: `${title}: [${id}].`, type: problemType(kind) });

/** The X API v2 on loopback, as far as a desk uses it, answering as its documentation says; what happens there is told by its `control`. */
export class XServerControl {
  readonly world: XWorld;
  readonly tokens: XTokenOffice;
  dialect: XDialect;
  /** What the plan refuses; `path` narrows it to some calls. */
  plan: { readonly problem: XPlanProblem; readonly path?: RegExp } | undefined;
  /** As on plans without Enterprise: only authors who mentioned or quoted us may be answered. */
  onlySummoned = false;
  /** Posts show up in search so much later, ms. */
  searchLag = 0;
  /** A lookup by an old id gives that version (as asked) or the newest one: the documentation says both. */
  lookup: 'asked' | 'newest' = 'asked';
  /** Requests per 15 minutes, by the path with `:id` for ids; 300 for the rest. */
  readonly limits = new Map<string, number>();
  readonly requests: XAsked[] = [];
  private readonly used = new Map<string, { count: number; resetAt: number }>();
  private pageTokens = new Map<string, string>();
  private readonly hidden = new Set<string>();

  constructor(private readonly options: XServerOptions, private readonly now: () => number) {
    this.world = new XWorld(now, options.handle ?? 'isc');
    this.tokens = new XTokenOffice({ clientId: options.clientId ?? 'client-1', clientSecret: options.clientSecret, callbacks: options.callbacks }, now);
    this.dialect = options.dialect ?? 'tweet';
    if (options.token !== undefined) this.tokens.addToken(options.token);
  }

  /** Somebody mentions us; the id of the post. Our handle is put in front where the text does not name us. */
  addMention(post: NewPost): string {
    const own = this.world.own.username;
    return firstId(this.world.add({ ...post, text: this.world.names(post.text) ? post.text : `@${own} ${post.text}` }));
  }

  /** A post of anybody, as it stands. */
  addPost(post: NewPost): string {
    return firstId(this.world.add(post));
  }

  /** A colleague answers in X itself. */
  answerByColleague(id: string, text: string): string {
    const { author } = this.world.mustFind(id);
    return firstId(this.world.add({ text: `@${author.username} ${text}`, author: this.world.own.username, inReplyTo: newest(this.world.mustFind(id)).id }));
  }

  /** The id of the new version. */
  edit(id: string, text: string): string {
    return this.world.edit(id, text);
  }

  delete(id: string): void {
    this.world.remove(id);
  }

  /** The author makes all posts visible for followers only, and we are none. */
  protect(username: string): void {
    Object.assign(this.world.user(username), { protected: true, followed: false });
  }

  withhold(id: string, countries: readonly string[]): void {
    this.world.mustFind(id).withheldIn = countries;
  }

  closeReplies(id: string): void {
    this.world.mustFind(id).repliesClosed = true;
  }

  /** For a while the lists leave a post out, as X's do with fresh ones; `false` brings it. */
  hide(id: string, hide = true): void {
    if (hide) this.hidden.add(id);
    else this.hidden.delete(id);
  }

  endPageTokens(): void {
    this.pageTokens = new Map();
  }

  /** What stands there in our name and came through the API, oldest first. */
  posted(): readonly { readonly id: string; readonly text: string; readonly inReplyTo: string | undefined }[] {
    return this.world.visible().filter((post) => post.byApi).map((post) => ({ id: firstId(post), text: newest(post).text, inReplyTo: post.repliedTo })).reverse();
  }

  /** One answer, with the headers of its limit. */
  answer(method: string, path: string, query: URLSearchParams, body: string, authorization: string | undefined): Answer {
    if (path === '/2/oauth2/token' || path === '/2/oauth2/revoke') {
      const form = new URLSearchParams(body);
      return method !== 'POST' ? problem(405, 'Method Not Allowed', 'Method Not Allowed') : path.endsWith('token') ? this.tokens.token(form, authorization) : this.tokens.revoke(form, authorization);
    }
    const scopes = this.tokens.scopesOf(authorization?.replace(/^Bearer /u, '') ?? '');
    if (scopes === undefined) return problem(401, 'Unauthorized', 'Unauthorized');
    const route = `${method} ${path.replace(/^(\/2\/\w+)\/\d+(?=\/|$)/u, '$1/:id')}`;
    const limit = this.limits.get(route) ?? 300;
    const used = this.used.get(route);
    const counted = used !== undefined && used.resetAt > this.now() ? used : { count: 0, resetAt: this.now() + window };
    counted.count += 1;
    this.used.set(route, counted);
    const headers = { 'x-rate-limit-limit': String(limit), 'x-rate-limit-remaining': String(Math.max(0, limit - counted.count)), 'x-rate-limit-reset': String(Math.ceil(counted.resetAt / 1000)) };
    if (counted.count > limit) return { ...problem(429, 'Too Many Requests', 'Too Many Requests'), headers };
    return { ...(this.planned(path) ?? this.routed(route, path, query, body, scopes)), headers };
  }

  private planned(path: string): Answer | undefined {
    if (this.plan === undefined || !(this.plan.path?.test(path) ?? true)) return undefined;
    switch (this.plan.problem) {
      case 'credits': return problem(402, 'CreditsDepleted', 'Your enrolled account does not have any credits to fulfill this request.', 'credits');
      case 'client-forbidden': return { status: 403, body: { client_id: '1', detail: 'When authenticating requests to the X API v2 endpoints, you must use keys and tokens from an App with an appropriate access level.', registration_url: 'https://developer.x.com/en/docs/projects/overview', title: 'Client Forbidden', required_enrollment: 'Appropriate Level of API Access', reason: 'client-not-enrolled', type: 'https://api.twitter.com/2/problems/client-forbidden' } };
      case 'usage-capped': return { status: 429, body: { account_id: 1, product_name: 'standard-basic', title: 'UsageCapExceeded', period: 'Monthly', scope: 'Product', detail: 'Usage cap exceeded: Monthly product cap', type: problemType('usage-capped') } };
    }
  }

  private routed(route: string, path: string, query: URLSearchParams, body: string, scopes: readonly string[]): Answer {
    const { own } = this.world;
    const needed = route.startsWith('GET') ? ['tweet.read', 'users.read'] : ['tweet.read', 'tweet.write', 'users.read'];
    if (needed.some((scope) => !scopes.includes(scope))) return forbidden('You are not permitted to perform this action: missing scope.');
    const max = query.get('max_results');
    if (max !== null && !(Number(max) >= 5 && Number(max) <= 100)) return invalid('max_results', max);
    switch (route) {
      case 'GET /2/users/me': return { status: 200, body: { data: { id: own.id, username: own.username, name: own.name, ...((query.get('user.fields') ?? '').includes('protected') ? { protected: own.protected } : {}) } } };
      case 'GET /2/users/:id/mentions': return path.includes(`/${own.id}/`) ? this.page(query, this.listed().filter((post) => this.world.mentionsUs(post)).slice(0, 800), 'mentions') : forbidden('other user');
      case 'GET /2/users/:id/tweets': return this.page(query, this.listed().filter((post) => post.author.id === path.split('/')[3] && (query.get('exclude') !== 'retweets' || post.retweeted === undefined)).slice(0, 3_200), 'tweets');
      case 'GET /2/tweets/search/recent': return this.search(query);
      case 'GET /2/tweets': return this.lookedUp(query);
      case 'POST /2/tweets': return this.create(body);
      case 'DELETE /2/tweets/:id': return this.remove(path.split('/')[3] ?? '');
      default: return problem(404, 'Not Found', 'Not Found', 'resource-not-found');
    }
  }

  private listed(): readonly XPost[] {
    return this.world.visible().filter((post) => !this.hidden.has(firstId(post)));
  }

  /** Newest first; a page goes on below the oldest id of the one before it. */
  private page(query: URLSearchParams, all: readonly XPost[], kind: string): Answer {
    const since = query.get('since_id');
    if (since !== null && !/^\d{1,19}$/u.test(since)) return invalid('since_id', since);
    const start = query.get('start_time');
    if (start !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u.test(start)) return invalid('start_time', start);
    const token = query.get('pagination_token') ?? query.get('next_token');
    const place = token === null ? undefined : this.pageTokens.get(token);
    if (token !== null && (place === undefined || !place.startsWith(`${kind} `))) return invalid('pagination_token', token);
    const below = place?.split(' ')[1];
    const fitting = all.filter((post) => {
      const { id, at } = newest(post);
      return (since === null || isAfter(id, since)) && (start === null || at >= Date.parse(start)) && (below === undefined || isAfter(below, id));
    });
    const shown = fitting.slice(0, Number(query.get('max_results') ?? 10));
    const ids = shown.map((post) => newest(post).id);
    if (shown.length === 0) return { status: 200, body: { meta: { result_count: 0 } } };
    let next: string | undefined;
    if (fitting.length > shown.length) {
      next = randomBytes(12).toString('hex');
      this.pageTokens.set(next, `${kind} ${ids.at(-1)!}`);
    }
    const meta = { newest_id: ids[0], oldest_id: ids.at(-1), result_count: shown.length, ...(next === undefined ? {} : { next_token: next }) };
    return { status: 200, body: { ...renderPosts(this.world, shown.map(newestOf), query, this.dialect), meta } };
  }

  private search(query: URLSearchParams): Answer {
    const rule = query.get('query') ?? '';
    const told = (name: string): string | undefined => new RegExp(`(?:^| )${name}:(\\w+)`, 'u').exec(rule)?.[1]?.toLowerCase();
    const [conversation, from, to] = [told('conversation_id'), told('from'), told('to')];
    if (conversation === undefined && to === undefined) return invalid('query', rule);
    const now = this.now();
    const since = query.get('since_id');
    if (since !== null && (Number(BigInt(since) >> 22n) + 1_288_834_974_657) < now - week) return invalid('since_id', since);
    const fitting = this.listed().filter((post) => {
      const author = post.author.username.toLowerCase();
      const answered = post.repliedTo === undefined ? undefined : this.world.find(post.repliedTo)?.author.username.toLowerCase();
      const { at } = newest(post);
      return (conversation === undefined || post.conversation === conversation) && (from === undefined || author === from) && (to === undefined || answered === to) &&
        !rule.includes(` -from:${author}`) && !(rule.includes('-is:retweet') && post.retweeted !== undefined) && at > now - week && at <= now - this.searchLag;
    });
    return this.page(query, fitting, `search-${rule.replaceAll(' ', '+')}`);
  }

  private lookedUp(query: URLSearchParams): Answer {
    const ids = (query.get('ids') ?? '').split(',').filter((id) => id !== '');
    if (ids.length === 0 || ids.length > 100 || ids.some((id) => !/^\d{1,19}$/u.test(id))) return invalid('ids', ids.slice(0, 3).join(','));
    const found: (readonly [XPost, XPost['versions'][number]])[] = [];
    const errors: object[] = [];
    for (const id of ids) {
      const post = this.world.find(id);
      if (post === undefined) errors.push(missing(id, 'resource-not-found', 'Not Found Error'));
      else if (!this.world.shows(post)) errors.push(missing(id, 'not-authorized-for-resource', 'Authorization Error'));
      else found.push([post, this.lookup === 'newest' ? newest(post) : post.versions.find((version) => version.id === id)!]);
    }
    return { status: 200, body: { ...renderPosts(this.world, found, query, this.dialect), ...(errors.length === 0 ? {} : { errors }) } };
  }

  private create(body: string): Answer {
    const { text, reply } = JSON.parse(body) as { readonly text?: string; readonly reply?: { readonly in_reply_to_tweet_id?: string } };
    if (typeof text !== 'string' || text.trim() === '') return invalid('text', String(text));
    const { own } = this.world;
    const parentId = reply?.in_reply_to_tweet_id;
    const parent = parentId === undefined ? undefined : this.world.find(parentId);
    if (parentId !== undefined && (parent === undefined || !this.world.shows(parent))) return forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
    if (parseTweet(text).weightedLength > 280) return forbidden('Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.');
    const summoned = parent !== undefined && (this.world.mentionsUs(parent) || this.world.find(parent.quoted ?? '')?.author === own);
    if (parent && (parent.repliesClosed || (this.onlySummoned && !summoned))) return forbidden('Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.');
    const bare = (words: string): string => words.replace(/^(?:@\w+ )+/u, '').trim();
    if (this.world.visible().some((post) => post.author === own && bare(newest(post).text) === bare(text))) return forbidden('You are not allowed to create a Tweet with duplicate content.');
    const named = parent === undefined || parent.author === own || text.toLowerCase().startsWith(`@${parent.author.username.toLowerCase()}`) ? text : `@${parent.author.username} ${text}`;
    const made = this.world.add({ text: named, author: own.username, ...(parentId === undefined ? {} : { inReplyTo: parentId }) }, true);
    return { status: 201, body: { data: { id: firstId(made), text: named, [`edit_history_${this.dialect}_ids`]: [firstId(made)] } } };
  }

  private remove(id: string): Answer {
    const post = this.world.find(id);
    if (post === undefined) return { status: 404, body: { title: 'Not Found Error', detail: `Could not find tweet with id: [${id}].`, type: problemType('resource-not-found'), status: 404 } };
    if (post.author !== this.world.own) return forbidden('You are not authorized to delete this Tweet.');
    this.world.remove(id);
    return { status: 200, body: { data: { deleted: true } } };
  }
}

export interface XServer {
  readonly url: string;
  readonly control: XServerControl;
  close(): Promise<void>;
}

const page = (query: URLSearchParams): string => `<!doctype html><title>X</title><form method="post" action="/i/oauth2/authorize"><h1>Authorize app</h1>${[...query].map(([name, value]) => `<input type="hidden" name="${name}" value="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`).join('')}<button name="decision" value="allow">Authorize app</button><button name="decision" value="deny">Cancel</button></form>`;

export async function startXServer(options: XServerOptions = {}): Promise<XServer> {
  const control = new XServerControl(options, options.now ?? Date.now);
  const read = async (message: IncomingMessage): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  };
  const authorize = (method: string, query: URLSearchParams, body: string, response: ServerResponse): void => {
    const asked = method === 'POST' ? new URLSearchParams(body) : query;
    const wrong = control.tokens.askedWrongly(asked);
    if (wrong !== undefined || method !== 'POST') return void response.writeHead(wrong === undefined ? 200 : 400, { 'content-type': 'text/html; charset=utf-8' }).end(wrong ?? page(asked));
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.searchParams.set('state', asked.get('state') ?? '');
    if (asked.get('decision') === 'allow') back.searchParams.set('code', control.tokens.allow(asked));
    else back.searchParams.set('error', 'access_denied');
    response.writeHead(302, { location: back.href }).end();
  };
  const server = createServer((message, response) => {
    void read(message).then((body) => {
      const url = new URL(message.url ?? '/', 'http://x');
      const method = message.method ?? '';
      if (url.pathname === '/i/oauth2/authorize') return authorize(method, url.searchParams, body, response);
      const { status, body: answer, headers } = control.answer(method, url.pathname, url.searchParams, body, message.headers.authorization);
      control.requests.push({ method, path: url.pathname, query: url.searchParams, body, authorization: message.headers.authorization, status });
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(answer));
    }).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    control,
    close: async () => {
      server.closeAllConnections();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
