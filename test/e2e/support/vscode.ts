import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext } from 'playwright-core';
import { calmSettings, serveVsCode, type RunningCodeServer } from '../../../src/toolkit/start/codeServer';
import { type InstalledCodeServer } from '../../../src/toolkit/start/installCodeServer';
import { launchChromium } from '../../support/chromium';
import { freePort } from '../../support/freePort';
import { codeServer, copyPackagedExtension } from './packaged';
import { openWindow, type WorkbenchWindow } from './workbenchWindow';

export interface WorkbenchOptions {
  /** The folder that is opened, usually a desk. */
  readonly deskDir: string;
  /** Added to the environment of VS Code and so of the extension, such as `MOMENTOS_TOKEN_MASTODON_MAIN`. */
  readonly env?: Readonly<Record<string, string>>;
  /** VS Code settings of the user, over the calm ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly colorTheme?: 'dark' | 'light' | 'hc';
  /** HOME of VS Code and of the extension; by default a new empty folder. */
  readonly homeDir?: string;
  /** Of the browser window, CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** A real VS Code with the packaged extension, and its first window. */
export interface Workbench extends WorkbenchWindow {
  /** Another window on the same desk and the same server. */
  openSecondWindow(): Promise<WorkbenchWindow>;
  /** Cuts the browser of every window off the server and back, as a lost connection would. */
  setOffline(offline: boolean): Promise<void>;
  /** The folder with VS Code's data: settings, logs. */
  readonly userData: string;
  close(): Promise<void>;
}

/** Names of the same theme over the versions of VS Code. */
const themes = { dark: ['Dark Modern', 'Default Dark Modern'], light: ['Light Modern', 'Default Light Modern'], hc: ['Default High Contrast'] } as const;

/** The name that the VS Code under test knows its theme by. */
async function themeName(server: InstalledCodeServer, wanted: keyof typeof themes): Promise<string> {
  const manifest = join(server.entry, '../../../lib/vscode/extensions/theme-defaults/package.json');
  const { contributes } = JSON.parse(await readFile(manifest, 'utf8')) as { readonly contributes: { readonly themes: readonly { readonly id: string }[] } };
  const found = themes[wanted].find((name) => contributes.themes.some(({ id }) => id === name));
  if (found === undefined) throw new Error(`This VS Code has no theme for ${wanted}.`);
  return found;
}

/** Starts VS Code on a desk and opens it in a browser; resolves when the workbench can be used. The caller closes it. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const server = await codeServer();
  const base = await mkdtemp(join(tmpdir(), 'mo-e2e-'));
  const folders = { userData: join(base, 'data'), extensions: join(base, 'ext') };
  const home = options.homeDir ?? join(base, 'home');
  await mkdir(home, { recursive: true });
  await copyPackagedExtension(server, folders.extensions);
  await mkdir(join(folders.userData, 'User'), { recursive: true });
  const settings = { ...calmSettings, 'workbench.colorTheme': await themeName(server, options.colorTheme ?? 'dark'), 'window.menuBarVisibility': 'compact', ...options.settings };
  await writeFile(join(folders.userData, 'User', 'settings.json'), JSON.stringify(settings, undefined, 2));

  let running: RunningCodeServer | undefined;
  let browser: Browser | undefined;
  let context: BrowserContext | undefined;
  const close = async (): Promise<void> => {
    await context?.close();
    await browser?.close();
    await running?.close();
    await rm(base, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    running = await serveVsCode(server, {
      folders,
      folder: options.deskDir,
      port: await freePort(),
      password: undefined,
      patienceMs: 180_000,
      env: { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), XDG_DATA_HOME: join(home, '.local/share'), XDG_CACHE_HOME: join(home, '.cache'), ...options.env },
    });
    browser = await launchChromium();
    context = await browser.newContext({ viewport: options.size ?? { width: 1280, height: 800 }, permissions: ['clipboard-read', 'clipboard-write'] });
    const { url } = running;
    const made = context;
    const first = await openWindow(made, url);
    return {
      ...first,
      userData: folders.userData,
      openSecondWindow: () => openWindow(made, url),
      setOffline: (offline) => made.setOffline(offline),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
