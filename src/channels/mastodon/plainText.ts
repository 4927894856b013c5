import { compile, type FormatCallback, type HtmlToTextOptions } from 'html-to-text';
import { cleanText } from '../cleanText';
import { linkText } from '../linkText';

/** Longer HTML is cut before it is read, longer text after; in UTF-16 code units. */
const longestHtml = 200_000;
const longestText = 40_000;

/** Without any of these it is taken for plain text, as some servers send it: then a `<` is only a `<`, and line ends count. */
const markup = /<\/?(?:p|br|a|span|div|strong|b|em|i|u|s|del|code|pre|blockquote|ul|ol|li|h[1-6]|img|ruby|rt|rp|small|sub|sup|hr|table)\b[^>]*>/iu;

const squeeze = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const formatLink: FormatCallback = (element, _walk, builder) => {
  const words: string[] = [];
  // Not recursive: hostile markup is as deep as it is long.
  const left = [...element.children].reverse();
  for (let node = left.pop(); node; node = left.pop()) {
    if (node.type === 'text') words.push(node.data ?? '');
    else if (node.name === 'img') words.push(String(node.attribs?.alt ?? ''));
    else if (node.name === 'br') words.push(' ');
    else left.push(...[...(node.children ?? [])].reverse());
  }
  builder.addInline(linkText(squeeze(words.join('')), String(element.attribs?.href ?? '').trim()), { noWordTransform: true });
};

const formatImage: FormatCallback = (element, _walk, builder) => builder.addInline(String(element.attribs?.alt ?? ''), { noWordTransform: true });

const options: HtmlToTextOptions = {
  wordwrap: false,
  preserveNewlines: false,
  limits: { maxInputLength: longestHtml, maxDepth: 60, maxChildNodes: 5_000, ellipsis: '…' },
  formatters: { link: formatLink, image: formatImage },
  selectors: [
    { selector: 'a', format: 'link' },
    { selector: 'img', format: 'image' },
    { selector: 'p', format: 'paragraph', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, format: 'heading', options: { uppercase: false } })),
    { selector: 'script', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'table', format: 'block' },
    { selector: 'hr', format: 'skip' },
  ],
};

const fromHtml = compile(options);
const fromPlain = compile({ ...options, preserveNewlines: true });

/**
 * The HTML of a post as plain text: paragraphs and line breaks as line ends, `@user`, `#tag` and `:emoji:` as they stand, each link with its real
 * target. Cut at 40,000 code units. The result is still hostile text: only what no display can bear is taken out (see `cleanText`).
 */
export function htmlToPlainText(html: string): string {
  const input = html.slice(0, longestHtml);
  const plain = !markup.test(input);
  const text = plain ? fromPlain(input.replaceAll('<', '&lt;')) : fromHtml(input);
  const clean = cleanText(text).replace(/[ \t]+\n/gu, '\n').replace(/\n{3,}/gu, '\n\n').trim();
  return clean.length <= longestText ? clean : `${cleanText(clean.slice(0, longestText - 1))}…`;
}
