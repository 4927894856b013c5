import { createHash, timingSafeEqual, randomBytes } from 'node:crypto';
import { refusal } from './httpParts';

export const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';
const codeLife = 10 * 60_000;

export interface OAuthApp {
  readonly id: string;
  readonly name: string;
  readonly website: string | null;
  readonly redirectUris: readonly string[];
  readonly scopes: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

interface Code {
  readonly app: OAuthApp;
  readonly redirectUri: string;
  readonly scopes: string;
  readonly challenge: string | undefined;
  readonly at: number;
}

/** What a client asks a person to agree to. */
export interface AuthorizeRequest {
  readonly app: OAuthApp;
  readonly redirectUri: string;
  readonly scopes: string;
  readonly state: string | undefined;
  readonly challenge: string | undefined;
}

/** A token as it is remembered: never the token itself. */
export interface Grant {
  readonly hash: string;
  readonly scopes: string;
}

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Apps, codes and tokens of the practice server (Mastodon's OAuth: code flow, PKCE with S256, tokens that last until revoked). */
export class OAuth {
  private readonly apps = new Map<string, OAuthApp>();
  private readonly codes = new Map<string, Code>();
  private readonly grants = new Map<string, Grant>();
  private readonly allowed = new Map<string, string>();

  constructor(known: { readonly apps: readonly OAuthApp[]; readonly grants: readonly Grant[] }, private readonly now: () => number) {
    for (const app of known.apps) this.apps.set(app.clientId, app);
    for (const grant of known.grants) this.grants.set(grant.hash, grant);
  }

  /** What was given to apps, to be kept. */
  get given(): { readonly apps: readonly OAuthApp[]; readonly grants: readonly Grant[] } {
    return { apps: [...this.apps.values()], grants: [...this.grants.values()] };
  }

  /** Accepts a token until the server ends. */
  allow(token: string, scopes: string): void {
    this.allowed.set(tokenHash(token), scopes);
  }

  /** The scopes of a token; undefined when it was never given or is revoked. */
  scopesOf(token: string): string | undefined {
    const hash = tokenHash(token);
    return this.allowed.get(hash) ?? this.grants.get(hash)?.scopes;
  }

  register(name: string | undefined, redirectUris: readonly string[], scopes: string, website: string | null): OAuthApp {
    if (name === undefined || name.trim() === '') throw refusal(422, "Validation failed: Application name can't be blank");
    const uris = redirectUris.flatMap((uri) => uri.split(/\s+/)).filter((uri) => uri !== '');
    if (uris.length === 0) throw refusal(422, "Validation failed: Redirect URI can't be blank");
    if (uris.some((uri) => !URL.canParse(uri))) throw refusal(422, 'Validation failed: Redirect URI must be an absolute URI.');
    const app: OAuthApp = {
      id: String(this.apps.size + 1), name, website, redirectUris: uris, scopes: scopes === '' ? 'read' : scopes, clientId: secret(), clientSecret: secret(),
    };
    this.apps.set(app.clientId, app);
    return app;
  }

  /** Throws a 400 refusal, to be shown and never sent to the redirect address, when app or address are not known. */
  authorizeRequest(param: (name: string) => string | undefined): AuthorizeRequest {
    const app = this.apps.get(param('client_id') ?? '');
    if (!app) throw refusal(400, 'invalid_client');
    const redirectUri = param('redirect_uri') ?? '';
    if (!app.redirectUris.includes(redirectUri)) throw refusal(400, 'The requested redirect uri is malformed or doesn\'t match client redirect URI.');
    if (param('response_type') !== 'code') throw refusal(400, 'unsupported_response_type');
    const scopes = param('scope') ?? 'read';
    if (!scopes.split(/\s+/).every((scope) => covers(app.scopes, scope))) throw refusal(400, 'The requested scope is invalid, unknown, or malformed.');
    const challenge = param('code_challenge');
    if (challenge !== undefined && param('code_challenge_method') !== 'S256') throw refusal(400, 'The code_challenge_method must be S256.');
    return { app, redirectUri, scopes, state: param('state'), challenge };
  }

  /** A code for one use within ten minutes. */
  agree(request: AuthorizeRequest): string {
    const code = secret();
    const { app, redirectUri, scopes, challenge } = request;
    this.codes.set(code, { app, redirectUri, scopes, challenge, at: this.now() });
    return code;
  }

  /** Exchanges a code for a token (or gives an app's own token). Throws 400 or 401 refusals with `error` and `error_description`. */
  token(param: (name: string) => string | undefined, client: { readonly id: string | undefined; readonly secret: string | undefined }): { readonly token: string; readonly scopes: string } {
    const app = this.client(client);
    const type = param('grant_type');
    if (type === 'client_credentials') return this.issue(param('scope') ?? 'read', false);
    if (type !== 'authorization_code') throw refusal(400, 'unsupported_grant_type', { error_description: 'The authorization grant type is not supported by the authorization server.' });
    const given = param('code') ?? '';
    const code = this.codes.get(given);
    this.codes.delete(given);
    const fresh = code && code.app === app && this.now() - code.at < codeLife && code.redirectUri === param('redirect_uri');
    if (!fresh || !verified(code.challenge, param('code_verifier'))) {
      throw refusal(400, 'invalid_grant', { error_description: 'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.' });
    }
    return this.issue(code.scopes, true);
  }

  /** Unknown tokens are no error, as RFC 7009 has it. */
  revoke(token: string, client: { readonly id: string | undefined; readonly secret: string | undefined }): void {
    try {
      this.client(client);
    } catch {
      throw refusal(403, 'unauthorized_client', { error_description: 'You are not authorized to revoke this token' });
    }
    this.grants.delete(tokenHash(token));
    this.allowed.delete(tokenHash(token));
  }

  private client(client: { readonly id: string | undefined; readonly secret: string | undefined }): OAuthApp {
    const app = this.apps.get(client.id ?? '');
    if (!app || !sameSecret(app.clientSecret, client.secret ?? '')) {
      throw refusal(401, 'invalid_client', { error_description: 'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.' });
    }
    return app;
  }

  private issue(scopes: string, forUser: boolean): { readonly token: string; readonly scopes: string } {
    const token = secret();
    const hash = tokenHash(token);
    this.grants.set(hash, { hash, scopes: forUser ? scopes : `app ${scopes}` });
    return { token, scopes };
  }
}

/** Whether scopes that were granted include one that is asked for: `read` includes `read:statuses`. */
export function covers(granted: string, asked: string): boolean {
  const list = granted.split(/\s+/);
  const [whole = ''] = asked.split(':');
  return list.includes(asked) || list.includes(whole) || (asked === 'profile' && (list.includes('read') || list.includes('read:accounts')));
}

const secret = (): string => randomBytes(32).toString('base64url');

function verified(challenge: string | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined) return true;
  return verifier !== undefined && createHash('sha256').update(verifier).digest('base64url') === challenge;
}

function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}
