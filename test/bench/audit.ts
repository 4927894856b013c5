import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { DeskFolder } from '../../src/store/deskFolder';
import { DeskLock } from '../../src/store/lock';
import { benchMonth, keepsValues, partlyErasedDraft, sentDraft, storesOf, type Measured } from './support/auditTasks';
import { runTask, startTask } from './support/childTask';
import { writeBigLog } from './support/bigLog';
import { median, rounded, timed, type Emit } from './support/measure';

export const area = 'audit';

const large = Number(process.env['MOMENTOS_BENCH_ENTRIES'] ?? 1_000_000);
const largeLabel = large === 1_000_000 ? '1M' : String(large);

export async function run(emit: Emit): Promise<void> {
  const dirs: string[] = [];
  const folder = async (): Promise<string> => {
    const dir = await mkdtemp(join(tmpdir(), 'momentos-bench-audit-'));
    dirs.push(dir);
    return dir;
  };
  try {
    await lease(emit, await folder());
    const small = await folder();
    const big = await folder();
    writeBigLog(small, benchMonth, 1000, sentDraft);
    writeBigLog(big, benchMonth, large, sentDraft);
    await opening(emit, await folder(), big);
    await verifying(emit, largeLabel, big);
    await appending(emit, small, big);
    await stock(emit, await folder());
    await tenProcesses(emit, await folder(), await folder());
    const erased = await folder();
    writeBigLog(erased, benchMonth, large, partlyErasedDraft, keepsValues);
    await verifyingErased(emit, erased);
  } finally {
    for (const dir of dirs) await rm(dir, { recursive: true, force: true });
  }
}

/** Turns of the lock in a second, without a word written: what the lease leaves for the rest. */
async function lease(emit: Emit, dir: string): Promise<void> {
  const silent = (): void => undefined;
  const lock = new DeskLock({ folder: new DeskFolder(dir, 'private', false), random: { bytes: (length) => randomBytes(length), fraction: () => 0.5 }, logger: { debug: silent, info: silent, warn: silent, error: silent } });
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
  const value = rounded(turns / ((user + system) / 1e6));
  emit({ name: 'audit.lock.lease', value, unit: '/s', against: 'a second of CPU', target: 10_000, met: value >= 10_000 });
}

/** From a folder to its head, in processes that have done nothing else: the log is not read. */
async function opening(emit: Emit, empty: string, big: string): Promise<void> {
  const works = async (dir: string): Promise<number> => {
    const runs: number[] = [];
    for (let round = 0; round < 5; round += 1) runs.push(((await runTask('open', dir)) as Measured).cpuMs);
    return median(runs);
  };
  const none = await works(empty);
  const value = rounded(await works(big));
  emit({ name: `audit.open.${largeLabel}`, value, unit: 'ms', against: `CPU; an empty one takes ${String(rounded(none))}`, target: 20, met: value <= 20 });
}

/** Everything checked, values too; against reading, parsing and hashing each line of both files. Each in a process of its own, turn by turn. */
async function verifying(emit: Emit, label: string, dir: string): Promise<void> {
  const rounds = 3;
  const ours: Measured[] = [];
  const bare: Measured[] = [];
  const plain: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push((await runTask('readParseHash', dir)) as Measured);
    ours.push((await runTask('verify', dir)) as Measured);
    if (round === 0) plain.push((await runTask('readParseHashPlainly', dir)) as Measured);
  }
  // Time of the processor: whatever else the machine does meanwhile counts for none of them.
  const ms = (runs: readonly Measured[]): number => median(runs.map((each) => each.cpuMs));
  const value = rounded((100 * ms(bare)) / ms(ours));
  emit({ name: `audit.verify.${label}`, value, unit: '%', against: 'speed of read+parse+hash, by chunks', target: 50, met: value >= 50 });
  emit({ name: `audit.verify.${label}`, value: rounded((100 * ms(plain)) / ms(ours)), unit: '%', against: 'speed of read+parse+hash, by readline' });
  const memory = rounded(Math.max(...ours.map((each) => each.peakMb)));
  emit({ name: `audit.verify.${label}.memory`, value: memory, unit: 'MB', against: 'most memory of the process', target: 200, met: memory < 200 });
}

async function verifyingErased(emit: Emit, dir: string): Promise<void> {
  const { peakMb, cpuMs } = (await runTask('verify', dir)) as Measured;
  const memory = rounded(peakMb);
  emit({ name: `audit.verify.${largeLabel}.erased`, value: memory, unit: 'MB', against: `most memory; half of all texts erased; ${String(Math.round(cpuMs / 1000))} s of CPU`, target: 200, met: memory < 200 });
}

/** One entry, durable, on a small log and a large one; against one write and fdatasync of the same bytes, turn by turn on the same disk. */
async function appending(emit: Emit, small: string, big: string): Promise<void> {
  const size = async (dir: string): Promise<number> => {
    const sizes = await Promise.all([`${benchMonth}.jsonl`, `${benchMonth}.values.jsonl`].map(async (name) => (await stat(join(dir, '.momentos', 'audit', name))).size));
    return sizes.reduce((sum, each) => sum + each, 0);
  };
  const logs = [await storesOf(small), await storesOf(big)] as const;
  const before = await size(small);
  await logs[0].audit.append([sentDraft(0)]);
  const bytes = Buffer.alloc((await size(small)) - before, 0x61);
  await logs[1].audit.append([sentDraft(0)]);
  const file = await open(join(small, 'plain'), 'a');
  const [onSmall, onBig, bare]: [number[], number[], number[]] = [[], [], []];
  for (let index = 0; index < 400; index += 1) {
    onSmall.push(await timed(() => logs[0].audit.append([sentDraft(index)])));
    onBig.push(await timed(() => logs[1].audit.append([sentDraft(index)])));
    bare.push(
      await timed(async () => {
        await file.write(bytes);
        await file.datasync();
      }),
    );
  }
  await file.close();
  for (const stores of logs) await stores.dispose();
  const growth = rounded(median(onBig) / median(onSmall));
  emit({ name: `audit.append.${largeLabel}`, value: growth, unit: 'x', against: 'the same at 1k', target: 1.2, met: growth <= 1.2 });
  for (const [label, took] of [['1k', onSmall], [largeLabel, onBig]] as const) {
    const value = rounded(median(took) / median(bare));
    emit({ name: `audit.append.${label}`, value, unit: 'x', against: 'write+fdatasync', target: 5, met: value <= 5 });
  }
}

/** How much longer lowdb's stock adapter takes for the same entry, which rewrites the whole file and syncs nothing. */
async function stock(emit: Emit, dir: string): Promise<void> {
  for (const [label, entries, times] of [['1k', 1000, 20], ['5k', 5000, 10], ['20k', 20_000, 5]] as const) {
    const log = join(dir, label);
    writeBigLog(log, benchMonth, entries, sentDraft);
    const lines = (await readFile(join(log, '.momentos', 'audit', `${benchMonth}.jsonl`), 'utf8')).trimEnd().split('\n');
    const database = new Low<{ entries: unknown[] }>(new JSONFile(join(log, 'stock.json')), { entries: lines.map((line) => JSON.parse(line) as unknown) });
    const stores = await storesOf(log);
    const ours: number[] = [];
    const theirs: number[] = [];
    await stores.audit.append([sentDraft(0)]);
    for (let index = 0; index < times; index += 1) {
      ours.push(await timed(() => stores.audit.append([sentDraft(index)])));
      database.data.entries.push(database.data.entries[0]);
      theirs.push(await timed(() => database.write()));
    }
    await stores.dispose();
    emit({ name: `audit.stock.${label}`, value: rounded(median(theirs) / median(ours)), unit: 'x', against: 'audit.append; lowdb JSONFile, not synced' });
  }
}

/** Ten processes that append for ten seconds, all of them started before the first begins; against one that has the lock for itself. */
async function tenProcesses(emit: Emit, alone: string, shared: string): Promise<void> {
  const ms = 10_000;
  const one = ((await runTask('append', alone, String(ms))) as number) / ms;
  const tasks = Array.from({ length: 10 }, () => startTask('append', shared, String(ms)));
  await Promise.all(tasks.map(async (task) => task.ready));
  for (const task of tasks) task.go();
  const counts = (await Promise.all(tasks.map(async (task) => task.result))) as number[];
  const sum = counts.reduce((total, each) => total + each, 0);
  const together = rounded((100 * sum) / ms / one);
  emit({ name: 'audit.processes.10', value: together, unit: '%', against: `one leased process (${String(Math.round(one * 1000))} a second)`, target: 40, met: together >= 40 });
  const slowest = rounded((100 * Math.min(...counts)) / (sum / counts.length));
  emit({ name: 'audit.processes.slowest', value: slowest, unit: '%', against: 'the mean of the ten', target: 50, met: slowest >= 50 });
  const stores = await storesOf(shared, true);
  const verdict = await stores.audit.verify();
  await stores.dispose();
  if (!verdict.ok || verdict.entries !== sum) throw new Error(`the log of ten processes: ${String(verdict.entries)} entries of ${String(sum)}, ${JSON.stringify(verdict.problems[0])}`);
}
