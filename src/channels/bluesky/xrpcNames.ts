import { type ErrorCode, isMomentosError } from '../../core/errors';
import { type Refusal } from '../http';

/** Names that mean another code than the status beside them (lexicons, and what the reference servers send). */
const codes: Readonly<Record<string, ErrorCode>> = {
  ExpiredToken: 'network.unauthorized',
  InvalidToken: 'network.unauthorized',
  AuthMissing: 'network.unauthorized',
  AuthenticationRequired: 'network.unauthorized',
  AccountTakedown: 'network.forbidden',
  AccountDeactivated: 'network.forbidden',
  NotFound: 'network.notFound',
  RecordNotFound: 'network.notFound',
};

/** How the protocol names a failure: `{"error":"ExpiredToken","message":"..."}` (atproto.com/specs/xrpc). The status alone does not tell an expired token. */
export function xrpcMeaning(status: number, json: unknown): Refusal | undefined {
  const error = typeof json === 'object' && json !== null && 'error' in json ? json.error : undefined;
  if (typeof error !== 'string' || !/^[A-Za-z]{2,40}$/u.test(error)) return undefined;
  return { code: status >= 400 && status < 500 && status !== 429 ? codes[error] : undefined, details: { xrpcError: error } };
}

/** True when a request failed with one of these names; nothing was done then. */
export function isXrpcError(error: unknown, ...names: readonly string[]): boolean {
  return isMomentosError(error) && typeof error.details['xrpcError'] === 'string' && names.includes(error.details['xrpcError']);
}
