import * as l10n from '@vscode/l10n';
import { distance } from 'fastest-levenshtein';
import { builtInPlaceholders } from '../../core/text/placeholders';
import { frontMatterKeys, placeholderKeys } from '../../core/templateFile';
import { languageWords, networkWords } from '../words';
import { type EditingFacts } from './facts';
import { type Finding } from './findings';
import { outlineOf, type Outline, type Place } from './outline';

/** Replaces what stands between two places. */
export interface TextEdit {
  readonly from: Place;
  readonly to: Place;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one that is most likely meant. */
  readonly preferred: boolean;
}

/** What would mend a finding, the likeliest first; none where only a person knows. */
export function fixesFor(text: string, finding: Finding, facts: EditingFacts): readonly Fix[] {
  const outline = outlineOf(text);
  const { detail = '' } = finding;
  switch (finding.code) {
    case 'placeholder.unknown': return unknownPlaceholder(outline, finding, detail, facts);
    case 'placeholder.unused': return unusedPlaceholder(outline, detail);
    case 'version.alreadyApproved': return setKey(outline, 'version', String(Math.max(facts.nextVersion, Number(detail) + 1 || 1)), (value) => l10n.t('Raise the version to {0}', value));
    case 'id.mismatch': return setKey(outline, 'id', facts.id, (value) => l10n.t('Make the id {0}, as the file is called', value));
    case 'expires.past': return setKey(outline, 'expires', `${String(Number(facts.today.slice(0, 4)) + 1)}-12-31`, (value) => l10n.t('Let it expire on {0}', value));
    case 'text.unbounded': return boundPlaceholder(outline, detail);
    case 'frontMatter.unknownKey': return renameKey(outline, finding, detail);
    case 'text.hiddenCharacter': return removeHidden(outline, finding.line, detail);
    case 'body.missing': return facts.languages.length === 0 ? [] : [addBodies(outline, facts.languages, l10n.t('Add the languages of the institution'))];
    case 'language.missing': return [addBodies(outline, [detail], l10n.t('Add a text in this language: {0}', languageWords(detail, facts.language)))];
    case 'tooLong': return shortForm(outline, finding.fit);
    default: return suggested(finding);
  }
}

/** The words that the check itself names. */
function suggested({ suggestion, line, from, to }: Finding): readonly Fix[] {
  if (suggestion === undefined || suggestion === '') return [];
  return [{ title: l10n.t('Change it to {0}', suggestion), edits: [{ from: { line, character: from }, to: { line, character: to }, text: suggestion }], preferred: true }];
}

/** A form for the network that does not take the text: the text again, to be shortened. */
function shortForm(outline: Outline, fit: Finding['fit']): readonly Fix[] {
  const full = outline.bodies.find(({ language, networks }) => language === fit?.language && networks.length === 0);
  if (fit === undefined || fit.short || full === undefined) return [];
  const end = lastWritten(outline, full.from, full.to);
  const text = outline.lines.slice(full.from, end).join('\n');
  const at = { line: end - 1, character: outline.lines[end - 1]?.length ?? 0 };
  return [{ title: l10n.t('Add a short form for {0}', networkWords(fit.network)), edits: [{ from: at, to: at, text: `\n\n<!-- lang: ${fit.language} network: ${fit.network} -->\n${text}` }], preferred: true }];
}

function unknownPlaceholder(outline: Outline, finding: Finding, name: string, facts: EditingFacts): readonly Fix[] {
  if (!/^[a-zA-Z][a-zA-Z0-9_-]{0,39}$/u.test(name)) return [];
  const known = [...builtInPlaceholders, ...outline.placeholders.map((placeholder) => placeholder.name)].filter((each) => each !== '');
  const near = known.map((each) => ({ each, far: distance(each.toLowerCase(), name.toLowerCase()) })).filter(({ far }) => far <= Math.max(1, Math.floor(name.length / 3))).sort((one, other) => one.far - other.far)[0]?.each;
  const define = definePlaceholder(outline, name, facts.languages);
  const rename: Fix[] = near === undefined ? [] : [{ title: l10n.t('Change it to {0}', `{{${near}}}`), edits: [{ from: { line: finding.line, character: finding.from }, to: { line: finding.line, character: finding.to }, text: `{{${near}}}` }], preferred: true }];
  return [...rename, ...(define === undefined ? [] : [{ title: l10n.t('List {0} under placeholders', name), edits: [define], preferred: rename.length === 0 }])];
}

function definePlaceholder(outline: Outline, name: string, languages: readonly string[]): TextEdit | undefined {
  if (outline.frontEnd === undefined) return undefined;
  const last = outline.placeholders.at(-1);
  const indent = ' '.repeat(last?.indent ?? 2);
  const local = (value: (language: string) => string): string => `{ ${languages.map((language) => `${language}: ${value(language)}`).join(', ')} }`;
  const item = [`- name: ${name}`, `  label: ${local(() => name)}`, `  example: ${local((language) => (language === 'es' ? 'ejemplo' : 'example'))}`, '  required: true', '  maxLength: 60'].map((line) => `${indent}${line}\n`).join('');
  if (last !== undefined) return insertion(lastWritten(outline, last.from, last.to), item);
  const at = outline.keys.get('placeholders');
  if (at === undefined) return insertion(outline.frontEnd, `placeholders:\n${item}`);
  return { from: { line: at, character: 0 }, to: { line: at + 1, character: 0 }, text: `placeholders:\n${item}` };
}

function unusedPlaceholder(outline: Outline, name: string): readonly Fix[] {
  const found = outline.placeholders.find((placeholder) => placeholder.name === name);
  const at = outline.keys.get('placeholders');
  if (found === undefined || at === undefined) return [];
  const title = l10n.t('Remove the placeholder {0}', name);
  const to = { line: lastWritten(outline, found.from, found.to), character: 0 };
  if (outline.placeholders.length > 1) return [{ title, edits: [{ from: { line: found.from, character: 0 }, to, text: '' }], preferred: true }];
  return [{ title, edits: [{ from: { line: at, character: 0 }, to, text: 'placeholders: []\n' }], preferred: true }];
}

function boundPlaceholder(outline: Outline, name: string): readonly Fix[] {
  const found = outline.placeholders.find((placeholder) => placeholder.name === name);
  if (found === undefined) return [];
  const title = l10n.t('Let {0} have at most 60 characters', name);
  const there = outline.lines.findIndex((line, index) => index >= found.from && index < found.to && /^\s*(?:-\s+)?maxLength\s*:/u.test(line));
  const line = outline.lines[there];
  if (line !== undefined) return [{ title, edits: [{ from: { line: there, character: 0 }, to: { line: there, character: line.length }, text: line.replace(/:.*$/u, ': 60') }], preferred: true }];
  return [{ title, edits: [insertion(lastWritten(outline, found.from, found.to), `${' '.repeat(found.indent + 2)}maxLength: 60\n`)], preferred: true }];
}

/** `path` as the check names it, such as `placeholders.0.lable`. */
function renameKey(outline: Outline, finding: Finding, path: string): readonly Fix[] {
  const key = path.split('.').at(-1) ?? '';
  const from = outline.lines[finding.line]?.indexOf(key) ?? -1;
  const candidates = path.startsWith('placeholders.') ? placeholderKeys : frontMatterKeys.filter((each) => !outline.keys.has(each));
  const near = candidates.map((each) => ({ each, far: distance(each, key) })).filter(({ far }) => far <= 2).sort((one, other) => one.far - other.far)[0]?.each;
  if (from < 0 || near === undefined) return [];
  return [{ title: l10n.t('Change it to {0}', near), edits: [{ from: { line: finding.line, character: from }, to: { line: finding.line, character: from + key.length }, text: near }], preferred: true }];
}

function removeHidden(outline: Outline, line: number, detail: string): readonly Fix[] {
  const code = /^U\+([0-9A-F]{4,6})$/u.exec(detail)?.[1];
  const words = outline.lines[line];
  if (code === undefined || words === undefined) return [];
  const cleaned = words.replaceAll(String.fromCodePoint(Number.parseInt(code, 16)), '');
  return [{ title: l10n.t('Remove the character that cannot be seen'), edits: [{ from: { line, character: 0 }, to: { line, character: words.length }, text: cleaned }], preferred: true }];
}

function addBodies(outline: Outline, languages: readonly string[], title: string): Fix {
  const lastLine = outline.lines.length - 1;
  const character = outline.lines[lastLine]?.length ?? 0;
  const lead = character === 0 ? '' : '\n';
  const at = { line: lastLine, character };
  return { title, edits: [{ from: at, to: at, text: `${lead}${languages.map((language) => `\n<!-- lang: ${language} -->\n`).join('')}` }], preferred: true };
}

function setKey(outline: Outline, key: string, value: string, title: (value: string) => string): readonly Fix[] {
  const line = outline.keys.get(key);
  const words = line === undefined ? undefined : outline.lines[line];
  if (line === undefined || words === undefined) return [];
  return [{ title: title(value), edits: [{ from: { line, character: 0 }, to: { line, character: words.length }, text: `${key}: ${value}` }], preferred: true }];
}

function insertion(line: number, text: string): TextEdit {
  return { from: { line, character: 0 }, to: { line, character: 0 }, text };
}

/** The line after the last one of a stretch that is not empty. */
function lastWritten(outline: Outline, from: number, to: number): number {
  let end = to;
  while (end > from + 1 && outline.lines[end - 1]?.trim() === '') end -= 1;
  return end;
}
