import { graphemesOf } from './graphemes';
import { mastodonEntities } from './mastodonEntities';
import { countForX } from './xLength';

/** How the network counts the length of an answer. */
export interface LengthRule {
  readonly max: number;
  /** `mastodon`: graphemes, each URL counts `urlLength`, a remote mention counts its local part only. */
  readonly method: 'mastodon' | 'graphemes' | 'codePoints' | 'twitter';
  readonly urlLength?: number | undefined;
  /** Bytes of UTF-8 that a post takes besides (Bluesky); undefined = any number. */
  readonly maxBytes?: number | undefined;
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

/** The length of an answer as its network counts it, in the unit of `rule.method`. Pure; the page counts with it too. */
export function countText(text: string, rule: LengthRule): number {
  switch (rule.method) {
    case 'mastodon': return countMastodon(text, rule.urlLength ?? 23);
    case 'graphemes': return countGraphemes(text);
    case 'codePoints': return [...text].length;
    case 'twitter': return countForX(text);
  }
}

export function fits(text: string, rule: LengthRule): boolean {
  return excess(text, rule) === undefined;
}

/** By what a text is too long: the network's own count, or its bytes where those are limited too; undefined = it fits. */
export function excess(text: string, rule: LengthRule): { readonly unit: 'characters' | 'bytes'; readonly length: number; readonly max: number } | undefined {
  const length = countText(text, rule);
  if (length > rule.max) return { unit: 'characters', length, max: rule.max };
  const bytes = rule.maxBytes === undefined ? 0 : new TextEncoder().encode(text).length;
  return rule.maxBytes !== undefined && bytes > rule.maxBytes ? { unit: 'bytes', length: bytes, max: rule.maxBytes } : undefined;
}
