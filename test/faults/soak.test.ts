import { expect, test } from 'vitest';
import { runSoak } from './soak/soak';

test('a day at the desk with networks that fail at random: nothing is lost, nothing doubled, memory stays flat', async () => {
  const outcome = await runSoak({ hours: 24, seed: 20261122, mentionsPerHour: 12, memory: true });
  process.stdout.write(`24 simulated hours: ${JSON.stringify({ ...outcome, heap: outcome.heap.map((bytes) => `${String(Math.round(bytes / 1_048_576))} MB`) })}\n`);
  expect(outcome).toMatchObject({ lost: [], doubled: [], doubledAnswers: [], disagreeing: [], unseenColleagues: [], verified: true });
  expect(outcome.mentions).toBeGreaterThan(500);
  expect(outcome.faults).toBeGreaterThan(20);
  expect(outcome.answers).toBeGreaterThan(100);
  // What is kept of 900 mentions takes a few megabytes.
  expect(outcome.heap[1] - outcome.heap[0]).toBeLessThan(24 * 1_048_576);
});
