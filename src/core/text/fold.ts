/** Lower case without accents, for searching and matching; `ñ` becomes `n`. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase();
}

/** One line: white space of every kind becomes one blank, control characters go. */
export function singleLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/\s+/gu, ' ').trim();
}

/** Marks that turn the reading direction are shown instead of obeyed (they can make a text read as another one). */
export function showBidi(text: string): string {
  return text.replace(/[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/gu, (mark) => `[U+${mark.codePointAt(0)?.toString(16).toUpperCase() ?? ''}]`);
}

/** The first `max` graphemes, with an ellipsis where something was left out. */
export function firstWords(text: string, max: number): string {
  const line = singleLine(text.slice(0, max * 20));
  const parts = [...new Intl.Segmenter('es', { granularity: 'grapheme' }).segment(line)];
  return parts.length <= max ? line : `${parts.slice(0, max - 1).map((part) => part.segment).join('').trimEnd()}…`;
}

/** For lists of one line a message: without the handles in front (`@isc ¿Abren hoy?`), unless nothing else is left. */
export function withoutLeadingMentions(text: string): string {
  const rest = text.replace(/^\s*(?:@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?[,:;]?\s+)+/u, '');
  return rest.trim() === '' || /^@\S+\s*$/u.test(rest) ? text : rest;
}

/** Two answers say the same: NFC, without greetings by handle, without differences of white space and of how links are shown. */
export function sameWords(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

function bare(text: string): string {
  return text
    .normalize('NFC')
    .replace(/(^|[^\p{L}\p{N}/])@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?/gu, '$1')
    .replace(/https?:\/\/(?:www\.)?|(?<![\p{L}\p{N}.])www\./gu, '')
    .replace(/\/(?=\s|$)/gu, '')
    .replace(/[\s\u00A0]+/gu, ' ')
    .trim();
}
