import { valueProblem, writtenOut, type PlaceholderDefinition, type ValueProblem, type ValueSetting } from './placeholderValue';

export { type LocalText, type PlaceholderDefinition, type ValueSetting } from './placeholderValue';

/** Filled from what the desk knows: author's name, institution's name, office hours in words, case number. */
export const builtInPlaceholders = ['author', 'institution', 'hours', 'case'] as const;

const hole = /\{\{\s*([a-zA-Z][a-zA-Z0-9_-]{0,39})\s*\}\}/gu;

export interface Rendering {
  /** The text; an unfilled hole stands as `____`. */
  readonly text: string;
  /** Names without a value, in the order of the text. */
  readonly missing: readonly string[];
  /** Names whose value does not fit its type, pattern or length. */
  readonly invalid: readonly string[];
  /** Why, for each of these. */
  readonly reasons: Readonly<Record<string, ValueProblem>>;
}

/** Names of the holes in a body, each once, in the order of the text. */
export function placeholderNames(body: string): readonly string[] {
  return [...new Set([...body.matchAll(hole)].map((match) => match[1] ?? ''))];
}

/** True when the value may stand for the placeholder: not blank, no line break, no hole of its own, within type, pattern and length. */
export function fitsPlaceholder(definition: PlaceholderDefinition | undefined, value: string, setting: ValueSetting = {}): boolean {
  return valueProblem(definition, value, setting) === undefined;
}

/** What the desk knows for a blank: by its name; for a case number of another name, the case of the mention. */
export function knownFor<Value>(known: Readonly<Record<string, Value>>, name: string, definition: PlaceholderDefinition | undefined): Value | undefined {
  if (Object.hasOwn(known, name)) return known[name];
  return definition?.type === 'case' && Object.hasOwn(known, 'case') ? known['case'] : undefined;
}

/**
 * Fills the holes of a body: dates are written out, choices stand in the language of the answer. An optional placeholder without a value leaves nothing,
 * and the space before it goes too.
 */
export function render(body: string, definitions: readonly PlaceholderDefinition[], values: Readonly<Record<string, string>>, setting: ValueSetting = {}): Rendering {
  const missing = new Set<string>();
  const reasons = new Map<string, ValueProblem>();
  const known = new Map(definitions.map((definition) => [definition.name, definition]));
  const text = body
    .replace(/[ \t]?\{\{\s*([a-zA-Z][a-zA-Z0-9_-]{0,39})\s*\}\}/gu, (whole: string, name: string) => {
      const lead = /^[ \t]/u.test(whole) ? whole.slice(0, 1) : '';
      const value = Object.hasOwn(values, name) ? (values[name] ?? '').trim() : '';
      const definition = known.get(name);
      if (value === '') {
        if (definition !== undefined && !definition.required) return '';
        missing.add(name);
        return `${lead}____`;
      }
      const problem = valueProblem(definition, value, setting);
      if (problem !== undefined) reasons.set(name, problem);
      return lead + writtenOut(definition, value, setting);
    })
    .trim();
  return { text, missing: [...missing], invalid: [...reasons.keys()], reasons: Object.fromEntries(reasons) };
}
