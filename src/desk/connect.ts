import { type ChannelConfig, type DeskConfig, isNetworkChannel, type NetworkChannelConfig } from '../core/config';
import { asMomentosError, errorCodes, MomentosError } from '../core/errors';
import { type Channel, type ChannelEnvironment, type SignedIn } from '../core/channelPort';
import { type AuditLog, type ChannelState, type ChannelStateStore } from '../core/ports';
import { beginSignIn, networkDescriptor, revoke, signInWith } from '../channels/registry';
import { type Actor } from '../core/audit';
import { prepareClientId, prepareEntry, type PreparedEntry } from './channelEntry';
import { type ChannelInfo, type DeskChannels } from './deskApi';
import { type BoundSecrets } from './secrets';
import { networkWords } from './words';

interface ConnectDeps {
  readonly dir: string;
  readonly config: DeskConfig;
  readonly secrets: BoundSecrets;
  readonly channelState: ChannelStateStore;
  readonly audit: AuditLog;
  readonly operator: Actor;
  readonly environment: Pick<ChannelEnvironment, 'clock' | 'random' | 'logger' | 'userAgent'>;
  readonly channel: (id: string) => Channel;
}

/** What was stored of the last pull, as the error that it was. */
function failureOf({ lastError, lastErrorDetails }: ChannelState): MomentosError | undefined {
  const code = errorCodes.find((known) => known === lastError);
  return code === undefined ? undefined : new MomentosError(code, lastErrorDetails);
}

/** Connecting a channel: sign-in by a person, the token kept outside the desk folder, the act logged. */
export function createChannels(deps: ConnectDeps): DeskChannels {
  const { config, secrets, channelState, environment } = deps;

  const configOf = (channelId: string): NetworkChannelConfig => {
    const found = config.channels.find(({ id }) => id === channelId);
    if (found === undefined) throw new MomentosError('channel.notFound', { channel: channelId, known: config.channels.map(({ id }) => id) });
    if (!isNetworkChannel(found)) throw new MomentosError('channel.noNetwork', { channel: channelId, network: found.network });
    return found;
  };

  const info = async (channel: NetworkChannelConfig): Promise<ChannelInfo> => {
    let problem: MomentosError | undefined;
    try {
      await secrets.read(channel);
    } catch (thrown) {
      problem = asMomentosError(thrown);
    }
    const state = await channelState.read(channel.id);
    return {
      id: channel.id,
      name: channel.name ?? `${networkWords(channel.network)} (${channel.account})`,
      network: channel.network,
      url: channel.url,
      account: channel.account,
      capabilities: deps.channel(channel.id).capabilities,
      ways: networkDescriptor(channel.network)?.ways ?? [],
      connected: problem === undefined,
      problem,
      failure: failureOf(state),
      state,
    };
  };

  const log = async (kind: 'channel.connected' | 'channel.disconnected', channel: NetworkChannelConfig, values: Readonly<Record<string, string>>): Promise<void> => {
    await deps.audit.append([{ kind, at: environment.clock.now(), actor: deps.operator, subject: channel.id, body: { channel: channel.id, network: channel.network }, values }]);
  };

  /** The log has it before the file. */
  const written = async ({ entry, write }: PreparedEntry): Promise<ChannelConfig> => {
    const values: Record<string, string> = isNetworkChannel(entry) ? { account: entry.account, origin: new URL(entry.url).origin } : { medium: entry.medium };
    await deps.audit.append([{ kind: 'channel.configured', at: environment.clock.now(), actor: deps.operator, subject: entry.id, body: { channel: entry.id, network: entry.network }, values }]);
    await write();
    return entry;
  };

  const keep = async (channel: NetworkChannelConfig, { secret, account }: SignedIn): Promise<ChannelInfo> => {
    await secrets.write(channel, secret);
    await channelState.update(channel.id, (state) => ({ ...state, account, connectedAt: state.connectedAt ?? environment.clock.now(), lastError: undefined, lastErrorDetails: undefined, failingSince: undefined, retryAt: undefined }));
    await log('channel.connected', channel, { account: account.handle, origin: new URL(channel.url).origin });
    return info(channel);
  };

  return {
    list: () => Promise.all(config.channels.filter(isNetworkChannel).map(info)),

    add: async (wanted) => written(await prepareEntry(deps.dir, wanted)),

    setClientId: async (channelId, clientId) => written(await prepareClientId(deps.dir, channelId, clientId.trim())),

    beginSignIn: (channelId, redirectUri, clientSecret) => beginSignIn(configOf(channelId), { redirectUri, clientSecret }, environment),

    finishSignIn: async (channelId, signIn, code) => keep(configOf(channelId), await signIn.complete(code)),

    async connectWith(channelId, pasted) {
      const channel = configOf(channelId);
      return keep(channel, await signInWith(channel, pasted, environment));
    },

    async trustOrigin(channelId) {
      const channel = configOf(channelId);
      await secrets.trust(channel);
      await log('channel.connected', channel, { origin: new URL(channel.url).origin, by: 'environment' });
    },

    async disconnect(channelId) {
      const channel = configOf(channelId);
      try {
        await revoke(channel, await secrets.read(channel), environment);
      } catch (thrown) {
        environment.logger.info('token not revoked on the network', { channel: channelId, code: asMomentosError(thrown).code });
      }
      await secrets.remove(channelId);
      await log('channel.disconnected', channel, {});
    },
  };
}
