import { expect, test } from 'vitest';
import { recordKey } from '../../../../src/channels/bluesky/recordKey';

/** What the protocol asks of such a key (atproto.com/specs/tid). */
const form = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/u;
const at = Date.UTC(2026, 10, 18, 9);

test('the key of an answer is the same at each try, and of the form that the protocol asks for', () => {
  expect(recordKey(at, 'r-1')).toMatch(form);
  expect(recordKey(at, 'r-1')).toBe(recordKey(at, 'r-1'));
});

test('two answers of one moment have two keys', () => {
  expect(new Set(Array.from({ length: 500 }, (_, index) => recordKey(at, `r-${String(index)}`))).size).toBe(500);
});

test('later answers sort behind earlier ones, among keys that apps made', () => {
  const keys = [at, at + 1, at + 60_000, at + 365 * 86_400_000].map((time) => recordKey(time, 'r-1'));
  expect([...keys].sort()).toEqual(keys);
  // An example of the specification, of June 2023.
  expect(recordKey(Date.UTC(2023, 0, 1), 'r') < '3jzfcijpj2z2a').toBe(true);
  expect(recordKey(Date.UTC(2026, 0, 1), 'r') > '3jzfcijpj2z2a').toBe(true);
});
