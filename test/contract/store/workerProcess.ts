import { spawn, type ChildProcessByStdio, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Readable, type Writable } from 'node:stream';
import { build } from 'esbuild';
import { type WorkerJob } from './storeWorker';

export interface WorkerBundle {
  readonly path: string;
  remove(): Promise<void>;
}

/** The worker as one file that plain Node runs. */
export async function bundleWorker(): Promise<WorkerBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'momentos-worker-'));
  const path = join(folder, 'storeWorker.cjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'storeWorker.ts')],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A worker that runs: what it says is kept, and can be waited for. */
export class WorkerProcess {
  readonly lines: string[] = [];
  readonly ended: Promise<void>;
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private waiting: { readonly test: (line: string) => boolean; readonly resolve: (line: string) => void; readonly reject: (error: Error) => void }[] = [];
  private errors = '';

  /** `wrapper` = a command that runs the rest of its arguments, for a worker under a limit. */
  constructor(bundle: WorkerBundle, job: WorkerJob, options: SpawnOptions = {}, wrapper: readonly string[] = []) {
    const [command = process.execPath, ...args] = [...wrapper, process.execPath, bundle.path, JSON.stringify(job)];
    this.child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] }) as ChildProcessByStdio<Writable, Readable, Readable>;
    this.child.stdin.on('error', () => undefined);
    this.child.stderr.on('data', (data: Buffer) => {
      this.errors += data.toString('utf8');
    });
    const output = createInterface({ input: this.child.stdout });
    output.on('line', (line) => {
      this.lines.push(line);
      this.waiting = this.waiting.filter((wait) => {
        if (!wait.test(line)) return true;
        wait.resolve(line);
        return false;
      });
    });
    this.ended = once(this.child, 'close').then(() => {
      for (const wait of this.waiting) wait.reject(new Error(`the worker ended: ${this.errors}`));
      this.waiting = [];
    });
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  /** Resolves with the first line that passes, said already or yet to come. */
  async says(test: (line: string) => boolean): Promise<string> {
    const said = this.lines.find(test);
    if (said !== undefined) return said;
    return new Promise((resolve, reject) => {
      this.waiting.push({ test, resolve, reject });
    });
  }

  tell(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Indexes whose writes were acknowledged. */
  get acknowledged(): readonly number[] {
    return this.lines.flatMap((line) => (line.startsWith('did ') ? Number(line.slice(4)) : []));
  }
}
