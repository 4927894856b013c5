import { type NetworkDescriptor } from '../network';
import { usualCapabilities } from './account';
import { InboxApiChannel, inboxApiPace } from './inboxApiChannel';
import { signInToInboxApi } from './signIn';

/** Web forms, call centres and aggregators that speak our own contract. */
export const inboxApiNetwork: NetworkDescriptor = {
  network: 'inbox-api',
  capabilities: usualCapabilities,
  pace: inboxApiPace,
  ways: ['token'],
  create: (config, environment, options) => new InboxApiChannel(config, environment, options),
  signInWith: (config, pasted, environment, options) => signInToInboxApi(config, pasted, environment, options),
};
