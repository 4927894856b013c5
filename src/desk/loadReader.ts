import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TextReader } from '../core/textReading';
import { createTextReader } from '../sentiment/rules/textReader';

/** The reader with the rules of `mediaDir`. */
export function loadReader(mediaDir: string): TextReader {
  const read = (language: string): string => readFileSync(join(mediaDir, 'rules', `${language}.txt`), 'utf8');
  return createTextReader({ es: read('es'), en: read('en'), pt: read('pt'), fr: read('fr') });
}
