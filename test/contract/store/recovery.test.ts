import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDeskStores } from '../../../src/store/deskStores';
import { collect, draftOf, FixedClock, LogBook, mentionOf, noon, receivedDraft, systemRandom, TestDesk } from './testDesk';
import { bundleWorker, WorkerProcess } from './workerProcess';

const first = mentionOf(1);
const second = mentionOf(2);
const names = ['inbox.jsonl', 'audit/2026-05.values.jsonl', 'audit/2026-05.jsonl'] as const;
type Contents = Readonly<Record<(typeof names)[number], Buffer>>;

let desk: TestDesk;
let before: Contents;
let after: Contents;

async function contents(): Promise<Contents> {
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(desk.path(name))] as const))) as unknown as Contents;
}

beforeAll(async () => {
  desk = await TestDesk.make();
  const { inbox, audit } = await desk.open();
  await inbox.update((transaction) => {
    transaction.put(first);
    transaction.audit(receivedDraft(first));
  });
  before = await contents();
  await inbox.update((transaction) => {
    transaction.put(second);
    transaction.audit({ ...receivedDraft(second), at: noon }, draftOf(2, { at: noon, subject: second.id }), draftOf(3, { at: noon, subject: second.id }));
  });
  after = await contents();
  expect((await audit.verify()).entries).toBe(4);
});
afterAll(async () => {
  await desk.remove();
});

/** The desk as a crash left it, with each file written so far; what the next process makes of it when it writes something. */
async function recovered(files: Contents): Promise<{ readonly hasSecond: boolean; readonly subjects: readonly string[]; readonly errors: number; readonly isWhole: boolean }> {
  const dir = await mkdtemp(join(tmpdir(), 'momentos-crash-'));
  // The lock may be given up while it is copied.
  await cp(desk.dir, dir, { recursive: true, filter: (path) => basename(path) !== 'lock' });
  for (const name of names) await writeFile(join(dir, '.momentos', name), files[name]);
  await rm(join(dir, '.momentos', 'audit', 'head.json'), { force: true });
  await rm(join(dir, '.momentos', 'lock'), { force: true });
  const open = async (): ReturnType<typeof openDeskStores> => openDeskStores({ dir, sharing: 'private', clock: new FixedClock(), random: systemRandom, logger: new LogBook() });
  const stores = await open();
  // Any write at all settles what was open: here one that has nothing to do with the inbox.
  await stores.audit.append([{ kind: 'audit.headCopied', at: noon, actor: 'desk', subject: 'audit', body: {} }]);
  const hasSecond = stores.inbox.get(second.id) !== undefined;
  await stores.dispose();
  const again = await open();
  const entries = (await collect(again.audit.read())).map((record) => record.entry).filter((entry) => !entry.kind.startsWith('audit.'));
  const verdict = await again.audit.verify();
  const result = {
    hasSecond,
    subjects: entries.map((entry) => `${entry.kind} ${entry.subject}`),
    errors: verdict.problems.filter((problem) => problem.severity === 'error').length,
    isWhole: again.inbox.get(second.id) !== undefined === hasSecond && again.inbox.get(first.id) !== undefined,
  };
  await again.dispose();
  await rm(dir, { recursive: true, force: true, maxRetries: 10 });
  return result;
}

const nothingOfIt = { hasSecond: false, subjects: [`mention.received ${first.id}`], errors: 0, isWhole: true };
const allOfIt = {
  hasSecond: true,
  subjects: [`mention.received ${first.id}`, `mention.received ${second.id}`, `mention.noted ${second.id}`, `mention.noted ${second.id}`],
  errors: 0,
  isWhole: true,
};

/** Sizes from one to another, both with their neighbours and some between. */
function cuts(from: number, to: number): readonly number[] {
  return [...new Set([from, from + 1, from + Math.floor((to - from) / 3), from + Math.floor(((to - from) * 2) / 3), to - 1])].filter((size) => size >= from && size < to);
}

describe('a crash in the middle of a change of the inbox', () => {
  it('while the promise was written: nothing of the change is there', async () => {
    const promise = after['inbox.jsonl'].indexOf('\n', before['inbox.jsonl'].length) + 1;
    for (const size of cuts(before['inbox.jsonl'].length, promise)) {
      expect(await recovered({ ...before, 'inbox.jsonl': after['inbox.jsonl'].subarray(0, size) })).toEqual(nothingOfIt);
    }
  });

  it.each(['audit/2026-05.values.jsonl', 'audit/2026-05.jsonl'] as const)('while %s was written: all of the change is there, once', async (torn) => {
    const promise = after['inbox.jsonl'].indexOf('\n', before['inbox.jsonl'].length) + 1;
    const inbox = after['inbox.jsonl'].subarray(0, promise);
    const values = torn === 'audit/2026-05.jsonl' ? after['audit/2026-05.values.jsonl'] : before['audit/2026-05.values.jsonl'];
    const lineEnds = [...after[torn].keys()].filter((at) => at >= before[torn].length && after[torn][at] === 10).map((at) => at + 1);
    for (const size of [...cuts(before[torn].length, after[torn].length), ...lineEnds]) {
      expect(await recovered({ ...before, 'inbox.jsonl': inbox, 'audit/2026-05.values.jsonl': values, [torn]: after[torn].subarray(0, size) })).toEqual(allOfIt);
    }
  });

  it('before the change was marked as done: all of it is there, once', async () => {
    const promise = after['inbox.jsonl'].indexOf('\n', before['inbox.jsonl'].length) + 1;
    for (const size of cuts(promise, after['inbox.jsonl'].length)) {
      expect(await recovered({ ...after, 'inbox.jsonl': after['inbox.jsonl'].subarray(0, size) })).toEqual(allOfIt);
    }
  });

  it('is not shown to a reader before it is finished', async () => {
    const promise = after['inbox.jsonl'].indexOf('\n', before['inbox.jsonl'].length) + 1;
    const dir = await mkdtemp(join(tmpdir(), 'momentos-crash-'));
    // The lock may be given up while it is copied.
  await cp(desk.dir, dir, { recursive: true, filter: (path) => basename(path) !== 'lock' });
    await writeFile(join(dir, '.momentos', 'inbox.jsonl'), after['inbox.jsonl'].subarray(0, promise));
    const stores = await openDeskStores({ dir, sharing: 'private', clock: new FixedClock(), random: systemRandom, logger: new LogBook(), readOnly: true });
    expect(stores.inbox.get(first.id)).toBeDefined();
    expect(stores.inbox.get(second.id)).toBeUndefined();
    await stores.dispose();
    await rm(dir, { recursive: true, force: true, maxRetries: 10 });
  });
});

describe('a full disk', () => {
  // A limit on the size of files cuts a write short as a full disk does.
  it.each([
    ['update' as const, 40],
    ['update' as const, 97],
    ['append' as const, 64],
  ])('stops %s at %i KiB with a code, and what was acknowledged before is whole', async (deed, kib) => {
    const full = await TestDesk.make();
    const bundle = await bundleWorker();
    const worker = new WorkerProcess(bundle, { dir: full.dir, deed, from: 0, count: 500 }, {}, ['/bin/bash', '-c', `ulimit -f ${String(kib)}; exec "$0" "$@"`]);
    worker.tell('go');
    await worker.says((line) => line === 'end');
    expect(worker.lines.find((line) => line.startsWith('failed'))).toBe('failed store.diskFull');
    expect(worker.acknowledged.length).toBeGreaterThan(5);
    const { inbox, audit } = await full.open();
    const entriesPer = deed === 'update' ? 2 : 1;
    expect((await audit.verify()).problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect((await audit.head()).count).toBe(worker.acknowledged.length * entriesPer);
    if (deed === 'update') expect([...inbox.all()].map((mention) => mention.id)).toEqual(worker.acknowledged.map((index) => mentionOf(index).id));
    await audit.append([draftOf(1000, { at: noon })]);
    expect((await audit.verify()).problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect((await stat(full.path('audit', '2026-05.jsonl'))).size).toBeGreaterThan(0);
    await full.remove();
    await bundle.remove();
  });
});
