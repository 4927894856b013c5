import { type SigningKey } from './signing';
import { type Trust } from './reviewers';

/** A token with what it was granted for. Never logged, never in the desk folder. */
export interface ChannelSecret {
  readonly token: string;
  /** scheme://host:port it was granted by; undefined = from the environment, trusted by `--trust-origin` or loopback only. */
  readonly origin?: string | undefined;
  /** Network id of the account; undefined = not told. */
  readonly accountId?: string | undefined;
  readonly refreshToken?: string | undefined;
  /** The app that it was granted to, where the network wants both named to end a token. */
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** Derived from the token, and rotating, where the token itself is not sent with each request (Bluesky's app password). */
  readonly session?: { readonly access: string; readonly refresh: string; /** Where it holds, if elsewhere than `origin`. */ readonly endpoint?: string | undefined } | undefined;
  /** UTC ms, when `token` ends. */
  readonly expiresAt?: number | undefined;
  readonly scopes?: readonly string[] | undefined;
}

export interface SecretSource {
  /** undefined = there is none. Errors: `secret.unreadable`. */
  read(channelId: string): Promise<ChannelSecret | undefined>;
  /** Errors: `store.notWritable`. */
  write(channelId: string, secret: ChannelSecret): Promise<void>;
  remove(channelId: string): Promise<void>;
}

/** What this machine holds to be true of each institution, by its id; outside every desk folder. */
export interface TrustStore {
  read(institution: string): Promise<Trust>;
  write(institution: string, trust: Trust): Promise<void>;
}

/** The operator's own key. Errors: `key.unreadable`, `key.passphrase`. */
export interface SignerSource {
  /** undefined = there is none. */
  key(): Promise<SigningKey | undefined>;
}
