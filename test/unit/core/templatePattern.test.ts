import { describe, expect, it } from 'vitest';
import { isSafePattern } from '../../../src/core/templatePattern';

describe('a pattern of a placeholder', () => {
  it.each(['\\d{3}-\\d{7}-\\d', 'https://[^\\s]+', '[A-Z]{2}(?:-\\d{4}){2}', '(?:cédula|pasaporte|acta)', '[^@\\s]+@[^@\\s]+\\.[a-z]+', '\\(\\d+\\)', '[(*+]+', '\\d{1,3}(?:\\.\\d{1,3})?', '(?<year>\\d{4})-\\d+', 'a\\|b', '.+?'])('may be %s', (pattern) => {
    expect(isSafePattern(pattern)).toBe(true);
  });

  it.each(['(a+)+', '(?:a*)*', '(?:a|a)*', '(?:a?){30}', '(?:(?:a+)b)+', '([a-z]+)*$', '(a)\\1', '(?<x>a)\\k<x>', '(?=a)a', '(?<!a)b', 'a)|(b', '[', '(', '', 'a'.repeat(201), 'a*a*a*a*a*', 'a?'.repeat(40), '(?:a|a)'.repeat(25), '(?:a{2,}){3,}', '(?:\\d+,){2,5}'])('may not be %s', (pattern) => {
    expect(isSafePattern(pattern)).toBe(false);
  });

  it('that is taken never hangs on a value made to be hard', () => {
    for (const pattern of ['a*a*a*', '[^\\s]+[^\\s]+[^\\s]+x', 'a?'.repeat(20)]) {
      expect(isSafePattern(pattern)).toBe(true);
      expect(new RegExp(`^(?:${pattern})$`, 'u').test(`${'a'.repeat(300)}!b!`)).toBe(false);
    }
  });
});
