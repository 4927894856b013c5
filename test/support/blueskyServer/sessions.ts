/** As long as the reference server makes them, ms. */
const accessLife = 120 * 60_000;
const refreshLife = 90 * 86_400_000;
/** So long a refresh token that was used is taken once more: its answer may have been lost. */
const grace = 2 * 3_600_000;

interface Token {
  readonly did: string;
  until: number;
}

export interface TokenPair {
  readonly accessJwt: string;
  readonly refreshJwt: string;
}

export type TokenState = 'good' | 'expired' | 'unknown';

/** App passwords and the sessions made from them. Refresh tokens rotate. */
export class BlueskySessions {
  private readonly passwords = new Map<string, string>();
  private readonly access = new Map<string, Token>();
  private readonly refresh = new Map<string, Token>();
  private count = 0;
  /** How often an app password was sent. */
  logins = 0;

  constructor(private readonly now: () => number) {}

  addPassword(did: string, password: string): void {
    this.passwords.set(password, did);
  }

  /** As a person does in the settings: its sessions end with it. */
  revokePasswords(): void {
    this.passwords.clear();
    this.refresh.clear();
  }

  /** The passwords stay. */
  revokeRefreshTokens(): void {
    this.refresh.clear();
  }

  expireAccess(): void {
    for (const token of this.access.values()) token.until = this.now() - 1;
  }

  /** A session that is there from the start. */
  plant(did: string, pair: TokenPair): void {
    this.access.set(pair.accessJwt, { did, until: this.now() + accessLife });
    this.refresh.set(pair.refreshJwt, { did, until: this.now() + refreshLife });
  }

  login(did: string, password: string): TokenPair | undefined {
    this.logins += 1;
    return this.passwords.get(password) === did ? this.issue(did) : undefined;
  }

  private issue(did: string): TokenPair {
    this.count += 1;
    const token = (kind: string, scope: string): string => [{ typ: kind, alg: 'HS256' }, { scope, sub: did, n: this.count }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + `.c2ln${String(this.count)}`;
    const pair = { accessJwt: token('at+jwt', 'com.atproto.appPass'), refreshJwt: token('refresh+jwt', 'com.atproto.refresh') };
    this.plant(did, pair);
    return pair;
  }

  /** undefined = it is used up, revoked or too old. */
  rotate(refreshJwt: string): { readonly did: string; readonly pair: TokenPair } | undefined {
    const token = this.refresh.get(refreshJwt);
    if (!token || token.until < this.now()) return undefined;
    token.until = Math.min(token.until, this.now() + grace);
    return { did: token.did, pair: this.issue(token.did) };
  }

  end(refreshJwt: string): boolean {
    return this.refresh.delete(refreshJwt);
  }

  state(accessJwt: string): TokenState {
    const token = this.access.get(accessJwt);
    return token === undefined ? 'unknown' : token.until < this.now() ? 'expired' : 'good';
  }

  didOf(accessJwt: string): string | undefined {
    return this.access.get(accessJwt)?.did;
  }
}
