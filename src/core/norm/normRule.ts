/** The rules of the norm check, in the order in which they are shown. */
export const normCodes = ['firstPerson', 'politicalNames', 'plainLetters', 'plainWords', 'acronyms', 'personalData', 'officialLinks', 'hashtags'] as const;
export type NormCode = (typeof normCodes)[number];

/** How a finding of the norm check is named where it stands among other codes. */
export type NormProblemCode = `norm.${NormCode}`;

/** `off`: not looked at. `hint`: shown, never in the way. `confirm`: once, by a person, before sending. `refuse`: neither approved nor sent. */
export const normLevels = ['off', 'hint', 'confirm', 'refuse'] as const;
export type NormLevel = (typeof normLevels)[number];

/** A place in a text that a rule points at. */
export interface NormFinding {
  /** In UTF-16 code units from the start of the text. */
  readonly start: number;
  readonly length: number;
  /** What stands there. */
  readonly text: string;
  /** What could stand there instead; undefined = a person has to find it. */
  readonly suggestion?: string | undefined;
}

/** What a rule knows of the desk. */
export interface NormContext {
  /** Of the text; rules about words look only at languages that they have words for (`es`, `en`). */
  readonly language: string;
  /** ISO 3166 code: how telephone numbers are written there. */
  readonly country: string;
  /** Official domains; links and e-mail addresses below them are the institution's own. */
  readonly domains: readonly string[];
  /** Parties and candidates that no answer names. */
  readonly names: readonly string[];
  /** Acronyms that citizens know, besides those that everybody knows. */
  readonly acronyms: readonly string[];
  /** The desk's own words: to be avoided, with the plain one; '' = the word may be used though our list advises against it. */
  readonly words: Readonly<Record<string, string>>;
}

/** One rule of the norm check: pure, linear in the text, with its source in its doc comment. */
export interface NormRule {
  readonly code: NormCode;
  /** Where momentos.json says nothing. */
  readonly level: NormLevel;
  check(text: string, context: NormContext): readonly NormFinding[];
}
