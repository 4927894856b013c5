import { expect, it } from 'vitest';
import { NumberColumn } from '../../../src/core/numberColumn';

it.each(['whole', 'any'] as const)('a column of %s numbers holds each of its rows, however many, and gives them in order', (kind) => {
  const column = new NumberColumn(kind);
  expect([column.length, column.at(0), [...column.sorted()]]).toEqual([0, NaN, []]);
  for (let row = 0; row < 5000; row += 1) column.push((row * 7919) % 5000);
  column.set(3, -1);
  column.set(5000, 8);
  expect(column.length).toBe(5000);
  expect([column.at(0), column.at(3), column.at(1024), column.at(4999), column.at(5000)]).toEqual([0, -1, (1024 * 7919) % 5000, (4999 * 7919) % 5000, NaN]);
  const sorted = [...column.sorted()];
  expect(sorted).toHaveLength(5000);
  expect(sorted[0]).toBe(-1);
  expect(sorted.every((value, index) => index === 0 || value >= sorted[index - 1]!)).toBe(true);
});
