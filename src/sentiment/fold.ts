const cache = new Map<number, string>();
const letter = /[\p{L}\p{M}\p{N}]/u;
const mark = /\p{M}/u;

/** What Unicode decomposition leaves alone and people type without. */
const written: Readonly<Record<string, string>> = { ß: 'ss', œ: 'oe', æ: 'ae', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

const ascii: readonly string[] = Array.from({ length: 0x80 }, (_unused, code) => (/[A-Za-z0-9]/.test(String.fromCharCode(code)) ? String.fromCharCode(code).toLowerCase() : ''));

/** Soft hyphen, zero-width spaces and joiners, directional marks, byte order mark: nobody sees them, so they neither end a word nor belong to one. */
export function isInvisible(codePoint: number): boolean {
  return codePoint === 0xad || (codePoint >= 0x200b && codePoint <= 0x200f) || (codePoint >= 0x202a && codePoint <= 0x202e)
    || (codePoint >= 0x2060 && codePoint <= 0x2069) || codePoint === 0xfeff;
}

/** Letter, combining mark or digit of any script; a lone surrogate is none. */
export function isWordCharacter(codePoint: number): boolean {
  return fold(codePoint) !== '' || (codePoint >= 0x300 && letter.test(String.fromCodePoint(codePoint)));
}

/** Small letter without accents; '' for combining marks and for what is neither letter nor digit. */
export function fold(codePoint: number): string {
  if (codePoint < 0x80) return ascii[codePoint] ?? '';
  const known = cache.get(codePoint);
  if (known !== undefined) return known;
  const folded = foldUncached(String.fromCodePoint(codePoint));
  // Bounded on purpose: a hostile text may hold every character there is.
  if (codePoint < 0x2000) cache.set(codePoint, folded);
  return folded;
}

function foldUncached(character: string): string {
  const small = character.toLowerCase();
  const plain = written[small];
  if (plain !== undefined) return plain;
  let folded = '';
  for (const part of small.normalize('NFKD')) {
    if (letter.test(part) && !mark.test(part)) folded += part.toLowerCase();
  }
  return folded;
}
