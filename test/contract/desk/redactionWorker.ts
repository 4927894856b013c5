// Approves the one redaction of a desk as its reviewer, and kills itself just before the n-th step that would reach the disk. Says "done" when it was not killed.
import * as files from 'node:fs/promises';
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createDesk } from '../../../src/desk/desk';
import { systemClock, systemRandomness } from '../../../src/desk/systemClock';

const [dir = '', mediaDir = '', nth = ''] = process.argv.slice(2);
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let left = Number(nth);
let counting = false;

function step(): void {
  if (!counting) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

/** Every way to the disk asks first. */
function watch(target: Record<string, unknown>, names: readonly string[]): void {
  for (const name of names) {
    const real = target[name] as (...args: unknown[]) => unknown;
    target[name] = function (this: unknown, ...args: unknown[]): unknown {
      step();
      return Reflect.apply(real, this, args);
    };
  }
}

async function main(): Promise<void> {
  const desk = await createDesk({ dir, environment: process.env, clock: systemClock, random: systemRandomness, logger: quiet, version: '0.0.0', mediaDir, as: 'Revisora de práctica' });
  const [waiting] = await desk.redactions.list();
  // The module object itself, whose functions the bundle calls.
  watch(createRequire(__filename)('node:fs/promises') as Record<string, unknown>, ['rename', 'unlink']);
  const handle = await files.open(process.execPath, 'r');
  watch(Object.getPrototypeOf(handle) as Record<string, unknown>, ['write', 'sync', 'datasync', 'truncate']);
  await handle.close();
  counting = true;
  await desk.redactions.approve(waiting?.id ?? '');
  counting = false;
  await desk.dispose();
  writeSync(1, 'done');
}

void main();
