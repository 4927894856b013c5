import { type NetworkDescriptor } from '../network';
import { MastodonChannel, mastodonCapabilities, mastodonPace } from './mastodonChannel';
import { beginMastodonSignIn, revokeMastodon } from './signIn';

/** Servers that speak the Mastodon API. */
export const mastodonNetwork: NetworkDescriptor = {
  network: 'mastodon',
  capabilities: mastodonCapabilities,
  pace: mastodonPace,
  ways: ['browser', 'code'],
  create: (config, environment, options) => new MastodonChannel(config, environment, options),
  beginSignIn: (config, options, environment) => beginMastodonSignIn(config, options.redirectUri, environment, options),
  revoke: (secret, environment, options) => revokeMastodon(secret, environment, options),
};
