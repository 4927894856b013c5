import { writeSync } from 'node:fs';
import { type Clock } from '../../../src/core/clock';
import { createDesk } from '../../../src/desk/desk';
import { type Desk } from '../../../src/desk/deskApi';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';
import { silentLogger } from '../../../src/toolkit/start/silentLogger';
import { killAtStep } from './killAtStep';

/**
 * What a worker of `killedSteps` is: opens the desk as somebody, does one deed, and kills itself just before the n-th step of it that would reach the disk. Says "done" when it was
 * not killed. Arguments of the process: desk, media, n, and by how many ms the clock is ahead.
 * @param here the worker's own file, once it is bundled
 */
export async function killedDeed(here: string, as: string, deed: (desk: Desk) => Promise<unknown>): Promise<void> {
  const [dir = '', mediaDir = '', nth = '', aheadMs = '0'] = process.argv.slice(2);
  const clock: Clock = { now: () => Date.now() + Number(aheadMs), sleep: (ms, signal) => systemClock.sleep(ms, signal) };
  const desk = await createDesk({ dir, environment: process.env, clock, random: systemRandomness, logger: silentLogger, version: '0.0.0', mediaDir, as });
  const count = await killAtStep(Number(nth), here);
  const stop = count();
  await deed(desk);
  stop();
  await desk.dispose();
  writeSync(1, 'done');
}
