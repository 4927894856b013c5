import { type ChannelConfig, isNetworkChannel, type Network, type NetworkChannelConfig } from '../core/config';
import { MomentosError } from '../core/errors';
import { type Channel, type ChannelEnvironment, type SignedIn, type SignIn } from '../core/channelPort';
import { type ChannelSecret } from '../core/secretPorts';
import { blueskyNetwork } from './bluesky/blueskyNetwork';
import { ByHandChannel } from './byHand/byHandChannel';
import { inboxApiNetwork } from './inboxApi/inboxApiNetwork';
import { mastodonNetwork } from './mastodon/mastodonNetwork';
import { type ChannelOptions, type NetworkDescriptor, type PastedSecret, type SignInEnvironment, type SignInOptions } from './network';
import { xNetwork } from './x/xNetwork';

/** Every network that a desk can be connected to. */
const descriptors: readonly NetworkDescriptor[] = [mastodonNetwork, xNetwork, blueskyNetwork, inboxApiNetwork];

/** undefined = nothing speaks with this network. */
export function networkDescriptor(network: Network): NetworkDescriptor | undefined {
  return descriptors.find((descriptor) => descriptor.network === network);
}

export function knownNetworks(): readonly NetworkDescriptor[] {
  return descriptors;
}

/** The channel for one entry of `channels` in `momentos.json`. Touches neither network nor secret. Errors: `channel.noNetwork`. */
export function createChannel(config: ChannelConfig, environment: ChannelEnvironment, options: ChannelOptions = {}): Channel {
  if (!isNetworkChannel(config)) return new ByHandChannel(config);
  const { descriptor, entry } = networkOf(config);
  return descriptor.create(entry, environment, options);
}

/** Prepares a sign-in that a person finishes in the browser. Errors: `network.*`, `signIn.notThisWay`. */
export async function beginSignIn(config: ChannelConfig, options: SignInOptions, environment: SignInEnvironment): Promise<SignIn> {
  const { descriptor, entry } = networkOf(config);
  if (descriptor.beginSignIn === undefined) throw new MomentosError('signIn.notThisWay', { channel: config.id, ways: descriptor.ways });
  return descriptor.beginSignIn(entry, options, environment);
}

/** Checks an app password or a token that a person pasted. Errors: `network.*`, `secret.otherAccount`, `signIn.refused`, `signIn.notThisWay`. */
export async function signInWith(config: ChannelConfig, pasted: PastedSecret, environment: SignInEnvironment, options: ChannelOptions = {}): Promise<SignedIn> {
  const { descriptor, entry } = networkOf(config);
  if (descriptor.signInWith === undefined) throw new MomentosError('signIn.notThisWay', { channel: config.id, ways: descriptor.ways });
  return descriptor.signInWith(entry, pasted, environment, options);
}

/**
 * Ends the token on the network's side. False = that cannot be done from here (a token from the environment, say). It goes to the origin that granted
 * the token, never to another. Errors: `network.*`.
 */
export async function revoke(config: ChannelConfig, secret: ChannelSecret, environment: SignInEnvironment, options: ChannelOptions = {}): Promise<boolean> {
  return (await networkOf(config).descriptor.revoke?.(secret, environment, options)) ?? false;
}

function networkOf(config: ChannelConfig): { readonly descriptor: NetworkDescriptor; readonly entry: NetworkChannelConfig } {
  const descriptor = networkDescriptor(config.network);
  if (!isNetworkChannel(config) || descriptor === undefined) throw new MomentosError('channel.noNetwork', { channel: config.id, network: config.network });
  return { descriptor, entry: config };
}
