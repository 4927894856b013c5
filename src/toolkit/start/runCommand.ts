import { spawnGroup, stopGroup } from './processGroup';

/** How a program ended. `output` is the end of what it printed on both streams, at most 64 KiB. */
export interface CommandResult {
  readonly status: number | null;
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program and all that it started. */
  readonly signal?: AbortSignal;
  /** After this long (ms) the program is ended; no limit by default. */
  readonly timeoutMs?: number;
}

const outputLimit = 65_536;

/**
 * Runs a program to its end and keeps what it said. A program that can't be started, was aborted or took too long
 * ends with status `null`; nothing is thrown.
 */
export async function runCommand(file: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const child = spawnGroup(file, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-outputLimit);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const stop = (): void => {
    void stopGroup(child);
  };
  const timer = options.timeoutMs === undefined ? undefined : setTimeout(stop, options.timeoutMs);
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    if (options.signal?.aborted) stop();
    return await new Promise<CommandResult>((resolve) => {
      child.once('error', (error) => resolve({ status: null, output: `${output}${error.message}` }));
      child.once('close', (status) => resolve({ status, output }));
    });
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
  }
}
