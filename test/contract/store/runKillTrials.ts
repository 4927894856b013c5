import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditRecord, type AuditVerdict } from '../../../src/core/audit';
import { secretMention, secretOf } from './killTrials';
import { collect, draftOf, LogBook, secretClock, TestDesk } from './testDesk';
import { comparable, pythonVerdict } from './verifiers';
import { WorkerProcess, type WorkerBundle } from './workerProcess';

/** What says that work has begun and is not done. */
const markers = ['redaction.json', 'archiving.json'];

export interface TrialOutcome {
  readonly trials: number;
  /** Deeds that a worker said were done, by their kind. */
  readonly done: Readonly<Record<string, number>>;
  /** Times that a new worker found work that was cut off, and ended it. */
  readonly cutOff: number;
  /** Everything that should not be, in words. */
  readonly wrong: readonly string[];
}

/**
 * Kills a process that appends, rolls into new months, erases, disposes of all and archives, again and again on one desk, each time at a random moment; and looks after each time
 * whether the log verifies, and at the end whether everything that was said to be done is there, and everything that was erased is nowhere in the folder.
 */
export async function runKillTrials(bundle: WorkerBundle, trials: number, random: () => number): Promise<TrialOutcome> {
  const desk = await TestDesk.make();
  const wrong: string[] = [];
  const done = { received: new Set<number>(), noted: new Set<number>(), erased: new Set<number>(), retained: new Set<number>(), archived: new Set<number>() };
  let cutOff = 0;
  try {
    for (let trial = 0; trial < trials; trial += 1) {
      const worker = new WorkerProcess(bundle, { dir: desk.dir, deed: 'mixed', from: trial * 100, count: 99 });
      worker.tell('go');
      const deeds = Math.floor(random() * 16);
      const spin = Math.floor(random() * 3_000_000);
      if (random() < 0.5) await untilBegun(desk, worker);
      else if (deeds > 0) await worker.says(() => worker.lines.filter((line) => line.startsWith('did ')).length >= deeds);
      else await worker.says((line) => line === 'ready');
      for (let turn = 0; turn < spin; turn += 1) Math.sqrt(turn);
      worker.signal('SIGKILL');
      await worker.ended;
      for (const line of worker.lines) {
        const [, kind, index] = /^did (received|noted|erased|retained|archived) (\d+)$/u.exec(line) ?? [];
        if (kind === 'received' || kind === 'noted' || kind === 'erased' || kind === 'retained' || kind === 'archived') done[kind].add(Number(index));
        else if (line.startsWith('failed')) wrong.push(`trial ${String(trial)}: ${line}`);
      }
      cutOff += markers.filter((name) => existsSync(desk.path(name))).length;
      const verdict = await verify(desk);
      for (const problem of verdict.problems) if (problem.severity === 'error') wrong.push(`trial ${String(trial)}: ${JSON.stringify(problem)}`);
    }
    wrong.push(...(await lookAtTheEnd(desk, done)));
  } finally {
    await desk.remove();
  }
  return { trials, done: Object.fromEntries(Object.entries(done).map(([kind, indexes]) => [kind, indexes.size])), cutOff, wrong };
}

/** Until the worker has begun to erase or to archive: there is most to cut off. */
async function untilBegun(desk: TestDesk, worker: WorkerProcess): Promise<void> {
  let ended = false;
  void worker.ended.then(() => {
    ended = true;
  });
  // What an earlier one left is ended when the worker opens the desk.
  await worker.says((line) => line === 'ready');
  while (!ended && !markers.some((name) => existsSync(desk.path(name)))) await new Promise((resolve) => setImmediate(resolve));
}

async function verify(desk: TestDesk): Promise<AuditVerdict> {
  const stores = await desk.open({ readOnly: true });
  try {
    return await stores.audit.verify();
  } finally {
    await stores.dispose();
  }
}

async function lookAtTheEnd(desk: TestDesk, done: Readonly<Record<'received' | 'noted' | 'erased' | 'archived', ReadonlySet<number>>>): Promise<readonly string[]> {
  const wrong: string[] = [];
  // Whoever opens the desk next finishes what was begun, and whoever writes next what was promised.
  const stores = await desk.open({ logger: new LogBook(), clock: secretClock });
  for (const name of markers) if (existsSync(desk.path(name))) wrong.push(`at the end: ${name} is still there`);
  await stores.inbox.update((transaction) => {
    transaction.audit(draftOf(1, { at: secretClock.now() }));
  });
  const verdict = await stores.audit.verify();
  for (const { severity, code, seq } of verdict.problems) if (severity === 'error' || code === 'value.notErased') wrong.push(`at the end: ${code} ${String(seq)}`);
  const second = comparable((await pythonVerdict(desk.path('audit'))).verdict);
  if (JSON.stringify(second) !== JSON.stringify(comparable(verdict))) wrong.push('at the end: the second verifier says something else');
  const records = await collect(stores.audit.read());
  const of = (kind: string): ReadonlySet<string> => new Set(records.filter(({ entry }) => entry.kind === kind).map(({ entry }) => entry.subject));
  const [received, noted] = [of('mention.received'), of('mention.noted')];
  for (const index of done.received) if (!received.has(secretMention(index).id)) wrong.push(`lost: mention ${String(index)}`);
  for (const index of done.noted) if (!noted.has(secretMention(index).id)) wrong.push(`lost: note ${String(index)}`);
  for (const index of done.erased) if (stores.inbox.get(secretMention(index).id) !== undefined) wrong.push(`not erased: mention ${String(index)}`);
  for (const index of done.received) if (!done.erased.has(index) && stores.inbox.get(secretMention(index).id) === undefined && !isErasedInLog(records, secretMention(index).id)) wrong.push(`lost: mention ${String(index)} in the inbox`);
  wrong.push(...archiveFaults(desk, records, done.archived));
  await stores.dispose();
  const all = Buffer.concat(filesIn(desk.path()).map((file) => readFileSync(file))).toString('utf8');
  for (const index of done.erased) if (all.includes(secretOf(index))) wrong.push(`words of mention ${String(index)} still stand somewhere`);
  return wrong;
}

/** A month stands in one place, and is archived once. */
function archiveFaults(desk: TestDesk, records: readonly AuditRecord[], archived: ReadonlySet<number>): readonly string[] {
  const wrong: string[] = [];
  const monthsIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).flatMap((name) => /^(\d{4}-\d{2})\.jsonl$/u.exec(name)?.[1] ?? []) : []);
  const [standing, away] = [monthsIn(desk.path('audit')), monthsIn(desk.path('audit', 'archive'))];
  for (const month of standing) if (away.includes(month)) wrong.push(`month ${month} stands in two places`);
  for (const month of archived) if (!away.some((each) => Number(each.replace('-', '')) === month)) wrong.push(`lost: month ${String(month)} of the archive`);
  const told = records.flatMap(({ entry }) => (entry.kind === 'retention.archived' ? (entry.body['segments'] as readonly { readonly segment: string; readonly sha256: string }[]) : []));
  if (new Set(told.map(({ segment }) => segment)).size !== told.length || told.length !== away.length) wrong.push(`the log tells of ${String(told.length)} archived months, ${String(away.length)} are there`);
  for (const { segment, sha256 } of told) {
    const path = desk.path('audit', 'archive', `${segment}.jsonl`);
    if (!existsSync(path) || createHash('sha256').update(readFileSync(path)).digest('hex') !== sha256) wrong.push(`month ${segment} of the archive is another than the log says`);
  }
  return wrong;
}

/** An erasure that was decided in the log and not yet said to be done may have been finished by whoever came next. */
function isErasedInLog(records: readonly { readonly entry: { readonly seq: number; readonly kind: string; readonly subject: string; readonly body: object } }[], id: string): boolean {
  const own = new Set(records.filter(({ entry }) => entry.subject === id).map(({ entry }) => entry.seq));
  return records.some(({ entry }) => entry.kind === 'redacted' && (entry.body as { readonly erased: readonly (readonly [number])[] }).erased.some(([seq]) => own.has(seq)));
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}
