import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findDatabases } from './databases';

/** A running network. Addresses are of personal data servers (PDS). */
export interface RealNetwork {
  /** With an AppView behind it: the whole network. */
  readonly pds: string;
  /** Whose AppView cannot be reached: each read of `app.bsky` answers 502. */
  readonly outage: string;
  /** That counts requests and answers 429; without an AppView. */
  readonly limited: string;
  /** Who the tokens of `pds` are for. */
  readonly pdsDid: string;
  /** What the tokens are signed with. */
  readonly jwtSecret: string;
}

export interface RunningNetwork {
  readonly network: RealNetwork;
  /** The process that runs it. */
  readonly pid: number;
  /** Where it keeps its data; gone after `close`. */
  readonly work: string;
  close(): Promise<void>;
}

/** PostgreSQL refuses to run as root. */
function postgresUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Starts the network that lies in `modules` (see `networkFolder`); it ends with `close`, and when this process does, whatever ends it. */
export async function startNetwork(modules: string): Promise<RunningNetwork> {
  const databases = findDatabases();
  if (!databases) throw new Error('PostgreSQL and Redis are not installed.');
  const work = mkdtempSync(join(tmpdir(), 'momentos-network-'));
  chmodSync(work, 0o755);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'networkProcess.mjs'), JSON.stringify({ modules, work, ...databases, ...postgresUser() })], {
    cwd: work, stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-8000)));
  const gone = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line').then(([line]) => String(line)), gone.then(() => undefined)]);
  if (first === undefined) throw new Error(`The AT Protocol network did not start: ${said}`);
  child.stdout.resume();
  const network = JSON.parse(first) as RealNetwork;
  return {
    network, work, pid: child.pid ?? 0,
    close: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
