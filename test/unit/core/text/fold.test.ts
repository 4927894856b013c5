import { describe, expect, test } from 'vitest';
import { withoutLeadingMentions } from '../../../../src/core/text/fold';

describe('withoutLeadingMentions', () => {
  test.each([
    ['@isc ¿Abren hoy?', '¿Abren hoy?'],
    ['  @isc, buenas', 'buenas'],
    ['@isc @otra_cuenta@otro.ejemplo: Hola', 'Hola'],
    ['@isc\n\nHola @isc', 'Hola @isc'],
    ['Hola @isc', 'Hola @isc'],
    ['@isc', '@isc'],
    ['@isc @otra@x.ejemplo ', '@isc @otra@x.ejemplo '],
    ['ana@isc.example escribe', 'ana@isc.example escribe'],
    ['', ''],
  ])('%j is shown as %j', (text, shown) => {
    expect(withoutLeadingMentions(text)).toBe(shown);
  });

  test('a long row of handles is no work', () => {
    expect(withoutLeadingMentions(`${'@a '.repeat(100_000)}fin`)).toBe('fin');
    expect(withoutLeadingMentions(`@${'a.-'.repeat(100_000)}`)).toHaveLength(300_001);
  });
});
