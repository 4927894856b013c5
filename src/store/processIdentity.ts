import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names one run of one process: its number alone would come again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, as the system tells it; undefined = it cannot be told here. On Linux: boot id, then ticks since the boot. */
  readonly startedAt?: string | undefined;
  readonly host: string;
  /** The process-number namespace (containers); undefined = the machine's own, or none here. */
  readonly space?: string | undefined;
}

/** The initial process-number namespace of Linux has this fixed number (`PROC_PID_INIT_INO`). */
const machineSpace = 'pid:[4026531836]';

let own: ProcessIdentity | undefined;

export function ownIdentity(): ProcessIdentity {
  own ??= { pid: process.pid, startedAt: startOf(process.pid), host: hostname(), space: ownSpace() };
  return own;
}

export type Liveness = 'alive' | 'gone' | 'otherHost' | 'otherSpace';

/** `gone` only when that is certain: no such process, another start time under its number, or the machine was started anew since. */
export function livenessOf(identity: ProcessIdentity): Liveness {
  const self = ownIdentity();
  if (identity.host !== self.host) return 'otherHost';
  const boot = bootOf(identity.startedAt);
  if (boot !== undefined && bootOf(self.startedAt) !== undefined && boot !== bootOf(self.startedAt)) return 'gone';
  if (identity.space !== self.space) return 'otherSpace';
  if (!exists(identity.pid)) return 'gone';
  const startedAt = startOf(identity.pid);
  return startedAt !== undefined && identity.startedAt !== undefined && startedAt !== identity.startedAt ? 'gone' : 'alive';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function bootOf(startedAt: string | undefined): string | undefined {
  return startedAt?.includes('/') ? startedAt.split('/')[0] : undefined;
}

let bootId: string | undefined;

/** Start time of a process; undefined = it has none to see (gone meanwhile, hidden, or a system without the means). */
function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
      const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
      // The second field is the name in parentheses and may hold spaces: what follows the last one starts with field 3; field 22 is the start.
      const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      return start === undefined ? undefined : `${bootId}/${start}`;
    } catch {
      return undefined;
    }
  }
  if (process.platform === 'win32') return undefined;
  return startByPs(pid);
}

const psAnswers = new Map<number, { readonly startedAt: string | undefined; readonly at: number }>();

/** `ps` costs a process of its own, so its answer is kept for a second. */
function startByPs(pid: number): string | undefined {
  const known = psAnswers.get(pid);
  if (known !== undefined && performance.now() - known.at < 1000) return known.startedAt;
  let startedAt: string | undefined;
  try {
    startedAt = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined;
  } catch {
    startedAt = undefined;
  }
  psAnswers.set(pid, { startedAt, at: performance.now() });
  return startedAt;
}

function ownSpace(): string | undefined {
  try {
    const space = readlinkSync('/proc/self/ns/pid');
    return space === machineSpace ? undefined : space;
  } catch {
    return undefined;
  }
}
