import { afterAll, beforeAll, expect, test } from 'vitest';
import { runKillTrials } from '../contract/store/runKillTrials';
import { seeded } from '../contract/store/testDesk';
import { bundleWorker, type WorkerBundle } from '../contract/store/workerProcess';

let bundle: WorkerBundle;
const all = { trials: 0, cutOff: 0, done: new Map<string, number>() };
beforeAll(async () => {
  bundle = await bundleWorker();
});
afterAll(async () => {
  await bundle.remove();
});

test.each(Array.from({ length: 25 }, (_unused, round) => round + 1))('processes killed while they append, roll, erase, dispose and archive, round %i of 25: nothing is lost, nothing comes back, the log verifies', async (round) => {
  const { trials, done, cutOff, wrong } = await runKillTrials(bundle, 40, seeded(round));
  process.stdout.write(`round ${String(round)}: ${String(trials)} kills, done before them: ${JSON.stringify(done)}; erasing or archiving cut off: ${String(cutOff)}\n`);
  expect(wrong).toEqual([]);
  expect(trials).toBe(40);
  all.trials += trials;
  all.cutOff += cutOff;
  for (const [kind, count] of Object.entries(done)) all.done.set(kind, (all.done.get(kind) ?? 0) + count);
});

// A single round may be killed each time before a month is put away.
test('in all at least a thousand kills, with all kinds of work done before them and cut off by them', () => {
  process.stdout.write(`${String(all.trials)} kills in all, done before them: ${JSON.stringify(Object.fromEntries(all.done))}; erasing or archiving cut off: ${String(all.cutOff)}\n`);
  expect(all.trials).toBeGreaterThanOrEqual(1000);
  expect(all.cutOff).toBeGreaterThan(0);
  expect([...all.done].filter(([, count]) => count === 0)).toEqual([]);
});
