import { readdirSync, readFileSync, unlinkSync, writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { type Randomness } from '../core/clock';
import { isSystemError } from './deskFolder';
import { livenessOf, ownIdentity, type ProcessIdentity } from './processIdentity';

/** `<monotonic ns, 20 digits>-<pid>-<token>`: names sort by the order of asking, since the clock is one for the whole machine. */
const ticketName = /^\d{20}-(\d+)-[0-9a-f]{16}$/u;

/** The processes that wait for the desk's lock, one file each, in the order in which they asked. */
export class LockQueue {
  constructor(
    private readonly folder: string,
    private readonly mode: number,
    private readonly random: Randomness,
  ) {}

  /** Asks; returns the ticket's name, to be given to `leave`. */
  join(): string {
    const name = `${String(process.hrtime.bigint()).padStart(20, '0')}-${String(process.pid)}-${Buffer.from(this.random.bytes(8)).toString('hex')}`;
    const path = join(this.folder, name);
    writeFileSync(path, JSON.stringify(ownIdentity()), { flag: 'wx', mode: this.mode });
    chmodSync(path, this.mode);
    return name;
  }

  leave(name: string): void {
    try {
      unlinkSync(join(this.folder, name));
    } catch (error) {
      if (!isSystemError(error, 'ENOENT')) throw error;
    }
  }

  /** How many wait before this ticket; tickets of processes that are gone are removed from the front. A ticket that somebody removed waits for nobody. */
  before(ticket: string): number {
    const first = this.first();
    if (first === undefined || first === ticket) return 0;
    return readdirSync(this.folder).filter((name) => ticketName.test(name) && name < ticket).length;
  }

  /** The first that waits and lives; tickets of processes that are gone are removed on the way. undefined = nobody waits. */
  first(): string | undefined {
    const names = readdirSync(this.folder);
    if (names.length === 0) return undefined;
    for (const name of names.sort()) {
      const pid = ticketName.exec(name)?.[1];
      if (pid === undefined) continue;
      if (Number(pid) === process.pid) return name;
      const liveness = livenessOf(this.identityOf(name, Number(pid)));
      if (liveness === 'alive') return name;
      if (liveness === 'gone') this.leave(name);
    }
    return undefined;
  }

  /** A ticket whose text is not written yet is known by its process number alone. */
  private identityOf(name: string, pid: number): ProcessIdentity {
    try {
      return JSON.parse(readFileSync(join(this.folder, name), 'utf8')) as ProcessIdentity;
    } catch {
      return { ...ownIdentity(), pid, startedAt: undefined };
    }
  }
}
