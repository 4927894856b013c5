/** Numbers that states give to persons and that carry a check digit, as people write them. */
export const identityNumberRules = ['cedula', 'curp', 'rfc', 'dni', 'rut', 'cpf', 'nir', 'cuit', 'ssn', 'iban'] as const;
export type IdentityNumberRule = (typeof identityNumberRules)[number];

interface NumberPattern {
  readonly rule: IdentityNumberRule;
  /** Global. Finds more than the rule; `isValid` decides. */
  readonly pattern: RegExp;
  /** Of the letters and digits, capitals, without blanks, dots and hyphens. */
  readonly isValid: (bare: string) => boolean;
}

const digitsOf = (bare: string): readonly number[] => [...bare].map(Number);
const isOneDigit = (bare: string): boolean => /^(\d)\1*$/u.test(bare);
const weighted = (digits: readonly number[], weights: readonly number[]): number => weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0);

/** ISO/IEC 7812-1, annex B. */
export function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    let digit = Number(digits[digits.length - 1 - index]);
    if (index % 2 === 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}

const patterns: readonly NumberPattern[] = [
  // Dominican Republic, Junta Central Electoral: eleven digits, the last by Luhn.
  { rule: 'cedula', pattern: /(?<!\d)\d{3}[- ]?\d{7}[- ]?\d(?!\d)/gu, isValid: (bare) => bare.length === 11 && !isOneDigit(bare) && hasLuhnDigit(bare) },
  // Mexico, RENAPO: Instructivo normativo para la asignación de la CURP, annex on the check digit.
  { rule: 'curp', pattern: /(?<![A-Z0-9])[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d(?![A-Z0-9])/giu, isValid: isCurp },
  // Mexico, SAT: persons have four letters; check digit modulo 11.
  { rule: 'rfc', pattern: /(?<![A-ZÑ&0-9])[A-ZÑ&]{4}[- ]?\d{6}[- ]?[A-Z0-9]{2}[0-9A](?![A-Z0-9])/giu, isValid: isRfc },
  // Spain, Orden INT/2058/2008 and Real Decreto 1553/2005: letter by the rest of 23; foreigners' numbers begin with X, Y, Z.
  { rule: 'dni', pattern: /(?<![A-Z0-9.])(?:[XYZ][- ]?\d{7}|\d{8}|\d{2}\.\d{3}\.\d{3})[- ]?[A-Z](?![A-Z0-9])/giu, isValid: (bare) => 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(bare.slice(0, -1).replace(/^[XYZ]/u, (letter) => String('XYZ'.indexOf(letter)))) % 23] === bare.slice(-1) },
  // Chile, Servicio de Registro Civil: modulo 11.
  { rule: 'rut', pattern: /(?<![A-Z0-9.])(?:\d{1,2}\.\d{3}\.\d{3}|\d{7,8})-[\dK](?![A-Z0-9])/giu, isValid: isRut },
  // Brazil, Receita Federal: two digits modulo 11.
  { rule: 'cpf', pattern: /(?<!\d)(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{9}-\d{2}|\d{11})(?!\d)/gu, isValid: isCpf },
  // France, INSEE: key is 97 less the rest of 97; 2A and 2B for Corsica.
  { rule: 'nir', pattern: /(?<!\d)[12][ .]?\d{2}[ .]?\d{2}[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}[ .]?\d{2}(?!\d)/giu, isValid: isNir },
  // Argentina, AFIP: persons are 20, 23, 24, 27; modulo 11.
  { rule: 'cuit', pattern: /(?<!\d)(?:20|23|24|27)[- ]?\d{8}[- ]?\d(?!\d)/gu, isValid: isCuit },
  // United States, SSA: no check digit; areas 000, 666 and 900 on, group 00 and serial 0000 were never given.
  { rule: 'ssn', pattern: /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/gu, isValid: (bare) => bare !== '078051120' && bare !== '123456789' },
  // ISO 13616: rest of 97 is 1.
  { rule: 'iban', pattern: /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])/giu, isValid: isIban },
];

export interface IdentityNumber {
  readonly rule: IdentityNumberRule;
  readonly text: string;
  /** In UTF-16 code units. */
  readonly start: number;
}

/** In the order of the rules; where two rules fit the same digits, both are told. */
export function findIdentityNumbers(text: string): readonly IdentityNumber[] {
  return patterns.flatMap(({ rule, pattern, isValid }) => [...text.matchAll(pattern)].filter(([match]) => isValid(match.toUpperCase().replace(/[-. ]/gu, ''))).map(({ 0: match, index }) => ({ rule, text: match, start: index })));
}

function isCurp(bare: string): boolean {
  const alphabet = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
  const sum = [...bare.slice(0, 17)].reduce((total, letter, index) => total + alphabet.indexOf(letter) * (18 - index), 0);
  return isDay(bare.slice(4, 10)) && (10 - (sum % 10)) % 10 === Number(bare[17]);
}

function isRfc(bare: string): boolean {
  const alphabet = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ';
  const sum = [...bare.slice(0, 12)].reduce((total, letter, index) => total + alphabet.indexOf(letter) * (13 - index), 0);
  const digit = 11 - (sum % 11);
  return isDay(bare.slice(4, 10)) && bare[12] === (digit === 11 ? '0' : digit === 10 ? 'A' : String(digit));
}

/** yymmdd. */
function isDay(text: string): boolean {
  const month = Number(text.slice(2, 4));
  const day = Number(text.slice(4));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function isRut(bare: string): boolean {
  const sum = [...bare.slice(0, -1)].reverse().reduce((total, digit, index) => total + Number(digit) * (2 + (index % 6)), 0);
  const digit = 11 - (sum % 11);
  return bare.slice(-1) === (digit === 11 ? '0' : digit === 10 ? 'K' : String(digit)) && !isOneDigit(bare);
}

function isCpf(bare: string): boolean {
  const digits = digitsOf(bare);
  const check = (count: number): number => ((weighted(digits.slice(0, count), Array.from({ length: count }, (_, index) => count + 1 - index)) * 10) % 11) % 10;
  return bare.length === 11 && !isOneDigit(bare) && check(9) === digits[9] && check(10) === digits[10];
}

function isNir(bare: string): boolean {
  const number = Number(bare.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return bare.length === 15 && 97 - (number % 97) === Number(bare.slice(13));
}

function isCuit(bare: string): boolean {
  const digits = digitsOf(bare);
  const rest = 11 - (weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  return digits.length === 11 && (rest === 11 ? 0 : rest) === digits[10];
}

function isIban(bare: string): boolean {
  if (bare.length < 15 || bare.length > 34) return false;
  let rest = 0;
  for (const letter of bare.slice(4) + bare.slice(0, 4)) rest = Number(`${String(rest)}${String(Number.parseInt(letter, 36))}`) % 97;
  return rest === 1;
}
