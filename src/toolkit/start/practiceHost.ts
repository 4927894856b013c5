import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock } from '../../core/clock';
import { MomentosError } from '../../core/errors';
import { loadConfig } from '../../desk/config';
import { tokenVariable } from '../../desk/secrets';
import { startPracticeServer, type PracticeServer } from '../practice/practiceServer';
import { type PracticeFolders } from './folders';
import { freePortNear, readPorts, rememberPorts } from './ports';
import { inspectDeskFolder, pointDeskAt, setDeskAside } from './practiceDesk';
import { lockOwner, tryProcessLock } from './processLock';

export interface PracticeHostOptions {
  readonly deskDir: string;
  readonly folders: PracticeFolders;
  readonly fresh: boolean;
  readonly clock: Clock;
  /** Makes a desk in a folder that is empty or absent, for the account of a server that runs. */
  readonly makeDesk: (dir: string, practice: { readonly url: string; readonly account: string }) => Promise<void>;
  /** New mentions per minute while people work, on average. */
  readonly ratePerMinute: number;
}

/** A practice desk whose server runs. */
export interface PracticeHost {
  readonly deskDir: string;
  readonly made: 'new' | 'kept';
  /** Where an earlier desk was moved to by `fresh`. */
  readonly setAside: string | undefined;
  readonly url: string;
  /** The desk's tokens, by the variables in which the desk looks for them. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Makes the practice desk, or takes the one that is there, and starts its server on loopback, on the port of last time if that is free.
 * Errors: `lock.busy` when the desk is in use by another start, `desk.exists`, `usage.invalid`, and those of the desk.
 */
export async function openPracticeDesk(options: PracticeHostOptions): Promise<PracticeHost> {
  const { deskDir, folders } = options;
  await mkdir(folders.state, { recursive: true, mode: 0o700 });
  const lockFolder = join(folders.state, 'running');
  const lock = await tryProcessLock(lockFolder);
  if (!lock) throw new MomentosError('lock.busy', { pid: (await lockOwner(lockFolder)) ?? '', dir: deskDir });
  let server: PracticeServer | undefined;
  try {
    let found = await inspectDeskFolder(deskDir);
    let setAside: string | undefined;
    const worldFile = join(folders.state, 'world.json');
    if (options.fresh) {
      if (found !== 'free') setAside = await setDeskAside(deskDir, options.clock.now());
      await rm(worldFile, { force: true });
      await rm(folders.vsCode, { recursive: true, force: true });
      found = 'free';
    }
    const portsFile = join(folders.state, 'ports.json');
    const ports = await readPorts(portsFile);
    server = await startPracticeServer({ port: await freePortNear(ports.practice), stateFile: worldFile, ratePerMinute: options.ratePerMinute });
    await rememberPorts(portsFile, { ...ports, practice: Number(new URL(server.url).port) });
    if (found === 'free') await options.makeDesk(deskDir, { url: server.url, account: server.account });
    else await pointDeskAt(deskDir, server.url);
    const { channels } = await loadConfig(deskDir);
    const { token, url } = server;
    const running = server;
    return {
      deskDir,
      made: found === 'free' ? 'new' : 'kept',
      setAside,
      url,
      env: { MOMENTOS_FIRST_LOOK: '1', ...Object.fromEntries(channels.map(({ id }) => [tokenVariable(id), token])) },
      async close() {
        await running.close();
        await lock.release();
      },
    };
  } catch (error) {
    await server?.close();
    await lock.release();
    throw error;
  }
}
