/** Web addresses in a text, as they stand; trailing punctuation does not belong to them. */
export function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/\bhttps?:\/\/[^\s<>"'«»]+/giu)].map(([link]) => link.replace(/[.,;:!?)\]}…]+$/u, ''));
}

/** Bare names such as `evil.example/x` that networks turn into links as well. */
export function bareLinksIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}@/.:-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(?:com|net|org|info|do|mx|es|gob|gov|edu|io|me|ly|app|dev|co|link|site|xyz|top|ru|cn|tk)\b(?:\/[^\s<>"']*)?/giu)].map(([link]) => link);
}

/** True when the link leads to one of the domains or below it. */
export function isWithin(link: string, domains: readonly string[]): boolean {
  let host: string;
  try {
    host = new URL(/^https?:/iu.test(link) ? link : `https://${link}`).hostname.toLowerCase();
  } catch {
    return false;
  }
  return domains.some((domain) => {
    const known = domain.toLowerCase().replace(/^\*?\./u, '');
    return host === known || host.endsWith(`.${known}`);
  });
}
