/** What this server allows in one status, content warning included. */
export const maxCharacters = 500;
/** Every link counts as this many characters. */
export const charactersPerUrl = 23;

const link = /https?:\/\/[^\s<>"]+/giu;
const remoteMention = /(?<=^|[^/\p{L}\p{N}_])@([a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_]+)?)@[\p{L}\p{N}][\p{L}\p{N}.:-]*[\p{L}\p{N}]/giu;
const graphemes = new Intl.Segmenter('es', { granularity: 'grapheme' });

/** Length as Mastodon counts it (`StatusLengthValidator`): graphemes, a link is 23, a mention of somebody elsewhere only `@user`. */
export function statusLength(text: string, spoilerText = ''): number {
  const counted = text.replaceAll(link, 'x'.repeat(charactersPerUrl)).replaceAll(remoteMention, '@$1');
  return [...graphemes.segment(spoilerText + counted)].length;
}
