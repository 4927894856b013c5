/** Who is written to in a text. */
export interface MentionTarget {
  readonly username: string;
  readonly acct: string;
  readonly url: string;
}

const token = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|(?<![/\p{L}\p{N}_])@([a-z0-9_]+(?:[.-][a-z0-9_]+)*(?:@[a-z0-9.-]+[a-z0-9](?::\d+)?)?)|(?<![/\p{L}\p{N}_&])#([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/giu;

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** A link as Mastodon shows it: scheme and tail hidden by classes, the text between at most 30 characters. */
function linkHtml(url: string): string {
  const prefix = /^https?:\/\/(?:www\.)?/i.exec(url)?.[0] ?? '';
  const rest = url.slice(prefix.length);
  const shown = rest.slice(0, 30);
  const ellipsis = rest.length > 30 ? ' class="ellipsis"' : ' class=""';
  return `<a href="${escapeHtml(url)}" target="_blank" rel="nofollow noopener noreferrer" translate="no"><span class="invisible">${escapeHtml(prefix)}</span>`
    + `<span${ellipsis}>${escapeHtml(shown)}</span><span class="invisible">${escapeHtml(rest.slice(30))}</span></a>`;
}

function mentionHtml(target: MentionTarget): string {
  return `<span class="h-card" translate="no"><a href="${escapeHtml(target.url)}" class="u-url mention">@<span>${escapeHtml(target.username)}</span></a></span>`;
}

function lineHtml(line: string, baseUrl: string, find: (acct: string) => MentionTarget | undefined): string {
  let html = '';
  let from = 0;
  for (const match of line.matchAll(token)) {
    const [whole, url, acct, tag] = match;
    html += escapeHtml(line.slice(from, match.index));
    const target = acct === undefined ? undefined : find(acct);
    if (url !== undefined) html += linkHtml(url);
    else if (target !== undefined) html += mentionHtml(target);
    else if (tag !== undefined) html += `<a href="${baseUrl}/tags/${encodeURIComponent(tag)}" class="mention hashtag" rel="tag">#<span>${escapeHtml(tag)}</span></a>`;
    else html += escapeHtml(whole);
    from = match.index + whole.length;
  }
  return html + escapeHtml(line.slice(from));
}

/** The content of a status as Mastodon's formatter makes it from plain text. */
export function statusHtml(text: string, baseUrl: string, find: (acct: string) => MentionTarget | undefined): string {
  return text.split(/\n{2,}/).map((paragraph) => `<p>${paragraph.split('\n').map((line) => lineHtml(line, baseUrl, find)).join('<br />')}</p>`).join('');
}

/** The `user` or `user@host` names written in a text, in order, each once. */
export function mentionedAccts(text: string): string[] {
  const names = [...text.matchAll(token)].map((match) => match[2]).filter((name) => name !== undefined);
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

/** The hashtags written in a text, each once. */
export function hashtags(text: string): string[] {
  const tags = [...text.matchAll(token)].map((match) => match[3]).filter((tag) => tag !== undefined);
  return [...new Set(tags.map((tag) => tag.toLowerCase()))];
}
