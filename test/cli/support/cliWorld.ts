import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startPracticeServer, type PracticeServer, type PracticeServerOptions } from '../../../src/toolkit/practice/practiceServer';

export const cliPath = resolve(process.env['MOMENTOS_CLI'] ?? join(import.meta.dirname, '../../../dist/cli.js'));

export interface Outcome {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  /** Beside the world's own; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A home of its own for the command line: nothing of this machine's user is read or written. */
export class CliHome {
  readonly home = mkdtempSync(join(tmpdir(), 'momentos-cli-'));
  /** Everything that any command of this home printed. */
  readonly printed: string[] = [];
  private readonly children = new Set<ChildProcess>();
  env: Record<string, string | undefined>;

  constructor(env: Readonly<Record<string, string | undefined>> = {}) {
    mkdirSync(join(this.home, 'config'));
    this.env = {
      PATH: process.env['PATH'],
      HOME: this.home,
      XDG_CONFIG_HOME: join(this.home, 'config'),
      GIT_CONFIG_NOSYSTEM: '1',
      MOMENTOS_LANGUAGE: 'en',
      MOMENTOS_OPERATOR: 'Ana Pérez <ana@isc.example>',
      ...env,
    };
  }

  start(args: readonly string[], options: RunOptions = {}): ChildProcess {
    const child = spawn(process.execPath, [cliPath, ...args], { cwd: options.cwd ?? this.home, env: { ...this.env, ...options.env }, stdio: 'pipe' });
    this.children.add(child);
    child.once('close', () => this.children.delete(child));
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => this.printed.push(chunk.toString()));
    return child;
  }

  async run(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const child = this.start(args, options);
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
    return finished(child);
  }

  close(): void {
    for (const child of this.children) child.kill('SIGKILL');
    // One that was just killed may still write a file.
    rmSync(this.home, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Waits for the end of a process and gives all that it printed from now on. */
export async function finished(child: ChildProcess): Promise<Outcome> {
  const read: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr'] as const) child[name]?.on('data', (chunk: Buffer) => read[name].push(chunk));
  const status = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      done(code);
    });
  });
  return { status, stdout: Buffer.concat(read.stdout).toString(), stderr: Buffer.concat(read.stderr).toString() };
}

/** The first line that a running process prints on stdout. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) done(text.slice(0, text.indexOf('\n')));
    });
    child.once('close', () => {
      fail(new Error(`ended after: ${text}`));
    });
  });
}

export type Json = Record<string, unknown>;

/** Every line of JSON output. */
export function jsonLines<T = Json>(text: string): readonly T[] {
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

/** The one value that was printed, and nothing else. */
export function json<T = Json>(text: string): T {
  const values = jsonLines<T>(text);
  if (values.length !== 1) throw new Error(`${String(values.length)} values in place of one: ${text.slice(0, 500)}`);
  return values[0]!;
}

/** A practice desk in a home of its own, with a practice server of its own; made by `momentos init --practice`. */
export class CliDesk extends CliHome {
  readonly dir = join(this.home, 'desk');

  private constructor(readonly server: PracticeServer) {
    super({ MOMENTOS_TOKEN_MASTODON_MAIN: server.token });
  }

  static async make(options: PracticeServerOptions = {}): Promise<CliDesk> {
    const desk = new CliDesk(await startPracticeServer({ count: 0, seed: 7, ...options }));
    const made = await desk.run(['init', desk.dir, '--practice', desk.server.url]);
    if (made.status !== 0) throw new Error(made.stderr);
    return desk;
  }

  /** Runs a command in the desk's folder. */
  in(...args: readonly string[]): Promise<Outcome> {
    return this.run(args, { cwd: this.dir });
  }

  /** Runs a command with `--json` and gives its lines; throws when it fails. */
  async lines<T = Json>(...args: readonly string[]): Promise<readonly T[]> {
    const { status, stdout, stderr } = await this.in(...args, '--json');
    if (status !== 0) throw new Error(`momentos ${args.join(' ')}: ${String(status)} ${stdout}${stderr}`);
    return jsonLines<T>(stdout);
  }

  async one<T = Json>(...args: readonly string[]): Promise<T> {
    const [value, ...more] = await this.lines<T>(...args);
    if (value === undefined || more.length > 0) throw new Error(`momentos ${args.join(' ')}: ${String(more.length + 1)} values`);
    return value;
  }

  /** Citizens write, the desk pulls; their mentions' ids at the desk, in the same order. */
  async receive(...mentions: readonly { readonly text: string; readonly author: string; readonly name?: string }[]): Promise<readonly string[]> {
    for (const mention of mentions) this.server.control.addMention(mention);
    await this.one('pull');
    const all = await this.lines<{ id: string; author: { handle: string } }>('inbox', '--all');
    return mentions.map(({ author }) => {
      const found = all.filter(({ author: { handle } }) => handle === author);
      if (found.length !== 1) throw new Error(`${author}: ${String(found.length)} mentions`);
      return found[0]!.id;
    });
  }

  override close(): void {
    void this.server.close();
    super.close();
  }
}
