import { type NetworkDescriptor } from '../network';
import { beginXSignIn, revokeX } from './signIn';
import { XChannel, xCapabilities, xPace } from './xChannel';

/** X, by its API v2. */
export const xNetwork: NetworkDescriptor = {
  network: 'x',
  capabilities: xCapabilities,
  pace: xPace,
  ways: ['browser', 'code'],
  create: (config, environment, options) => new XChannel(config, environment, options),
  beginSignIn: async (config, options, environment) => Promise.resolve(beginXSignIn(config, options, environment)),
  revoke: (secret, environment, options) => revokeX(secret, environment, options),
};
