import { cleanText } from '../cleanText';
import { type PostEntity } from './entities';

/** Longer text is cut, in UTF-16 code units; X's own long posts end at 25,000 characters. */
const longest = 40_000;

/**
 * The text of a post as its author wrote it: the long form where there is one, `&amp;`, `&lt;` and `&gt;` read back (X escapes just these), each t.co link as
 * its real target, those of attached pictures left out. Still hostile.
 */
export function textOf(post: PostEntity): string {
  const { text, entities } = post.note ? { text: post.note.text, entities: post.note.entities ?? post.entities } : { text: post.text, entities: post.entities };
  let readable = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const targets = new Map((entities?.urls ?? []).map(({ url, expanded_url: target, media_key: media }) => [url, media ? '' : webUrl(target)]));
  readable = readable.replace(/https?:\/\/t\.co\/[A-Za-z0-9]+/gu, (link) => targets.get(link) ?? link);
  const clean = cleanText(readable).trim();
  return clean.length <= longest ? clean : `${cleanText(clean.slice(0, longest - 1))}…`;
}

function webUrl(target: string | null | undefined): string | undefined {
  return target && /^https?:\/\//iu.test(target) && URL.canParse(target) ? target : undefined;
}
