import { expect, it } from 'vitest';
import { eraseAgainKills } from './eraseAgainKills';

// Each step of them: `npm run test:faults`.
it('a process that is killed while it erases again what came back in the inbox alone: nothing is lost or doubled, and no word stays', async () => {
  const outcomes = await eraseAgainKills(2, 4);
  expect(outcomes).toEqual(expect.arrayContaining(['dropped', 'finished', 'unharmed']));
}, 600_000);
