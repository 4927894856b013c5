import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TextReader } from '../core/textReading';
import { createTextReader } from '../sentiment/rules/textReader';
import { type TextScan } from '../sentiment/scan';
import { ofEachLanguage, tableOf } from './mediaFiles';

/** The reader with the rules of `mediaDir`. `scan`: one that is shared with the scorer. */
export function loadReader(mediaDir: string, scan?: TextScan): TextReader {
  return createTextReader(ofEachLanguage((language) => readFileSync(join(mediaDir, 'rules', `${language}.txt`), 'utf8')), { scan, compiled: tableOf(mediaDir, 'rules') });
}
