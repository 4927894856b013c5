import { homedir } from 'node:os';
import { join } from 'node:path';

/** The part of `process.env` that a function reads. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where VS Code itself and its settings for practice are kept between runs: outside the project, and deletable at any time.
 * `$XDG_CACHE_HOME/momentos`, by default `~/.cache/momentos`; `MOMENTOS_CACHE` names another folder.
 */
export function cacheFolder(env: Environment, home: string = homedir()): string {
  if (env['MOMENTOS_CACHE']) return env['MOMENTOS_CACHE'];
  return join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'momentos');
}

/** Where the practice desk lies when nobody names a folder: `$XDG_DATA_HOME/momentos/practice-desk`, by default `~/momentos-practice`. */
export function practiceDeskFolder(env: Environment, home: string = homedir()): string {
  return env['XDG_DATA_HOME'] ? join(env['XDG_DATA_HOME'], 'momentos', 'practice-desk') : join(home, 'momentos-practice');
}
