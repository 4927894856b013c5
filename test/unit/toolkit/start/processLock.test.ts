import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockOwner, tryProcessLock } from '../../../../src/toolkit/start/processLock';

let folder: string;
let lockFolder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mo-lock-'));
  lockFolder = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const rewriteOwner = async (change: object): Promise<void> => {
  const file = join(lockFolder, 'owner.json');
  await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, 'utf8')) as object), ...change }));
};

describe('a lock of one process', () => {
  test('is had by one at a time, and by the next when it is given back', async () => {
    const first = await tryProcessLock(lockFolder);
    expect(first).toBeDefined();
    expect(await tryProcessLock(lockFolder)).toBeUndefined();
    expect(await lockOwner(lockFolder)).toBe(process.pid);
    await first!.release();
    expect(existsSync(lockFolder)).toBe(false);
    expect(await tryProcessLock(lockFolder)).toBeDefined();
  });

  test('is taken over when its process is gone', async () => {
    await tryProcessLock(lockFolder);
    await rewriteOwner({ pid: spawnSync(process.execPath, ['-e', '']).pid });
    expect(await tryProcessLock(lockFolder)).toBeDefined();
    expect(await lockOwner(lockFolder)).toBe(process.pid);
  });

  test('is taken over when another process has the same id by now', async () => {
    await tryProcessLock(lockFolder);
    await rewriteOwner({ began: 'long ago' });
    expect(await tryProcessLock(lockFolder)).toBeDefined();
  });

  test('is left to a process that lives', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    try {
      await tryProcessLock(lockFolder);
      const began = (await readFile(`/proc/${String(child.pid)}/stat`, 'utf8').catch(() => undefined))?.split(') ')[1]?.split(' ')[19];
      if (began !== undefined) await rewriteOwner({ pid: child.pid, began });
      expect(await tryProcessLock(lockFolder)).toBeUndefined();
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('of another machine is left alone', async () => {
    await tryProcessLock(lockFolder);
    await rewriteOwner({ host: 'another-machine', began: 'long ago' });
    expect(await tryProcessLock(lockFolder)).toBeUndefined();
  });
});
