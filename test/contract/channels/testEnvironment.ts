import { inspect } from 'node:util';
import { expect } from 'vitest';
import { isSameSecret } from '../../../src/core/channelSecret';
import { type Clock, type Logger, type Randomness } from '../../../src/core/clock';
import { type ErrorCode, MomentosError } from '../../../src/core/errors';
import { type ChannelEnvironment, type RateLimits } from '../../../src/core/channelPort';
import { type ChannelSecret } from '../../../src/core/secretPorts';

/** The real time, moved on by each sleep, which takes none. */
export class TestClock implements Clock {
  readonly slept: number[] = [];
  private ahead = 0;

  now(): number {
    return Date.now() + this.ahead;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new MomentosError('network.cancelled');
    this.slept.push(ms);
    this.ahead += ms;
    await Promise.resolve();
  }

  advance(ms: number): void {
    this.ahead += ms;
  }
}

/** The same numbers in each run. */
export class TestRandomness implements Randomness {
  private state = 7;

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.next() & 0xff);
  }

  fraction(): number {
    return (this.next() & 0xffff) / 0x10000;
  }

  private next(): number {
    this.state = (Math.imul(this.state, 1_103_515_245) + 12_345) >>> 0;
    return this.state >>> 8;
  }
}

export class TestLogger implements Logger {
  readonly lines: string[] = [];
  debug = (message: string, fields?: object): void => this.note('debug', message, fields);
  info = (message: string, fields?: object): void => this.note('info', message, fields);
  warn = (message: string, fields?: object): void => this.note('warn', message, fields);
  error = (message: string, fields?: object): void => this.note('error', message, fields);

  private note(level: string, message: string, fields: object | undefined): void {
    this.lines.push(`${level} ${message} ${inspect(fields, { depth: null })}`);
  }
}

/** Keeps one secret as the desk does: what renews takes its turn, and is stored before anybody uses it. */
export class SecretKeeper {
  readonly limits: RateLimits[] = [];
  private turn: Promise<unknown> = Promise.resolve();

  constructor(public stored: ChannelSecret) {}

  environment(shared: { readonly clock: Clock; readonly logger: Logger; readonly random?: Randomness }): ChannelEnvironment {
    return {
      clock: shared.clock, logger: shared.logger, random: shared.random ?? new TestRandomness(), userAgent: 'Momentos/0.1.0',
      secret: () => Promise.resolve(this.stored),
      renew: (used, renew) => {
        const next = this.turn.then(async () => {
          if (isSameSecret(this.stored, used)) this.stored = await renew(this.stored);
          return this.stored;
        });
        this.turn = next.catch(() => undefined);
        return next;
      },
      noteLimits: (limits) => void this.limits.push(limits),
    };
  }
}

/** What a promise fails with. It must be one of our own errors, and nothing about it may hold any of the secrets. */
export async function failureOf(promise: Promise<unknown>, ...secrets: readonly string[]): Promise<MomentosError> {
  const error: unknown = await promise.then((value) => expect.fail(`it did not fail but gave ${inspect(value)}`), (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MomentosError);
  const all = inspect(error, { depth: null, showHidden: true, maxStringLength: null }) + JSON.stringify(error) + ((error as Error).stack ?? '');
  for (const secret of secrets) expect(all).not.toContain(secret);
  return error as MomentosError;
}

export async function codeOf(promise: Promise<unknown>, ...secrets: readonly string[]): Promise<ErrorCode> {
  return (await failureOf(promise, ...secrets)).code;
}
