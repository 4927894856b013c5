import { expect, it } from 'vitest';
import { retentionKills } from './retentionKills';

// Each step of them: `npm run test:faults`.
it('a process that is killed while it applies the retention schedule: nothing is lost or doubled, and whoever comes next finishes', async () => {
  const outcomes = await retentionKills(3, 7);
  expect(outcomes).toEqual(expect.arrayContaining(['erasure finished', 'archiving finished', 'unharmed']));
}, 600_000);
