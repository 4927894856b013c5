import { type NormFinding } from './normRule';

const mail = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{2,63}){1,6}/gu;
const link = /\bhttps?:\/\/\S+|(?<![\p{L}\p{N}.@-])(?:[\p{L}\p{N}-]{1,63}\.){1,6}\p{L}{2,24}(?![\p{L}\p{N}])(?:\/\S*)?/giu;
const handle = /(?<![\p{L}\p{N}/])@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?/gu;
const hashtag = /(?<![\p{L}\p{N}&/])[#＃][\p{L}\p{M}\p{N}_]+/gu;
const hole = /\{\{\s*[a-zA-Z][a-zA-Z0-9_-]{0,39}\s*\}\}/gu;
const quoted = /«[^«»\n]{1,120}»|“[^“”\n]{1,120}”|"[^"\n]{1,120}"/gu;

const blank = (text: string, ...parts: readonly RegExp[]): string => parts.reduce((rest, part) => rest.replace(part, (found) => ' '.repeat(found.length)), text);

/** The text with everything blanked out that is no wording of ours: links, e-mail addresses, handles, hashtags, blanks of a template. Same length. */
export function proseOf(text: string): string {
  return blank(text, hole, mail, link, handle, hashtag);
}

/** `proseOf` without what stands between quotation marks: the name of a button, the words of somebody else. */
export function ownProseOf(text: string): string {
  return blank(proseOf(text), quoted);
}

/** The places of a pattern with the `g` flag; `suggest` gives what could stand there, or `false` for no finding. */
export function places(text: string, pattern: RegExp, suggest: (found: string, start: number) => string | undefined | false = () => undefined): readonly NormFinding[] {
  const findings: NormFinding[] = [];
  for (const match of text.matchAll(pattern)) {
    const [found] = match;
    if (found === '') continue;
    const suggestion = suggest(found, match.index);
    if (suggestion !== false) findings.push({ start: match.index, length: found.length, text: found, ...(suggestion === undefined ? {} : { suggestion }) });
  }
  return findings;
}

/** `replacement` with the capitals of what it replaces: `SOLICITO` and `Solicito` get theirs. */
export function likeCase(found: string, replacement: string): string {
  const letters = found.replace(/[^\p{L}]/gu, '');
  if (letters.length > 1 && letters === letters.toUpperCase()) return replacement.toUpperCase();
  return /^\p{Lu}/u.test(found) ? replacement.charAt(0).toUpperCase() + replacement.slice(1) : replacement;
}
