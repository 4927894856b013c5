/** A part of a text that Mastodon does not count as it stands. Offsets in UTF-16 code units, `end` exclusive. */
export interface TextEntity {
  readonly kind: 'link' | 'mention';
  readonly start: number;
  readonly end: number;
  /** Of a mention: the name without host. */
  readonly name?: string | undefined;
}

/** Schemes that Mastodon makes links of (config/initializers/twitter_regex.rb); without a scheme it is no link. */
const scheme = /(?:https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini):\/\//giu;
/** twitter-text `valid_url_preceding_chars`, negated: what may not stand before a link. */
const gluedTo = /[a-z0-9@＠$#＃\ufffe\ufeff\uffff]/iu;
const label = /[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}])?/uy;
const topLevel = /^(?:\p{L}{2,63}|xn--[a-z0-9-]+)$/iu;
const pathCharacter = /[^\s<>()?]/u;
const pathEnding = /[^\s()?!*"'「」<>;:=,.$%[\]~&|@]/u;
const queryCharacter = /[a-z0-9!?*'();:&=+$/%#[\]\-_.,~|@^\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10fffd}]/iu;
const queryEnding = /[a-z0-9_&=#/\-\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10fffd}]/iu;

/** `Account::MENTION_RE` of Mastodon. */
const mention = /(?<![=/\p{L}\p{M}\p{N}\p{Pc}])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@[\p{L}\p{M}\p{N}\p{Pc}]+(?:[.-]+[\p{L}\p{M}\p{N}\p{Pc}]+)*)?/giu;
/** twitter-text `end_mention_match`: what follows makes it no mention. */
const spoilsMention = /^(?:[@＠]|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb\u1e00-\u1eff]|\p{M}|:\/\/)/u;

/**
 * Links and mentions in the order of the text, none over another, as Mastodon finds them when it counts (StatusLengthValidator over twitter-text).
 * Read by hand and not by its regular expressions, which take quadratic time on hostile text. Top-level domains are not looked up.
 */
export function mastodonEntities(text: string): readonly TextEntity[] {
  const all = [...links(text), ...mentions(text)].sort((left, right) => left.start - right.start);
  const kept: TextEntity[] = [];
  for (const entity of all) if (entity.start >= (kept.at(-1)?.end ?? 0)) kept.push(entity);
  return kept;
}

/** Links with a scheme, each to the character where twitter-text ends it. */
function links(text: string): readonly TextEntity[] {
  const found: TextEntity[] = [];
  for (const match of text.matchAll(scheme)) {
    const start = match.index;
    if (start < (found.at(-1)?.end ?? 0) || gluedTo.test(text.charAt(start - 1))) continue;
    const host = hostEnd(text, start + match[0].length);
    if (host === undefined) continue;
    const path = pathEnd(text, portEnd(text, host));
    found.push({ kind: 'link', start, end: queryEnd(text, path) });
  }
  return found;
}

/** undefined = no domain with a top level stands here. */
function hostEnd(text: string, from: number): number | undefined {
  let end: number | undefined;
  let labels = 0;
  for (let at = from; ; ) {
    label.lastIndex = at;
    const found = label.exec(text)?.[0];
    if (found === undefined) return end;
    labels += 1;
    at += found.length;
    if (labels > 1 && topLevel.test(found)) end = at;
    if (text.charAt(at) !== '.') return end;
    at += 1;
  }
}

function portEnd(text: string, from: number): number {
  return from + (/^:\d+/u.exec(text.slice(from, from + 12))?.[0].length ?? 0);
}

function pathEnd(text: string, from: number): number {
  if (text.charAt(from) !== '/') return from;
  let end = from + 1;
  for (let at = from + 1; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (character === '(') {
      const closed = balancedEnd(text, at, 2);
      if (closed === undefined) return end;
      at = closed;
      end = at;
    } else if (pathCharacter.test(character)) {
      at += character.length;
      if (pathEnding.test(character)) end = at;
    } else {
      return end;
    }
  }
  return end;
}

/** After the `)` that closes the `(` at `from`, with at most `depth` levels and something inside. */
function balancedEnd(text: string, from: number, depth: number): number | undefined {
  let at = from + 1;
  for (; at < text.length && text.charAt(at) !== ')'; ) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const after = character === '(' ? (depth > 1 ? balancedEnd(text, at, depth - 1) : undefined) : pathCharacter.test(character) ? at + character.length : undefined;
    if (after === undefined) return undefined;
    at = after;
  }
  return at < text.length && at > from + 1 ? at + 1 : undefined;
}

function queryEnd(text: string, from: number): number {
  if (text.charAt(from) !== '?') return from;
  let end = from;
  for (let at = from + 1; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (!queryCharacter.test(character)) break;
    at += character.length;
    if (queryEnding.test(character)) end = at;
  }
  return end;
}

function mentions(text: string): readonly TextEntity[] {
  return [...text.matchAll(mention)].flatMap((match): readonly TextEntity[] => {
    const end = match.index + match[0].length;
    return spoilsMention.test(text.slice(end, end + 3)) ? [] : [{ kind: 'mention', start: match.index, end, name: match[1] }];
  });
}
