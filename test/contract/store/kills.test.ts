import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKillTrials } from './runKillTrials';
import { seeded } from './testDesk';
import { bundleWorker, type WorkerBundle } from './workerProcess';

let bundle: WorkerBundle;
beforeAll(async () => {
  bundle = await bundleWorker();
});
afterAll(async () => {
  await bundle.remove();
});

// A thousand of these: `npm run test:faults`.
it('processes killed while they append, roll, erase, dispose and archive: nothing is lost, nothing comes back, the log verifies', async () => {
  const { done, cutOff, wrong } = await runKillTrials(bundle, 16, seeded(5));
  expect(wrong).toEqual([]);
  expect(done['erased']).toBeGreaterThan(0);
  expect(cutOff).toBeGreaterThan(0);
}, 400_000);
