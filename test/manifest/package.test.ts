import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { zipEntries } from '../support/zipEntries';

const root = resolve(import.meta.dirname, '../..');

test('the .vsix holds exactly the files of the golden list', { timeout: 180_000 }, () => {
  execFileSync(process.execPath, [join(root, 'src/toolkit/start/prepare.mjs'), 'package', '--quiet'], { cwd: root, stdio: 'ignore' });
  const golden = readFileSync(join(root, 'test/fixtures/vsixFiles.txt'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  // A file that is new on purpose is added to test/fixtures/vsixFiles.txt, in this order.
  expect(zipEntries(readFileSync(join(root, 'dist/momentos.vsix'))).sort()).toEqual(golden);
});
