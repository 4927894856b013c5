import { afterAll, beforeAll, expect, test } from 'vitest';
import { runKillTrials } from '../contract/store/runKillTrials';
import { seeded } from '../contract/store/testDesk';
import { bundleWorker, type WorkerBundle } from '../contract/store/workerProcess';

let bundle: WorkerBundle;
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
  expect(done['archived']).toBeGreaterThan(0);
  expect(cutOff).toBeGreaterThan(0);
});
