/** What two ways of writing one address have in common. */
const bare = (url: string): string => url.replace(/^[a-z]+:\/\//iu, '').replace(/^www\./iu, '').replace(/\/$/u, '').toLowerCase();

/** What a reader must see of a link: its words if they hide nothing, else where it really leads. */
export function linkText(shown: string, href: string): string {
  if (/^@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.:-]+)?$/u.test(shown) || /^[#＃]\S+$/u.test(shown)) return shown;
  if (!/^(?:https?|mailto):/iu.test(href)) return shown;
  if (shown === '' || bare(shown) === bare(href)) return href;
  const cut = shown.replace(/(?:…|\.\.\.)$/u, '');
  if (cut !== shown && cut.length > 3 && bare(href).startsWith(bare(cut))) return href;
  return `${shown} [${href}]`;
}
