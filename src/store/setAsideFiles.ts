import { readdir, unlink } from 'node:fs/promises';
import { syncFolder } from './atomicFile';
import { isSystemError, type DeskFolder } from './deskFolder';

/** Files beside the desk's own ones that a crash or damage left behind. */
const leftBehind = /\.torn-|\.unreadable-|\.snapshot$|\.tmp$/u;
/** Half a line of values never had an entry: nothing proves whose words it holds, so none is kept. */
const tornValues = /\.values\.jsonl\.torn-/u;
const chunkSize = 1024 * 1024;

/** Removes set-aside files of the desk in which one of the needles stands, in their name or their bytes. How many went. Errors: `store.*`. */
export async function removeSetAside(folder: DeskFolder, needles: readonly string[]): Promise<number> {
  let gone = 0;
  const bytes = needles.map((needle) => Buffer.from(needle)).sort((left, right) => left.length - right.length);
  for (const part of ['', 'audit', 'drafts']) {
    const names = await namesIn(folder, folder.path(part));
    let removed = 0;
    for (const name of names) {
      const path = folder.path(part, name);
      if (!leftBehind.test(name) || !(tornValues.test(name) || needles.some((needle) => name.includes(needle)) || (await holdsAny(folder, path, bytes)))) continue;
      await unlink(path).catch((error: unknown) => {
        if (!isSystemError(error, 'ENOENT')) throw folder.storeError(error, path);
      });
      removed += 1;
    }
    if (removed > 0) await syncFolder(folder.path(part));
    gone += removed;
  }
  return gone;
}

async function namesIn(folder: DeskFolder, path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw folder.storeError(error, path);
  }
}

/** True when one of the needles stands in the file. */
async function holdsAny(folder: DeskFolder, path: string, needles: readonly Buffer[]): Promise<boolean> {
  const handle = await folder.openForReading(path);
  if (handle === undefined) return false;
  try {
    const overlap = Math.max(0, (needles.at(-1)?.length ?? 1) - 1);
    let rest: Buffer = Buffer.alloc(0);
    for (let position = 0; ; ) {
      const chunk = Buffer.allocUnsafe(chunkSize);
      const { bytesRead } = await handle.read(chunk, 0, chunkSize, position);
      if (bytesRead === 0) return false;
      position += bytesRead;
      const data = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      if (needles.some((needle) => data.includes(needle))) return true;
      rest = data.subarray(Math.max(0, data.length - overlap));
    }
  } finally {
    await handle.close();
  }
}
