import { isWithin } from './links';

/** Language code to text. */
export type LocalText = Readonly<Record<string, string>>;

export const placeholderTypes = ['text', 'number', 'date', 'choice', 'link', 'case'] as const;
/** What may stand in a blank; a template that says nothing means `text`. */
export type PlaceholderType = (typeof placeholderTypes)[number];

/** A hole of a template that somebody or something fills. */
export interface PlaceholderDefinition {
  readonly name: string;
  readonly type?: PlaceholderType | undefined;
  readonly label: LocalText;
  readonly example: LocalText;
  /** Of a `choice`: what may be chosen, each by language; a value is any of its texts. */
  readonly choices?: readonly LocalText[] | undefined;
  /** Of a `number`. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Regular expression that the whole value must match (`u` flag). */
  readonly pattern?: string | undefined;
  /** In code points. */
  readonly maxLength?: number | undefined;
  readonly required: boolean;
}

/** In what a value is judged and written out. */
export interface ValueSetting {
  /** Of the answer. */
  readonly language?: string | undefined;
  /** Official domains, for links; undefined or empty = not judged. */
  readonly domains?: readonly string[] | undefined;
}

/** Why a value may not stand in its blank. */
export const valueProblems = ['lineBreak', 'tooLong', 'notNumber', 'tooSmall', 'tooLarge', 'notDate', 'notChoice', 'notLink', 'linkOutside', 'notCase', 'pattern'] as const;
export type ValueProblem = (typeof valueProblems)[number];

/** What stands as a case number: up to 40 letters, digits, dots, slashes, hyphens. */
export function isCaseNumber(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} ./_-]{0,39}$/u.test(text);
}

/** undefined = the value may stand in the blank; a blank without a definition takes one line of anything. The value is not empty. */
export function valueProblem(definition: PlaceholderDefinition | undefined, value: string, setting: ValueSetting = {}): ValueProblem | undefined {
  if (/[\r\n\u2028\u2029]/u.test(value) || /\{\{|\}\}/u.test(value)) return 'lineBreak';
  if (definition === undefined) return undefined;
  if (definition.maxLength !== undefined && [...value].length > definition.maxLength) return 'tooLong';
  return typeProblem(definition, value, setting) ?? (matches(definition.pattern, value) ? undefined : 'pattern');
}

function typeProblem(definition: PlaceholderDefinition, value: string, { domains = [] }: ValueSetting): ValueProblem | undefined {
  switch (definition.type ?? 'text') {
    case 'text': return undefined;
    case 'number':
      if (!/^-?\d{1,12}(?:\.\d{1,6})?$/u.test(value)) return 'notNumber';
      if (definition.min !== undefined && Number(value) < definition.min) return 'tooSmall';
      return definition.max !== undefined && Number(value) > definition.max ? 'tooLarge' : undefined;
    case 'date': return dateOf(value) === undefined ? 'notDate' : undefined;
    case 'choice': return choiceOf(definition, value) === undefined ? 'notChoice' : undefined;
    case 'link':
      if (!isPlainLink(value)) return 'notLink';
      return domains.length > 0 && !isWithin(value, domains) ? 'linkOutside' : undefined;
    case 'case': return isCaseNumber(value) ? undefined : 'notCase';
  }
}

function matches(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined) return true;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value);
  } catch {
    return false;
  }
}

/** https, a host, no name or password, nothing that could be read as the end of it. */
function isPlainLink(value: string): boolean {
  if (!/^https:\/\/[^\s<>"'«»]+$/u.test(value) || /[\p{Cf}]/u.test(value)) return false;
  try {
    const { username, password, hostname } = new URL(value);
    return username === '' && password === '' && hostname.includes('.');
  } catch {
    return false;
  }
}

/** A day such as `2026-12-03` that is on the calendar. */
function dateOf(value: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(value)) return undefined;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) ? day : undefined;
}

/** The choice that a value stands for, by any of its texts. */
export function choiceOf({ choices = [] }: PlaceholderDefinition, value: string): LocalText | undefined {
  const wanted = value.normalize('NFC').trim();
  return choices.find((choice) => Object.values(choice).some((text) => text.normalize('NFC') === wanted));
}

/** How a choice reads in a language, else in its first. */
export function choiceText(choice: LocalText, language: string | undefined): string {
  return (language === undefined ? undefined : choice[language]) ?? Object.values(choice)[0] ?? '';
}

/** Years, months and days in the order of the language; English as most of the world writes it. */
const dateLocales: Readonly<Record<string, string>> = { en: 'en-GB' };

/** The value as the citizen reads it: a date written out ("3 de diciembre de 2026"), a choice in the language of the answer. What does not fit stays as it is. */
export function writtenOut(definition: PlaceholderDefinition | undefined, value: string, { language }: ValueSetting): string {
  if (definition?.type === 'choice') {
    const choice = choiceOf(definition, value);
    return choice === undefined ? value : choiceText(choice, language);
  }
  const day = definition?.type === 'date' ? dateOf(value) : undefined;
  if (day === undefined) return value;
  const code = language ?? 'es';
  return new Intl.DateTimeFormat(dateLocales[code] ?? code, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(day);
}
