import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { MomentosError } from '../core/errors';
import { type SignerSource } from '../core/secretPorts';
import { isEncryptedPem, openSigningKey, type SigningKey } from '../core/signing';

/** A key file is some hundred bytes. */
const largest = 16_384;

/** A file that its owner alone may read. Errors: `key.unreadable` (details.reason: `access`, `kind`, `mode`, `size`). */
export async function readPrivateFile(path: string): Promise<string> {
  const refused = (reason: string): MomentosError => new MomentosError('key.unreadable', { path, reason });
  let handle;
  try {
    handle = await open(path, constants.O_RDONLY);
  } catch {
    throw refused('access');
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw refused('kind');
    if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) throw refused('mode');
    if (stats.size > largest) throw refused('size');
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/** Writes a key for its owner alone, never over a file that is there. Errors: `key.exists`, `export.notWritable`. */
export async function writeKeyFile(path: string, pem: string): Promise<void> {
  let handle;
  try {
    handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw new MomentosError('key.exists', { path });
    throw new MomentosError('export.notWritable', { path }, { cause });
  }
  try {
    await handle.chmod(0o600);
    await handle.writeFile(pem);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export interface KeyFileOptions {
  readonly path: string;
  /** Asked only for a key that is locked; undefined = nobody can be asked. */
  readonly passphrase: () => Promise<string | undefined>;
}

/** The reviewer key in a file, opened once. */
export function keyFileSigner(options: KeyFileOptions): SignerSource {
  let opened: Promise<SigningKey> | undefined;
  const read = async (): Promise<SigningKey> => {
    const pem = await readPrivateFile(options.path);
    return openSigningKey(pem, isEncryptedPem(pem) ? await options.passphrase() : undefined);
  };
  return {
    key() {
      opened ??= read();
      return opened;
    },
  };
}
