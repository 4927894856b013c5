import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskEncryption } from '../../../src/desk/diskEncryption';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'momentos-disk-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
/** Devices by number, with their dm uuid and what they lie on. */
function machine(mounts: readonly string[], devices: Readonly<Record<string, { readonly uuid?: string; readonly on?: readonly string[] }>>): void {
  put('proc/self/mountinfo', `${mounts.join('\n')}\n`);
  for (const [device, { uuid, on }] of Object.entries(devices)) {
    put(`sys/dev/block/${device}/dev`, `${device}\n`);
    if (uuid !== undefined) put(`sys/dev/block/${device}/dm/uuid`, `${uuid}\n`);
    for (const under of on ?? []) put(`sys/dev/block/${device}/slaves/d${under.replace(':', '-')}/dev`, `${under}\n`);
  }
}
const ask = (folder = root): Promise<string> => diskEncryption(folder, { root, platform: 'linux' });

test('a plain partition is not encrypted, LUKS is, and so is a volume on top of it', async () => {
  const mounts = ['22 1 8:1 / / rw - ext4 /dev/sda1 rw'];
  machine(mounts, { '8:1': {} });
  expect(await ask()).toBe('none');
  machine(['22 1 253:0 / / rw shared:1 - ext4 /dev/mapper/root rw'], { '253:0': { uuid: 'CRYPT-LUKS2-abc-root', on: ['8:2'] }, '8:2': {} });
  expect(await ask()).toBe('encrypted');
  machine(['22 1 253:1 / / rw - xfs /dev/mapper/vg-home rw'], { '253:1': { uuid: 'LVM-xyz', on: ['253:0'] }, '253:0': { uuid: 'CRYPT-LUKS2-abc', on: ['8:2'] }, '8:2': {} });
  expect(await ask()).toBe('encrypted');
});

test('a volume over an encrypted and a plain disk is not encrypted', async () => {
  machine(['22 1 253:1 / / rw - xfs /dev/mapper/vg-home rw'], { '253:1': { uuid: 'LVM-xyz', on: ['253:0', '8:3'] }, '253:0': { uuid: 'CRYPT-LUKS2-abc' }, '8:3': {} });
  expect(await ask()).toBe('none');
});

test('the mount that holds the folder counts, also with a blank in its name', async () => {
  mkdirSync(join(root, 'mis datos', 'mesa'), { recursive: true });
  machine(['22 1 8:1 / / rw - ext4 /dev/sda1 rw', `30 22 253:0 / ${root}/mis\\040datos rw - ext4 /dev/mapper/x rw`, `31 22 8:9 / ${root}/mis rw - ext4 /dev/sdb9 rw`], { '8:1': {}, '253:0': { uuid: 'CRYPT-LUKS2-x' }, '8:9': {} });
  expect([await ask(join(root, 'mis datos', 'mesa')), await ask()]).toEqual(['encrypted', 'none']);
});

test('it does not guess: network, container, other systems, files that are not there', async () => {
  machine(['22 1 0:50 / / rw - nfs4 server:/desk rw'], {});
  expect(await ask()).toBe('unknown');
  machine(['22 1 0:40 / / rw - overlay overlay rw'], {});
  expect(await ask()).toBe('unknown');
  machine(['22 1 8:7 / / rw - ext4 /dev/sda7 rw'], {});
  rmSync(join(root, 'sys'), { recursive: true, force: true });
  expect(await ask()).toBe('unknown');
  machine(['22 1 0:30 / / rw - ecryptfs /home/.ana rw'], {});
  expect(await ask()).toBe('encrypted');
  expect(await diskEncryption(root, { root, platform: 'darwin' })).toBe('unknown');
});
