import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { type InstalledCodeServer } from './installCodeServer';
import { lastLine } from './nodeHeaders';
import { runCommand } from './runCommand';
import { spawnGroup, stopGroup } from './processGroup';
import { VsCodeUnavailable } from './vsCodeProblem';

/** Where a VS Code keeps what belongs to it, so that nobody's own settings are touched. */
export interface VsCodeFolders {
  readonly userData: string;
  readonly extensions: string;
}

/** Settings for a calm first look: no welcome pages, no requests to the outside, no assistant beside the desk. */
export const calmSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  'remote.autoForwardPorts': false,
};

/** Without an extension gallery this VS Code asks nobody outside for anything. */
const noGallery = '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}';

/** Writes the settings of a VS Code unless a person has made some there already. */
export async function writeFirstSettings(userData: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const file = join(userData, 'User', 'settings.json');
  if (existsSync(file)) return;
  await mkdir(join(userData, 'User'), { recursive: true });
  await writeFile(file, `${JSON.stringify(settings, undefined, 2)}\n`);
}

/**
 * The environment for a VS Code: that of this process without what a surrounding VS Code or npm has put there (from a terminal
 * inside VS Code, code-server would hand the folder to that window instead of starting).
 */
export function vsCodeEnvironment(env: NodeJS.ProcessEnv, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|CODE_SERVER_|npm_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$|VITEST|PORT$|PASSWORD$|HASHED_PASSWORD$|NODE_ENV$)/;
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name))), ...more };
}

/**
 * Installs a .vsix into the extensions folder of a VS Code.
 * @throws VsCodeUnavailable `installFailed`
 */
export async function installVsix(server: InstalledCodeServer, vsix: string, folders: VsCodeFolders, env: NodeJS.ProcessEnv): Promise<void> {
  const config = await ownConfig(folders);
  const args = [server.entry, '--config', config, '--install-extension', vsix, '--force', '--extensions-dir', folders.extensions, '--user-data-dir', folders.userData];
  const result = await runCommand(process.execPath, args, { env: vsCodeEnvironment(env), timeoutMs: 120_000 });
  if (result.status !== 0) throw new VsCodeUnavailable({ kind: 'installFailed', step: 'momentos.vsix', detail: lastLine(result.output) });
}

export interface ServeOptions {
  readonly folders: VsCodeFolders;
  /** The folder that is opened. */
  readonly folder: string;
  readonly port: number;
  /** `undefined`: no password is asked; only for tests, as any local user then has a shell. */
  readonly password: string | undefined;
  /** What the page says that asks for the password. */
  readonly welcome?: string;
  /** Added to the environment; the extension sees it. */
  readonly env: NodeJS.ProcessEnv;
  /** How long to wait until it answers, ms; by default one minute. */
  readonly patienceMs?: number;
}

export interface RunningCodeServer {
  /** Opens the workbench on the folder. */
  readonly url: string;
  readonly port: number;
  /** Resolves when the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts VS Code for a browser on 127.0.0.1 and waits until it answers.
 * @throws VsCodeUnavailable `didNotStart`
 */
export async function serveVsCode(server: InstalledCodeServer, options: ServeOptions): Promise<RunningCodeServer> {
  const { folders, port, password } = options;
  await mkdir(folders.userData, { recursive: true });
  await mkdir(folders.extensions, { recursive: true });
  const config = await ownConfig(folders);
  const child = spawnGroup(
    process.execPath,
    [
      server.entry, '--config', config, '--auth', password === undefined ? 'none' : 'password', '--bind-addr', `127.0.0.1:${String(port)}`,
      '--user-data-dir', folders.userData, '--extensions-dir', folders.extensions,
      '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override',
      '--app-name', 'Momentos', ...(options.welcome === undefined ? [] : ['--welcome-text', options.welcome]), options.folder,
    ],
    {
      env: vsCodeEnvironment(process.env, { EXTENSIONS_GALLERY: noGallery, ...options.env, ...(password === undefined ? {} : { PASSWORD: password }) }),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-16_384);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  let gone = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  }).then(() => {
    gone = true;
  });
  const deadline = performance.now() + (options.patienceMs ?? 60_000);
  while (!(await isHealthy(port))) {
    if (gone || performance.now() > deadline) {
      await stopGroup(child);
      throw new VsCodeUnavailable({ kind: 'didNotStart', detail: lastLine(output) });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url: `http://127.0.0.1:${String(port)}/?folder=${encodeURI(options.folder)}`,
    port,
    ended,
    close: () => stopGroup(child),
  };
}

/** A password for one start: 20 letters and digits, about 100 bits; nothing that is hard to type. */
export function newPassword(random: (size: number) => Uint8Array = randomBytes): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  return Array.from(random(20), (byte) => letters[byte % letters.length]).join('');
}

/** A configuration of our own and empty, so that the one of a person who uses code-server is neither read nor made. */
async function ownConfig(folders: VsCodeFolders): Promise<string> {
  await mkdir(folders.userData, { recursive: true });
  const file = join(folders.userData, 'momentos-code-server.yaml');
  await writeFile(file, '{}\n');
  return file;
}

function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/healthz', timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', () => resolve(false));
    request.once('timeout', () => request.destroy());
  });
}
