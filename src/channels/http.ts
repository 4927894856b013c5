import axios from 'axios';
import { type Readable } from 'node:stream';
import { type Clock, type Logger, type Randomness } from '../core/clock';
import { isLoopback } from '../core/config';
import { type ErrorCode, type ErrorDetails, MomentosError } from '../core/errors';
import { type RateLimits } from '../core/channelPort';
import { type Agents, createAgents } from './connectAgents';
import { brokenPart, type Effect, isPassing, nodeCode, statusCode, wayFailure } from './httpFailure';
import { backoffDelay, rateLimits, type RetryPolicy, retryTime, usualRetries } from './retryTiming';

/** Always on. Times in ms, sizes in bytes. */
export interface HttpLimits {
  readonly connect: number;
  /** One try, from the first packet to the last byte of the answer. */
  readonly total: number;
  /** Of an answer, after decompression. */
  readonly body: number;
}

export const usualLimits: HttpLimits = { connect: 10_000, total: 30_000, body: 8 * 1024 * 1024 };

export interface HttpOptions {
  /** scheme://host:port; nothing is ever sent anywhere else. */
  readonly origin: string;
  /** Asked before each request that is not anonymous. */
  readonly token: () => Promise<string>;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
  readonly limits?: Partial<HttpLimits> | undefined;
  /** Told what each answer says about the network's limits. */
  readonly noteLimits?: ((limits: RateLimits) => void) | undefined;
  readonly retries?: Partial<RetryPolicy> | undefined;
  /** What the network means by an answer that is not 2xx, where that is more than its status says; with a code it is not asked again. undefined = as usual. */
  readonly meaning?: ((status: number, json: unknown, header: HttpAnswer['header']) => Refusal | undefined) | undefined;
}

/** A network's own reason to refuse. */
export interface Refusal {
  /** undefined = as the status says. */
  readonly code?: ErrorCode | undefined;
  readonly details?: ErrorDetails | undefined;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path on the origin, encoded. */
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[] | undefined;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Another token than the usual one. */
  readonly bearer?: string | undefined;
  /** What the body holds and no error may, besides the token. */
  readonly hidden?: readonly string[] | undefined;
  /** Without the token. */
  readonly anonymous?: boolean | undefined;
  /** Default: `read` for GET, else `write`. */
  readonly effect?: Effect | undefined;
  /** Any 2xx will do, whatever its body. */
  readonly ignoreBody?: boolean | undefined;
  /** Statuses besides 2xx whose JSON is handed back in place of a failure. */
  readonly answers?: readonly number[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** Parsed JSON; undefined where the body is ignored. */
  readonly json: unknown;
}

interface RawAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
}

/** Proxy variables are obeyed as curl does (NO_PROXY included), for that is how institutions reach the outside; never for loopback. */
function usesProxy(origin: string): boolean {
  const names = ['https_proxy', 'http_proxy', 'all_proxy'];
  return !isLoopback(origin) && names.some((name) => (process.env[name] ?? process.env[name.toUpperCase()] ?? '') !== '');
}

/**
 * One GET without token, retries and redirects, for what is no JSON. `body` is undefined when it is larger than `limit` (bytes), and is read no further.
 * Errors: `network.timeout`; what Node throws when the way breaks.
 */
export async function readOnce(url: URL, how: { readonly headers: Readonly<Record<string, string>>; readonly agents: Agents; readonly limit: number; readonly totalMs: number; readonly signal: AbortSignal | undefined }): Promise<Omit<RawAnswer, 'body'> & { readonly body: Buffer | undefined }> {
  const timeout = AbortSignal.timeout(how.totalMs);
  const signal = how.signal === undefined ? timeout : AbortSignal.any([timeout, how.signal]);
  try {
    const response = await axios.request<Readable>({
      adapter: 'http', method: 'GET', url: url.href, headers: { ...how.headers }, responseType: 'stream', maxRedirects: 0, validateStatus: () => true, signal, decompress: true,
      ...how.agents, ...(usesProxy(url.origin) ? {} : { proxy: false }),
    });
    const header = (name: string): string | undefined => {
      const value: unknown = response.headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    return { status: response.status, header, body: await readAll(response.data, how.limit, signal) };
  } catch (error) {
    if (timeout.aborted) throw new MomentosError('network.timeout', { origin: url.origin, afterMs: how.totalMs });
    throw error;
  }
}

/**
 * JSON over HTTP with one server. Reads are tried again with backoff; writes never are: where the outcome cannot be known they end with
 * `network.outcomeUnknown`. Redirects are followed for reads within the origin only. No error, cause or log line holds the token.
 * Errors: `network.*`, `secret.*`.
 */
export class Http {
  private readonly limits: HttpLimits;
  private readonly retries: RetryPolicy;
  private readonly shared;

  constructor(private readonly options: HttpOptions) {
    this.limits = { ...usualLimits, ...options.limits };
    this.retries = { ...usualRetries, ...options.retries };
    this.shared = createAgents(this.limits.connect, true);
  }

  async request(request: HttpRequest): Promise<HttpAnswer> {
    const effect = request.effect ?? (request.method === 'GET' ? 'read' : 'write');
    const { clock, logger, random } = this.options;
    const attempts = effect === 'read' ? this.retries.attempts : 1;
    let waited = 0;
    for (let attempt = 1; ; attempt += 1) {
      let met: Passing;
      try {
        return await this.once(request, effect);
      } catch (error) {
        if (!(error instanceof Passing)) throw error;
        met = error;
      }
      const backoff = backoffDelay(attempt, random, this.retries);
      const wait = met.retryAt === undefined ? backoff : met.retryAt - clock.now() + Math.round(this.retries.firstDelay * random.fraction());
      waited += wait;
      // A server that hangs is asked once more only: somebody may be waiting.
      const most = met.failure.code === 'network.timeout' ? Math.min(2, attempts) : attempts;
      if (attempt >= most || waited > this.retries.longestWait) throw met.failure;
      logger.debug('http: trying again', { method: request.method, path: request.path, code: met.failure.code, waitMs: wait });
      await sleep(clock, wait, request.signal);
    }
  }

  private async once(request: HttpRequest, effect: Effect): Promise<HttpAnswer> {
    const { origin } = this.options;
    const about: ErrorDetails = { origin, method: request.method, path: request.path };
    if (new URL(origin).protocol !== 'https:' && !isLoopback(origin)) throw new MomentosError('network.plainHttp', { origin });
    const token = request.anonymous ? undefined : cleanToken(request.bearer ?? (await this.options.token()));
    let url = new URL(origin + request.path);
    for (const [name, value] of request.query ?? []) url.searchParams.append(name, value);
    for (let hop = 0; ; hop += 1) {
      const answer = await this.send(url, request, effect, token, about);
      const next = redirectTarget(answer, url);
      if (next === undefined) return this.judge(answer, request, effect, token, about);
      if (effect !== 'read' || next.origin !== new URL(origin).origin || hop >= 3) throw redirectFailure(answer.status, effect, next, about);
      url = next;
    }
  }

  private judge(answer: RawAnswer, request: HttpRequest, effect: Effect, token: string | undefined, about: ErrorDetails): HttpAnswer {
    const { status, header } = answer;
    const told = this.options.noteLimits && rateLimits(header, this.options.clock.now());
    if (told) this.options.noteLimits?.(told);
    const parsed = parseJson(answer.body);
    if (status >= 200 && status < 300) {
      if (request.ignoreBody) return { status, header, json: undefined };
      if (parsed.ok) return { status, header, json: parsed.value };
      const details = { ...about, status, contentType: header('content-type')?.slice(0, 100) };
      throw new MomentosError(effect === 'write' ? 'network.outcomeUnknown' : 'network.malformed', details);
    }
    if (request.answers?.includes(status) && parsed.ok) return { status, header, json: parsed.value };
    const meant = this.options.meaning?.(status, parsed.ok ? parsed.value : undefined, header);
    const code = meant?.code ?? statusCode(status, effect);
    const now = this.options.clock.now();
    const asked = isPassing(status) ? retryTime(header, now) : undefined;
    const retryAt = asked ?? (code === 'network.rateLimited' ? now + 60_000 : undefined);
    const details: ErrorDetails = { ...about, status, reason: scrub(reasonOf(parsed.ok ? parsed.value : undefined), [token ?? '', ...Object.values(request.form ?? {}), ...(request.hidden ?? [])]), retryAt, ...meant?.details };
    const failure = new MomentosError(code, details);
    throw effect === 'read' && isPassing(status) && meant?.code === undefined ? new Passing(failure, asked) : failure;
  }

  private async send(url: URL, request: HttpRequest, effect: Effect, token: string | undefined, about: ErrorDetails): Promise<RawAnswer> {
    const stop = new AbortController();
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      stop.abort();
    }, this.limits.total);
    const cancel = (): void => stop.abort();
    if (request.signal?.aborted) {
      clearTimeout(timer);
      throw new MomentosError('network.cancelled', about);
    }
    request.signal?.addEventListener('abort', cancel, { once: true });
    const agents = effect === 'read' ? this.shared : createAgents(this.limits.connect, false);
    let headed: { readonly status: number; readonly header: RawAnswer['header'] } | undefined;
    try {
      const response = await axios.request<Readable>({
        adapter: 'http', method: request.method, url: url.href, headers: this.headers(request, token), data: bodyOf(request), responseType: 'stream',
        maxRedirects: 0, validateStatus: () => true, signal: stop.signal, decompress: true, ...agents, ...(usesProxy(url.origin) ? {} : { proxy: false }),
      });
      const header = (name: string): string | undefined => {
        const value: unknown = response.headers[name];
        return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : undefined;
      };
      headed = { status: response.status, header };
      const body = await readAll(response.data, this.limits.body, stop.signal);
      if (body === undefined) throw new MomentosError(effect === 'write' ? 'network.outcomeUnknown' : 'network.tooLarge', { ...about, limit: this.limits.body, reason: 'tooLarge' });
      return { ...headed, body };
    } catch (error) {
      if (error instanceof MomentosError) throw error;
      // The status has told what counts; the rest of its body does not matter.
      if (headed && ((request.ignoreBody && headed.status < 300) || headed.status >= 400) && !request.signal?.aborted) return { ...headed, body: Buffer.alloc(0) };
      throw this.broken(error, effect, about, { timedOut, cancelled: request.signal?.aborted === true });
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', cancel);
      if (agents !== this.shared) {
        agents.httpAgent.destroy();
        agents.httpsAgent.destroy();
      }
    }
  }

  private broken(error: unknown, effect: Effect, about: ErrorDetails, why: { readonly timedOut: boolean; readonly cancelled: boolean }): Error {
    if (why.timedOut || why.cancelled) {
      const reason = why.timedOut ? 'timeout' : 'cancelled';
      if (effect === 'write') return new MomentosError('network.outcomeUnknown', { ...about, reason });
      if (why.cancelled) return new MomentosError('network.cancelled', about);
      const failure = new MomentosError('network.timeout', { ...about, afterMs: this.limits.total });
      return effect === 'read' ? new Passing(failure, undefined) : failure;
    }
    if (nodeCode(error) === 'ERR_INVALID_CHAR') return new MomentosError('secret.unreadable', { origin: this.options.origin });
    const failure = wayFailure(error, effect, about);
    return effect === 'read' && brokenPart(error) !== 'tls' ? new Passing(failure, undefined) : failure;
  }

  private headers(request: HttpRequest, token: string | undefined): Record<string, string> {
    return {
      Accept: 'application/json', 'User-Agent': this.options.userAgent, ...request.headers,
      ...(request.json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(request.form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    };
  }
}

/** A failure of a read that another try may not meet. Never leaves this file. */
class Passing extends Error {
  constructor(readonly failure: MomentosError, readonly retryAt: number | undefined) {
    super(failure.code);
  }
}

/** A token that no header can carry would make Node's own error; the secret is at fault, not the network. */
function cleanToken(token: string): string {
  const trimmed = token.trim();
  if (!/^[\x21-\x7e]+$/u.test(trimmed)) throw new MomentosError('secret.unreadable');
  return trimmed;
}

function bodyOf(request: HttpRequest): string | undefined {
  if (request.json !== undefined) return JSON.stringify(request.json);
  return request.form === undefined ? undefined : new URLSearchParams(request.form).toString();
}

/** undefined = larger than the limit. */
async function readAll(stream: Readable, limit: number, signal: AbortSignal): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  const end = (): void => void stream.destroy(new Error('aborted'));
  signal.addEventListener('abort', end, { once: true });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    signal.removeEventListener('abort', end);
    stream.destroy();
  }
}

/** Whatever the content type says: servers and proxies mislabel JSON. */
function parseJson(body: Buffer): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  const text = body.toString('utf8').replace(/^\uFEFF/u, '');
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}

/** What the server says went wrong, for a person to read; it is in the server's language, so no rule may look at it. */
function reasonOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { error, error_description: description, message, title, detail } = json as Readonly<Record<'error' | 'error_description' | 'message' | 'title' | 'detail', unknown>>;
  const worded = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  // OAuth and Mastodon, the AT Protocol (`message`), else a problem as RFC 9457 has it.
  const oauth = [worded, description, message].filter((text) => typeof text === 'string');
  const texts = oauth.length > 0 ? oauth : [title, detail].filter((text) => typeof text === 'string');
  return texts.length === 0 ? undefined : texts.join(': ').replace(/\s+/gu, ' ').slice(0, 300);
}

/** The server may send back what it was sent: secrets go out of its words. */
function scrub(text: string | undefined, secrets: readonly string[]): string | undefined {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 8) clean = clean?.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***');
  return clean;
}

function redirectTarget(answer: RawAnswer, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return undefined;
  const location = answer.header('location');
  return location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : new URL('about:blank');
}

/** 303 answers a write that was done; after the others nothing was done. */
function redirectFailure(status: number, effect: Effect, target: URL, about: ErrorDetails): MomentosError {
  const code = effect === 'write' && status === 303 ? 'network.outcomeUnknown' : 'network.redirect';
  return new MomentosError(code, { ...about, status, target: target.origin === 'null' ? undefined : target.origin });
}

async function sleep(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) throw new MomentosError('network.cancelled');
  await clock.sleep(ms, signal);
}
