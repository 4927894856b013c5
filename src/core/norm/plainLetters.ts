import { type NormFinding, type NormRule } from './normRule';
import { likeCase, places, proseOf } from './prose';

/** Words that end in a consonant and an x by right. */
const rightfulX = new Set(['bronx', 'marx', 'lynx', 'jinx', 'minx', 'sphinx', 'larynx', 'pharynx', 'calx', 'falx', 'linx', 'esfinx', 'manx', 'meninx', 'syrinx', 'coccyx', 'onyx', 'max']);
const letterOf: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b' };
/** What may follow a digit without a blank between: ordinals, units, times, money. */
const afterDigit = /^(?:e?r[oa]?s?|eros|eras|[dtmvn][oa]s?|avos?|st|nd|rd|th|am|pm|[aá]vil|mil|millones|pesos|hrs?|horas?|d[ií]as?|meses|semanas?|años?|veces|min(?:utos)?|seg|kg|km|kms|kb|mb|gb|tb|hz|mhz|kwh|px|days?|weeks?|months?|years?|hours?|times)$/iu;

/**
 * Words are written with letters: no `@`, `x` or digit in the place of one ("tod@s", "todxs", "t0dos"), which screen readers cannot say.
 * Not in links, handles, e-mail addresses, hashtags; not where the sign stands by right ("México", "1ro", "COVID-19", "H1N1").
 * Source: NORTIC E1:2014, directives of tone, point 10 (no words made with @ or digits in place of a letter; @ stays for mentions).
 */
export const plainLetters: NormRule = {
  code: 'plainLetters',
  level: 'hint',
  check(text, { language }) {
    const prose = proseOf(text);
    return [...at(prose, language), ...crosses(prose, language), ...digits(prose)].sort((one, other) => one.start - other.start);
  },
};

function bothGenders(found: string, stem: string, plural: boolean, language: string): string | undefined {
  if (language !== 'es' || stem === '') return undefined;
  const lower = stem.toLowerCase();
  const article = lower === 'l' && plural ? ['las', 'los'] : lower === 'l' ? ['la', 'el'] : lower === 'un' && !plural ? ['una', 'un'] : undefined;
  // "trabajador@s": the masculine of these has a plural in -es.
  const masculine = /(?:or|ol|és|ón|án)$/iu.test(stem) ? stem + (plural ? 'es' : '') : `${stem}o${plural ? 's' : ''}`;
  const [feminine, other] = article ?? [`${stem}a${plural ? 's' : ''}`, masculine];
  return likeCase(found, `${feminine?.toLowerCase() ?? ''} ${plural ? 'y' : /^h?o/iu.test(other ?? '') ? 'u' : 'o'} ${other?.toLowerCase() ?? ''}`);
}

function at(prose: string, language: string): readonly NormFinding[] {
  return places(prose, /(?<![\p{L}\p{N}_.@])\p{L}+@(?:\p{L}*)(?![\p{L}\p{N}@])/gu, (found) => {
    const [stem = '', ending = ''] = found.split('@');
    return ending === '' || ending.toLowerCase() === 's' ? bothGenders(found, stem, ending !== '', language) : likeCase(found, `${stem}a${ending}`.toLowerCase());
  });
}

function crosses(prose: string, language: string): readonly NormFinding[] {
  return places(prose, /(?<![\p{L}\p{N}_])\p{L}+(?![\p{L}\p{N}_])/gu, (found) => {
    const word = found.toLowerCase();
    if (/^(?:wom[xy]n|folx)$/u.test(word)) return word === 'folx' ? likeCase(found, 'folks') : likeCase(found, 'women');
    if (/^x+s?$/u.test(word) || rightfulX.has(word) || (found === found.toUpperCase() && found.length < 5)) return false;
    if (/\p{L}xs$/u.test(word)) return bothGenders(found, found.slice(0, -2), true, language);
    // Only Spanish and words taken from it: in others a consonant and an x may end a word.
    return /[bcdfghjklmnñpqrstvwyz]x$/u.test(word) && word.length > 2 ? bothGenders(found, found.slice(0, -1), false, language) : false;
  });
}

function digits(prose: string): readonly NormFinding[] {
  return places(prose, /(?<![\p{L}\p{N}_#.,/-])[\p{L}\p{N}]+(?![\p{L}\p{N}_]|[-/.,:]\p{N})/gu, (found) => {
    if (!/\p{L}/u.test(found) || !/[0134578]/u.test(found) || /\d\d/u.test(found) || /[269]/u.test(found)) return false;
    const letters = found.replace(/\d/gu, '');
    const inside = /\p{L}\d\p{L}/u.test(found) && letters.length >= 3;
    const first = /^\d/u.test(found) && letters.length >= 4 && !afterDigit.test(found.slice(1));
    const last = /\p{Ll}{2,}0$/u.test(found);
    // Capitals and digits are codes and formulas ("H1N1", "B2B", "AB3CD"), unless a zero stands among letters ("T0DOS").
    if (!/\p{Ll}/u.test(found) && !(inside && letters.length >= 4 && /^\p{L}+0\p{L}+$/u.test(found))) return false;
    if ((!inside && !first && !last) || (/\d$/u.test(found) && !last)) return false;
    return likeCase(found, found.replace(/\d/gu, (digit) => letterOf[digit] ?? digit).toLowerCase());
  });
}
