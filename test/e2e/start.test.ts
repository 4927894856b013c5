import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cacheFolder } from '../../src/toolkit/start/folders';
import { launchChromium } from '../support/chromium';
import { freePort } from '../support/freePort';
import { codeServer, ensurePackaged, projectRoot } from './support/packaged';
import { openWindow } from './support/workbenchWindow';

let browser: Browser;
let base: string;
let home: string;
let desk: string;
let started: ChildProcess | undefined;

beforeAll(async () => {
  await codeServer();
  ensurePackaged();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
});
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'mo-start-'));
  home = join(base, 'home');
  desk = join(base, 'practica');
  await mkdir(home);
});
afterEach(async () => {
  if (started && started.exitCode === null && started.signalCode === null) {
    started.kill('SIGKILL');
    await once(started, 'exit');
  }
  started = undefined;
  await rm(base, { recursive: true, force: true, maxRetries: 10 });
});

interface Ready {
  readonly url: string;
  readonly password: string | null;
  readonly desk: string;
  readonly practice: string;
}

/** Runs what `npm start` runs, with a home of its own, and waits until it says that it is ready. */
async function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<{ ready: Ready; said: () => string }> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  started = spawn(process.execPath, [join(projectRoot, 'dist/start.js'), '--desk', desk, '--json', ...args], {
    env: { ...rest, HOME: home, XDG_STATE_HOME: join(base, 'state'), XDG_CONFIG_HOME: join(base, 'config'), MOMENTOS_CACHE: cacheFolder(process.env), MOMENTOS_LANGUAGE: 'es', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  started.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const line = await Promise.race([
    once(createInterface({ input: started.stdout! }), 'line').then(([text]) => String(text)),
    once(started, 'exit').then(([status]) => Promise.reject(new Error(`npm start ended with ${String(status)}:\n${said}`))),
  ]);
  return { ready: JSON.parse(line) as Ready, said: () => said };
}

/** Ends it as Ctrl+C does; its exit status. */
async function interrupt(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
  const ended = once(started!, 'exit') as Promise<[number | null]>;
  started!.kill(signal);
  return (await ended)[0];
}

/** The command lines of all living processes that name the folder of this test in arguments or environment. */
function leftProcesses(): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const [command, environment] = [readFileSync(`/proc/${pid}/cmdline`, 'utf8'), readFileSync(`/proc/${pid}/environ`, 'utf8')];
        return `${command}\0${environment}`.includes(base) && command !== '' ? [command.replaceAll('\0', ' ')] : [];
      } catch {
        return [];
      }
    });
}

test('npm start: a desk, its server and VS Code in the browser behind a password; Ctrl+C leaves nothing running', async () => {
  const { ready, said } = await start(['--browser']);
  expect(said().trimEnd().split('\n').at(-1)).toBe(`Momentos is ready: ${ready.url}`);
  expect(ready.desk).toBe(desk);
  expect(said()).toContain(ready.password!);

  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  await page.goto(ready.url);
  await page.locator('input[type="password"]').fill(ready.password!);
  await page.screenshot({ path: join(await screenshots(), 'start-password.png') });
  await page.locator('input[type="submit"], button[type="submit"]').first().click();
  await page.locator('.monaco-workbench .activitybar .action-item').first().waitFor();
  await page.close();
  const window = await openWindow(context, ready.url);
  // The inbox is in sight without a click.
  await expect.poll(async () => (await window.treeRows()).length, { timeout: 90_000 }).toBeGreaterThan(5);
  await window.screenshot('start-inbox');
  await context.close();

  expect(leftProcesses().length).toBeGreaterThan(1);
  expect(await interrupt()).toBe(0);
  expect(leftProcesses()).toEqual([]);
  await expect(fetch(ready.url)).rejects.toThrow();
  await expect(fetch(ready.practice)).rejects.toThrow();
});

test('the second time the same desk, the same server and the same addresses; --fresh starts over and keeps the earlier desk', async () => {
  const first = (await start(['--browser', '--no-password'])).ready;
  const config = await readFile(join(desk, 'momentos.json'), 'utf8');
  expect(config).toContain(first.practice);
  expect(await interrupt('SIGTERM')).toBe(0);

  const second = (await start(['--browser', '--no-password'])).ready;
  expect(second).toEqual(first);
  expect(await readFile(join(desk, 'momentos.json'), 'utf8')).toBe(config);
  expect(await interrupt('SIGHUP')).toBe(0);

  await start(['--browser', '--no-password', '--fresh']);
  expect(readdirSync(base).filter((name) => name.startsWith('practica'))).toHaveLength(2);
  expect(await interrupt()).toBe(0);
  expect(leftProcesses()).toEqual([]);
});

test('a port that is asked for is the port that is used', async () => {
  const port = await freePort();
  const { ready } = await start(['--browser', '--no-password', '--port', String(port)]);
  expect(new URL(ready.url).port).toBe(String(port));
  expect(await interrupt()).toBe(0);
});

test('without a VS Code: a sentence that helps, where the extension lies, and the inbox in the terminal', async () => {
  // An empty cache and no compiler anywhere: nothing can be built here.
  const child = spawn(process.execPath, [join(projectRoot, 'dist/start.js'), '--desk', desk], {
    env: { HOME: home, PATH: join(base, 'nothing'), XDG_STATE_HOME: join(base, 'state'), MOMENTOS_CACHE: join(base, 'cache'), MOMENTOS_LANGUAGE: 'en' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started = child;
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [status] = (await once(child, 'exit')) as [number];
  expect(status).toBe(1);
  expect(said).toContain('g++, make, python3 must be installed');
  expect(said).toContain(join(projectRoot, 'dist', 'momentos.vsix'));
  expect(said).toMatch(/\d+ open mentions at the practice desk/);
  expect(said).not.toMatch(/^\s+at .*\(/m);
});

async function screenshots(): Promise<string> {
  const folder = join(projectRoot, 'build', 'screenshots');
  await mkdir(folder, { recursive: true });
  return folder;
}
