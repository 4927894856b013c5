import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PassingMap } from '../../../src/core/passingMap';

/** What is done to a map, and to one of the language beside it. */
type Step = { readonly what: 'set' | 'take'; readonly key: string | number } | { readonly what: 'takeFirst' | 'clear' };

const key = fc.oneof(fc.integer({ min: -3, max: 400 }), fc.nat({ max: 400 }).map((number) => `m-${String(number)}`), fc.string({ maxLength: 3 }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: key.map((each): Step => ({ what: 'set', key: each })) },
  { weight: 10, arbitrary: key.map((each): Step => ({ what: 'take', key: each })) },
  { weight: 4, arbitrary: fc.constant<Step>({ what: 'takeFirst' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ what: 'clear' }) },
);

describe('a map through which much passes', () => {
  it('holds what a Map holds, in the same order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 900 }), (steps) => {
        const ours = new PassingMap<string | number, number>();
        const theirs = new Map<string | number, number>();
        for (const [index, each] of steps.entries()) {
          if (each.what === 'clear') {
            ours.clear();
            theirs.clear();
          } else if (each.what === 'set') {
            ours.set(each.key, index);
            theirs.set(each.key, index);
          } else {
            const taken = each.what === 'take' ? each.key : ([...theirs.keys()][0] ?? 'none');
            expect(ours.take(taken)).toBe(theirs.get(taken));
            theirs.delete(taken);
          }
          const [oldest] = theirs;
          expect([ours.size, ours.firstKey(), ours.first()]).toEqual([theirs.size, oldest?.[0], oldest?.[1]]);
        }
        expect([...ours.entries()]).toEqual([...theirs]);
        for (const each of theirs.keys()) expect([ours.has(each), ours.get(each)]).toEqual([true, theirs.get(each)]);
        expect(ours.has('not there')).toBe(false);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('lets entries be taken while they are gone through', () => {
    const map = new PassingMap<number, string>();
    for (let index = 0; index < 500; index += 1) map.set(index, String(index));
    const met: number[] = [];
    for (const [key] of map.entries()) {
      met.push(key);
      map.take(key);
      map.take(key + 1);
    }
    expect(met).toEqual(Array.from({ length: 250 }, (_unused, index) => index * 2));
    expect([map.size, map.first()]).toEqual([0, undefined]);
  });

  it('takes no more room for a hundred thousand that pass than for those that are there', () => {
    const map = new PassingMap<string, number>();
    let wrong = 0;
    for (let index = 0; index < 100_000; index += 1) {
      map.set(`c-${String(index)}`, index);
      if (index >= 40 && map.take(`c-${String(index - 40)}`) !== index - 40) wrong += 1;
    }
    expect(wrong).toBe(0);
    expect([map.size, map.firstKey(), map.get('c-99999')]).toEqual([40, 'c-99960', 99_999]);
    expect(JSON.stringify(map).length).toBeLessThan(10_000);
  });
});
