import { describe, expect, test } from 'vitest';
import { sameWords, withoutLeadingMentions } from '../../../../src/core/text/fold';

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

describe('sameWords', () => {
  test.each([
    ['Visite www.isc.gob.do hoy.', '@vecina Visite http://www.isc.gob.do hoy.'],
    ['Visite isc.gob.do/citas', '@vecina Visite http://isc.gob.do/citas'],
    ['Vea https://isc.gob.do', 'Vea https://isc.gob.do/'],
    ['Señoría,\n con  gusto', 'Sen\u0303oría, con gusto'],
  ])('%j is the answer that reads %j on the network', (text, shown) => {
    expect(sameWords(text, shown)).toBe(true);
  });

  test.each([['Sí', 'Si'], ['Vea isc.gob.do/a', 'Vea isc.gob.do/b'], ['wwwisc.do', 'isc.do'], ['De 8/4', 'De 84']])('%j is not %j', (one, other) => {
    expect(sameWords(one, other)).toBe(false);
  });
});
