import { isWithin } from '../text/links';
import { findPersonalData } from '../text/personalData';
import { type NormRule } from './normRule';

/**
 * No personal data where everybody reads: Dominican cédula (check digit), telephone (numbering plan), e-mail address outside the institution, payment card
 * (check digit). In an answer it is asked to be confirmed (`confirm`), in a template it is a hint for the reviewer: it may be the institution's own number.
 * Source: Ley 172-13 (Dominican Republic); NORTIC A5 (personal data must be protected).
 */
export const personalDataInPublic: NormRule = {
  code: 'personalData',
  level: 'confirm',
  check(text, { country, domains }) {
    return findPersonalData(text, country)
      .filter(({ kind, text: found }) => kind !== 'email' || !isWithin(found.split('@')[1] ?? '', domains))
      .map(({ start, text: found }) => ({ start, length: found.length, text: found }))
      .sort((one, other) => one.start - other.start);
  },
};
