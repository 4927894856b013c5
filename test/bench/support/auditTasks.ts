import { createHash, hash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type AuditDraft } from '../../../src/core/audit';
import { type Clock, type Logger, type Randomness } from '../../../src/core/clock';
import { openDeskStores, type DeskStores } from '../../../src/store/deskStores';

export const benchMonth = '2026-05';
const at = Date.UTC(2026, 4, 20, 16);
const clock: Clock = { now: () => at, sleep: () => Promise.resolve() };
const random: Randomness = { bytes: (length) => randomBytes(length), fraction: () => 0.5 };
const silent = (): void => undefined;
const logger: Logger = { debug: silent, info: silent, warn: silent, error: silent };

export async function storesOf(dir: string, readOnly = false): Promise<DeskStores> {
  return openDeskStores({ dir, sharing: 'private', clock, random, logger, readOnly });
}

/** A sent reply, about as large as the desk writes it. */
export function sentDraft(index: number): AuditDraft {
  return {
    kind: 'reply.sent',
    at,
    actor: { id: 'p-0123456789', name: 'Ana Pérez', email: 'ana@isc.example', source: 'git', osAccount: 'ana' },
    subject: `m-${String(index).padStart(10, '0')}`,
    body: { reply: 'r-0123456789', template: 'requirements', version: 3, postedAt: at - 600_000, receivedAt: at - 500_000, latencyMs: 600_000, officeMs: 600_000, inTarget: true },
    values: { text: `Buenos días. Para renovar la cédula, traiga el documento anterior a cualquier centro, de 8:00 a 16:00. (${String(index)})`, url: `https://social.example/@isc/${String(index)}` },
  };
}

/** Of each two hundred entries the last one erases all values of the first hundred. */
export function partlyErasedDraft(index: number): AuditDraft {
  if (index % 200 !== 199) return sentDraft(index);
  const erased = Array.from({ length: 100 }, (_unused, offset) => [index - 199 + offset, 'actor.email', 'actor.name', 'actor.osAccount', 'text', 'url']);
  return { ...sentDraft(index), kind: 'redacted', subject: 'x-0123456789', body: { scope: 'retention', basis: 'retention', part: 1, parts: 1, mentions: 100, erased }, values: {} };
}

/** False for entries whose values are gone. */
export function keepsValues(index: number): boolean {
  return index % 200 >= 100;
}

export interface Measured {
  readonly ms: number;
  /** CPU time, user and system. */
  readonly cpuMs: number;
  /** Most memory that the process held at once. */
  readonly peakMb: number;
}

async function measured(work: () => Promise<void>): Promise<Measured> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 };
}

type Task = (args: readonly string[], ready: () => Promise<void>) => Promise<unknown>;

/** What the bench runs in processes of their own. */
export const auditTasks: Readonly<Record<string, Task>> = {
  async verify([dir = ''], ready) {
    const stores = await storesOf(dir, true);
    await ready();
    return measured(async () => {
      const { problems, ok } = await stores.audit.verify();
      if (!ok) throw new Error(`the log does not verify: ${JSON.stringify(problems[0])}`);
    });
  },

  /** The least that a verifier could do: each line of both files read, parsed and hashed; by large chunks and one call a hash. */
  async readParseHash([dir = ''], ready) {
    await ready();
    return measured(async () => {
      for (const name of [`${benchMonth}.jsonl`, `${benchMonth}.values.jsonl`]) {
        const file = await open(join(dir, '.momentos', 'audit', name));
        let rest: Buffer = Buffer.alloc(0);
        for await (const chunk of file.createReadStream({ highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
          const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
          let start = 0;
          for (let end = data.indexOf(10); end !== -1; end = data.indexOf(10, start)) {
            const line = data.subarray(start, end);
            JSON.parse(line.toString('utf8'));
            hash('sha256', line, 'hex');
            start = end + 1;
          }
          rest = data.subarray(start);
        }
      }
    });
  },

  /** The same as most people would write it. */
  async readParseHashPlainly([dir = ''], ready) {
    await ready();
    return measured(async () => {
      for (const name of [`${benchMonth}.jsonl`, `${benchMonth}.values.jsonl`]) {
        for await (const line of createInterface({ input: createReadStream(join(dir, '.momentos', 'audit', name)) })) {
          JSON.parse(line);
          createHash('sha256').update(line).digest('hex');
        }
      }
    });
  },

  /** From nothing to knowing where the log ends. */
  async open([dir = ''], ready) {
    await ready();
    return measured(async () => {
      const stores = await storesOf(dir);
      await stores.audit.head();
    });
  },

  /** Appends one entry after the other for some time; gives back how many. */
  async append([dir = '', ms = '0'], ready) {
    const stores = await storesOf(dir);
    await ready();
    const end = performance.now() + Number(ms);
    let count = 0;
    while (performance.now() < end) {
      await stores.audit.append([sentDraft(count)]);
      count += 1;
    }
    await stores.dispose();
    return count;
  },
};
