// Erases once more what came back to a desk, as its reviewer, and kills itself just before the n-th step that would reach the disk. Says "done" when it was not killed.
import { writeSync } from 'node:fs';
import { createDesk } from '../../../src/desk/desk';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';
import { killAtStep } from './killAtStep';

const [dir = '', mediaDir = '', nth = ''] = process.argv.slice(2);
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function main(): Promise<void> {
  const desk = await createDesk({ dir, environment: process.env, clock: systemClock, random: systemRandomness, logger: quiet, version: '0.0.0', mediaDir, as: 'Revisora de práctica' });
  const count = await killAtStep(Number(nth), __filename);
  const stop = count();
  await desk.redactions.eraseAgain();
  stop();
  await desk.dispose();
  writeSync(1, 'done');
}

void main();
