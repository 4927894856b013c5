import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { type Logger } from '../../core/clock';
import { asMomentosError, MomentosError } from '../../core/errors';
import { exitStatus, type ExitStatus } from './exitStatus';

export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

type Colour = 'red' | 'green' | 'yellow' | 'dim' | 'bold';
const codes: Readonly<Record<Colour, readonly [number, number]>> = { red: [31, 39], green: [32, 39], yellow: [33, 39], dim: [2, 22], bold: [1, 22] };

/** What a command writes to: data on stdout, everything else on stderr; colours and progress only on a terminal. */
export class Terminal {
  constructor(readonly streams: Streams, readonly json: boolean) {}

  /** One line of data. */
  line(text: string): void {
    this.streams.stdout.write(`${text}\n`);
  }

  /** One JSON value on a line of its own. */
  value(value: unknown): void {
    this.line(JSON.stringify(value));
  }

  /** One item of data: its JSON form with `--json`, else its line. */
  item(json: () => unknown, text: () => string): void {
    if (this.json) this.value(json());
    else this.line(text());
  }

  /** A remark for the person, on stderr; silent with `--json`. */
  say(text: string): void {
    if (!this.json) this.streams.stderr.write(`${text}\n`);
  }

  colour(colour: Colour, text: string): string {
    const [on, off] = codes[colour];
    return this.streams.stdout.isTTY && !this.streams.environment['NO_COLOR'] ? `\u001b[${String(on)}m${text}\u001b[${String(off)}m` : text;
  }

  /** A progress line on stderr, only on a terminal. */
  progress(label: string): (fraction: number) => void {
    const { stderr } = this.streams;
    if (!stderr.isTTY || this.json) return () => undefined;
    return (fraction) => {
      stderr.write(`\r${label} ${String(Math.round(fraction * 100))} %${fraction >= 1 ? '\r\u001b[K' : ''}`);
    };
  }

  /** Asks a question; `fallback` for an empty answer. Errors: `usage.invalid` when nobody can be asked. */
  async ask(question: string, fallback?: string): Promise<string> {
    const { stdin, stderr } = this.streams;
    const reader = createInterface({ input: stdin, output: stderr, terminal: stdin.isTTY && stderr.isTTY });
    try {
      const answer = await new Promise<string | undefined>((resolve) => {
        reader.once('close', () => {
          resolve(undefined);
        });
        void reader.question(`${question}${fallback === undefined ? '' : ` [${fallback}]`}: `).then(resolve);
      });
      const given = answer?.trim() ?? '';
      if (given !== '') return given;
      if (fallback !== undefined) return fallback;
      throw new MomentosError('usage.invalid', { reason: question });
    } finally {
      reader.close();
    }
  }

  /** Asks for a secret without showing what is typed; undefined = nobody can be asked. */
  async askUnseen(question: string): Promise<string | undefined> {
    const { stdin, stderr } = this.streams;
    if (!stdin.isTTY || !stderr.isTTY) return undefined;
    stderr.write(`${question}: `);
    const unseen = new Writable({
      write(_chunk, _encoding, done) {
        done();
      },
    });
    const reader = createInterface({ input: stdin, output: unseen, terminal: true });
    try {
      return await reader.question('');
    } finally {
      reader.close();
      stderr.write('\n');
    }
  }

  /** Says an error in its place; the exit status that belongs to it. */
  async fail(thrown: unknown): Promise<ExitStatus> {
    const error = asMomentosError(thrown);
    const { sentence } = await import('../../desk/sentences');
    const message = sentence(error);
    if (this.json) this.value({ error: { code: error.code, message, details: error.details } });
    else this.streams.stderr.write(`${message}\n`);
    if (error.code === 'unexpected' && this.streams.environment['MOMENTOS_DEBUG']) this.streams.stderr.write(`${inspect(error.cause)}\n`);
    return exitStatus(error.code);
  }
}

/** Warnings and errors on stderr with `MOMENTOS_DEBUG`, else silent: what a person must know is said as an error's sentence. */
export function terminalLogger(streams: Streams): Logger {
  const write = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>): void => {
    if (streams.environment['MOMENTOS_DEBUG']) streams.stderr.write(`${level} ${message} ${fields === undefined ? '' : JSON.stringify(fields)}\n`);
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
