import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Emit, median, rounded } from './support/measure';

export const area = 'cli';

const rounds = 9;

interface Start {
  readonly name: string;
  readonly args: readonly string[];
  readonly target: number;
}

/**
 * The start of the command line, as a person waits for it, against the start of Node with nothing to do: help, which opens no desk, and the first score,
 * which reads the lexicons. Taken in turns, so that a machine that is busy for a while is busy for all of them.
 */
export async function run(emit: Emit): Promise<void> {
  const cli = join(process.cwd(), 'dist', 'cli.js');
  const starts: readonly Start[] = [
    { name: 'cli.start.help', args: [cli, '--help'], target: 3 },
    { name: 'cli.start.score', args: [cli, 'score'], target: 6 },
  ];
  const nothing: number[] = [];
  const taken = starts.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    nothing.push(started(['-e', '0']));
    for (const [index, { args }] of starts.entries()) taken[index]?.push(started(args));
  }
  for (const [index, { name, target }] of starts.entries()) {
    const value = median(taken[index] ?? []) / median(nothing);
    emit({ name, value: rounded(value), unit: 'x', against: 'node -e 0', target, met: value <= target });
  }
  return Promise.resolve();
}

/** Milliseconds from the start of a process to its end. */
function started(args: readonly string[]): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...args], { input: 'Muchas gracias por la ayuda\n', stdio: ['pipe', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${String(stderr)}`);
  return performance.now() - begin;
}
