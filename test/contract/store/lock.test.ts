import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { livenessOf, ownIdentity } from '../../../src/store/processIdentity';
import { draftOf, mentionOf, noon, TestDesk } from './testDesk';
import { bundleWorker, WorkerProcess, type WorkerBundle } from './workerProcess';

let bundle: WorkerBundle;
let desk: TestDesk;
beforeAll(async () => {
  bundle = await bundleWorker();
});
afterAll(async () => {
  await bundle.remove();
});
beforeEach(async () => {
  desk = await TestDesk.make();
  await mkdir(desk.path(), { mode: 0o700 });
});
afterEach(async () => {
  await desk.remove();
});

async function goneProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  const { pid } = child;
  await once(child, 'exit');
  return pid!;
}

async function leaveLock(fields: object): Promise<void> {
  await writeFile(desk.path('lock'), `${JSON.stringify({ schemaVersion: 1, ...ownIdentity(), token: 'ab'.repeat(16), ...fields })}\n`);
}

const append = async (lockWaitMs?: number): Promise<number> => (await (await desk.open({ lockWaitMs })).audit.append([draftOf(1)])).length;

describe('the lock of a desk', () => {
  it('is taken over from a process that is gone', async () => {
    await leaveLock({ pid: await goneProcess() });
    expect(await append()).toBe(1);
  });

  it('is taken over when another process has the number since', async () => {
    const own = ownIdentity();
    await leaveLock({ startedAt: `${own.startedAt!.split('/')[0]!}/1` });
    expect(livenessOf({ ...own, startedAt: own.startedAt })).toBe('alive');
    expect(await append()).toBe(1);
  });

  it('is taken over when the machine was started anew since', async () => {
    await leaveLock({ startedAt: '00000000-0000-0000-0000-000000000000/5' });
    expect(await append()).toBe(1);
  });

  it('is not taken over from a living process, however old it is', async () => {
    await leaveLock({});
    await utimes(desk.path('lock'), 1, 1);
    await expect(append(50)).rejects.toMatchObject({ code: 'lock.busy', details: { pid: process.pid } });
    expect(await readdir(desk.path('lock.queue'))).toEqual([]);
  });

  it('of another host is refused, by its name', async () => {
    await leaveLock({ host: `${hostname()}-other`, pid: await goneProcess() });
    await expect(append()).rejects.toMatchObject({ code: 'lock.otherHost', details: { host: `${hostname()}-other` } });
  });

  it('of another container under the same host name is refused, since its process cannot be seen', async () => {
    await leaveLock({ space: 'pid:[12345]' });
    await expect(append()).rejects.toMatchObject({ code: 'lock.otherHost' });
  });

  it('that says nothing is refused, unless it is from before the start of the machine', async () => {
    await writeFile(desk.path('lock'), '');
    await expect(append()).rejects.toMatchObject({ code: 'store.unreadable' });
    await utimes(desk.path('lock'), 1, 1);
    expect(await append()).toBe(1);
  });

  it('left by a dead process goes to one heir at a time', async () => {
    await leaveLock({ pid: await goneProcess() });
    const workers = [0, 1, 2, 3].map((number) => new WorkerProcess(bundle, { dir: desk.dir, deed: 'append', from: number * 1000, count: 20 }));
    for (const worker of workers) await worker.says((line) => line === 'ready');
    for (const worker of workers) worker.tell('go');
    for (const worker of workers) await worker.ended;
    const { audit } = await desk.open();
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 80, problems: [] });
    expect((await readdir(desk.path())).filter((name) => name.includes('heir'))).toEqual([]);
  });

  it('is given back when nobody needs it, so that a process that ends by force leaves none', async () => {
    const worker = new WorkerProcess(bundle, { dir: desk.dir, deed: 'append', from: 0, count: 1 });
    worker.tell('go');
    await worker.says((line) => line === 'end');
    await worker.ended;
    expect(await readdir(desk.path())).not.toContain('lock');
  });

  it('is waited for in the order of asking', async () => {
    const holder = new WorkerProcess(bundle, { dir: desk.dir, deed: 'holdAndPut', from: 900, count: 1 });
    holder.tell('go');
    await holder.says((line) => line === 'held');
    const workers: WorkerProcess[] = [];
    for (let number = 0; number < 3; number += 1) {
      const worker = new WorkerProcess(bundle, { dir: desk.dir, deed: 'append', from: number, count: 1 });
      workers.push(worker);
      await worker.says((line) => line === 'ready');
      worker.tell('go');
      await expect.poll(async () => (await readdir(desk.path('lock.queue'))).length, { interval: 5, timeout: 20_000 }).toBe(number + 1);
    }
    holder.tell('write');
    for (const worker of [holder, ...workers]) await worker.ended;
    const { audit } = await desk.open();
    const order: unknown[] = [];
    for await (const record of audit.read({ kinds: ['mention.noted'] })) order.push(record.entry.body['index']);
    expect(order).toEqual([0, 1, 2]);
  });

  it('does not stop at the tickets of processes that are gone', async () => {
    await mkdir(desk.path('lock.queue'), { mode: 0o700 });
    const pid = await goneProcess();
    await writeFile(desk.path('lock.queue', `00000000000000000001-${String(pid)}-0123456789abcdef`), JSON.stringify({ ...ownIdentity(), pid, startedAt: 'x/1' }));
    expect(await append(2000)).toBe(1);
    expect(await readdir(desk.path('lock.queue'))).toEqual([]);
  });
});

describe('a suspended holder', () => {
  it('is not robbed, and goes on when it is woken', async () => {
    const holder = new WorkerProcess(bundle, { dir: desk.dir, deed: 'holdAndPut', from: 7, count: 1 });
    holder.tell('go');
    await holder.says((line) => line === 'held');
    holder.signal('SIGSTOP');
    await expect(append(200)).rejects.toMatchObject({ code: 'lock.busy', details: { pid: holder.pid } });
    holder.signal('SIGCONT');
    holder.tell('write');
    await holder.says((line) => line === 'did 7');
    await holder.ended;
    const { inbox, audit } = await desk.open();
    expect(inbox.size()).toBe(1);
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 1 });
  });

  it('writes nothing when it lost the lock meanwhile', async () => {
    const holder = new WorkerProcess(bundle, { dir: desk.dir, deed: 'holdAndPut', from: 7, count: 1 });
    holder.tell('go');
    await holder.says((line) => line === 'held');
    holder.signal('SIGSTOP');
    // A person removed the lock by hand, and another process works.
    const inboxBefore = readFileSync(desk.path('inbox.jsonl'), 'utf8');
    await leaveLock({ pid: await goneProcess() });
    expect(await append()).toBe(1);
    const chain = await readFile(desk.path('audit', '2026-05.jsonl'), 'utf8');
    holder.signal('SIGCONT');
    holder.tell('write');
    expect(await holder.says((line) => line.startsWith('failed'))).toBe('failed lock.lost');
    await holder.ended;
    expect(await readFile(desk.path('audit', '2026-05.jsonl'), 'utf8')).toBe(chain);
    expect(await readFile(desk.path('inbox.jsonl'), 'utf8')).toBe(inboxBefore);
    const { inbox } = await desk.open();
    expect(inbox.get(mentionOf(7).id)).toBeUndefined();
  });
});

describe('callers within one process', () => {
  it('take turns, and a deed within a deed needs no second turn', async () => {
    const { audit, inbox, people } = await desk.open();
    await Promise.all(Array.from({ length: 40 }, async (_unused, index) => audit.append([draftOf(index, { at: noon })])));
    await inbox.update(async (transaction) => {
      const id = await people.idFor({ name: 'Ana', osAccount: 'ana' });
      await audit.append([draftOf(40, { at: noon, subject: id })]);
      transaction.put(mentionOf(1));
    });
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 41 });
    await expect(inbox.update(async () => inbox.update(() => undefined))).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('of two windows in one process share the desk too', async () => {
    const one = await desk.open();
    const two = await desk.open();
    const work = async (stores: typeof one, from: number): Promise<void> => {
      for (let index = from; index < from + 10; index += 1) await stores.audit.append([draftOf(index, { at: noon })]);
    };
    await Promise.all([work(one, 0), work(two, 100)]);
    expect(await one.audit.verify()).toMatchObject({ ok: true, entries: 20, problems: [] });
  });
});
