import { expect, it } from 'vitest';
import { IdMap } from '../../../src/core/idMap';

it('a map of ids knows the number of each, however many there are, and none of the others', () => {
  const map = new IdMap();
  const ids = Array.from({ length: 20_000 }, (_unused, index) => `c-${index.toString(32).padStart(12, 'x')}`);
  const missed = ids.filter((id, index) => {
    const before = map.get(id);
    map.set(id, index - 1);
    return before === undefined;
  });
  expect(missed).toHaveLength(ids.length);
  map.set(ids[7]!, 99);
  expect(ids.map((id) => map.get(id))).toEqual(ids.map((_id, index) => (index === 7 ? 99 : index - 1)));
  expect(map.get('c-other')).toBeUndefined();
});
