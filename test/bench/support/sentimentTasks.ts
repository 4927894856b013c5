import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type SentimentModel } from '../../../src/core/sentiment';
import { loadModel } from '../../../src/desk/loadModel';

/** What loading costs a process that has just begun. */
export interface LoadCost {
  /** Milliseconds until every language is loaded, and until a text of each was scored on top of that. */
  readonly load: number;
  readonly first: number;
  /** Of heap and array buffers, after both. */
  readonly bytes: number;
}

const texts = ['Llevo tres meses esperando y nadie contesta.', 'Three months waiting and nobody answers.', 'Três meses esperando e ninguém responde.', 'Trois mois d\'attente et personne ne répond.'];

function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function sentimentLoad(_args: readonly string[], ready: () => Promise<void>): Promise<LoadCost> {
  await ready();
  const before = usedBytes();
  const start = performance.now();
  const model: SentimentModel = loadModel(join(process.cwd(), 'media'));
  const loaded = performance.now();
  for (const text of texts) model.score(text);
  const scored = performance.now();
  const bytes = usedBytes() - before;
  // Named once more so that it is not collected before it is measured.
  if (model.version === '') throw new Error('no version');
  return { load: loaded - start, first: scored - loaded, bytes };
}

/** What an area runs in a process of its own, by name. */
export const sentimentTasks: Readonly<Record<string, (args: readonly string[], ready: () => Promise<void>) => Promise<unknown>>> = { sentimentLoad };
