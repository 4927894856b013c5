import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isSameSecret } from '../../../src/core/channelSecret';
import { type NetworkChannelConfig } from '../../../src/core/config';
import { type ChannelSecret } from '../../../src/core/secretPorts';
import { BoundSecrets } from '../../../src/desk/secrets';
import { systemRandomness } from '../../../src/desk/systemClock';
import { createFileSecrets } from '../../../src/store/secretFiles';
import { withSecretLock } from '../../../src/store/secretLock';

const channel: NetworkChannelConfig = { id: 'x-main', network: 'x', url: 'http://127.0.0.1:1', account: 'isc' };
const origin = 'http://127.0.0.1:1';

describe('a token that rotates', () => {
  let configDir: string;
  beforeEach(() => {
    configDir = mkdtempSync(join(tmpdir(), 'momentos-secret-'));
  });
  afterEach(() => {
    rmSync(configDir, { recursive: true, force: true });
  });

  const secretsOf = (environment: Record<string, string> = {}): BoundSecrets => {
    const files = createFileSecrets({ configDir });
    return new BoundSecrets(files, environment, files);
  };
  const renewing = (secrets: BoundSecrets, used: ChannelSecret, renew: (current: ChannelSecret) => Promise<ChannelSecret>): Promise<ChannelSecret> =>
    withSecretLock({ configDir, id: channel.id, random: systemRandomness }, () => secrets.renew(channel, used, renew));

  test('is renewed once, though many ask for it with the same old one', async () => {
    const first: ChannelSecret = { token: 'a-0', refreshToken: 'r-0', origin };
    await createFileSecrets({ configDir }).write(channel.id, first);
    const spent: string[] = [];
    const renew = (current: ChannelSecret): Promise<ChannelSecret> => {
      spent.push(current.refreshToken ?? '');
      return Promise.resolve({ ...current, token: `a-${String(spent.length)}`, refreshToken: `r-${String(spent.length)}` });
    };
    const got = await Promise.all(Array.from({ length: 8 }, () => renewing(secretsOf(), first, renew)));
    expect(spent).toEqual(['r-0']);
    expect(new Set(got.map(({ token }) => token))).toEqual(new Set(['a-1']));
    expect(await secretsOf().read(channel)).toMatchObject({ token: 'a-1', refreshToken: 'r-1' });
  });

  test('stays as it was when the renewal fails, and the next may try', async () => {
    const first: ChannelSecret = { token: 'a-0', refreshToken: 'r-0', origin };
    await createFileSecrets({ configDir }).write(channel.id, first);
    await expect(renewing(secretsOf(), first, () => Promise.reject(new Error('offline')))).rejects.toThrow('offline');
    expect(isSameSecret(await secretsOf().read(channel), first)).toBe(true);
    expect((await renewing(secretsOf(), first, (current) => Promise.resolve({ ...current, token: 'a-1' }))).token).toBe('a-1');
  });

  test('a session made from a token of the environment is kept for as long as that token is the same, and keeps no copy of it', async () => {
    const secrets = secretsOf({ MOMENTOS_TOKEN_X_MAIN: 'app-password-1' });
    const used = await secrets.read(channel);
    await renewing(secrets, used, (current) => Promise.resolve({ ...current, session: { access: 's-1', refresh: 't-1' } }));
    expect(await secretsOf({ MOMENTOS_TOKEN_X_MAIN: 'app-password-1' }).read(channel)).toMatchObject({ token: 'app-password-1', session: { access: 's-1' } });
    expect((await secretsOf({ MOMENTOS_TOKEN_X_MAIN: 'another' }).read(channel)).session).toBeUndefined();
    expect(JSON.stringify(await createFileSecrets({ configDir }).read('session-x-main'))).not.toContain('app-password-1');
  });
});
