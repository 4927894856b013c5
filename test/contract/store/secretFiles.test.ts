import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { inspect } from 'node:util';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSecrets } from '../../../src/store/secretFiles';

const canary = 'canary-3f9d1c';
const secret = { token: canary, origin: 'https://social.example', accountId: '1', refreshToken: `${canary}-refresh` };
let home: string;
let configDir: string;
let umask: number;
const file = (id: string): string => join(configDir, 'secrets', `${id}.json`);

beforeEach(async () => {
  umask = process.umask(0);
  home = await mkdtemp(join(tmpdir(), 'momentos-secret-'));
  configDir = join(home, '.config', 'momentos');
});
afterEach(async () => {
  process.umask(umask);
  await rm(home, { recursive: true, force: true });
});

describe('secret files', () => {
  it('keep a token for its owner alone', async () => {
    const secrets = createFileSecrets({ configDir });
    expect(await secrets.read('mastodon-main')).toBeUndefined();
    await secrets.write('mastodon-main', secret);
    await secrets.write('mastodon-main', { ...secret, accountId: '2' });
    expect(await createFileSecrets({ configDir }).read('mastodon-main')).toEqual({ ...secret, accountId: '2' });
    for (const [path, mode] of [[configDir, 0o700], [join(configDir, 'secrets'), 0o700], [file('mastodon-main'), 0o600]] as const) expect((await stat(path)).mode & 0o777).toBe(mode);
    expect(await readdir(join(configDir, 'secrets'))).toEqual(['mastodon-main.json']);
    await secrets.remove('mastodon-main');
    await secrets.remove('mastodon-main');
    expect(await secrets.read('mastodon-main')).toBeUndefined();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['others may read', async () => chmod(file('a'), 0o644)],
    ['the group may read', async () => chmod(file('a'), 0o640)],
    ['is a link', async () => { await rename(file('a'), join(home, 'elsewhere')); await symlink(join(home, 'elsewhere'), file('a')); }],
    ['is a folder', async () => { await rm(file('a')); await mkdir(file('a'), { mode: 0o700 }); }],
    ['stands in a folder others may read', async () => chmod(join(configDir, 'secrets'), 0o755)],
    ['stands in a folder others may write', async () => chmod(configDir, 0o777)],
    ['stands behind a link', async () => { await rename(join(configDir, 'secrets'), join(home, 'moved')); await symlink(join(home, 'moved'), join(configDir, 'secrets')); }],
    ['is no JSON', async () => writeFile(file('a'), `{"token": ${canary}`)],
    ['has no token', async () => writeFile(file('a'), `{"schemaVersion":1,"secret":{"refreshToken":"${canary}"}}`)],
  ])('are refused when one %s, without a word of what stands in it', async (_what, spoil) => {
    const secrets = createFileSecrets({ configDir });
    await secrets.write('a', secret);
    await spoil();
    const error: unknown = await secrets.read('a').then(() => undefined, (reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'secret.unreadable' });
    expect(inspect(error, { depth: 9 })).not.toContain(canary);
  });

  it.skipIf(process.getuid?.() !== 0)('are refused when one belongs to another account', async () => {
    const secrets = createFileSecrets({ configDir });
    await secrets.write('a', secret);
    await chown(file('a'), 65_534, 65_534);
    await expect(secrets.read('a')).rejects.toMatchObject({ code: 'secret.unreadable', details: { reason: 'owner' } });
  });

  it.each(['../a', 'a/b', '..', 'A', '', 'a\0b'])('are not reached by the id %j', async (id) => {
    const secrets = createFileSecrets({ configDir });
    await expect(secrets.read(id)).rejects.toMatchObject({ code: 'channel.notFound' });
    await expect(secrets.write(id, secret)).rejects.toMatchObject({ code: 'channel.notFound' });
    await expect(secrets.remove(id)).rejects.toMatchObject({ code: 'channel.notFound' });
  });
});
