import * as files from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Starts to count at once; ends the counting. */
export type StepCounter = () => () => void;

/** From the returned call on, this process kills itself just before the n-th step that would reach the disk. */
export async function killAtStep(nth: number, here: string): Promise<StepCounter> {
  let left = nth;
  let counting = false;
  /** Every way to the disk asks first. */
  const watch = (target: Record<string, unknown>, names: readonly string[]): void => {
    for (const name of names) {
      const real = target[name] as (...args: unknown[]) => unknown;
      target[name] = function (this: unknown, ...args: unknown[]): unknown {
        if (counting) left -= 1;
        if (counting && left === 0) process.kill(process.pid, 'SIGKILL');
        return Reflect.apply(real, this, args);
      };
    }
  };
  // The module object itself, whose functions the bundle calls.
  watch(createRequire(here)('node:fs/promises') as Record<string, unknown>, ['rename', 'unlink', 'mkdir', 'link']);
  const handle = await files.open(process.execPath, 'r');
  watch(Object.getPrototypeOf(handle) as Record<string, unknown>, ['write', 'sync', 'datasync', 'truncate']);
  await handle.close();
  return () => {
    counting = true;
    return () => {
      counting = false;
    };
  };
}
