import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A task of the bench in a process of its own, so that its memory and its time are its own. */
export interface ChildTask {
  /** Resolves when the task says that it is ready. */
  readonly ready: Promise<void>;
  go(): void;
  /** What the task gave back. */
  readonly result: Promise<unknown>;
}

/** Starts `node build/bench.js --task NAME ARGS`, which waits for a word before it begins. */
export function startTask(name: string, ...args: readonly string[]): ChildTask {
  const child = spawn(process.execPath, [process.argv[1] ?? '', '--task', name, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const result = new Promise<unknown>((resolve, reject) => {
    let last: unknown;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') isReady();
      else last = JSON.parse(line);
    });
    child.once('close', (status) => {
      if (status === 0) resolve(last);
      else reject(new Error(`the task ${name} ended with ${String(status)}`));
    });
  });
  return { ready, result, go: () => child.stdin.end('go\n') };
}

/** Runs one task to its end. */
export async function runTask(name: string, ...args: readonly string[]): Promise<unknown> {
  const task = startTask(name, ...args);
  await task.ready;
  task.go();
  return task.result;
}

/** The other end: says that it is ready, waits for the word, prints what the task gives back. */
export async function serveTask(task: (args: readonly string[], ready: () => Promise<void>) => Promise<unknown>, args: readonly string[]): Promise<void> {
  const ready = async (): Promise<void> => {
    console.log('ready');
    for await (const chunk of process.stdin) if (String(chunk).includes('go')) return;
  };
  console.log(JSON.stringify(await task(args, ready)));
}
