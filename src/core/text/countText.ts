import { mastodonEntities } from './mastodonEntities';

/** How the network counts the length of an answer. */
export interface LengthRule {
  readonly max: number;
  /** `mastodon`: graphemes, each URL counts `urlLength`, a remote mention counts its local part only. */
  readonly method: 'mastodon' | 'graphemes' | 'codePoints' | 'twitter';
  readonly urlLength?: number | undefined;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

function countGraphemes(text: string): number {
  let count = 0;
  for (const _segment of graphemes.segment(text)) count += 1;
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
  for (const { segment } of graphemes.segment(withoutLinks)) {
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
