import { cleanText } from '../cleanText';
import { linkText } from '../linkText';
import { type Facet, type PostRecord } from './entities';

/** Longer text is cut; a post has 300 graphemes, which may be of any length. In UTF-16 code units. */
const longestText = 40_000;

interface Part {
  readonly start: number;
  readonly end: number;
  readonly facet: Facet;
}

/** The facets in order, without those that lie outside the text or over an earlier one, or cut a character in two (offsets are UTF-8 bytes). */
function partsOf(bytes: Buffer, facets: readonly Facet[]): readonly Part[] {
  const isBoundary = (at: number): boolean => at === bytes.length || ((bytes[at] ?? 0) & 0xc0) !== 0x80;
  const parts: Part[] = [];
  for (const facet of [...facets].sort((left, right) => left.index.byteStart - right.index.byteStart)) {
    const { byteStart: start, byteEnd: end } = facet.index;
    if (start < (parts.at(-1)?.end ?? 0) || end <= start || end > bytes.length || !isBoundary(start) || !isBoundary(end)) continue;
    parts.push({ start, end, facet });
  }
  return parts;
}

/**
 * The text of a post with each link as its real target (apps shorten what they show, and a link's words may lie), and the address of a link card that the
 * text doesn't name. Still hostile text.
 */
export function plainText(record: PostRecord, cardUrl?: string): string {
  const bytes = Buffer.from(record.text, 'utf8');
  let text = '';
  let from = 0;
  for (const { start, end, facet } of partsOf(bytes, record.facets)) {
    const target = facet.features.find(({ $type }) => $type === 'app.bsky.richtext.facet#link')?.uri;
    if (!target) continue;
    text += bytes.subarray(from, start).toString('utf8') + linkText(bytes.subarray(start, end).toString('utf8'), target);
    from = end;
  }
  text += bytes.subarray(from).toString('utf8');
  const whole = cardUrl !== undefined && !text.includes(cardUrl) ? `${text}${text === '' ? '' : '\n'}${cardUrl}` : text;
  const clean = cleanText(whole);
  return clean.length <= longestText ? clean : `${cleanText(clean.slice(0, longestText - 1))}…`;
}

/** Handles that the text makes mentions, without `@`. */
export function namedHandles(record: PostRecord): readonly string[] {
  const bytes = Buffer.from(record.text, 'utf8');
  const named = partsOf(bytes, record.facets).filter(({ facet }) => facet.features.some(({ $type }) => $type === 'app.bsky.richtext.facet#mention'));
  const handles = named.map(({ start, end }) => cleanText(bytes.subarray(start, end).toString('utf8')).trim().replace(/^[@＠]/u, '').toLowerCase());
  return [...new Set(handles.filter((handle) => handle !== '' && !/\s/u.test(handle)))];
}
