import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

export const configFile = 'momentos.json';

/** The nearest folder upwards that has a `momentos.json`; undefined = none. */
export async function findDesk(from: string): Promise<string | undefined> {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    if (await isFile(join(dir, configFile))) return dir;
    if (dirname(dir) === dir) return undefined;
  }
}

export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
