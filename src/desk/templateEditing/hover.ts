import * as l10n from '@vscode/l10n';
import { type PlaceholderDefinition } from '../../core/text/placeholders';
import { languageWords, networkWords } from '../words';
import { definitionsOf, shortLabel } from './definitions';
import { builtInPlaceholderWords, frontMatterKeyWords, placeholderKeyWords } from './keyWords';
import { isInFront, keyAbove, outlineOf, type Place } from './outline';

export interface Hover {
  /** Paragraphs of plain text, the first one the most important. */
  readonly paragraphs: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** What stands at a place of a template file, in words; undefined = nothing that would need any. */
export function hoverAt(text: string, at: Place, language: string): Hover | undefined {
  const outline = outlineOf(text);
  const line = outline.lines[at.line] ?? '';
  if (isInFront(outline, at.line)) {
    const found = /^(\s*(?:-\s+)?)([a-zA-Z]+)\s*:/u.exec(line);
    const key = found?.[2];
    const from = found?.[1]?.length ?? 0;
    if (key === undefined || at.character < from || at.character > from + key.length) return undefined;
    const words = from === 0 ? frontMatterKeyWords(key) : keyAbove(outline, at.line) === 'placeholders' ? placeholderKeyWords(key) : undefined;
    return words === undefined ? undefined : { paragraphs: [words], from, to: from + key.length };
  }
  const marked = outline.bodies.find(({ marker }) => marker === at.line);
  if (marked !== undefined) {
    const [name, networks] = [languageWords(marked.language, language), marked.networks.map(networkWords).join(', ')];
    const words = networks === '' ? l10n.t('From here on the text in this language: {0}.', name) : l10n.t('From here on a short form, in the language {0}, for: {1}.', name, networks);
    return { paragraphs: [words], from: 0, to: line.length };
  }
  for (const hole of line.matchAll(/\{\{\s*([a-zA-Z][a-zA-Z0-9_-]{0,39})\s*\}\}/gu)) {
    const from = hole.index;
    const to = from + hole[0].length;
    if (at.character >= from && at.character <= to) return { paragraphs: placeholderWords(hole[1] ?? '', definitionsOf(text), language), from, to };
  }
  return undefined;
}

function placeholderWords(name: string, definitions: readonly PlaceholderDefinition[], language: string): readonly string[] {
  const own = definitions.find((definition) => definition.name === name);
  if (own === undefined) return [builtInPlaceholderWords(name) ?? l10n.t('Nothing fills {0}: list it under placeholders or correct its name.', name)];
  const example = own.example[language] ?? Object.values(own.example)[0];
  return [
    l10n.t('{0}: asked for with each answer.', shortLabel(own, language) ?? name),
    ...(example === undefined ? [] : [l10n.t('For example: {0}', example)]),
    [
      own.required ? l10n.t('required') : l10n.t('may be left out'),
      ...(own.pattern === undefined ? [] : [l10n.t('must match {0}', own.pattern)]),
      ...(own.maxLength === undefined ? [] : [l10n.t('at most {0} characters', own.maxLength)]),
    ].join(', '),
  ];
}
