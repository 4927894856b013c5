import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';

/** Held while one process does something that no second one may do at the same time. */
export interface ProcessLock {
  release(): Promise<void>;
}

const ownerSchema = v.object({ pid: v.number(), host: v.string(), began: v.string() });

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system words it: a process id comes back after a restart, this does not. */
  readonly began: string;
}

/**
 * Takes the lock `folder` (a directory that is made by the one who gets it). Returns `undefined` if another living process
 * has it. A lock whose process is gone is taken over.
 */
export async function tryProcessLock(folder: string): Promise<ProcessLock | undefined> {
  if (await take(folder)) return { release: () => rm(folder, { recursive: true, force: true }) };
  const owner = await readOwner(folder);
  if (owner === undefined || owner.host !== hostname() || isAlive(owner)) return undefined;
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
  await writeFile(join(draft, 'owner.json'), JSON.stringify({ pid: process.pid, host: hostname(), began: beginningOf(process.pid) } satisfies Owner));
  try {
    await rename(draft, folder);
    return true;
  } catch {
    await rm(draft, { recursive: true, force: true });
    return false;
  }
}

/** Who holds the lock, as it says itself; `undefined` if nobody does. */
export async function lockOwner(folder: string): Promise<number | undefined> {
  return (await readOwner(folder))?.pid;
}

async function readOwner(folder: string): Promise<Owner | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8'));
    return v.parse(ownerSchema, value);
  } catch {
    return undefined;
  }
}

function isAlive(owner: Owner): boolean {
  return beginningOf(owner.pid) === owner.began;
}

/** Empty if there is no such process. */
function beginningOf(pid: number): string {
  try {
    if (process.platform === 'linux') {
      // Field 22 of proc(5) stat: ticks since the machine started. The name before it may hold spaces and brackets.
      const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
