import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSameSecret } from '../core/channelSecret';
import { type ChannelConfig, isLoopback, isNetworkChannel, type NetworkChannelConfig } from '../core/config';
import { MomentosError } from '../core/errors';
import { type ChannelSecret, type SecretSource } from '../core/secretPorts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `mastodon-main` is read from `MOMENTOS_TOKEN_MASTODON_MAIN`, or from the file that `MOMENTOS_TOKEN_MASTODON_MAIN_FILE` names. */
export function tokenVariable(channelId: string): string {
  return `MOMENTOS_TOKEN_${channelId.toUpperCase().replace(/[^A-Z0-9]/gu, '_')}`;
}

/** Where secrets, trusted origins and sign-in registrations live: outside every desk folder. */
export function configDir(environment: Environment, home: string): string {
  return join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'momentos');
}

/**
 * Secrets as the desk uses them: the environment first, then the host's store; and only for the origin they were granted for.
 * `trusted` remembers origins that a person allowed for tokens from the environment.
 */
export class BoundSecrets {
  constructor(
    private readonly store: SecretSource,
    private readonly environment: Environment,
    private readonly trusted: SecretSource,
  ) {}

  /** Errors: `secret.missing`, `secret.otherOrigin`, `secret.unreadable`. */
  async read(channel: ChannelConfig): Promise<ChannelSecret> {
    if (!isNetworkChannel(channel)) throw new MomentosError('channel.noNetwork', { channel: channel.id, network: channel.network });
    const origin = new URL(channel.url).origin;
    const fromEnvironment = await this.fromEnvironment(channel.id);
    if (fromEnvironment !== undefined) {
      if (!isLoopback(channel.url) && (await this.trusted.read(trustKey(channel.id)))?.origin !== origin) {
        throw new MomentosError('secret.otherOrigin', { channel: channel.id, origin, environment: true });
      }
      return this.withSession(channel.id, { token: fromEnvironment, origin });
    }
    const stored = await this.store.read(channel.id);
    if (stored === undefined) throw new MomentosError('secret.missing', { channel: channel.id });
    if (stored.origin !== origin) throw new MomentosError('secret.otherOrigin', { channel: channel.id, origin, granted: stored.origin });
    return stored;
  }

  /**
   * As `ChannelEnvironment.renew`, to be called under the lock of the channel's secret. What is renewed from a token of the environment is kept beside
   * the other secrets, for as long as that token stays the same.
   */
  async renew(channel: ChannelConfig, used: ChannelSecret, renew: (current: ChannelSecret) => Promise<ChannelSecret>): Promise<ChannelSecret> {
    const current = await this.read(channel);
    if (!isSameSecret(current, used)) return current;
    const renewed = await renew(current);
    const fromEnvironment = await this.fromEnvironment(channel.id);
    if (fromEnvironment === undefined) await this.store.write(channel.id, renewed);
    else await this.trusted.write(sessionKey(channel.id), { ...renewed, token: fingerprintOf(fromEnvironment) });
    return renewed;
  }

  private async withSession(channelId: string, secret: ChannelSecret): Promise<ChannelSecret> {
    const kept = await this.trusted.read(sessionKey(channelId));
    if (kept?.token !== fingerprintOf(secret.token) || kept.origin !== secret.origin) return secret;
    return { ...kept, token: secret.token };
  }

  write(channel: ChannelConfig, secret: ChannelSecret): Promise<void> {
    return this.store.write(channel.id, secret);
  }

  remove(channelId: string): Promise<void> {
    return this.store.remove(channelId);
  }

  /** Allows a token from the environment for this channel's present origin. Keeps no token: a hyphen stands in its place, as a secret is never empty. */
  trust(channel: NetworkChannelConfig): Promise<void> {
    return this.trusted.write(trustKey(channel.id), { token: '-', origin: new URL(channel.url).origin });
  }

  private async fromEnvironment(channelId: string): Promise<string | undefined> {
    const name = tokenVariable(channelId);
    const direct = this.environment[name]?.trim();
    if (direct !== undefined && direct !== '') return direct;
    const file = this.environment[`${name}_FILE`];
    if (file === undefined || file === '') return undefined;
    try {
      const handle = await open(file, constants.O_RDONLY);
      try {
        const { mode } = await handle.stat();
        if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw new MomentosError('secret.unreadable', { path: file, channel: channelId });
      } finally {
        await handle.close();
      }
      return (await readFile(file, 'utf8')).trim() || undefined;
    } catch (cause) {
      if (cause instanceof MomentosError) throw cause;
      throw new MomentosError('secret.unreadable', { path: file, channel: channelId }, { cause });
    }
  }
}

/** Tells one token of the environment from another without keeping it. */
function fingerprintOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function sessionKey(channelId: string): string {
  return `session-${channelId}`;
}

function trustKey(channelId: string): string {
  return `trusted-origin-${channelId}`;
}
