import { expect, it } from 'vitest';
import { redactionKills } from './redactionKills';

// Each step of them: `npm run test:faults`.
it('a process that is killed while it erases leaves all of it there, or whoever opens the desk next finds it finished', async () => {
  const outcomes = await redactionKills(2, 3);
  // Both ways out were met: before the log had it, and after.
  expect(outcomes).toContain('dropped');
  expect(outcomes).toContain('finished');
}, 600_000);
