import { createHash, randomBytes } from 'node:crypto';

export interface XClientOptions {
  readonly clientId: string;
  /** Set = a confidential client: its calls must name it in the header. */
  readonly clientSecret?: string | undefined;
  /** Exact; undefined = any. */
  readonly callbacks?: readonly string[] | undefined;
}

interface Grant {
  readonly scopes: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const random = (): string => randomBytes(24).toString('base64url');
const invalid = (description: string): Answer => ({ status: 400, body: { error: 'invalid_request', error_description: description } });

/** OAuth 2.0 with PKCE as X does it: codes for 30 seconds, access tokens for two hours, refresh tokens that serve once. */
export class XTokenOffice {
  /** Of access tokens, ms. */
  lifetime = 7_200_000;
  codeLifetime = 30_000;
  /** Scopes that people do not allow, whatever is asked. */
  denied: readonly string[] = [];
  /** Answers of the token address to come, instead of the usual ones. */
  readonly planned: Answer[] = [];
  refreshes = 0;
  private readonly codes = new Map<string, Grant & { readonly until: number; readonly challenge: string; readonly redirectUri: string }>();
  private readonly access = new Map<string, Grant & { readonly until: number }>();
  private readonly refresh = new Map<string, Grant>();

  constructor(readonly client: XClientOptions, private readonly now: () => number) {}

  /** A token that lasts, as from the environment. */
  addToken(token: string, scopes: readonly string[] = ['tweet.read', 'users.read', 'tweet.write', 'offline.access'], until = Infinity): void {
    this.access.set(token, { scopes, until });
  }

  /** A pair as a sign-in gives it. */
  grant(scopes: readonly string[] = ['tweet.read', 'users.read', 'tweet.write', 'offline.access']): { readonly token: string; readonly refreshToken: string; readonly expiresAt: number } {
    const { access_token: token, refresh_token: refreshToken } = this.issue(scopes).body as Record<string, string>;
    return { token: token!, refreshToken: refreshToken!, expiresAt: this.now() + this.lifetime };
  }

  scopesOf(token: string): readonly string[] | undefined {
    const found = this.access.get(token);
    return found !== undefined && found.until > this.now() ? found.scopes : undefined;
  }

  endAccessTokens(): void {
    this.access.clear();
  }

  endRefreshTokens(): void {
    this.refresh.clear();
  }

  /** Why the page of the browser cannot be shown; undefined = it can. */
  askedWrongly(query: URLSearchParams): string | undefined {
    if (query.get('response_type') !== 'code' || query.get('client_id') !== this.client.clientId) return 'Something went wrong: unknown app';
    if (this.client.callbacks && !this.client.callbacks.includes(query.get('redirect_uri') ?? '')) return 'Callback URL not approved for this client application.';
    return query.get('code_challenge') && query.get('code_challenge_method') && query.get('state') && query.get('scope') ? undefined : 'Something went wrong: parameters';
  }

  allow(query: URLSearchParams): string {
    const code = random();
    const scopes = (query.get('scope') ?? '').split(' ').filter((scope) => !this.denied.includes(scope));
    this.codes.set(code, { scopes, until: this.now() + this.codeLifetime, challenge: query.get('code_challenge') ?? '', redirectUri: query.get('redirect_uri') ?? '' });
    return code;
  }

  token(form: URLSearchParams, authorization: string | undefined): Answer {
    const refused = this.wrongClient(form, authorization);
    if (refused) return refused;
    if (form.get('grant_type') === 'refresh_token') {
      this.refreshes += 1;
      const given = form.get('refresh_token') ?? '';
      const grant = this.refresh.get(given);
      const planned = this.planned.shift();
      if (planned) return planned;
      if (grant === undefined) return invalid('Value passed for the token was invalid.');
      this.refresh.delete(given);
      return this.issue(grant.scopes);
    }
    const code = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    if (form.get('grant_type') !== 'authorization_code' || code === undefined || code.until <= this.now()) return invalid('Value passed for the authorization code was invalid.');
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (code.redirectUri !== form.get('redirect_uri')) return invalid('Value passed for the redirect uri did not match the uri of the authorization code.');
    return challenge === code.challenge ? this.issue(code.scopes) : invalid('Value passed for code verifier did not match the code challenge.');
  }

  revoke(form: URLSearchParams, authorization: string | undefined): Answer {
    const refused = this.wrongClient(form, authorization);
    if (refused) return refused;
    this.access.delete(form.get('token') ?? '');
    this.refresh.delete(form.get('token') ?? '');
    return { status: 200, body: { revoked: true } };
  }

  private wrongClient(form: URLSearchParams, authorization: string | undefined): Answer | undefined {
    const { clientId, clientSecret } = this.client;
    if (clientSecret === undefined) return form.get('client_id') === clientId ? undefined : { status: 400, body: { error: 'invalid_request', error_description: 'Missing required parameter [client_id].' } };
    const right = authorization === `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    return right ? undefined : { status: 401, body: { error: 'unauthorized_client', error_description: 'Missing valid authorization header' } };
  }

  private issue(scopes: readonly string[]): Answer {
    const token = random();
    this.access.set(token, { scopes, until: this.now() + this.lifetime });
    const body: Record<string, unknown> = { token_type: 'bearer', expires_in: this.lifetime / 1000, access_token: token, scope: scopes.join(' ') };
    if (scopes.includes('offline.access')) {
      body['refresh_token'] = random();
      this.refresh.set(String(body['refresh_token']), { scopes });
    }
    return { status: 200, body };
  }
}
