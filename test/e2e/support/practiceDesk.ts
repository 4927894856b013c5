import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock } from '../../../src/core/clock';
import { loadConfig } from '../../../src/desk/config';
import { tokenVariable } from '../../../src/desk/secrets';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';
import { startPracticeServer, type PracticeServer, type PracticeServerOptions } from '../../../src/toolkit/practice/practiceServer';
import { makePracticeDesk } from '../../../src/toolkit/start/makePracticeDesk';
import { silentLogger } from '../../../src/toolkit/start/silentLogger';
import { projectRoot } from './packaged';

/** A practice desk in a folder of its own with its practice server, both for one test. */
export interface PracticeDesk {
  readonly dir: string;
  readonly server: PracticeServer;
  /** What the extension and the command line need in their environment: the token, and who works. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Makes a practice desk as `npm start` does. The caller closes it. */
export async function openPracticeDesk(options: PracticeServerOptions & { readonly operator?: string; readonly clock?: Clock } = {}): Promise<PracticeDesk> {
  const { operator = 'Ana Pérez <ana@isc.example>', clock = systemClock, ...serverOptions } = options;
  const base = await mkdtemp(join(tmpdir(), 'mo-desk-'));
  const dir = join(base, 'escritorio');
  const server = await startPracticeServer(serverOptions);
  try {
    await makePracticeDesk({
      dir,
      practice: { url: server.url, account: server.account },
      mediaDir: join(projectRoot, 'media'),
      environment: { ...process.env, MOMENTOS_OPERATOR: operator },
      clock,
      random: systemRandomness,
      logger: silentLogger,
    });
    const { channels } = await loadConfig(dir);
    return {
      dir,
      server,
      env: { MOMENTOS_OPERATOR: operator, ...Object.fromEntries(channels.map(({ id }) => [tokenVariable(id), server.token])) },
      async close() {
        await server.close();
        await rm(base, { recursive: true, force: true, maxRetries: 10 });
      },
    };
  } catch (error) {
    await server.close();
    await rm(base, { recursive: true, force: true, maxRetries: 10 });
    throw error;
  }
}
