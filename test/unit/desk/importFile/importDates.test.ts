import { describe, expect, test } from 'vitest';
import { dateOrderOf, parseImportDate } from '../../../../src/desk/importFile/importDates';

const zone = 'America/Santo_Domingo';
const iso = (text: string, order: 'dmy' | 'mdy' = 'dmy'): string | undefined => {
  const at = parseImportDate(text, zone, order);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('a moment in a file', () => {
  test.each([
    ['2026-03-14T10:30:00Z', '2026-03-14T10:30:00.000Z'],
    ['2026-03-14 10:30:00 -0500', '2026-03-14T15:30:00.000Z'],
    ['2026-03-14T10:30:00.250+02:00', '2026-03-14T08:30:00.250Z'],
    ['2026-03-14 10:30', '2026-03-14T14:30:00.000Z'],
    ['2026-03-14', '2026-03-14T04:00:00.000Z'],
    ['2026/3/4 9:05:07', '2026-03-04T13:05:07.000Z'],
    ['1773484200', '2026-03-14T10:30:00.000Z'],
    ['1773484200123', '2026-03-14T10:30:00.123Z'],
    ['14/03/2026 10:30', '2026-03-14T14:30:00.000Z'],
    ['4.3.26, 9:05', '2026-03-04T13:05:00.000Z'],
    ['14-03-2026 10:30 p. m.', '2026-03-15T02:30:00.000Z'],
    ['14/03/2026 12:05 AM', '2026-03-14T04:05:00.000Z'],
  ])('%s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  test('stands as the order says where both could be', () => {
    expect(iso('03/04/2026 08:00', 'dmy')).toBe('2026-04-03T12:00:00.000Z');
    expect(iso('03/04/2026 08:00', 'mdy')).toBe('2026-03-04T12:00:00.000Z');
  });

  test.each(['', 'ayer', '31/02/2026', '14/03/2026 13:00 pm', '12', '123456', '99999999999', '2026-13-01', '=1+1'])('%s is none', (text) => {
    expect(iso(text)).toBeUndefined();
  });
});

describe('the order of a column', () => {
  test('is that of the dates that can be only one', () => {
    expect(dateOrderOf(['03/04/2026', '25/12/2026'])).toBe('dmy');
    expect(dateOrderOf(['03/04/2026', '12/25/2026 10:00'])).toBe('mdy');
  });

  test('is to be asked where each could be either, and no question where none is written so', () => {
    expect(dateOrderOf(['03/04/2026', '05/06/2026'])).toBe('unclear');
    expect(dateOrderOf(['2026-03-04', '1773484200'])).toBe('none');
  });
});
