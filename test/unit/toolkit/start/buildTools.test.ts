import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProgram, installHint, missingBuildTools } from '../../../../src/toolkit/start/buildTools';
import { findDesktopVsCode } from '../../../../src/toolkit/start/desktopVsCode';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mo-path-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const program = async (name: string, mode = 0o755): Promise<void> => {
  await writeFile(join(folder, name), '#!/bin/sh\n');
  await chmod(join(folder, name), mode);
};

test('names exactly the build tools that are missing', async () => {
  expect(missingBuildTools({ PATH: folder })).toEqual(['g++', 'make', 'python3']);
  await program('clang++');
  await program('python3');
  expect(missingBuildTools({ PATH: folder })).toEqual(['make']);
  await program('make', 0o644);
  expect(missingBuildTools({ PATH: folder })).toEqual(['make']);
  await program('make');
  expect(missingBuildTools({ PATH: folder })).toEqual([]);
});

test('the hint is a command of this system', async () => {
  await program('dnf');
  expect(installHint(['g++', 'make'], { PATH: folder })).toBe('sudo dnf install -y gcc-c++ make');
  await program('apt-get');
  expect(installHint(['g++', 'make'], { PATH: folder })).toBe('sudo apt-get install -y g++ make');
});

test('a program is found only where PATH says', async () => {
  await program('code');
  expect(findProgram('code', { PATH: `/nowhere:${folder}` })).toBe(join(folder, 'code'));
  expect(findProgram('code', {})).toBeUndefined();
});

test('the desktop VS Code needs a display, and a remote terminal has none', async () => {
  await program('code');
  const desktop = { PATH: folder, DISPLAY: ':0' };
  expect(findDesktopVsCode(desktop, 'linux')).toBe(join(folder, 'code'));
  expect(findDesktopVsCode({ PATH: folder }, 'linux')).toBeUndefined();
  expect(findDesktopVsCode({ ...desktop, VSCODE_IPC_HOOK_CLI: '/tmp/x.sock' }, 'linux')).toBeUndefined();
  expect(findDesktopVsCode({ ...desktop, WSL_DISTRO_NAME: 'Debian' }, 'linux')).toBeUndefined();
  expect(findDesktopVsCode({ PATH: '/nowhere', DISPLAY: ':0' }, 'linux')).toBeUndefined();
});
