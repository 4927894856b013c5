import { mastodonEntities } from './mastodonEntities';

/** How the network counts the length of an answer. */
export interface LengthRule {
  readonly max: number;
  /** `mastodon`: graphemes, each URL counts `urlLength`, a remote mention counts its local part only. */
  readonly method: 'mastodon' | 'graphemes' | 'codePoints' | 'twitter';
  readonly urlLength?: number | undefined;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Code units per call: V8's segmenter takes quadratic time (seconds for 100,000 characters at once). */
const windowSize = 256;

/** The graphemes of a text, window by window. The last of a window may go on in the next, so that one begins there. */
function* graphemesOf(text: string): Generator<string> {
  let from = 0;
  for (let size = windowSize; from < text.length; ) {
    const cut = Math.min(text.length, from + size);
    // Not inside a surrogate pair: half a flag would count as a whole one.
    const end = cut < text.length && /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;
    const segments = Array.from(segmenter.segment(text.slice(from, end)), ({ segment }) => segment);
    if (end < text.length) segments.pop();
    for (const segment of segments) {
      from += segment.length;
      yield segment;
    }
    size = segments.length === 0 ? size * 2 : windowSize;
  }
}

function countGraphemes(text: string): number {
  let count = 0;
  for (const _segment of graphemesOf(text)) count += 1;
  return count;
}

/** Mastodon (StatusLengthValidator): graphemes after each link is made `urlLength` long and each mention loses its host. */
function countMastodon(text: string, urlLength: number): number {
  let counted = '';
  let from = 0;
  for (const { kind, start, end, name } of mastodonEntities(text)) {
    counted += text.slice(from, start) + (kind === 'link' ? 'x'.repeat(urlLength) : `@${name ?? ''}`);
    from = end;
  }
  return countGraphemes(counted + text.slice(from));
}

/** Code points that weigh 1 on X (twitter-text config v3); all others weigh 2. */
const light: readonly (readonly [number, number])[] = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];

/** X: NFC, links 23, an emoji sequence 2, other code points by weight. Simpler than twitter-text, and never below it for links with a scheme. */
function countTwitter(text: string, urlLength: number): number {
  let count = 0;
  const withoutLinks = text.normalize('NFC').replace(/https?:\/\/[^\s<>"]+/giu, () => {
    count += urlLength;
    return '';
  });
  for (const segment of graphemesOf(withoutLinks)) {
    if (/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(segment)) count += 2;
    else for (const character of segment) count += light.some(([from, to]) => (character.codePointAt(0) ?? 0) >= from && (character.codePointAt(0) ?? 0) <= to) ? 1 : 2;
  }
  return count;
}

/** The length of an answer as its network counts it, in the unit of `rule.method`. Pure; the page counts with it too. */
export function countText(text: string, rule: LengthRule): number {
  switch (rule.method) {
    case 'mastodon': return countMastodon(text, rule.urlLength ?? 23);
    case 'graphemes': return countGraphemes(text);
    case 'codePoints': return [...text].length;
    case 'twitter': return countTwitter(text, rule.urlLength ?? 23);
  }
}

export function fits(text: string, rule: LengthRule): boolean {
  return countText(text, rule) <= rule.max;
}
