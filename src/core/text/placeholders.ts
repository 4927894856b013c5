/** Language code to text. */
export type LocalText = Readonly<Record<string, string>>;

/** A hole of a template that somebody or something fills. */
export interface PlaceholderDefinition {
  readonly name: string;
  readonly label: LocalText;
  readonly example: LocalText;
  /** Regular expression that the whole value must match (`u` flag). */
  readonly pattern?: string | undefined;
  /** In code points. */
  readonly maxLength?: number | undefined;
  readonly required: boolean;
}

/** Filled from what the desk knows: author's name, institution's name, office hours in words, case number. */
export const builtInPlaceholders = ['author', 'institution', 'hours', 'case'] as const;

const hole = /\{\{\s*([a-zA-Z][a-zA-Z0-9_-]{0,39})\s*\}\}/gu;

export interface Rendering {
  /** The text; an unfilled hole stands as `____`. */
  readonly text: string;
  /** Names without a value, in the order of the text. */
  readonly missing: readonly string[];
  /** Names whose value does not fit its pattern or length. */
  readonly invalid: readonly string[];
}

/** Names of the holes in a body, each once, in the order of the text. */
export function placeholderNames(body: string): readonly string[] {
  return [...new Set([...body.matchAll(hole)].map((match) => match[1] ?? ''))];
}

/** True when the value may stand for the placeholder: not blank, no line break, no hole of its own, within pattern or length. */
export function fitsPlaceholder(definition: PlaceholderDefinition | undefined, value: string): boolean {
  if (/[\r\n\u2028\u2029]/u.test(value) || /\{\{|\}\}/u.test(value)) return false;
  if (definition === undefined) return true;
  if (definition.maxLength !== undefined && [...value].length > definition.maxLength) return false;
  if (definition.pattern === undefined) return true;
  try {
    return new RegExp(`^(?:${definition.pattern})$`, 'u').test(value);
  } catch {
    return false;
  }
}

/** Fills the holes of a body. An optional placeholder without a value leaves nothing, and the space before it goes too. */
export function render(body: string, definitions: readonly PlaceholderDefinition[], values: Readonly<Record<string, string>>): Rendering {
  const missing = new Set<string>();
  const invalid = new Set<string>();
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
      if (!fitsPlaceholder(definition, value)) invalid.add(name);
      return lead + value;
    })
    .trim();
  return { text, missing: [...missing], invalid: [...invalid] };
}
