import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Randomness } from '../core/clock';
import { MomentosError } from '../core/errors';
import { LockFile } from './lockFile';

const pollMs = 25;
const secretId = /^[a-z0-9][a-z0-9._-]{0,127}$/u;

/**
 * Runs `work` while no other process of this machine does so for the same secret. The lock lies beside the secrets, as two desks, or two windows, may
 * share one. Errors: `lock.busy` after `waitMs`, `lock.otherHost`, `store.*`, those of `work`.
 */
export async function withSecretLock<T>(options: { readonly configDir: string; readonly id: string; readonly random: Randomness; readonly waitMs?: number }, work: () => Promise<T>): Promise<T> {
  const { configDir, id, random, waitMs = 60_000 } = options;
  if (!secretId.test(id) || id.includes('..')) throw new MomentosError('channel.notFound', { channel: id });
  try {
    await mkdir(configDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new MomentosError('store.notWritable', { path: configDir }, { cause });
  }
  const lock = new LockFile({ path: join(configDir, `${id}.lock`), mode: 0o600, random, otherSpace: 'takeOver' });
  for (let waited = 0; ; waited += pollMs) {
    const attempt = lock.tryTake();
    if (attempt.state === 'taken') break;
    if (waited >= waitMs) throw new MomentosError('lock.busy', { pid: attempt.by?.pid, path: lock.path });
    await wait(pollMs);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
