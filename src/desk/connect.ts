import { type ChannelConfig, type DeskConfig } from '../core/config';
import { asMomentosError, MomentosError } from '../core/errors';
import { type ChannelEnvironment, type ChannelStateStore } from '../core/ports';
import { beginSignIn, revoke } from '../channels/registry';
import { type Actor } from '../core/audit';
import { type AuditLog, type Channel } from '../core/ports';
import { type ChannelInfo, type DeskChannels } from './deskApi';
import { type BoundSecrets } from './secrets';
import { networkWords } from './words';

interface ConnectDeps {
  readonly config: DeskConfig;
  readonly secrets: BoundSecrets;
  readonly channelState: ChannelStateStore;
  readonly audit: AuditLog;
  readonly operator: Actor;
  readonly environment: Pick<ChannelEnvironment, 'clock' | 'random' | 'logger' | 'userAgent'>;
  readonly channel: (id: string) => Channel;
}

/** Connecting a channel: sign-in by a person, the token kept outside the desk folder, the act logged. */
export function createChannels(deps: ConnectDeps): DeskChannels {
  const { config, secrets, channelState, environment } = deps;

  const configOf = (channelId: string): ChannelConfig => {
    const found = config.channels.find(({ id }) => id === channelId);
    if (found === undefined) throw new MomentosError('channel.notFound', { channel: channelId, known: config.channels.map(({ id }) => id) });
    return found;
  };

  const info = async (channel: ChannelConfig): Promise<ChannelInfo> => {
    let problem: MomentosError | undefined;
    try {
      await secrets.read(channel);
    } catch (thrown) {
      problem = asMomentosError(thrown);
    }
    return {
      id: channel.id,
      name: channel.name ?? `${networkWords(channel.network)} (${channel.account})`,
      network: channel.network,
      url: channel.url,
      capabilities: deps.channel(channel.id).capabilities,
      connected: problem === undefined,
      problem,
      state: await channelState.read(channel.id),
    };
  };

  const log = async (kind: 'channel.connected' | 'channel.disconnected', channel: ChannelConfig, values: Readonly<Record<string, string>>): Promise<void> => {
    await deps.audit.append([{ kind, at: environment.clock.now(), actor: deps.operator, subject: channel.id, body: { channel: channel.id, network: channel.network }, values }]);
  };

  return {
    list: () => Promise.all(config.channels.map(info)),

    beginSignIn: (channelId, redirectUri) => beginSignIn(configOf(channelId), { redirectUri }, environment),

    async finishSignIn(channelId, signIn, code) {
      const channel = configOf(channelId);
      const { secret, account } = await signIn.complete(code);
      await secrets.write(channel, secret);
      await channelState.update(channelId, (state) => ({ ...state, account, connectedAt: state.connectedAt ?? environment.clock.now(), lastError: undefined }));
      await log('channel.connected', channel, { account: account.handle, origin: new URL(channel.url).origin });
      return info(channel);
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
