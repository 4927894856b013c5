import { type Network, type NetworkChannelConfig } from '../core/config';
import { type Channel, type ChannelCapabilities, type ChannelEnvironment, type ChannelPace, type SignedIn, type SignIn } from '../core/channelPort';
import { type ChannelSecret } from '../core/secretPorts';
import { type HttpLimits } from './http';

export interface ChannelOptions {
  /** Other limits than the usual ones (tests, slow lines). */
  readonly limits?: Partial<HttpLimits> | undefined;
  /** What the channel's server said that it can do when it was last asked, where servers of the network differ. */
  readonly declared?: ChannelCapabilities | undefined;
}

export interface SignInOptions extends ChannelOptions {
  /** Where the browser ends with the code, or `urn:ietf:wg:oauth:2.0:oob` where the person copies it. */
  readonly redirectUri: string;
  /** Of the institution's own app, where the network wants one and it has a secret. */
  readonly clientSecret?: string | undefined;
}

export type SignInEnvironment = Pick<ChannelEnvironment, 'clock' | 'random' | 'logger' | 'userAgent'>;

/**
 * How a person connects an account: `browser` agrees there and comes back by itself, `code` pastes what the page shows, `appPassword` and `token` paste what
 * the network made for us.
 */
export type ConnectWay = 'browser' | 'code' | 'appPassword' | 'token';

export interface PastedSecret {
  readonly secret: string;
  /** Who to sign in as, where it is not the configured account. */
  readonly user?: string | undefined;
}

/** All that the desk knows of a network besides its channels. */
export interface NetworkDescriptor {
  readonly network: Network;
  /** What a channel can do before its server was asked. */
  readonly capabilities: ChannelCapabilities;
  readonly pace: ChannelPace;
  /** The usual one first. */
  readonly ways: readonly ConnectWay[];
  /** Touches neither network nor secret. */
  create(config: NetworkChannelConfig, environment: ChannelEnvironment, options: ChannelOptions): Channel;
  /** For `browser` and `code`. Errors: `network.*`, `signIn.*`. */
  beginSignIn?(config: NetworkChannelConfig, options: SignInOptions, environment: SignInEnvironment): Promise<SignIn>;
  /** For `appPassword` and `token`: checks what was pasted against the configured account. Errors: `network.*`, `secret.otherAccount`, `signIn.refused`. */
  signInWith?(config: NetworkChannelConfig, pasted: PastedSecret, environment: SignInEnvironment, options: ChannelOptions): Promise<SignedIn>;
  /** False = the token cannot be ended from here. Errors: `network.*`. */
  revoke?(secret: ChannelSecret, environment: SignInEnvironment, options: ChannelOptions): Promise<boolean>;
}

