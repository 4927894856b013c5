import { constants } from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname, join, basename } from 'node:path';
import { type Randomness } from '../core/clock';

/** Replaces a file as a whole: a reader, or a crash, finds the old text or the new one, never a part. Both are on disk when it resolves. */
export async function writeFileAtomic(path: string, data: string | Uint8Array, options: { readonly mode: number; readonly random: Randomness }): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${Buffer.from(options.random.bytes(6)).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, options.mode);
    try {
      await handle.chmod(options.mode);
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes the names in a folder durable (a new file, a rename). Systems that cannot sync a folder do it by themselves. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EPERM' && code !== 'EISDIR' && code !== 'EINVAL' && code !== 'EACCES') throw error;
  }
}
