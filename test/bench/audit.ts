import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { type AuditDraft } from '../../src/core/audit';
import { type Clock, type Logger, type Randomness } from '../../src/core/clock';
import { DeskFolder } from '../../src/store/deskFolder';
import { openDeskStores, type DeskStores } from '../../src/store/deskStores';
import { DeskLock } from '../../src/store/lock';
import { median, rounded, timed, type Emit } from './support/measure';

export const area = 'audit';

const at = Date.UTC(2026, 4, 20, 16);
const clock: Clock = { now: () => at, sleep: () => Promise.resolve() };
const random: Randomness = { bytes: (length) => randomBytes(length), fraction: () => 0.5 };
const silent = (): void => undefined;
const logger: Logger = { debug: silent, info: silent, warn: silent, error: silent };

/** A sent reply, about as large as the desk writes it. */
function draftOf(index: number): AuditDraft {
  return {
    kind: 'reply.sent',
    at,
    actor: { id: 'p-0123456789', name: 'Ana Pérez', email: 'ana@isc.example', source: 'git', osAccount: 'ana' },
    subject: `m-${String(index).padStart(10, '0')}`,
    body: { reply: 'r-0123456789', template: 'requirements', version: 3, postedAt: at - 600_000, receivedAt: at - 500_000, latencyMs: 600_000, officeMs: 600_000, inTarget: true },
    values: { text: `Buenos días. Para renovar la cédula, traiga el documento anterior a cualquier centro, de 8:00 a 16:00. (${String(index)})`, url: `https://social.example/@isc/${String(index)}` },
  };
}

export async function run(emit: Emit): Promise<void> {
  await lease(emit);
  for (const [label, entries, lowdbTimes] of [['1k', 1000, 20], ['100k', 100_000, 3]] as const) {
    const dir = await mkdtemp(join(tmpdir(), 'momentos-bench-audit-'));
    try {
      const stores = await openDeskStores({ dir, sharing: 'private', clock, random, logger });
      for (let from = 0; from < entries; from += 200) await stores.audit.append(Array.from({ length: Math.min(200, entries - from) }, (_unused, index) => draftOf(from + index)));
      const appendMs = await append(emit, label, dir, stores);
      await stock(emit, label, dir, appendMs, lowdbTimes);
      await verify(emit, label, dir, stores);
      await stores.dispose();
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }
}

/** Turns of the lock in a second, without a word written: what the lease leaves for the rest. */
async function lease(emit: Emit): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'momentos-bench-lock-'));
  const lock = new DeskLock({ folder: new DeskFolder(dir, 'private', false), random, logger });
  const turn = async (): Promise<void> => {
    lock.assertHeld();
    await Promise.resolve();
  };
  await lock.run(turn);
  const turns = 20_000;
  const before = process.cpuUsage();
  for (let index = 0; index < turns; index += 1) await lock.run(turn);
  const { user, system } = process.cpuUsage(before);
  await lock.dispose();
  await rm(dir, { recursive: true, force: true });
  const value = rounded(turns / ((user + system) / 1e6));
  emit({ name: 'audit.lock.lease', value, unit: '/s', against: 'a second of CPU', target: 10_000, met: value >= 10_000 });
}

/** One entry, durable; against one write and fdatasync of the same bytes, turn by turn on the same disk. */
async function append(emit: Emit, label: string, dir: string, stores: DeskStores): Promise<number> {
  const size = async (): Promise<number> => {
    const sizes = await Promise.all(['2026-05.jsonl', '2026-05.values.jsonl'].map(async (name) => (await stat(join(dir, '.momentos', 'audit', name))).size));
    return sizes.reduce((sum, each) => sum + each, 0);
  };
  const before = await size();
  await stores.audit.append([draftOf(0)]);
  const bytes = Buffer.alloc((await size()) - before, 0x61);
  const file = await open(join(dir, 'plain'), 'a');
  const ours: number[] = [];
  const plain: number[] = [];
  for (let index = 0; index < 200; index += 1) {
    ours.push(await timed(() => stores.audit.append([draftOf(index)])));
    plain.push(
      await timed(async () => {
        await file.write(bytes);
        await file.datasync();
      }),
    );
  }
  await file.close();
  const value = rounded(median(ours) / median(plain));
  emit({ name: `audit.append.${label}`, value, unit: 'x', against: 'write+fdatasync', target: 5, met: value <= 5 });
  return median(ours);
}

/** How much longer lowdb's stock adapter takes for the same entry, which rewrites the whole file and syncs nothing. */
async function stock(emit: Emit, label: string, dir: string, appendMs: number, times: number): Promise<void> {
  const lines = (await readFile(join(dir, '.momentos', 'audit', '2026-05.jsonl'), 'utf8')).trimEnd().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as unknown);
  const database = new Low<{ entries: unknown[] }>(new JSONFile(join(dir, 'stock.json')), { entries });
  const took: number[] = [];
  for (let index = 0; index < times; index += 1) {
    database.data.entries.push(entries[0]);
    took.push(await timed(() => database.write()));
  }
  emit({ name: `audit.stock.${label}`, value: rounded(median(took) / appendMs), unit: 'x', against: 'audit.append' });
}

/** Everything checked, values too; against a loop that only reads, parses and hashes each line of both files. */
async function verify(emit: Emit, label: string, dir: string, stores: DeskStores): Promise<void> {
  const ours: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    plain.push(
      await timed(async () => {
        for (const name of ['2026-05.jsonl', '2026-05.values.jsonl']) {
          for await (const line of createInterface({ input: createReadStream(join(dir, '.momentos', 'audit', name)) })) {
            JSON.parse(line);
            createHash('sha256').update(line).digest('hex');
          }
        }
      }),
    );
    ours.push(
      await timed(async () => {
        if (!(await stores.audit.verify()).ok) throw new Error('the log does not verify');
      }),
    );
  }
  const value = rounded(median(ours) / median(plain));
  emit({ name: `audit.verify.${label}`, value, unit: 'x', against: 'read+parse+hash', target: 4, met: value <= 4 });
}
