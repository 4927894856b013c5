import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDesktopVsCode } from '../../../../src/toolkit/start/desktopVsCode';
import { spawnGroup, stopGroup } from '../../../../src/toolkit/start/processGroup';
import { runCommand } from '../../../../src/toolkit/start/runCommand';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mo-group-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Starts a grandchild, prints its id, and ignores every polite request, as the grandchild does. */
const stubborn = `
  process.on('SIGTERM', () => {});
  const child = require('node:child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.once('data', () => console.log(child.pid));
  setInterval(() => {}, 1000);
`;

test('stopping a group ends all that was started in it, willing or not', async () => {
  const child = spawnGroup(process.execPath, ['-e', stubborn], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [said] = (await once(child.stdout!, 'data')) as [Buffer];
  const grandchild = Number(said.toString());
  expect(alive(grandchild)).toBe(true);
  const ended = once(child, 'exit');
  await stopGroup(child, 100);
  await ended;
  expect(alive(child.pid!)).toBe(false);
  expect(alive(grandchild)).toBe(false);
});

test('a program that is aborted, and one that does not exist, end without a status', async () => {
  const abort = new AbortController();
  const running = runCommand(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { signal: abort.signal });
  abort.abort();
  expect((await running).status).toBeNull();
  expect((await runCommand(join(folder, 'nothing'), [])).status).toBeNull();
});

test('a program that ends is told with its status and what it said', async () => {
  expect(await runCommand(process.execPath, ['-e', 'console.log("a"); process.exitCode = 3'])).toEqual({ status: 3, output: 'a\n' });
});

test('the desktop VS Code gets folders of its own, the extension and the desk; its window ends with us', async () => {
  const window = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const userData = join(folder, 'data');
  const code = join(folder, 'code');
  // Stands in for the real command, which needs a display: notes its arguments, and waits where it is asked to.
  await writeFile(code, `#!/bin/sh\necho "$MOMENTOS_TOKEN_X $*" >> '${folder}/calls'\ncase "$*" in *--wait*) echo ${String(window.pid)} > '${userData}/code.lock'; exec sleep 600;; esac\n`);
  await chmod(code, 0o755);
  const opened = await openDesktopVsCode({ code, vsix: '/dist/momentos.vsix', folder: '/desk', folders: { userData, extensions: join(folder, 'ext') }, env: { MOMENTOS_TOKEN_X: 'token' } });
  const calls = async (): Promise<string[]> => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
  await expect.poll(async () => (await calls()).length).toBe(2);
  await expect.poll(() => readFile(join(userData, 'code.lock'), 'utf8').catch(() => '')).not.toBe('');
  const own = `token --user-data-dir ${userData} --extensions-dir ${join(folder, 'ext')}`;
  const [install, open] = await calls();
  expect(install!.startsWith(own)).toBe(true);
  expect(install).toContain('--install-extension /dist/momentos.vsix');
  expect(open!.startsWith(own)).toBe(true);
  expect(open!.endsWith('/desk')).toBe(true);
  const closed = once(window, 'exit');
  await opened.close();
  await opened.ended;
  await closed;
  expect(alive(window.pid!)).toBe(false);
});
