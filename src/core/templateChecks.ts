import { builtInPlaceholders, fitsPlaceholder, placeholderNames, type PlaceholderDefinition } from './text/placeholders';
import { type Template, type TemplateProblem } from './template';
import { isSafePattern } from './templatePattern';

/** Length up to which a free placeholder is taken where only approved words may be sent, in code points. */
export const longestFreeValue = 60;

const hints = new Set<TemplateProblem['code']>(['placeholder.unused', 'tooLong']);

/** False for what a reviewer should know but which does not keep the template from being proposed and sent. */
export function isRefusing(problem: TemplateProblem): boolean {
  return problem.level === undefined ? !hints.has(problem.code) : problem.level === 'refuse';
}

type Body = { readonly language: string; readonly text: string; readonly line: number };

/** Patterns that compile and are safe, examples that fit, no name twice. `lineOf` gives the line of a key of a placeholder. */
export function placeholderProblems(
  placeholders: readonly PlaceholderDefinition[],
  lineOf: (index: number, key: string) => number | undefined,
): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const seen = new Set<string>();
  placeholders.forEach((placeholder, index) => {
    if (seen.has(placeholder.name)) problems.push({ code: 'frontMatter.invalid', detail: `placeholders.${String(index)}.name`, line: lineOf(index, 'name') });
    seen.add(placeholder.name);
    const misplaced = misplacedKey(placeholder);
    if (misplaced !== undefined) problems.push({ code: 'frontMatter.invalid', detail: `placeholders.${String(index)}.${misplaced}`, line: lineOf(index, misplaced) });
    if (placeholder.pattern !== undefined && !isSafePattern(placeholder.pattern)) {
      problems.push({ code: 'pattern.invalid', detail: placeholder.name, line: lineOf(index, 'pattern') });
      return;
    }
    for (const [language, example] of Object.entries(placeholder.example)) {
      // An example of any length stays cheap to match: the pattern was found safe, and a front matter is small.
      if (fitsPlaceholder(placeholder, example, { language })) continue;
      problems.push({ code: 'pattern.exampleMismatch', detail: placeholder.name, line: lineOf(index, 'example') });
      break;
    }
  });
  return problems;
}

/** Holes that nothing fills, definitions that nothing uses, characters that a reviewer cannot see. */
export function bodyProblems(
  bodies: readonly Body[],
  placeholders: readonly PlaceholderDefinition[],
  lineOf: (index: number) => number | undefined,
): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const known = new Set<string>([...builtInPlaceholders, ...placeholders.map(({ name }) => name)]);
  const used = new Set<string>();
  for (const body of bodies) {
    for (const name of placeholderNames(body.text)) {
      used.add(name);
      if (!known.has(name)) problems.push({ code: 'placeholder.unknown', detail: name, line: lineAt(body, body.text.search(new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`, 'u'))) });
    }
    // Braces that are no hole would be sent to a citizen as they stand.
    const rest = body.text.replace(/\{\{\s*[a-zA-Z][a-zA-Z0-9_-]{0,39}\s*\}\}/gu, (found) => found.replace(/[^\n]/gu, ' '));
    const stray = /\{\{.{0,40}|\}\}/u.exec(rest);
    if (stray !== null) problems.push({ code: 'placeholder.unknown', detail: stray[0], line: lineAt(body, stray.index) });
    const hidden = /[^\P{Cc}\n\t]|[\u061c\u202a-\u202e\u2028\u2029\u2066-\u2069]/u.exec(body.text);
    if (hidden !== null) {
      const code = (hidden[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      problems.push({ code: 'text.hiddenCharacter', detail: `U+${code}`, line: lineAt(body, hidden.index) });
    }
  }
  placeholders.forEach((placeholder, index) => {
    if (!used.has(placeholder.name)) problems.push({ code: 'placeholder.unused', detail: placeholder.name, line: lineOf(index) });
  });
  return problems;
}

function lineAt(body: Body, offset: number): number {
  return body.line + body.text.slice(0, Math.max(offset, 0)).split('\n').length - 1;
}

/** The key of a placeholder that its type does not have, or that says nothing possible. */
function misplacedKey({ type = 'text', choices, min, max }: PlaceholderDefinition): string | undefined {
  if ((type === 'choice') !== (choices !== undefined)) return 'choices';
  if (type !== 'number' && min !== undefined) return 'min';
  if (type !== 'number' && max !== undefined) return 'max';
  return min !== undefined && max !== undefined && min > max ? 'max' : undefined;
}

/** Where only approved words may be sent, each text needs a pattern or at most 60 characters: else it is a free text by another name. */
export function unboundedPlaceholders(template: Pick<Template, 'placeholders'>): readonly TemplateProblem[] {
  return template.placeholders
    .filter(({ type = 'text', pattern, maxLength }) => type === 'text' && pattern === undefined && (maxLength === undefined || maxLength > longestFreeValue))
    .map(({ name }) => ({ code: 'text.unbounded', detail: name }));
}
