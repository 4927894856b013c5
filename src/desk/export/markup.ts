/** HTML that is safe: made only by `markup`, which escapes what it is given. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = string | number | Markup | readonly (string | number | Markup)[];

/** A template whose holes are escaped, in texts and in quoted attributes; other markup stands as it is, lists are joined. */
export function markup(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(pieces.map((piece, index) => piece + (index < parts.length ? textOf(parts[index] ?? '') : '')).join(''));
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return part.map(textOf).join('');
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Signs that turn the reading direction or cannot be seen are left out. */
function escaped(text: string): string {
  return text.replace(/(?![\t\n])[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '').replace(/[&<>"']/gu, (sign) => signs[sign] ?? sign);
}
