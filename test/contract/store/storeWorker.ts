// A process of its own on a desk, told what to do by its arguments and by lines on its input; bundled by `workerProcess.ts`.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Actor } from '../../../src/core/audit';
import { isMomentosError } from '../../../src/core/errors';
import { openDeskStores, type DeskStores } from '../../../src/store/deskStores';
import { ErasureSelection, redactedDrafts } from '../../../src/core/redaction';
import { secretAt, secretMention } from './killTrials';
import { draftOf, FixedClock, LogBook, mentionOf, noon, receivedDraft, systemRandom } from './testDesk';

export interface WorkerJob {
  readonly dir: string;
  readonly deed: 'append' | 'update' | 'holdAndPut' | 'poll' | 'appendOnce' | 'mixed';
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

/** All that writes to the log, one after the other: arrivals, notes, the roll into another month, the erasing of one mention; and retention: the disposal of all, the archiving of finished months. */
async function mixed(stores: DeskStores, index: number, clock: FixedClock): Promise<void> {
  const at = secretAt(index);
  clock.time = at;
  const mention = secretMention(index);
  await stores.inbox.update((transaction) => {
    transaction.put(mention);
    transaction.audit(receivedDraft(mention));
  });
  say(`did received ${String(index)}`);
  await stores.audit.append([draftOf(index, { at, subject: mention.id }), draftOf(index, { at: at + 1, subject: mention.id })]);
  say(`did noted ${String(index)}`);
  if (index % 6 === 5) await retain(stores, index);
  else if (index % 3 === 2) await erase(stores, index, [index]);
}

/** As retention does it: all that is there goes, whoever left it; then the months without a citizen's word go into the archive. */
async function retain(stores: DeskStores, index: number): Promise<void> {
  const standing = [...stores.inbox.all()].map(({ id }) => Number(/^m-(\d+)$/u.exec(id)?.[1])).filter((each) => each <= index);
  await erase(stores, index, standing);
  say(`did retained ${String(index)}`);
  const archived = await stores.archive.archive(draftOf(index).actor as Actor);
  for (const { segment } of archived) say(`did archived ${segment.replace('-', '')}`);
}

async function erase(stores: DeskStores, index: number, indexes: readonly number[]): Promise<void> {
  const at = secretAt(index);
  const several = indexes.length > 1;
  await stores.eraser.erase(async () => {
    const targets = indexes.map((each) => secretMention(each).id);
    const selection = new ErasureSelection({ mentions: new Set(targets), authors: new Set(), references: new Map() });
    for await (const { entry } of stores.audit.read()) selection.take(entry);
    const { erased } = selection;
    const id = `x-${String(index).padStart(12, '0')}`;
    const drafts = redactedDrafts({ id, at, actor: draftOf(index).actor, scope: several ? 'retention' : 'mention', basis: several ? 'retention' : 'unlawful', mentions: targets.length }, erased);
    return { id, drafts, erased, mentions: targets.filter((target) => stores.inbox.get(target) !== undefined), thinned: [] };
  });
  for (const each of indexes) say(`did erased ${String(each)}`);
}

async function work(stores: DeskStores, clock: FixedClock): Promise<void> {
  const indexes = Array.from({ length: job.count }, (_unused, offset) => job.from + offset);
  switch (job.deed) {
    case 'append':
      for (const index of indexes) {
        await stores.audit.append([draftOf(index, { at: noon })]);
        say(`did ${String(index)}`);
      }
      return;
    case 'mixed':
      for (const index of indexes) await mixed(stores, index, clock);
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
  const clock = new FixedClock();
  const stores = await openDeskStores({ dir: job.dir, sharing: 'private', clock, random: systemRandom, logger: new LogBook(), lockWaitMs: job.lockWaitMs });
  say('ready');
  await heard('go');
  try {
    await work(stores, clock);
  } catch (error) {
    say(`failed ${isMomentosError(error) ? error.code : String(error)}`);
  }
  await stores.dispose();
  say('end');
  process.exit(0);
}

void main();
