import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** Before the first test: the built command line is the one of these sources. `MOMENTOS_CLI` names another build, and then nothing is built. */
export function setup(): void {
  if (process.env['MOMENTOS_CLI']) return;
  const { status } = spawnSync(process.execPath, [join(root, 'src/toolkit/start/prepare.mjs'), 'build', '--quiet'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The command line could not be built.');
}
