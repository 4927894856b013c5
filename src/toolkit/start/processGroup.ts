import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

/** Groups that are still running, so that none outlives this process, whatever ends it. */
const running = new Set<ChildProcess>();

let watchingExit = false;

/**
 * Starts a program in a process group of its own, so that everything it starts in turn can be ended with it.
 * Whatever is still running when this process exits is killed.
 */
export function spawnGroup(file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(file, args, { ...options, detached: process.platform !== 'win32' });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  if (!watchingExit) {
    watchingExit = true;
    process.once('exit', () => {
      for (const left of running) signalGroup(left, 'SIGKILL');
    });
  }
  return child;
}

/** Sends a signal to a whole group; false if nobody was left to receive it. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): boolean {
  if (child.pid === undefined) return false;
  try {
    if (process.platform === 'win32') return child.kill(signal);
    process.kill(-child.pid, signal);
    return true;
  } catch {
    // ESRCH: the group is gone.
    return false;
  }
}

/** How long (ms) to wait for killed processes to vanish: where nobody reaps orphans, as in some containers, they never do. */
const vanishMs = 2000;

/** Ends a group: asks first, and after `patienceMs` insists. Resolves when no process of the group runs any more. */
export async function stopGroup(child: ChildProcess, patienceMs = 4000): Promise<void> {
  const deadline = performance.now() + patienceMs;
  if (!signalGroup(child, 'SIGTERM')) return;
  while (groupAlive(child)) {
    if (performance.now() > deadline) signalGroup(child, 'SIGKILL');
    if (performance.now() > deadline + vanishMs) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function groupAlive(child: ChildProcess): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === 'win32') return child.exitCode === null && child.signalCode === null;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}
