import { expect, it } from 'vitest';
import { IdSet } from '../../../src/core/idSet';

it('a set of ids knows what is in it, however many there are', () => {
  const set = new IdSet();
  const ids = Array.from({ length: 20_000 }, (_unused, index) => `c-${index.toString(32).padStart(12, 'x')}`);
  expect(ids.every((id) => set.add(id))).toBe(true);
  expect(ids.some((id) => set.add(id))).toBe(false);
  expect(set.add('c-other')).toBe(true);
});
