import { bareLinksIn, isWithin, linksIn } from '../text/links';
import { type NormFinding, type NormRule } from './normRule';

/**
 * Links lead to official domains only (`institution.domains`, `norms.domains`): a citizen who trusts us must not end at somebody else's page.
 * In an answer a link outside is asked to be confirmed (`confirm`), in a template it is a hint for the reviewer.
 * Source: NORTIC E1 (identity of the institution in networks); OWASP on look-alike and open-redirect links.
 */
export const officialLinks: NormRule = {
  code: 'officialLinks',
  level: 'confirm',
  check(text, { domains }) {
    const findings: NormFinding[] = [];
    for (const link of new Set([...linksIn(text), ...bareLinksIn(text)])) {
      if (isWithin(link, domains)) continue;
      for (let start = text.indexOf(link); start >= 0; start = text.indexOf(link, start + link.length)) {
        if (!findings.some((other) => start < other.start + other.length && other.start < start + link.length)) findings.push({ start, length: link.length, text: link });
      }
    }
    return findings.sort((one, other) => one.start - other.start);
  },
};
