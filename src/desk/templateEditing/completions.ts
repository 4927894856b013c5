import * as l10n from '@vscode/l10n';
import { mentionKinds } from '../../core/textReading';
import { sentimentLabels } from '../../core/sentiment';
import { frontMatterKeys, placeholderKeys } from '../../core/templateFile';
import { builtInPlaceholders } from '../../core/text/placeholders';
import { placeholderTypes } from '../../core/text/placeholderValue';
import { languageWords, networkWords, sentimentWords } from '../words';
import { type EditingFacts } from './facts';
import { builtInPlaceholderWords, frontMatterKeyWords, placeholderKeyWords } from './keyWords';
import { isInFront, keyAbove, outlineOf, type Outline, type Place } from './outline';
import { definitionsOf, shortLabel } from './definitions';

export interface Completion {
  readonly label: string;
  /** In VS Code's snippet syntax. */
  readonly snippet: string;
  readonly kind: 'key' | 'value' | 'placeholder' | 'marker';
  readonly detail?: string | undefined;
  readonly documentation?: string | undefined;
  /** Replaces from here to the place that was asked about, and `after` more characters. */
  readonly from: number;
  readonly after?: number | undefined;
}

/** What may be written at a place of a template file. */
export function completionsAt(text: string, at: Place, facts: EditingFacts): readonly Completion[] {
  const outline = outlineOf(text);
  const line = outline.lines[at.line] ?? '';
  const before = line.slice(0, at.character);
  if (at.line === 0 && outline.frontEnd === undefined) return [];
  return isInFront(outline, at.line) ? inFront(outline, at.line, before, facts) : inBody(text, outline, before, line.slice(at.character), facts);
}

function inBody(text: string, outline: Outline, before: string, after: string, facts: EditingFacts): readonly Completion[] {
  const hole = /\{\{\s*([a-zA-Z][a-zA-Z0-9_-]*)?$/u.exec(before);
  if (hole !== null) {
    const from = before.length - (hole[1]?.length ?? 0);
    const rest = /^[a-zA-Z0-9_-]*\s*\}{0,2}/u.exec(after)?.[0].length ?? 0;
    return holes(text, facts).map(({ name, detail, documentation }) => ({ label: name, snippet: `${name}}}`, kind: 'placeholder', detail, documentation, from, after: rest }));
  }
  const opened = /^\s*(<(?:!(?:-(?:-[^>]*)?)?)?)?$/u.exec(before);
  if (opened === null) return [];
  const marker = (line: string, detail: string, documentation: string): Completion => ({
    label: line, snippet: `${line}\n\${0}`, kind: 'marker', detail, documentation, from: before.length - (opened[1]?.length ?? 0), after: after.trimEnd().length,
  });
  const full = new Set(outline.bodies.filter(({ networks }) => networks.length === 0).map(({ language }) => language));
  const missing = facts.languages.filter((language) => !full.has(language));
  // A short form stands below the full text that it shortens.
  const shorter = facts.languages.filter((language) => full.has(language)).flatMap((language) => facts.networks.filter((network) => !outline.bodies.some((body) => body.language === language && body.networks.includes(network))).map((network) => ({ language, network })));
  return [
    ...missing.map((language) => marker(`<!-- lang: ${language} -->`, languageWords(language, facts.language), l10n.t('From here on the text in this language.'))),
    ...shorter.map(({ language, network }) => marker(`<!-- lang: ${language} network: ${network} -->`, `${languageWords(language, facts.language)} · ${networkWords(network)}`, l10n.t('From here on a short form for this network.'))),
  ];
}

function holes(text: string, facts: EditingFacts): readonly { readonly name: string; readonly detail: string | undefined; readonly documentation: string | undefined }[] {
  const own = definitionsOf(text).map((definition) => ({ name: definition.name, detail: shortLabel(definition, facts.language), documentation: definition.example[facts.language] ?? Object.values(definition.example)[0] }));
  const known = builtInPlaceholders.filter((name) => !own.some((each) => each.name === name)).map((name) => ({ name, detail: l10n.t('filled in by the desk'), documentation: builtInPlaceholderWords(name) }));
  return [...own, ...known];
}

function inFront(outline: Outline, line: number, before: string, facts: EditingFacts): readonly Completion[] {
  const typed = /[a-zA-Z0-9-]*$/u.exec(before)?.[0] ?? '';
  const from = before.length - typed.length;
  if (/^[a-zA-Z]*$/u.test(before)) return topLevelKeys(outline, line, facts);
  const key = keyAbove(outline, line);
  const value = (label: string, detail?: string): Completion => ({ label, snippet: escapeSnippet(label), kind: 'value', detail, from });
  if (key === 'placeholders') return inPlaceholder(outline, line, before, from, facts);
  if (!/^\s*(?:-\s*)?[a-zA-Z]*$/u.test(before) && !before.includes(':') && key !== 'topics' && key !== 'channels' && key !== 'kinds') return [];
  switch (key) {
    case 'id': return [value(facts.id)];
    case 'version': return [value(String(facts.nextVersion))];
    case 'sentiment': return sentimentLabels.map((label) => value(label, sentimentWords(label)));
    case 'kinds': return mentionKinds.filter((kind) => !isListed(outline, line, kind)).map((kind) => value(kind));
    case 'topics': return facts.topics.filter(({ id }) => !isListed(outline, line, id)).map(({ id, name }) => value(id, name));
    case 'channels': return facts.networks.filter((id) => !isListed(outline, line, id)).map((id) => value(id, networkWords(id)));
    case 'expires': return [value(yearLater(facts.today), l10n.t('in a year')), value(`${facts.today.slice(0, 4)}-12-31`, l10n.t('at the end of the year'))];
    case 'title':
    case 'words': return languageKeys(before, from, facts, key === 'words' ? '[$1]' : '$1');
    default: return [];
  }
}

function topLevelKeys(outline: Outline, line: number, facts: EditingFacts): readonly Completion[] {
  const each = (value: string): string => facts.languages.map((language, index) => `\n  ${language}: ${value.replace('#', String(index + 1))}`).join('');
  const snippets: Readonly<Record<string, string>> = {
    id: `id: ${facts.id}`,
    version: `version: ${String(facts.nextVersion)}`,
    title: `title:${each('$#')}`,
    topics: 'topics: [$1]',
    channels: 'channels: [$1]',
    kinds: 'kinds: [$1]',
    words: `words:${each('[$#]')}`,
    placeholders: `placeholders:\n  ${newPlaceholder('${1:name}', facts.languages).replaceAll('\n', '\n  ')}`,
  };
  return frontMatterKeys
    .filter((key) => outline.keys.get(key) === undefined || outline.keys.get(key) === line)
    .map((key) => ({ label: key, snippet: snippets[key] ?? `${key}: $1`, kind: 'key', documentation: frontMatterKeyWords(key), from: 0 }));
}

function inPlaceholder(outline: Outline, line: number, before: string, from: number, facts: EditingFacts): readonly Completion[] {
  const own = outline.placeholders.find((each) => each.from <= line && line < each.to);
  const asked = /^\s*(-\s*)?[a-zA-Z]*$/u.exec(before);
  if (asked !== null && (own === undefined || (asked[1] !== undefined && own.name === ''))) {
    const lead = asked[1] === undefined ? '' : /^\s*-\s*/u.exec(before)?.[0] ?? '';
    return [{ label: l10n.t('new blank'), snippet: (lead === '' ? '' : ' ').repeat(lead.endsWith('-') ? 1 : 0) + newPlaceholder('${1:name}', facts.languages, lead !== ''), kind: 'key', from }];
  }
  if (own === undefined) return [];
  const texts = outline.lines.slice(own.from, own.to);
  const used = new Set(texts.flatMap((text, index) => (index + own.from === line ? [] : (/^\s*(?:-\s+)?([a-zA-Z]+)\s*:/u.exec(text)?.[1] ?? []))));
  const inner = [...texts.slice(0, line - own.from + 1)].reverse().map((text) => /^\s*(?:-\s+)?(label|example)\s*:/u.exec(text)?.[1] ?? (/^\s*(?:-\s+)?[a-zA-Z]{4,}\s*:/u.test(text) ? '' : undefined)).find((each) => each !== undefined);
  if (/required\s*:\s*[a-z]*$/u.test(before)) return ['true', 'false'].map((label) => ({ label, snippet: label, kind: 'value', from }));
  if (/^\s*(?:-\s+)?type\s*:\s*[a-z]*$/u.test(before)) return placeholderTypes.map((label) => ({ label, snippet: label, kind: 'value', from }));
  const flow = /\b(?:label|example)\s*:\s*\{[^}]*$/u.test(before);
  if (flow || (inner !== undefined && inner !== '' && /^\s+[a-z]*$/u.test(before) && (before.length - before.trimStart().length) > own.indent + 2)) return languageKeys(before, from, facts, '$1');
  if (asked === null) return [];
  return placeholderKeys.filter((key) => !used.has(key)).map((key) => ({ label: key, snippet: placeholderKeySnippet(key, facts.languages), kind: 'key', documentation: placeholderKeyWords(key), from }));
}

function placeholderKeySnippet(key: string, languages: readonly string[]): string {
  if (key === 'label' || key === 'example') return `${key}: { ${languages.map((language, index) => `${language}: $${String(index + 1)}`).join(', ')} }`;
  if (key === 'type') return `type: \${1|${placeholderTypes.join(',')}|}`;
  if (key === 'choices') return `choices:\n  - { ${languages.map((language, index) => `${language}: $${String(index + 1)}`).join(', ')} }`;
  if (key === 'required') return 'required: ${1|true,false|}';
  return key === 'maxLength' ? 'maxLength: ${1:60}' : `${key}: $1`;
}

/** A whole placeholder; `bare`: its hyphen stands already. */
function newPlaceholder(name: string, languages: readonly string[], bare = false): string {
  const local = (first: number): string => `{ ${languages.map((language, index) => `${language}: $${String(first + index)}`).join(', ')} }`;
  const lines = [`name: ${name}`, `label: ${local(2)}`, `example: ${local(2 + languages.length)}`, 'required: true', 'maxLength: 60'];
  // The editor gives each line the indentation of the first; what belongs to the hyphen stands two further in.
  return `${bare ? '' : '- '}${lines.join('\n  ')}`;
}

function languageKeys(before: string, from: number, facts: EditingFacts, value: string): readonly Completion[] {
  if (!/(?:^\s+|[{,]\s*)[a-z]*$/u.test(before)) return [];
  return facts.languages
    .filter((language) => !new RegExp(`\\b${language}\\s*:`, 'u').test(before))
    .map((language) => ({ label: language, snippet: `${language}: ${value}`, kind: 'key', detail: languageWords(language, facts.language), from }));
}

/** True when the list that this line is part of has the entry already. */
function isListed(outline: Outline, line: number, entry: string): boolean {
  const key = keyAbove(outline, line);
  const start = key === undefined ? line : (outline.keys.get(key) ?? line);
  const next = Math.min(outline.frontEnd ?? outline.lines.length, ...[...outline.keys.values()].filter((at) => at > start));
  const entries: readonly string[] = outline.lines.slice(start, next).join('\n').replace(/^[a-zA-Z]+\s*:/u, '').match(/[a-z0-9][a-z0-9-]*/gu) ?? [];
  return entries.includes(entry);
}

function yearLater(today: string): string {
  const [year = '', ...rest] = today.split('-');
  return `${String(Number(year) + 1)}-${rest.join('-') === '02-29' ? '02-28' : rest.join('-')}`;
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/gu, '\\$&');
}
