import { resolve } from 'node:path';
import { MomentosError } from '../../core/errors';
import { type Desk } from '../../desk/deskApi';
import { findDesk } from '../../desk/findDesk';
import { systemClock, systemRandomness } from '../../desk/systemClock';
import { Terminal, terminalLogger, type Streams } from './terminal';

/** Options that every command has. */
export interface CommonOptions {
  readonly desk?: string;
  readonly json?: boolean;
  readonly as?: string;
}

/** What a command gets beside its options: streams, the desk, where data lies. */
export interface CliHost {
  readonly streams: Streams;
  readonly cwd: string;
  readonly version: string;
  readonly mediaDir: string;
  /** Ends long work: Ctrl+C. */
  readonly signal: AbortSignal;
}

export function terminalFor(host: CliHost, options: CommonOptions): Terminal {
  return new Terminal(host.streams, options.json === true);
}

/** The folder of the desk: `--desk`, else the nearest folder upwards with a momentos.json. Errors: `desk.notFound`. */
export async function deskDir(host: CliHost, options: CommonOptions): Promise<string> {
  if (options.desk !== undefined) return resolve(host.cwd, options.desk);
  const found = await findDesk(host.cwd);
  if (found === undefined) throw new MomentosError('desk.notFound', { dir: host.cwd });
  return found;
}

/** Opens the desk for one deed and closes it again, whatever happens. */
export async function withDesk<T>(host: CliHost, options: CommonOptions, deed: (desk: Desk) => Promise<T>, how: { readonly readOnly?: boolean } = {}): Promise<T> {
  const dir = await deskDir(host, options);
  // Loaded when a desk is opened: help, score and errors of usage need none of it.
  const { createDesk } = await import('../../desk/desk');
  const desk = await createDesk({
    dir,
    environment: host.streams.environment,
    clock: systemClock,
    random: systemRandomness,
    logger: terminalLogger(host.streams),
    version: host.version,
    mediaDir: host.mediaDir,
    ...(options.as === undefined ? {} : { as: options.as }),
    ...(how.readOnly === true ? { readOnly: true } : {}),
  });
  try {
    return await deed(desk);
  } finally {
    await desk.dispose();
  }
}
