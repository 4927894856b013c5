import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScoredLanguage, scoredLanguages } from '../core/sentiment';

/** By language what `read` answers; a language for which it is undefined is left out. */
export function ofEachLanguage<T>(read: (language: ScoredLanguage) => T | undefined): Partial<Record<ScoredLanguage, T>> {
  const found: Partial<Record<ScoredLanguage, T>> = {};
  for (const language of scoredLanguages) {
    const value = read(language);
    if (value !== undefined) found[language] = value;
  }
  return found;
}

/** undefined: there is no such file. */
export function textOf(...path: readonly string[]): string | undefined {
  const file = join(...path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** undefined: there is no such file. */
export function bytesOf(...path: readonly string[]): Uint8Array | undefined {
  const file = join(...path);
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** A file of the tables that the build compiles from the texts of `mediaDir`; undefined: this is no build. */
export function tableOf(mediaDir: string, name: string): Uint8Array | undefined {
  return bytesOf(mediaDir, '..', 'dist', 'tables', `${name}.bin`);
}
