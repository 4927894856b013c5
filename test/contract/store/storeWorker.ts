// A process of its own on a desk, told what to do by its arguments and by lines on its input; bundled by `workerProcess.ts`.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isMomentosError } from '../../../src/core/errors';
import { openDeskStores, type DeskStores } from '../../../src/store/deskStores';
import { draftOf, FixedClock, LogBook, mentionOf, noon, receivedDraft, systemRandom } from './testDesk';

export interface WorkerJob {
  readonly dir: string;
  readonly deed: 'append' | 'update' | 'holdAndPut' | 'poll' | 'appendOnce';
  /** Index of the first entry or mention; each worker has its own range. */
  readonly from: number;
  readonly count: number;
  readonly lockWaitMs?: number;
}

const job = JSON.parse(process.argv[2] ?? '{}') as WorkerJob;
const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function heard(line: string): Promise<void> {
  for (;;) {
    const next = await input.next();
    if (next.done === true || next.value === line) return;
  }
}

async function put(stores: DeskStores, index: number): Promise<void> {
  const fresh = mentionOf(index);
  await stores.inbox.update((transaction) => {
    const old = transaction.get(fresh.id);
    const mention = old === undefined ? fresh : { ...old, revision: old.revision + 1 };
    transaction.put(mention);
    transaction.audit({ ...receivedDraft(mention), at: noon }, draftOf(index, { at: noon, subject: mention.id }));
  });
}

async function work(stores: DeskStores): Promise<void> {
  const indexes = Array.from({ length: job.count }, (_unused, offset) => job.from + offset);
  switch (job.deed) {
    case 'append':
      for (const index of indexes) {
        await stores.audit.append([draftOf(index, { at: noon })]);
        say(`did ${String(index)}`);
      }
      return;
    case 'appendOnce':
      await stores.audit.append(indexes.map((index) => draftOf(index, { at: noon })));
      say('did all');
      return;
    case 'update':
      for (const index of indexes) {
        await put(stores, index);
        say(`did ${String(index)}`);
      }
      return;
    case 'holdAndPut':
      await stores.inbox.update(async (transaction) => {
        say('held');
        await heard('write');
        transaction.put(mentionOf(job.from));
        transaction.audit(receivedDraft(mentionOf(job.from)));
      });
      say(`did ${String(job.from)}`);
      return;
    case 'poll':
      say(`poll ${String(await stores.pollLease.tryAcquire())}`);
      await heard('end');
  }
}

async function main(): Promise<void> {
  const stores = await openDeskStores({ dir: job.dir, sharing: 'private', clock: new FixedClock(), random: systemRandom, logger: new LogBook(), lockWaitMs: job.lockWaitMs });
  say('ready');
  await heard('go');
  try {
    await work(stores);
  } catch (error) {
    say(`failed ${isMomentosError(error) ? error.code : String(error)}`);
  }
  await stores.dispose();
  say('end');
  process.exit(0);
}

void main();
