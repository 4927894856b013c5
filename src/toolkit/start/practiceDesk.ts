import { existsSync } from 'node:fs';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { isLoopback, isNetworkChannel } from '../../core/config';
import { MomentosError } from '../../core/errors';
import { configFile, loadConfig } from '../../desk/config';
import { formChannel, type PracticeAddress } from './makePracticeDesk';

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

/**
 * Lets the channels of a practice desk point to where their servers listen now, and gives it the web form where it has none; the rest of the file stays
 * as it is, comments too.
 */
export async function pointDeskAt(dir: string, practice: PracticeAddress, form: PracticeAddress): Promise<void> {
  const { channels } = await loadConfig(dir);
  const file = join(dir, configFile);
  const before = await readFile(file, 'utf8');
  let text = before;
  for (const [index, channel] of channels.entries()) {
    if (!isNetworkChannel(channel) || !isLoopback(channel.url)) continue;
    const { url } = channel.network === 'inbox-api' ? form : practice;
    if (channel.url !== url) text = applyEdits(text, modify(text, ['channels', index, 'url'], url, {}));
  }
  const entry = formChannel(form);
  if (!channels.some(({ id, network }) => network === 'inbox-api' || id === entry.id)) {
    text = applyEdits(text, modify(text, ['channels', channels.length], entry, { isArrayInsertion: true, formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } }));
  }
  if (text !== before) await writeFile(file, text);
}
