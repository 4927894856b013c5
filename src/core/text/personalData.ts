import { findPhoneNumbersInText, type CountryCode } from 'libphonenumber-js/min';
import { findIdentityNumbers, hasLuhnDigit } from './identityNumbers';

export type PersonalDataKind = 'cedula' | 'phone' | 'email' | 'card';

export interface PersonalDataFinding {
  readonly kind: PersonalDataKind;
  readonly text: string;
  /** In UTF-16 code units from the start of the text. */
  readonly start: number;
}

/** Longest text that is searched; what is longer than any answer can be is not searched further. */
const searchedLength = 20_000;
/** Digits of the shortest telephone numbers; a text with fewer holds none. */
const shortestPhone = 6;

/**
 * Personal data that should not stand in a public answer (Ley 172-13): Dominican cédula by its check digit, telephone numbers by
 * the numbering plan of `country`, e-mail addresses, payment cards by their check digit.
 */
export function findPersonalData(text: string, country: string): readonly PersonalDataFinding[] {
  const searched = text.slice(0, searchedLength);
  const findings: PersonalDataFinding[] = [];
  for (const { 0: match, index: start } of searched.matchAll(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu)) findings.push({ kind: 'email', text: match, start });
  for (const { rule, text: match, start } of findIdentityNumbers(searched)) if (rule === 'cedula') findings.push({ kind: 'cedula', text: match, start });
  for (const { 0: match, index: start } of searched.matchAll(/(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/gu)) if (hasLuhnDigit(match.replace(/\D/gu, ''))) findings.push({ kind: 'card', text: match, start });
  if (searched.replace(/\D+/gu, '').length < shortestPhone) return findings;
  for (const found of findPhoneNumbersInText(searched, country as CountryCode)) {
    const phone = searched.slice(found.startsAt, found.endsAt);
    // A number of another country counts when it is written like one: "2026-000123" is a request, "347-555-0199" a telephone.
    if (found.number.country !== country && !/^\+|^\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$/u.test(phone)) continue;
    if (!findings.some((other) => other.text.includes(phone) || phone.includes(other.text))) findings.push({ kind: 'phone', text: phone, start: found.startsAt });
  }
  return findings;
}
