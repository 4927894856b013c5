import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuildTools, missingBuildTools } from '../../../src/toolkit/start/buildTools';
import { lastLine, nodeHeaders } from '../../../src/toolkit/start/nodeHeaders';
import { npmEnvironment } from '../../../src/toolkit/start/npmEnvironment';
import { tryProcessLock } from '../../../src/toolkit/start/processLock';
import { runCommand } from '../../../src/toolkit/start/runCommand';

const waitForOtherMs = 20 * 60_000;
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

/** The folder of the cache that holds the network for this lockfile and this Node. */
export function networkFolder(cache: string, sources: string): string {
  const lockfile = createHash('sha256').update(readFileSync(join(sources, 'package-lock.json'))).digest('hex').slice(0, 8);
  return join(cache, `atproto-network-${lockfile}-node${process.versions.node.split('.')[0] ?? ''}`);
}

/**
 * Installs the authors' own test network (`@atproto/dev-env`) into the cache if it isn't there; minutes the first time, as its SQLite is compiled.
 * The folder appears whole or not at all, and of several processes one installs while the others wait. Returns why that failed; undefined = it is there.
 */
export async function ensureNetworkInstalled(cache: string, sources: string, say: (line: string) => void): Promise<string | undefined> {
  const target = networkFolder(cache, sources);
  await mkdir(cache, { recursive: true });
  const deadline = performance.now() + waitForOtherMs;
  let told = false;
  while (!existsSync(target)) {
    const lock = await tryProcessLock(`${target}.installing`);
    if (lock) {
      try {
        if (existsSync(target)) return undefined;
        return await install(target, sources, say);
      } finally {
        await lock.release();
      }
    }
    if (performance.now() > deadline) return `Another run has been installing the AT Protocol network for 20 minutes. If none is running, delete ${target}.installing.`;
    if (!told) say('The AT Protocol network is being installed by another run: waiting ...');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return undefined;
}

async function install(target: string, sources: string, say: (line: string) => void): Promise<string | undefined> {
  const env = npmEnvironment(process.env);
  const work = `${target}.part`;
  const failed = (step: string, output: string): string => `The AT Protocol network could not be installed (${step}): ${lastLine(output)}. Check the connection to the npm registry and try again.`;
  await ensureBuildTools(process.env, (tools) => say(`AT Protocol network: installing ${tools.join(', ')} ...`)).catch(() => undefined);
  const missing = missingBuildTools(process.env);
  if (missing.length > 0) return `To build the AT Protocol network, ${missing.join(', ')} must be installed.`;
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  try {
    for (const file of ['package.json', 'package-lock.json']) await copyFile(join(sources, file), join(work, file));
    say('AT Protocol network: fetching its packages ...');
    const fetched = await runCommand('npm', ['ci', '--ignore-scripts', ...quiet], { cwd: work, env });
    if (fetched.status !== 0) return failed('npm ci', fetched.output);
    say('AT Protocol network: compiling its SQLite, two minutes or so ...');
    const headers = await nodeHeaders(join(work, 'headers'), env).catch(() => undefined);
    const built = await runCommand('npm', ['rebuild', 'better-sqlite3', ...quiet], {
      cwd: work, env: { ...env, npm_config_build_from_source: 'true', JOBS: 'max', ...(headers === undefined ? {} : { npm_config_nodedir: headers }) },
    });
    const loads = await runCommand(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:')"], { cwd: work, env });
    if (built.status !== 0 || loads.status !== 0) return failed('better-sqlite3', built.status === 0 ? loads.output : built.output);
    await rm(join(work, 'headers'), { recursive: true, force: true });
    await rename(work, target);
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
