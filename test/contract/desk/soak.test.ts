import { expect, test } from 'vitest';
import { runSoak } from '../../faults/soak/soak';

/** A short form of `npm run test:faults`. */
test('half an hour at the desk with networks that fail at random: nothing is lost, nothing doubled', async () => {
  const outcome = await runSoak({ hours: 0.5, seed: 7, mentionsPerHour: 40 });
  expect(outcome).toMatchObject({ lost: [], doubled: [], doubledAnswers: [], disagreeing: [], unseenColleagues: [], verified: true });
  expect(outcome.mentions).toBeGreaterThan(25);
  expect(outcome.answers).toBeGreaterThan(5);
});
