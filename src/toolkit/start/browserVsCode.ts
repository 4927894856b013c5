import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { installVsix, serveVsCode, writeFirstSettings, type RunningCodeServer } from './codeServer';
import { type InstalledCodeServer } from './installCodeServer';
import { freePortNear, readPorts, rememberPorts } from './ports';

export interface BrowserOptions {
  readonly server: InstalledCodeServer;
  readonly vsix: string;
  /** Everything of this VS Code lies under it. */
  readonly folder: string;
  readonly deskDir: string;
  /** For the first time that this VS Code is opened; a person's changes are kept. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where the ports of last time are kept. */
  readonly portsFile: string;
  /** `undefined`: the port of last time, or any. */
  readonly port: number | undefined;
  readonly password: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Opens the browser VS Code, with our extension in it, on a desk.
 * @throws VsCodeUnavailable
 */
export async function openBrowserVsCode(options: BrowserOptions): Promise<RunningCodeServer> {
  const base = join(options.folder, `browser-${options.server.version}`);
  const folders = { userData: join(base, 'data'), extensions: join(base, 'extensions') };
  await writeFirstSettings(folders.userData, options.settings);
  await installOnce(options, folders, join(base, 'installed'));
  const ports = await readPorts(options.portsFile);
  const port = options.port ?? (await freePortNear(ports.browser));
  const welcome = l10n.t('The password stands in the terminal in which "npm start" was typed.');
  const running = await serveVsCode(options.server, { folders, folder: options.deskDir, port, password: options.password, welcome, env: options.env });
  if (options.port === undefined) await rememberPorts(options.portsFile, { ...ports, browser: port });
  return running;
}

/** Installing takes seconds, so it is left out when this very package is in already. */
async function installOnce(options: BrowserOptions, folders: { readonly userData: string; readonly extensions: string }, mark: string): Promise<void> {
  const hash = createHash('sha256').update(await readFile(options.vsix)).digest('hex');
  if (existsSync(mark) && (await readFile(mark, 'utf8')) === hash) return;
  // An extension of the same version would be kept as it is, so the earlier one goes first.
  await rm(folders.extensions, { recursive: true, force: true });
  await mkdir(folders.extensions, { recursive: true });
  await installVsix(options.server, options.vsix, folders, process.env);
  await writeFile(mark, hash);
}
