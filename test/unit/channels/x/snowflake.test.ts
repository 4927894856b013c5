import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareIds, idAt, timeOfId } from '../../../../src/channels/x/snowflake';

describe('ids of X', () => {
  test('tell when they were given', () => {
    // A post of which the time is known (en.wikipedia.org, "Snowflake ID").
    expect(new Date(timeOfId('1541815603606036480') ?? 0).toISOString()).toBe('2022-06-28T16:07:40.105Z');
    expect(timeOfId('20')).toBeUndefined();
    expect(timeOfId('x1541815603606036480')).toBeUndefined();
  });

  test('made for a time are the smallest of that time', () => {
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2011, 0, 1), max: Date.UTC(2040, 0, 1) }), (time) => {
      const id = idAt(time);
      expect(timeOfId(id)).toBe(time);
      expect(timeOfId((BigInt(id) - 1n).toString())).toBe(time - 1);
    }), { seed: 5 });
    expect(idAt(0)).toBe('1');
  });

  test('are compared as numbers of 64 bits', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (left, right) => {
      expect(Math.sign(compareIds(left.toString(), right.toString()))).toBe(left < right ? -1 : left > right ? 1 : 0);
    }), { seed: 5 });
  });
});
