import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, type JSONPath, modify, type ModificationOptions } from 'jsonc-parser';
import { type DeskConfig } from '../core/config';
import { MomentosError } from '../core/errors';
import { configFile, parseConfig } from './config';

export interface EditedConfig {
  readonly path: string;
  readonly text: string;
  /** What the text says. */
  readonly config: DeskConfig;
}

/** momentos.json with one value put in its place (`insert`: between others); the rest stays as people wrote it, comments too. Writes nothing. Errors: `config.*`. */
export async function editedConfig(dir: string, place: JSONPath, value: unknown, insert = false): Promise<EditedConfig> {
  const path = join(dir, configFile);
  const before = await readFile(path, 'utf8');
  parseConfig(before, path);
  const options: ModificationOptions = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: before.includes('\r\n') ? '\r\n' : '\n' }, isArrayInsertion: insert };
  const text = applyEdits(before, modify(before, place, value, options));
  return { path, text, config: parseConfig(text, path) };
}

/** Written beside it, synced, and put in its place at once. Errors: `store.notWritable`. */
export async function replaceConfig({ path, text }: EditedConfig): Promise<void> {
  const temporary = `${path}.${String(process.pid)}.tmp`;
  try {
    const handle = await open(temporary, 'wx', (await stat(path)).mode & 0o777);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await unlink(temporary).catch(() => undefined);
    throw new MomentosError('store.notWritable', { path }, { cause });
  }
}
