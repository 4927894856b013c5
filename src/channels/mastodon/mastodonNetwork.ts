import { type NetworkDescriptor } from '../network';
import { MastodonChannel, mastodonCapabilities, mastodonPace } from './mastodonChannel';
import { beginMastodonSignIn, mastodonTokenSignIn, revokeMastodon } from './signIn';

/** Servers that speak the Mastodon API. */
export const mastodonNetwork: NetworkDescriptor = {
  network: 'mastodon',
  capabilities: mastodonCapabilities,
  pace: mastodonPace,
  ways: ['browser', 'code', 'token'],
  create: (config, environment, options) => new MastodonChannel(config, environment, options),
  beginSignIn: (config, options, environment) => beginMastodonSignIn(config, options.redirectUri, environment, options),
  signInWith: (config, pasted, environment, options) => mastodonTokenSignIn(config, pasted.secret, environment, options),
  revoke: (secret, environment, options) => revokeMastodon(secret, environment, options),
};
