import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collect, mentionOf, receivedDraft, seeded, TestDesk } from './testDesk';
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
});
afterEach(async () => {
  await desk.remove();
});

describe('two processes on one desk', () => {
  it('append 1,000 entries each: 2,000 stand there, chained, neither is kept waiting for the other to end', async () => {
    const workers = [0, 1].map((number) => new WorkerProcess(bundle, { dir: desk.dir, deed: 'append', from: number * 100_000, count: 1000 }));
    for (const worker of workers) await worker.says((line) => line === 'ready');
    for (const worker of workers) worker.tell('go');
    const { audit } = await desk.open();
    let ended = false;
    const allEnded = Promise.all(workers.map(async (worker) => worker.ended)).then(() => {
      ended = true;
    });
    // Who verifies meanwhile finds nothing wrong with what is being written.
    for (let round = 0; round < 15 && !ended; round += 1) expect((await audit.verify()).problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    await allEnded;
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 2000, problems: [] });
    const order = (await collect(audit.read())).map((record) => ((record.entry.body['index'] as number) >= 100_000 ? 1 : 0));
    expect(order.filter((who) => who === 0)).toHaveLength(1000);
    // While both were at it (from the later one's first entry to the earlier one's last), neither had less than a quarter.
    const together = order.slice(Math.max(order.indexOf(0), order.indexOf(1)), Math.min(order.lastIndexOf(0), order.lastIndexOf(1)) + 1);
    const share = together.filter((who) => who === 1).length / together.length;
    expect(together.length).toBeGreaterThan(500);
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.75);
  }, 300_000);

  it('change the inbox at once: every change stands, each with its entries', async () => {
    const workers = [0, 1, 2].map((number) => new WorkerProcess(bundle, { dir: desk.dir, deed: 'update', from: number * 1000, count: 60 }));
    for (const worker of workers) await worker.says((line) => line === 'ready');
    for (const worker of workers) worker.tell('go');
    for (const worker of workers) await worker.ended;
    const { inbox, audit } = await desk.open();
    expect(inbox.size()).toBe(180);
    expect(await audit.verify()).toMatchObject({ ok: true, entries: 360, problems: [] });
  });

  it('only one polls, and another takes over once it is gone', async () => {
    const poller = new WorkerProcess(bundle, { dir: desk.dir, deed: 'poll', from: 0, count: 0 });
    poller.tell('go');
    await poller.says((line) => line === 'poll true');
    const { pollLease } = await desk.open();
    expect(await pollLease.tryAcquire()).toBe(false);
    poller.signal('SIGKILL');
    await poller.ended;
    expect(await pollLease.tryAcquire()).toBe(true);
    expect(await pollLease.tryAcquire()).toBe(true);
    await pollLease.release();
    const next = new WorkerProcess(bundle, { dir: desk.dir, deed: 'poll', from: 0, count: 0 });
    next.tell('go');
    await next.says((line) => line === 'poll true');
    next.tell('end');
    await next.ended;
  });
});

describe('processes killed at random moments', () => {
  /** Each round two workers write; one or both are killed somewhere in the middle of a write. */
  async function rounds(deed: 'append' | 'update', count: number, random: () => number): Promise<{ readonly acknowledged: Set<number>; readonly kills: number }> {
    const acknowledged = new Set<number>();
    let kills = 0;
    for (let round = 0; round < count; round += 1) {
      const workers = [0, 1].map((number) => new WorkerProcess(bundle, { dir: desk.dir, deed, from: round * 20_000 + number * 10_000, count: 5000 }));
      await Promise.all(
        workers.map(async (worker) => {
          const writes = Math.floor(random() * 12);
          const spin = Math.floor(random() * 60_000);
          worker.tell('go');
          await worker.says((line) => line.startsWith('did ') && worker.acknowledged.length >= writes);
          for (let turn = 0; turn < spin; turn += 1) Math.sqrt(turn);
          worker.signal('SIGKILL');
          kills += 1;
          await worker.ended;
        }),
      );
      for (const worker of workers) for (const index of worker.acknowledged) acknowledged.add(index);
    }
    return { acknowledged, kills };
  }

  it('while appending: what was acknowledged is there, and the log verifies', async () => {
    const { acknowledged, kills } = await rounds('append', 14, seeded(1));
    expect(kills).toBe(28);
    const { audit } = await desk.open();
    await audit.append([{ kind: 'mention.woken', at: desk.clock.now(), actor: 'desk', subject: 'm-afterwards', body: {} }]);
    const verdict = await audit.verify();
    expect(verdict.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    const indexes = (await collect(audit.read({ kinds: ['mention.noted'] }))).map((record) => record.entry.body['index'] as number);
    expect(new Set(indexes).size).toBe(indexes.length);
    expect([...acknowledged].filter((index) => !indexes.includes(index))).toEqual([]);
  }, 300_000);

  it('while changing the inbox: no mention without its entries, no entry without its mention', async () => {
    const { acknowledged, kills } = await rounds('update', 14, seeded(2));
    expect(kills).toBe(28);
    const { inbox, audit } = await desk.open();
    await inbox.update((transaction) => {
      transaction.put(mentionOf(9_999_999));
      transaction.audit(receivedDraft(mentionOf(9_999_999)));
    });
    const verdict = await audit.verify();
    expect(verdict.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect([...acknowledged].filter((index) => inbox.get(mentionOf(index).id) === undefined)).toEqual([]);
    const received = (await collect(audit.read({ kinds: ['mention.received'] }))).map((record) => record.entry.subject);
    expect([...received].sort()).toEqual([...inbox.all()].map((mention) => mention.id).sort());
    const noted = (await collect(audit.read({ kinds: ['mention.noted'] }))).map((record) => record.entry.subject);
    expect([...noted].sort()).toEqual(received.filter((id) => id !== mentionOf(9_999_999).id).sort());
  }, 300_000);
});
