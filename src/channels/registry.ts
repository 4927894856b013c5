import { type ChannelConfig } from '../core/config';
import { type Channel, type ChannelEnvironment, type ChannelSecret, type SignIn } from '../core/ports';
import { type HttpLimits } from './http';
import { MastodonChannel } from './mastodon/mastodonChannel';
import { beginMastodonSignIn, revokeMastodon, type SignInEnvironment } from './mastodon/signIn';

export interface ChannelOptions {
  /** Other limits than the usual ones (tests, slow lines). */
  readonly limits?: Partial<HttpLimits> | undefined;
}

export interface SignInOptions extends ChannelOptions {
  /** Where the browser ends with the code, or `urn:ietf:wg:oauth:2.0:oob` where the person copies it. */
  readonly redirectUri: string;
}

/** The channel for one entry of `channels` in `momentos.json`. Touches neither network nor secret. */
export function createChannel(config: ChannelConfig, environment: ChannelEnvironment, options: ChannelOptions = {}): Channel {
  switch (config.network) {
    case 'mastodon': return new MastodonChannel(config, environment, options);
  }
}

/** Prepares a sign-in that a person finishes in the browser. Errors: `network.*`. */
export async function beginSignIn(config: ChannelConfig, options: SignInOptions, environment: SignInEnvironment): Promise<SignIn> {
  switch (config.network) {
    case 'mastodon': return beginMastodonSignIn(config, options.redirectUri, environment, options);
  }
}

/**
 * Ends the token on the network's side. False = that cannot be done from here (a token from the environment, say). It goes to the origin that granted
 * the token, never to another. Errors: `network.*`.
 */
export async function revoke(config: ChannelConfig, secret: ChannelSecret, environment: SignInEnvironment, options: ChannelOptions = {}): Promise<boolean> {
  switch (config.network) {
    case 'mastodon': return revokeMastodon(secret, environment, options);
  }
}
