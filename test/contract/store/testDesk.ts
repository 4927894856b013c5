import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditDraft } from '../../../src/core/audit';
import { type Clock, type Logger, type Randomness } from '../../../src/core/clock';
import { type Mention } from '../../../src/core/mention';
import { openDeskStores, type DeskStores, type DeskStoresOptions } from '../../../src/store/deskStores';

export const noon = Date.UTC(2026, 4, 20, 16, 0, 0);

/** A clock that stands until it is moved. */
export class FixedClock implements Clock {
  constructor(public time = noon) {}

  now(): number {
    return this.time;
  }

  sleep(ms: number): Promise<void> {
    this.time += ms;
    return Promise.resolve();
  }
}

/** Later than everything that the kill trials write. */
export const secretClock: Clock = { now: () => Date.UTC(2126, 0, 1), sleep: () => Promise.resolve() };

/** Repeatable numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const systemRandom: Randomness = { bytes: (length) => randomBytes(length), fraction: () => 0.5 };

/** Keeps what was logged, to look at. */
export class LogBook implements Logger {
  readonly lines: { readonly level: string; readonly message: string; readonly fields: unknown }[] = [];

  debug(message: string, fields?: unknown): void {
    this.lines.push({ level: 'debug', message, fields });
  }
  info(message: string, fields?: unknown): void {
    this.lines.push({ level: 'info', message, fields });
  }
  warn(message: string, fields?: unknown): void {
    this.lines.push({ level: 'warn', message, fields });
  }
  error(message: string, fields?: unknown): void {
    this.lines.push({ level: 'error', message, fields });
  }
}

/** A desk folder of its own, and the stores opened on it, closed and removed at the end. */
export class TestDesk {
  readonly clock = new FixedClock();
  readonly log = new LogBook();
  private readonly opened: DeskStores[] = [];

  private constructor(readonly dir: string) {}

  static async make(): Promise<TestDesk> {
    return new TestDesk(await mkdtemp(join(tmpdir(), 'momentos-store-')));
  }

  async open(options: Partial<DeskStoresOptions> = {}): Promise<DeskStores> {
    const stores = await openDeskStores({ dir: this.dir, sharing: 'private', clock: this.clock, random: systemRandom, logger: this.log, ...options });
    this.opened.push(stores);
    return stores;
  }

  path(...parts: readonly string[]): string {
    return join(this.dir, '.momentos', ...parts);
  }

  async remove(): Promise<void> {
    for (const stores of this.opened) await stores.dispose();
    await rm(this.dir, { recursive: true, force: true, maxRetries: 10 });
  }
}

export function draftOf(index: number, fields: Partial<AuditDraft> = {}): AuditDraft {
  return {
    kind: 'mention.noted',
    at: noon + index,
    actor: { id: 'p-0123456789', name: 'Ana Pérez', email: 'ana@isc.example', source: 'flag', osAccount: 'ana' },
    subject: `m-${String(index).padStart(10, '0')}`,
    body: { index },
    values: { note: `Nota número ${String(index)}: llamó la ciudadana` },
    ...fields,
  };
}

export function mentionOf(index: number, fields: Partial<Mention> = {}): Mention {
  return {
    id: `m-${String(index).padStart(10, '0')}`,
    channel: 'mastodon-main',
    post: {
      externalId: `ext-${String(index)}`,
      author: { id: `net-${String(index % 7)}`, handle: `citizen${String(index % 7)}@social.example`, name: 'Ciudadana' },
      text: `¿Dónde renuevo la cédula? (${String(index)})`,
      postedAt: noon - 60_000 + index,
      visibility: 'public',
      media: [],
      mentions: ['isc'],
      own: false,
    },
    authorId: `a-${String(index % 7).padStart(6, '0')}`,
    conversation: `c-${String(index % 11).padStart(6, '0')}`,
    receivedAt: noon + index,
    language: 'es',
    sentiment: { label: 'neutral', score: 0, confidence: 0.5, evidence: [] },
    priority: 'normal',
    priorityReasons: [],
    target: { priority: 'normal', allowedMs: 14_400_000, officeHours: false, dueAt: noon + 14_400_000 },
    backlog: false,
    status: 'open',
    notes: [],
    replies: [],
    revision: 1,
    ...fields,
  };
}

export function receivedDraft(mention: Mention): AuditDraft {
  return { kind: 'mention.received', at: mention.receivedAt, actor: 'desk', subject: mention.id, body: { channel: mention.channel }, values: { text: mention.post.text, externalId: mention.post.externalId } };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
