import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoTimes } from '../../../src/core/isoTime';

it('writes any time that a date can hold as the platform does, whatever came before', () => {
  const iso = isoTimes();
  const near = fc.integer({ min: -100_000_000, max: 100_000_000 });
  const any = fc.integer({ min: -8.64e15, max: 8.64e15 });
  fc.assert(fc.property(fc.array(fc.oneof(near, any), { minLength: 1 }), (times) => {
    for (const time of times) expect(iso(time)).toBe(new Date(time).toISOString());
  }), { seed: 5 });
  expect(() => iso(8.64e15 + 86_400_000)).toThrow(RangeError);
});
