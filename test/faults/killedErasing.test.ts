import { expect, test } from 'vitest';
import { eraseAgainKills } from '../contract/desk/eraseAgainKills';
import { redactionKills } from '../contract/desk/redactionKills';
import { retentionKills } from '../contract/desk/retentionKills';

const told = (what: string, outcomes: readonly string[]): void => {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  process.stdout.write(`${what}, killed at each of ${String(outcomes.length - 1)} steps: ${JSON.stringify(Object.fromEntries(counts))}\n`);
};

test('a redaction killed at each step that reaches the disk is undone or finished by whoever opens the desk next', async () => {
  const outcomes = await redactionKills(1, 1);
  told('redaction', outcomes);
  expect(outcomes).toEqual(expect.arrayContaining(['dropped', 'finished', 'unharmed']));
});

test('retention killed at each step that reaches the disk, the move into the archive too: nothing is lost or doubled, and whoever comes next finishes', async () => {
  const outcomes = await retentionKills(1, 1);
  told('retention', outcomes);
  expect(outcomes).toEqual(expect.arrayContaining(['erasure dropped', 'erasure finished', 'archiving dropped', 'archiving finished', 'unharmed']));
});

test('erasing again killed at each step that reaches the disk, where notes came back in the inbox alone: nothing is lost or doubled, and no word stays', async () => {
  const outcomes = await eraseAgainKills(1, 1);
  told('erasing again', outcomes);
  expect(outcomes).toEqual(expect.arrayContaining(['dropped', 'finished', 'unharmed']));
});
