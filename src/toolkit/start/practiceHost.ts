import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock } from '../../core/clock';
import { isNetworkChannel } from '../../core/config';
import { MomentosError } from '../../core/errors';
import { loadConfig } from '../../desk/config';
import { tokenVariable } from '../../desk/secrets';
import { type InboxApiServer, startInboxApiServer } from '../practice/inboxApi/inboxApiServer';
import { startPracticeServer, type PracticeServer } from '../practice/practiceServer';
import { type PracticeFolders } from './folders';
import { type PracticeAddress } from './makePracticeDesk';
import { freePortNear, readPorts, rememberPorts } from './ports';
import { inspectDeskFolder, pointDeskAt, setDeskAside } from './practiceDesk';
import { lockOwner, tryProcessLock } from './processLock';

export interface PracticeHostOptions {
  readonly deskDir: string;
  readonly folders: PracticeFolders;
  readonly fresh: boolean;
  readonly clock: Clock;
  /** Makes a desk in a folder that is empty or absent, for the accounts of two servers that run. */
  readonly makeDesk: (dir: string, practice: PracticeAddress, form: PracticeAddress) => Promise<void>;
  /** New mentions per minute while people work, on average; the web form gets a quarter as many. */
  readonly ratePerMinute: number;
}

/** A practice desk whose servers run. */
export interface PracticeHost {
  readonly deskDir: string;
  readonly made: 'new' | 'kept';
  /** Where an earlier desk was moved to by `fresh`. */
  readonly setAside: string | undefined;
  readonly url: string;
  /** The practice web form. */
  readonly formUrl: string;
  /** The desk's tokens, by the variables in which the desk looks for them. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Messages that lie in the web form at the start. */
const formMessages = 24;

const portOf = (url: string): number => Number(new URL(url).port);

/**
 * Makes the practice desk, or takes the one that is there, and starts its two servers on loopback, on the ports of last time if those are free.
 * Errors: `lock.busy` when the desk is in use by another start, `desk.exists`, `usage.invalid`, and those of the desk.
 */
export async function openPracticeDesk(options: PracticeHostOptions): Promise<PracticeHost> {
  const { deskDir, folders } = options;
  await mkdir(folders.state, { recursive: true, mode: 0o700 });
  const lockFolder = join(folders.state, 'running');
  const lock = await tryProcessLock(lockFolder);
  if (!lock) throw new MomentosError('lock.busy', { pid: (await lockOwner(lockFolder)) ?? '', dir: deskDir });
  let server: PracticeServer | undefined;
  let form: InboxApiServer | undefined;
  try {
    let found = await inspectDeskFolder(deskDir);
    let setAside: string | undefined;
    const worldFile = join(folders.state, 'world.json');
    const formFile = join(folders.state, 'form.json');
    if (options.fresh) {
      if (found !== 'free') setAside = await setDeskAside(deskDir, options.clock.now());
      await rm(worldFile, { force: true });
      await rm(formFile, { force: true });
      await rm(folders.vsCode, { recursive: true, force: true });
      found = 'free';
    }
    const portsFile = join(folders.state, 'ports.json');
    const ports = await readPorts(portsFile);
    server = await startPracticeServer({ port: await freePortNear(ports.practice), stateFile: worldFile, ratePerMinute: options.ratePerMinute });
    form = await startInboxApiServer({ port: await freePortNear(ports.form), stateFile: formFile, count: formMessages, ratePerMinute: options.ratePerMinute / 4 });
    await rememberPorts(portsFile, { ...ports, practice: portOf(server.url), form: portOf(form.url) });
    const addresses = [{ url: server.url, account: server.account }, { url: form.url, account: form.account }] as const;
    if (found === 'free') await options.makeDesk(deskDir, ...addresses);
    else await pointDeskAt(deskDir, ...addresses);
    const { channels } = await loadConfig(deskDir);
    const running = [server, form] as const;
    const tokens = channels.filter(isNetworkChannel).map(({ id, network }) => [tokenVariable(id), running[network === 'inbox-api' ? 1 : 0].token]);
    return {
      deskDir,
      made: found === 'free' ? 'new' : 'kept',
      setAside,
      url: server.url,
      formUrl: form.url,
      env: { MOMENTOS_FIRST_LOOK: '1', ...Object.fromEntries(tokens) },
      async close() {
        for (const each of running) await each.close();
        await lock.release();
      },
    };
  } catch (error) {
    await form?.close();
    await server?.close();
    await lock.release();
    throw error;
  }
}
