import { type NetworkDescriptor } from '../network';
import { BlueskyChannel, blueskyCapabilities, blueskyPace } from './blueskyChannel';
import { revokeBluesky, signInToBluesky } from './signIn';

/** Bluesky, and other servers of the AT Protocol. */
export const blueskyNetwork: NetworkDescriptor = {
  network: 'bluesky',
  capabilities: blueskyCapabilities,
  pace: blueskyPace,
  ways: ['appPassword'],
  create: (config, environment, options) => new BlueskyChannel(config, environment, options),
  signInWith: (config, pasted, environment, options) => signInToBluesky(config, pasted, environment, options),
  revoke: (secret, environment, options) => revokeBluesky(secret, environment, options),
};
