import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { mediaDir, type DeskWorld } from '../../support/openDesk';

export interface KilledSteps {
  /** The worker's source, beside this file. */
  readonly worker: string;
  readonly world: DeskWorld;
  /** What the worker gets besides desk, media and step. */
  readonly more?: readonly string[] | undefined;
  /** The first step at which it is killed, and how many steps lie between two of them. */
  readonly first: number;
  readonly every: number;
  /** Looks at what was left, and says what became of it. `ended`: the worker came to its end. */
  readonly look: (trial: { readonly nth: number; readonly ended: boolean }) => Promise<string>;
}

/** Lets a worker do one deed on the same desk again and again, killed at another step each time, until it comes to its end; what became of each. */
export async function killedSteps({ worker, world, more = [], first, every, look }: KilledSteps): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'momentos-killed-'));
  const bundle = join(folder, 'worker.cjs');
  const local = join(world.dir, '.momentos');
  const kept = join(folder, 'before');
  try {
    await build({ entryPoints: [join(import.meta.dirname, worker)], bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], outfile: bundle, logLevel: 'error' });
    cpSync(local, kept, { recursive: true });
    const outcomes: string[] = [];
    for (let nth = first, ended = false; !ended; nth += every) {
      if (nth > 1000) throw new Error('the worker never comes to its end');
      rmSync(local, { recursive: true, force: true });
      cpSync(kept, local, { recursive: true });
      const child = spawnSync(process.execPath, [bundle, world.dir, mediaDir, String(nth), ...more], { env: { ...process.env, ...world.environment, MOMENTOS_OPERATOR: '' }, encoding: 'utf8' });
      ended = child.stdout === 'done';
      if (!ended && child.signal !== 'SIGKILL') throw new Error(`the worker failed: ${child.stderr}`);
      outcomes.push(await look({ nth, ended }));
    }
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Names of the files below a folder in which a text stands. */
export function filesWith(text: string, dir: string): readonly string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return filesWith(text, path);
    return readFileSync(path).includes(Buffer.from(text)) ? [name] : [];
  });
}

/** True when a marker says that something is not done yet. */
export function isCutOff({ dir }: DeskWorld): boolean {
  return ['redaction.json', 'archiving.json'].some((name) => existsSync(join(dir, '.momentos', name)));
}
