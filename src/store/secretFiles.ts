import { constants, type Stats } from 'node:fs';
import { chmod, lstat, mkdir, open, rename, unlink } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { channelSecretSchema } from '../core/channelSecret';
import { MomentosError } from '../core/errors';
import { type ChannelSecret, type SecretSource } from '../core/secretPorts';
import { syncFolder } from './atomicFile';
import { isSystemError, noFollow } from './deskFolder';

/** Channel ids, and ids that a caller has made longer to tell desks apart; never a path. */
const secretId = /^[a-z0-9][a-z0-9._-]{0,127}$/u;

const fileSchema = v.object({
  schemaVersion: v.literal(1),
  secret: channelSecretSchema,
});

/**
 * Tokens as files under `<configDir>/secrets`, readable by their owner alone. A link, another owner or wider rights are refused with `secret.unreadable`,
 * whose details name the file and what is wrong, never what stands in it.
 */
export function createFileSecrets(options: { readonly configDir: string }): SecretSource {
  const folder = join(options.configDir, 'secrets');
  const pathOf = (id: string): string => {
    if (!secretId.test(id) || id.includes('..')) throw new MomentosError('channel.notFound', { channel: id });
    return join(folder, `${id}.json`);
  };
  return {
    read: async (id) => readSecret(pathOf(id), [options.configDir, folder]),
    write: async (id, secret) => {
      await writeSecret(pathOf(id), [options.configDir, folder], secret);
    },
    remove: async (id) => {
      const path = pathOf(id);
      try {
        await unlink(path);
        await syncFolder(folder);
      } catch (error) {
        if (!isSystemError(error, 'ENOENT', 'ENOTDIR')) throw notWritable(path, error);
      }
    },
  };
}

async function readSecret(path: string, folders: readonly string[]): Promise<ChannelSecret | undefined> {
  for (const [index, folder] of folders.entries()) if (!(await isSafeFolder(folder, index))) return undefined;
  let text: string;
  try {
    const file = await open(path, constants.O_RDONLY | noFollow);
    try {
      assertPrivate(path, await file.stat(), { kind: 'file', forbidden: 0o077 });
      text = await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw unreadable(path, isSystemError(error, 'ELOOP') ? 'link' : 'access', error);
  }
  // Without a cause: the parser's message would quote the file.
  const parsed = v.safeParse(fileSchema, parseJson(text));
  if (!parsed.success) throw new MomentosError('secret.unreadable', { path, reason: 'content' });
  return parsed.output.secret;
}

async function writeSecret(path: string, folders: readonly string[], secret: ChannelSecret): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    for (const [index, folder] of folders.entries()) {
      if (await isSafeFolder(folder, index)) continue;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
    }
    const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow, 0o600);
    try {
      await file.chmod(0o600);
      await file.writeFile(`${JSON.stringify({ schemaVersion: 1, secret })}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    if (error instanceof MomentosError) throw error;
    throw notWritable(path, error);
  }
}

/** The outer folder (depth 0) must be nobody else's to write; the inner one nobody else's to read. False = it is not there. Errors: `secret.unreadable`. */
async function isSafeFolder(path: string, depth: number): Promise<boolean> {
  try {
    assertPrivate(path, await lstat(path), { kind: 'folder', forbidden: depth === 0 ? 0o022 : 0o077 });
    return true;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false;
    throw unreadable(path, 'access', error);
  }
}

function assertPrivate(path: string, stats: Stats, wanted: { readonly kind: 'file' | 'folder'; readonly forbidden: number }): void {
  const isKind = wanted.kind === 'file' ? stats.isFile() : stats.isDirectory();
  if (!isKind) throw new MomentosError('secret.unreadable', { path, reason: stats.isSymbolicLink() ? 'link' : 'kind' });
  if (process.getuid === undefined) return;
  if (stats.uid !== process.getuid()) throw new MomentosError('secret.unreadable', { path, reason: 'owner' });
  if ((stats.mode & wanted.forbidden) !== 0) throw new MomentosError('secret.unreadable', { path, reason: 'mode' });
}

function unreadable(path: string, reason: string, cause: unknown): MomentosError {
  return cause instanceof MomentosError ? cause : new MomentosError('secret.unreadable', { path, reason }, { cause });
}

function notWritable(path: string, cause: unknown): MomentosError {
  return new MomentosError(isSystemError(cause, 'ENOSPC', 'EDQUOT') ? 'store.diskFull' : 'store.notWritable', { path }, { cause });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
