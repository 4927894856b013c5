import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuildTools } from './buildTools';
import { codeServerFolderName, codeServerVersionFor } from './codeServerVersion';
import { tryProcessLock } from './processLock';
import { lastLine, nodeHeaders } from './nodeHeaders';
import { npmEnvironment } from './npmEnvironment';
import { runCommand } from './runCommand';
import { VsCodeUnavailable } from './vsCodeProblem';

/** What is being done, for the person who waits. */
export type InstallStep =
  | { readonly kind: 'tools'; readonly tools: readonly string[] }
  | { readonly kind: 'download'; readonly version: string }
  | { readonly kind: 'dependencies' }
  | { readonly kind: 'compile' }
  | { readonly kind: 'waiting' };

export interface InstallOptions {
  /** The folder that keeps every version; see `cacheFolder`. */
  readonly cache: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onStep: (step: InstallStep) => void;
  readonly signal?: AbortSignal;
}

/** A code-server that is ready to run. */
export interface InstalledCodeServer {
  readonly version: string;
  /** What Node runs: `out/node/entry.js`. */
  readonly entry: string;
}

const waitForOtherMs = 15 * 60_000;
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * The browser VS Code for the running Node, installed into the cache if it isn't there. The folder appears whole or not at all,
 * and of several processes that want it one installs while the others wait.
 * @throws VsCodeUnavailable
 */
export async function ensureCodeServer(options: InstallOptions): Promise<InstalledCodeServer> {
  if (process.platform === 'win32') throw new VsCodeUnavailable({ kind: 'unsupportedPlatform', platform: 'Windows' });
  const version = codeServerVersionFor(process.versions.node);
  if (!version) throw new VsCodeUnavailable({ kind: 'unsupportedNode', node: process.versions.node });
  const target = join(options.cache, codeServerFolderName(version));
  const installed: InstalledCodeServer = {
    version: version.codeServer,
    entry: join(target, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
  await mkdir(options.cache, { recursive: true });
  const lockFolder = `${target}.installing`;
  const deadline = performance.now() + waitForOtherMs;
  let told = false;
  while (!existsSync(installed.entry)) {
    const lock = await tryProcessLock(lockFolder);
    if (lock) {
      try {
        if (!existsSync(installed.entry)) await install(target, version.codeServer, options);
      } finally {
        await lock.release();
      }
    } else {
      if (performance.now() > deadline || options.signal?.aborted) throw new VsCodeUnavailable({ kind: 'busy', lock: lockFolder });
      if (!told) options.onStep({ kind: 'waiting' });
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  return installed;
}

async function install(target: string, version: string, given: InstallOptions): Promise<void> {
  const env = npmEnvironment(given.env);
  const options = { ...given, env };
  const { onStep, signal } = options;
  await ensureBuildTools(given.env, (tools) => onStep({ kind: 'tools', tools }), signal);
  const work = `${target}.part`;
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  try {
    await writeFile(join(work, 'package.json'), '{"private":true}');
    onStep({ kind: 'download', version });
    await npm(work, ['install', `code-server@${version}`, '--ignore-scripts', ...quiet], options);
    const codeServer = join(work, 'node_modules', 'code-server');
    const vscode = join(codeServer, 'lib', 'vscode');

    onStep({ kind: 'dependencies' });
    await npm(vscode, ['install', '--omit=dev', '--ignore-scripts', ...quiet], options);
    await npm(join(vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts', ...quiet], options);
    await symlink('node_modules', join(vscode, 'node_modules.asar'));

    onStep({ kind: 'compile' });
    const headers = await nodeHeaders(join(work, 'headers'), env, signal);
    await compile(work, vscode, headers, options);
    await rm(join(work, 'headers'), { recursive: true, force: true });
    await rename(work, target);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
}

/** The modules without which the server or the terminal does not work; its others have a fallback or are of no use here. */
async function compile(work: string, vscode: string, headers: string, options: InstallOptions): Promise<void> {
  const env = { ...options.env, npm_config_nodedir: headers, npm_config_build_from_source: 'true', JOBS: 'max' };
  const present = (names: readonly string[]): string[] => names.filter((name) => existsSync(join(vscode, 'node_modules', name)));
  await npm(vscode, ['rebuild', ...present(['@vscode/spdlog', 'native-watchdog', '@vscode/native-watchdog'])], { ...options, env });
  // node-pty's post-install step fails after it has built, and without it only the terminal is missing.
  const terminal = present(['node-pty']);
  if (terminal.length > 0) await runCommand('npm', ['rebuild', ...terminal], { cwd: vscode, env, ...(options.signal ? { signal: options.signal } : {}) });
  await npm(work, ['rebuild', 'argon2'], { ...options, env });
}

async function npm(cwd: string, args: readonly string[], options: InstallOptions): Promise<void> {
  const result = await runCommand('npm', args, { cwd, env: options.env, ...(options.signal ? { signal: options.signal } : {}) });
  if (result.status !== 0) throw new VsCodeUnavailable({ kind: 'installFailed', step: `npm ${args[0] ?? ''}`, detail: lastLine(result.output) });
}
