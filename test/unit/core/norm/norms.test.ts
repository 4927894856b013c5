import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkNorms, normRules, type NormSettings } from '../../../../src/core/norm/norms';
import { normCodes } from '../../../../src/core/norm/normRule';

const settings: NormSettings = {
  institution: { id: 'isc', country: 'DO', domains: ['isc.example'] },
  norms: { rules: {}, names: [], domains: ['gob.do'], acronyms: ['MOPC'], words: {} },
};
const codes = (text: string, given: NormSettings = settings): readonly string[] => checkNorms(text, 'es', given).map(({ code, level }) => `${code} ${level}`);

test('there is one rule for each code', () => {
  expect(normRules.map(({ code }) => code)).toEqual([...normCodes]);
});

describe('the norm check', () => {
  const text = 'Yo abro para tod@s: vea https://evil.example, llame al 809-555-1234. JCE. #tramitesenlinea';

  it('says what a text breaks, in the order of the rules, each at its own level', () => {
    expect(codes(text)).toEqual(['firstPerson hint', 'plainLetters hint', 'acronyms hint', 'personalData confirm', 'officialLinks confirm', 'hashtags hint']);
  });

  it('is switched rule by rule', () => {
    const switched = { ...settings, norms: { ...settings.norms, rules: { firstPerson: 'off', plainLetters: 'refuse', personalData: 'hint', officialLinks: 'off' } as const } };
    expect(codes(text, switched)).toEqual(['plainLetters refuse', 'acronyms hint', 'personalData hint', 'hashtags hint']);
  });

  it('has nothing to say of plain words of ours', () => {
    expect(codes('Hola, Ana. Lamentamos la demora. Vea los pasos en https://isc.example/pasos o en https://www.gob.do. El MOPC y el ISC le ayudan.')).toEqual([]);
    expect(checkNorms('Hello, Ana. We are sorry for the delay.', 'en', settings)).toEqual([]);
  });

  it('points at the very place, whatever the text holds', () => {
    const pieces = fc.constantFrom('Yo ', 'tod@s ', 'T0DOS', 'lxs ', '#tramitesenlinea ', 'JCE ', 'x@y.do', 'https://a.do/x', ' ', '\n', '😀', '\ud83d', '@', '#', '{{author}}', '«', '»', '(', 'é', 'a la brevedad posible. ', '001-1234567-3 ');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')), fc.constantFrom('es', 'en', 'pt'), (text, language) => {
        for (const { findings } of checkNorms(text, language, settings)) for (const { start, length, text: found } of findings) expect(text.slice(start, start + length)).toBe(found);
      }),
      { seed: 5 },
    );
  });

  it('takes linear time on hostile texts', () => {
    for (const piece of ['a@', '#a', 'xs ', 'Yo', '(JCE', '{{', '«', 'a.', '@a@b.', 'AB ', '1a', 'a la mayor ', '\u0301']) expect(checkNorms(piece.repeat(50_000), 'es', settings)).toBeInstanceOf(Array);
  }, 60_000);
});
