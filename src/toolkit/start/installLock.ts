import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Held while a folder is being installed; only one process at a time holds it. */
export interface InstallLock {
  release(): Promise<void>;
}

interface Owner {
  readonly pid: number;
  readonly host: string;
}

/**
 * Takes the lock `folder` (a directory that is made by the one who gets it). Returns `undefined` if another living process
 * has it. A lock whose process is gone is taken over.
 */
export async function tryInstallLock(folder: string): Promise<InstallLock | undefined> {
  if (await take(folder)) return { release: () => rm(folder, { recursive: true, force: true }) };
  const owner = await readOwner(folder);
  if (owner === undefined || owner.host !== hostname() || isAlive(owner.pid)) return undefined;
  // Of several that see the dead owner, one succeeds in renaming.
  const aside = `${folder}.${String(process.pid)}`;
  try {
    await rename(folder, aside);
  } catch {
    return undefined;
  }
  if ((await readOwner(aside))?.pid !== owner.pid) {
    // Somebody else had taken over in between: theirs goes back.
    await rename(aside, folder).catch(() => undefined);
    return undefined;
  }
  await rm(aside, { recursive: true, force: true });
  return (await take(folder)) ? { release: () => rm(folder, { recursive: true, force: true }) } : undefined;
}

async function take(folder: string): Promise<boolean> {
  // The owner is written before the folder gets its name, so that no lock is ever seen without one.
  const draft = `${folder}.draft-${String(process.pid)}`;
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, 'owner.json'), JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner));
  try {
    await rename(draft, folder);
    return true;
  } catch {
    await rm(draft, { recursive: true, force: true });
    return false;
  }
}

async function readOwner(folder: string): Promise<Owner | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('host' in value)) return undefined;
    return typeof value.pid === 'number' && typeof value.host === 'string' ? { pid: value.pid, host: value.host } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
