import { findIdentityNumbers, identityNumberRules } from './identityNumbers';
import { findPersonalData } from './personalData';

export const personalDataRules = [...identityNumberRules, 'card', 'phone', 'email', 'passport', 'document', 'birthDate', 'address'] as const;
/** What a citizen told about a person. `document` = an identity number by its name where its country has no check digit. */
export type PersonalDataRule = (typeof personalDataRules)[number];

export interface StatedPersonalData {
  readonly rule: PersonalDataRule;
  /** In UTF-16 code units. */
  readonly start: number;
  readonly length: number;
}

/** Longest text that is searched. */
const searchedLength = 20_000;
const month = 'ene(?:ro)?|feb(?:rero)?|mar(?:zo)?|abr(?:il)?|may(?:o)?|jun(?:io)?|jul(?:io)?|ago(?:sto)?|sep(?:t(?:iembre)?)?|oct(?:ubre)?|nov(?:iembre)?|dic(?:iembre)?|'
  + 'january|february|march|april|june|july|august|september|october|november|december|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|'
  + 'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre';
const date = `\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:er|º|°)? (?:de |d'|of )?(?:${month})(?:,? (?:de |del )?\\d{4})?|(?:${month}) \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}`;
const born = 'nac[ií]|naci[oó]|nacid[oa]|fecha de nac(?:imiento)?|f\\. ?nac|born|date of birth|birth ?date|d\\.?o\\.?b\\.?|nasci|nascid[oa]|data de nascimento|née?|date de naissance';
const lives = 'vivo|vive|vivimos|resido|reside|domicilio|domiciliad[oa]|mi direcci[oó]n|direcci[oó]n|mi casa|i live|we live|lives|my address|address|home|moro|mora|meu endere[cç]o|endere[cç]o|j\'habite|habite|mon adresse|adresse';
const street = 'calle|c/|av(?:enida|da|e)?\\.?|carrera|cra\\.?|carretera|jir[oó]n|jr\\.?|pasaje|callej[oó]n|residencial|manzana|mz\\.?|boulevard|blvd\\.?|rua|travessa|rue|impasse';
const englishStreet = 'street|st\\.?|avenue|ave\\.?|road|rd\\.?|drive|dr\\.?|lane|ln\\.?|boulevard|blvd\\.?|court|ct\\.?';

/** A name of the datum, at most a few words, then the datum itself, which is the group. */
const named: readonly (readonly [rule: PersonalDataRule, pattern: RegExp])[] = [
  ['passport', /(?<!\p{L})(?:pasaporte|passport|passaporte|passeport)s?(?![\p{L}])[^\n\d]{0,25}?(?<datum>(?<![\p{L}\p{N}])[A-Z]{0,3}\d{5,9}(?![\p{L}\p{N}]))/giu],
  ['document', /(?<!\p{L})(?:c[eé]dula|c\.? ?c\.|dpi|dui|ine|dni|carn[eé]t de identidad|documento de identidad|n[uú]mero de identidad|id number|identity card)(?![\p{L}])[^\n\d]{0,25}?(?<datum>(?<![\p{L}\p{N}.])\d{1,4}(?:[. -]?\d{3,5}){1,3}(?:-?\d)?(?![\p{L}\p{N}]))/giu],
  ['birthDate', new RegExp(`(?<!\\p{L})(?:${born})(?!\\p{L})[^\\n\\d]{0,25}?(?<datum>${date})`, 'giu')],
  ['address', new RegExp(`(?<!\\p{L})(?:${lives})(?!\\p{L})[^\\n\\d]{0,30}?(?<datum>(?<!\\p{L})(?:${street})(?!\\p{L})[^\\n,;]{1,40}?(?:[,;]? ?(?:#|n[oº°.]+|n[uú]m(?:ero)?\\.?|casa|apto?\\.?) ?)?\\d{1,5}(?:-?\\w)?)(?!\\p{L})`, 'giu')],
  ['address', new RegExp(`(?<!\\p{L})(?:${lives})(?!\\p{L})[^\\n\\d]{0,30}?(?<datum>\\d{1,5} (?:\\p{L}+ ){1,3}(?:${englishStreet}))(?!\\p{L})`, 'giu')],
];

/**
 * Personal data that a citizen put into a message, in the order of the text and without overlaps: identity numbers by their check digits, bank accounts, cards, telephones,
 * e-mail addresses, and what the words before it name (passport, other documents, date of birth, home address). Never sure to be complete.
 */
export function findStatedPersonalData(text: string, country: string): readonly StatedPersonalData[] {
  const searched = text.slice(0, searchedLength);
  const found: StatedPersonalData[] = [];
  const note = (rule: PersonalDataRule, start: number, length: number): void => {
    if (!found.some((other) => start < other.start + other.length && other.start < start + length)) found.push({ rule, start, length });
  };
  for (const { rule, start, text: match } of findIdentityNumbers(searched)) note(rule, start, match.length);
  const others = findPersonalData(searched, country);
  for (const { kind, start, text: match } of others) if (kind !== 'phone') note(kind, start, match.length);
  for (const [rule, pattern] of named) {
    for (const match of searched.matchAll(pattern)) {
      const datum = match.groups?.['datum'] ?? '';
      note(rule, match.index + match[0].length - datum.length, datum.length);
    }
  }
  for (const { kind, start, text: match } of others) if (kind === 'phone') note('phone', start, match.length);
  return found.sort((one, other) => one.start - other.start);
}
