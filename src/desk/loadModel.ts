import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SentimentModel } from '../core/sentiment';
import { createSentimentModel } from '../sentiment/sentimentModel';

/** The scorer with the lexicons of `mediaDir`. */
export function loadModel(mediaDir: string): SentimentModel {
  const read = (language: string): string => readFileSync(join(mediaDir, 'lexicons', `${language}.txt`), 'utf8');
  return createSentimentModel({ es: read('es'), en: read('en'), pt: read('pt'), fr: read('fr') });
}
