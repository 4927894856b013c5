import { type ErrorCode, type ErrorDetails, MomentosError } from '../core/errors';

/** What a request does at the server: `write` = must not be done twice; `harmless` = done twice it does no harm, but it is not a mere read. */
export type Effect = 'read' | 'write' | 'harmless';

/** Set by our own agents when no connection could be made in time. */
export const connectTimeoutCode = 'MOMENTOS_CONNECT_TIMEOUT';

/** Failures of the way to the server, which a second try may not meet. */
export type Broken = 'unreachable' | 'tls' | 'lost' | 'garbled' | 'other';

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', connectTimeoutCode]);
const lost = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ETIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_BAD_RESPONSE']);
/** What came is no HTTP (HPE_), or cannot be decompressed (Z_). */
const garbled = /^(?:HPE_|Z_)/u;
const tls = /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CRL_|EPROTO$|HOSTNAME_MISMATCH$|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$)/u;

interface NodeFailure {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** The failure and what it was made of (`cause`, and the single tries of an AggregateError), outermost first. */
function layers(error: unknown, depth = 0): readonly NodeFailure[] {
  if (typeof error !== 'object' || error === null || depth > 3) return [];
  const failure: NodeFailure = error;
  const inner = Array.isArray(failure.errors) ? failure.errors : [];
  return [failure, ...layers(failure.cause, depth + 1), ...inner.flatMap((item: unknown) => layers(item, depth + 1))];
}

/** The first error code of Node in a failure; undefined = it has none. */
export function nodeCode(error: unknown): string | undefined {
  return layers(error).map((layer) => layer.code).find((code) => typeof code === 'string');
}

/** Which part of the way broke. `unreachable` and `tls` come before anything of the request has been sent. */
export function brokenPart(error: unknown): Broken {
  const all = layers(error);
  const codes = all.map((layer) => layer.code).filter((code) => typeof code === 'string');
  if (codes.some((code) => tls.test(code))) return 'tls';
  if (codes.some((code) => unreachable.has(code)) || all.some((layer) => layer.syscall === 'connect' || layer.syscall === 'getaddrinfo')) return 'unreachable';
  if (codes.some((code) => garbled.test(code))) return 'garbled';
  return codes.some((code) => lost.has(code)) ? 'lost' : 'other';
}

/**
 * A failure on the way as our own error. Nothing of the original is kept but its code: the errors of axios carry the request with its
 * headers, and so the token.
 */
export function wayFailure(error: unknown, effect: Effect, details: ErrorDetails): MomentosError {
  const part = brokenPart(error);
  const code = nodeCode(error);
  const cause = new Error(code ?? 'unknown');
  const told: ErrorDetails = { ...details, reason: code === connectTimeoutCode ? 'connectTimeout' : part };
  if (part === 'tls') return new MomentosError('network.tls', { ...told, tlsCode: code }, { cause });
  if (part === 'unreachable') return new MomentosError('network.offline', told, { cause });
  if (effect === 'write') return new MomentosError('network.outcomeUnknown', told, { cause });
  const codes = { lost: 'network.offline', garbled: 'network.malformed', other: 'network.unexpected' } as const;
  return new MomentosError(codes[part], told, { cause });
}

/** The code for an answer that is not 2xx. On a write, a 5xx does not tell whether it was done. */
export function statusCode(status: number, effect: Effect): ErrorCode {
  if (status >= 500 || status === 408) return effect === 'write' ? 'network.outcomeUnknown' : status === 408 ? 'network.timeout' : 'network.unavailable';
  if (status >= 300 && status < 400) return 'network.redirect';
  switch (status) {
    case 401: return 'network.unauthorized';
    case 403: return 'network.forbidden';
    case 404: case 410: return 'network.notFound';
    case 429: return 'network.rateLimited';
    case 400: case 406: case 409: case 411: case 413: case 414: case 415: case 422: return 'network.invalid';
    default: return 'network.unexpected';
  }
}

/** Statuses after which a read is worth another try. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status === 500 || status === 502 || status === 503 || status === 504;
}
