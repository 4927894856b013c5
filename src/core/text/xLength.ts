import { graphemesOf } from './graphemes';
import { links } from './mastodonEntities';

/** Code points that weigh 1 on X (twitter-text config v3); all others weigh 2: `…` and `€` do. */
const light: readonly (readonly [number, number])[] = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];

/** Top-level domains of countries and territories (IANA root zone); longer ones are not listed: any of letters may be one. */
const countries = new Set(
  ('ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr '
    + 'ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp '
    + 'mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl '
    + 'tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw').split(' '),
);
/** RFC 2606 and 6761: never in the root zone, so that X makes no links of them. */
const reserved = new Set(['example', 'test', 'invalid', 'localhost', 'local', 'onion']);

/** A path of X is of Latin and Cyrillic letters; Mastodon's takes an emoji too. */
const latin = /^[!-~\u00c0-\u024f\u0400-\u04ff]*/u;

/** Domains without a scheme, which X makes links of as well. */
const bare = /(?<![\p{L}\p{N}@＠$#＃/._-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.){1,8}([a-z]{2,24})(?:\/[^\s<>"'«»()]*[^\s<>"'«»().,;:!?…])?/giu;

/**
 * The weighted length of X (twitter-text, config v3): NFC, a link `urlLength`, an emoji 2, other code points 1 or 2. The same as twitter-text 3.1 for words
 * with blanks between them; where the list of all top-level domains would be needed ("ayer.gracias") it takes it for a link.
 */
export function countForX(text: string, urlLength: number): number {
  const composed = text.normalize('NFC');
  let count = 0;
  let from = 0;
  let rest = '';
  for (const { start, end } of links(composed)) {
    const link = latin.exec(composed.slice(start, end))?.[0] ?? '';
    if (!/^https?:/iu.test(link) || isUnlinked(/^[^:]*:\/\/([^/?:]*)/u.exec(link)?.[1] ?? '')) continue;
    rest += `${composed.slice(from, start)}\n`;
    count += urlLength - 1;
    from = start + link.length;
  }
  rest += composed.slice(from);
  return count + weigh(rest.replace(bare, (domain: string, top: string) => (isUnlinked(top) ? domain : 'x'.repeat(urlLength))));
}

function isUnlinked(host: string): boolean {
  const top = host.slice(host.lastIndexOf('.') + 1).toLowerCase();
  return reserved.has(top) || (top.length === 2 && !countries.has(top)) || /^\d*$/u.test(top);
}

function weigh(text: string): number {
  let count = 0;
  for (const segment of graphemesOf(text)) {
    if (isEmoji(segment)) count += 2;
    else for (const character of segment) count += isLight(character) ? 1 : 2;
  }
  return count;
}

/** `©` and `®` are emoji only with their sign for it; a digit with its key is one. */
function isEmoji(segment: string): boolean {
  if (/^[0-9#*]\uFE0F?\u20E3$/u.test(segment)) return true;
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(segment) && !(isLight(segment) && [...segment].length === 1);
}

function isLight(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return light.some(([from, to]) => code >= from && code <= to);
}
