import fc from 'fast-check';

const words = fc.constantFrom('malo', 'BUENO', 'Bueno', 'no', 'llevo', 'esperando', 'pero', 'muy', 'qué bonito', 'nadie contesta', 'gracias', 'wait', 'terrible', 'don\'t', "l'eau", 'n’est', '3', '2024', 'a1b2', 'jajaja', 'pésimooo', 'MAAAALO', 'constructor', '__proto__',
  'hasOwnProperty', 'toString', 'responsabilidades', 'desafortunadamente', 'Łódź', 'İ', 'ß', 'ﬁ', 'ĳ', 'ｂａｄ', '𝗯𝗮𝗱', 'مرحبا', '中文', 'ñ', 'e\u0301', '²', 'www', 'http', 'https');
const spaces = fc.constantFrom(' ', '  ', '\n', '\t', '\u00A0', '\u2003', '');
const signs = fc.constantFrom('.', '..', '…', '?', '¿', '¡', '!', '?!', ',', ':', ';', '"', '(', ')', "'", '’', '#', '@', '/', '\\', '\\u2019', '\\u002c', '-', '_', '&amp;', '<b>', '</b>', '<!--', '<script>alert(1)</script>', ':(', ':)', '<3', '¬¬', 'http://a.example/x', 'www.', '@a.b@c');
const pictures = fc.constantFrom('👍', '🏾', '😡', '👩‍👩‍👧', '\u200D', '\uFE0F', '1️⃣', '❤️', '🇩🇴', '🏴󠁧󠁢󠁥󠁮󠁧󠁿');
const hidden = fc.constantFrom('\u200B', '\u2060', '\u00AD', '\uFEFF', '\u202E', '\u202C', '\u2066', '\u2069', '\u200F', '\u0000', '\u0301', '\u0316', '\u0336', '\u20DD', '\uD83D', '\uDC4D', '\uD835', '\uDFFF');
const piece = fc.oneof({ weight: 6, arbitrary: words }, { weight: 6, arbitrary: spaces }, { weight: 3, arbitrary: signs }, { weight: 2, arbitrary: pictures }, { weight: 2, arbitrary: hidden });
/** A piece again and again. */
const repeats = fc.tuple(piece, fc.integer({ min: 2, max: 60 })).map(([text, times]) => text.repeat(times));

/** Texts as citizens, machines and people of ill will write them: words of every kind, emoji, hidden and combining marks, broken surrogates, bidi marks, HTML, long repeats. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
  { weight: 4, arbitrary: fc.array(fc.oneof({ weight: 12, arbitrary: piece }, { weight: 1, arbitrary: repeats }), { maxLength: 80 }).map((parts) => parts.join('')) },
);
