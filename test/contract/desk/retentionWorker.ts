// Applies a desk's retention schedule, and kills itself just before the n-th step that would reach the disk. Says "done" when it was not killed.
import { writeSync } from 'node:fs';
import { type Clock } from '../../../src/core/clock';
import { createDesk } from '../../../src/desk/desk';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';
import { killAtStep } from './killAtStep';

const [dir = '', mediaDir = '', nth = '', shiftMs = ''] = process.argv.slice(2);
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const clock: Clock = { now: () => Date.now() + Number(shiftMs), sleep: (ms, signal) => systemClock.sleep(ms, signal) };

async function main(): Promise<void> {
  const desk = await createDesk({ dir, environment: process.env, clock, random: systemRandomness, logger: quiet, version: '0.0.0', mediaDir, as: 'Ana Pérez <ana@isc.example>' });
  const count = await killAtStep(Number(nth), __filename);
  const stop = count();
  await desk.retention.dispose();
  stop();
  await desk.dispose();
  writeSync(1, 'done');
}

void main();
