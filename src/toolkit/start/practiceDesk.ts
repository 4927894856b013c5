import { existsSync } from 'node:fs';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { isLoopback, isNetworkChannel } from '../../core/config';
import { MomentosError } from '../../core/errors';
import { configFile, loadConfig } from '../../desk/config';

/** What lies in the folder that a practice desk is wanted in. */
export type DeskFolderState = 'free' | 'practice' | 'broken';

/**
 * Looks before anything is changed. `broken`: a `momentos.json` that can't be read; only a fresh start helps.
 * Errors: `desk.exists` for a desk with a real channel, `usage.invalid` for a folder with other things in it.
 */
export async function inspectDeskFolder(dir: string): Promise<DeskFolderState> {
  if (!existsSync(join(dir, configFile))) {
    const names = existsSync(dir) ? await readdir(dir) : [];
    if (names.length > 0) throw new MomentosError('usage.invalid', { reason: 'notEmpty', dir });
    return 'free';
  }
  try {
    const { channels } = await loadConfig(dir);
    if (!channels.every((channel) => !isNetworkChannel(channel) || isLoopback(channel.url))) throw new MomentosError('desk.exists', { dir });
    return 'practice';
  } catch (error) {
    if (error instanceof MomentosError && error.code.startsWith('config.')) return 'broken';
    throw error;
  }
}

/** Moves a desk out of the way and says where it is now; `at` is UTC ms. */
export async function setDeskAside(dir: string, at: number): Promise<string> {
  const stamp = new Date(at).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const base = `${dir}-${stamp}`;
  let aside = base;
  for (let next = 2; existsSync(aside); next += 1) aside = `${base}-${String(next)}`;
  await rename(dir, aside);
  return aside;
}

/** Lets the channels of a practice desk point to where its server listens now; the rest of the file stays as it is, comments too. */
export async function pointDeskAt(dir: string, url: string): Promise<void> {
  const config = await loadConfig(dir);
  const file = join(dir, configFile);
  let text = await readFile(file, 'utf8');
  for (const [index, channel] of config.channels.entries()) {
    if (isNetworkChannel(channel) && channel.url !== url && isLoopback(channel.url)) text = applyEdits(text, modify(text, ['channels', index, 'url'], url, {}));
  }
  if (text !== (await readFile(file, 'utf8'))) await writeFile(file, text);
}
