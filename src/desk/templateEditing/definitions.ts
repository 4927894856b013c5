import { parseTemplateFile } from '../../core/templateFile';
import { type PlaceholderDefinition } from '../../core/text/placeholders';
import { outlineOf } from './outline';

/** The placeholders that a text defines: as they were parsed, or, while the front matter cannot be read, by their names alone. */
export function definitionsOf(text: string): readonly PlaceholderDefinition[] {
  const outline = outlineOf(text);
  const id = /^id\s*:\s*["']?([^\s"'#]+)/u.exec(outline.lines[outline.keys.get('id') ?? -1] ?? '')?.[1] ?? '';
  const parsed = parseTemplateFile(text, id).template;
  if (parsed !== undefined) return parsed.placeholders;
  return outline.placeholders.filter(({ name }) => name !== '').map(({ name }) => ({ name, label: {}, example: {}, required: true }));
}

/** The label in the language of the interface, else in any; undefined = it has none. */
export function shortLabel(definition: PlaceholderDefinition, language: string): string | undefined {
  return definition.label[language] ?? Object.values(definition.label)[0];
}
