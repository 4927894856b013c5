import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changes, keptShare } from '../../../../src/core/text/changes';

describe('changes to an approved text', () => {
  it('shows what was added at the end', () => {
    expect(changes('Hola, Ana.', 'Hola, Ana. Hoy atendemos.')).toEqual([
      { kind: 'same', text: 'Hola, Ana.' },
      { kind: 'added', text: ' Hoy atendemos.' },
    ]);
  });

  it('replaces whole words, accents included', () => {
    expect(changes('su cédula nueva', 'su célula nueva')).toEqual([
      { kind: 'same', text: 'su ' },
      { kind: 'removed', text: 'cédula' },
      { kind: 'added', text: 'célula' },
      { kind: 'same', text: ' nueva' },
    ]);
  });

  it('shows a rewritten sentence as one change', () => {
    expect(changes('Hola, Ana. Lamentamos la demora.', 'Hola, Ana. Un texto a mano.')).toEqual([
      { kind: 'same', text: 'Hola, Ana. ' },
      { kind: 'removed', text: 'Lamentamos la demora' },
      { kind: 'added', text: 'Un texto a mano' },
      { kind: 'same', text: '.' },
    ]);
  });

  it('says nothing of equal or empty texts', () => {
    expect(changes('a b', 'a b')).toEqual([{ kind: 'same', text: 'a b' }]);
    expect(changes('', '')).toEqual([]);
    expect(changes('', 'a')).toEqual([{ kind: 'added', text: 'a' }]);
  });

  it('gives both texts back, character for character', () => {
    const words = fc.array(fc.oneof(fc.constantFrom('hola', 'cédula', ' ', '\n', '👩‍👩‍👧', '.', 'مرحبا'), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 14 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(words, words, (approved, edited) => {
        const found = changes(approved, edited);
        const join = (...kinds: string[]) => found.filter((change) => kinds.includes(change.kind)).map((change) => change.text).join('');
        expect(join('same', 'removed')).toBe(approved);
        expect(join('same', 'added')).toBe(edited);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('gives up on texts that have nothing in common instead of comparing for ever', () => {
    const one = Array.from({ length: 4_000 }, (_, index) => `a${String(index)}`).join(' ');
    const other = Array.from({ length: 4_000 }, (_, index) => `b${String(index)}`).join('-');
    expect(changes(one, other)).toEqual([{ kind: 'removed', text: one }, { kind: 'added', text: other }]);
  });
});

describe('share of approved words kept', () => {
  it.each([
    ['uno dos tres cuatro', 'uno dos tres cuatro', 1],
    ['uno dos tres cuatro', 'uno dos tres', 0.75],
    ['uno dos tres cuatro', 'uno dos tres cuatro cinco seis', 1],
    ['uno dos', 'siete ocho', 0],
    ['uno dos', '', 0],
    ['', 'todo nuevo', 1],
  ])('%j to %j keeps %d', (approved, edited, share) => {
    expect(keptShare(approved, edited)).toBe(share);
  });

  it('lies between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (approved, edited) => {
        const share = keptShare(approved, edited);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
      { seed: 5 },
    );
  });
});
