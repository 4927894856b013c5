import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

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

/** What belongs to one practice desk but does not lie in it. */
export interface PracticeFolders {
  /** The world of its practice server and the ports it used: kept until the desk starts over. */
  readonly state: string;
  /** The settings, extensions and window state of the VS Code that is opened on it. */
  readonly vsCode: string;
}

/** The folders beside a practice desk, named after its path so that two desks never share them. */
export function practiceFolders(deskDir: string, env: Environment, home: string = homedir()): PracticeFolders {
  const name = `practice-${createHash('sha256').update(resolve(deskDir)).digest('hex').slice(0, 8)}`;
  return {
    state: join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'momentos', name),
    vsCode: join(cacheFolder(env, home), name),
  };
}
