import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { mentionKinds } from './textReading';
import { sentimentLabels } from './sentiment';
import { type Template, type TemplateProblem } from './template';
import { placeholderTypes, type LocalText } from './text/placeholderValue';
import { bodyProblems, placeholderProblems } from './templateChecks';

/** Largest template file that is read, in bytes of UTF-8. */
export const largestTemplateBytes = 256 * 1024;

export interface ParsedTemplate {
  /** undefined = the file cannot be read as a template; `problems` say why. */
  readonly template: Template | undefined;
  readonly problems: readonly TemplateProblem[];
  /** Each text with its place in the file; none where the file cannot be read. */
  readonly bodies: readonly TemplateBody[];
}

/** A text with the line on which it starts. */
export interface TemplateBody {
  readonly language: string;
  /** Of a short form: the networks that it is for. Empty = the full text. */
  readonly networks: readonly string[];
  readonly text: string;
  readonly line: number;
}

const slug = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/u;
const shortText = v.pipe(v.string(), v.trim(), v.nonEmpty('empty'), v.maxLength(300, 'long'));
const localText = v.record(v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/u, 'language')), shortText);
/** A bare `911` in YAML is a number; as a word it is text all the same. */
const word = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.trim(), v.nonEmpty('empty'), v.maxLength(80, 'long'));
const slugList = v.pipe(v.array(v.pipe(v.string(), v.regex(slug, 'slug'))), v.maxLength(50, 'many'));

const exampleText = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(300, 'long'));
const languageCode = v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/u, 'language'));
/** `hoy`, the same in every language, or `{ es: hoy, en: today }`. */
const choice = v.union([v.pipe(exampleText, v.nonEmpty('empty'), v.transform((text): LocalText => ({ any: text }))), v.pipe(v.record(languageCode, v.pipe(exampleText, v.nonEmpty('empty'))), v.check((texts) => Object.keys(texts).length > 0, 'empty'))]);

const placeholderSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,39}$/u, 'name')),
  type: v.optional(v.picklist(placeholderTypes)),
  label: localText,
  example: v.optional(v.record(languageCode, exampleText), {}),
  choices: v.optional(v.pipe(v.array(choice), v.minLength(1, 'empty'), v.maxLength(100, 'many'))),
  min: v.optional(v.number()),
  max: v.optional(v.number()),
  pattern: v.optional(v.string()),
  maxLength: v.optional(v.pipe(v.number(), v.integer('integer'), v.minValue(1, 'small'), v.maxValue(5000, 'large'))),
  required: v.optional(v.boolean(), true),
});

const frontMatterSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(slug, 'slug')),
  version: v.pipe(v.number(), v.integer('integer'), v.minValue(1, 'small'), v.maxValue(99_999, 'large')),
  title: v.pipe(localText, v.check((title) => Object.keys(title).length > 0, 'empty')),
  topics: v.optional(v.nullable(slugList, []), []),
  channels: v.optional(v.nullable(slugList, []), []),
  words: v.optional(v.nullable(v.record(v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/u, 'language')), v.pipe(v.array(word), v.maxLength(300, 'many'))), {}), {}),
  sentiment: v.optional(v.nullable(v.picklist(sentimentLabels))),
  kinds: v.optional(v.nullable(v.array(v.picklist(mentionKinds)), []), []),
  placeholders: v.optional(v.nullable(v.pipe(v.array(placeholderSchema), v.maxLength(40, 'many')), []), []),
  expires: v.optional(v.nullable(v.pipe(v.string(), v.isoDate('date'), v.check(isCalendarDate, 'date')))),
});

/** Every key of the front matter, and of one of its placeholders. */
export const frontMatterKeys: readonly string[] = Object.keys(frontMatterSchema.entries);
export const placeholderKeys: readonly string[] = Object.keys(placeholderSchema.entries);

/** The text as it is hashed and sent from: NFC, LF, without BOM. */
export function normaliseTemplateText(text: string): string {
  return text.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n').normalize('NFC');
}

/** SHA-256 of the normalised text as UTF-8, lower-case hex. */
export function templateHash(text: string): string {
  return createHash('sha256').update(normaliseTemplateText(text), 'utf8').digest('hex');
}

/** True after the last day on which the template may be sent. `today` is an ISO date in the institution's time zone. */
export function isExpired(template: Pick<Template, 'expires'>, today: string): boolean {
  return template.expires !== undefined && today > template.expires;
}

/**
 * Reads a template file: YAML front matter between two `---` lines, then one body per language, each after a line `<!-- lang: es -->`; short forms for
 * networks that do not take it after lines like `<!-- lang: es network: x, bluesky -->`.
 * Never throws, whatever the file holds. `id` is the file's name without `.md`. Expiry is not judged here (`isExpired`).
 */
export function parseTemplateFile(text: string, id: string): ParsedTemplate {
  if (Buffer.byteLength(text, 'utf8') > largestTemplateBytes) return unreadable({ code: 'tooLarge', detail: String(largestTemplateBytes) });
  const source = normaliseTemplateText(text);
  const parts = /^---[ \t]*\n((?:[^\n]*\n)*?)---[ \t]*(?:\n|$)/u.exec(source);
  if (parts === null) return unreadable({ code: 'frontMatter.missing', line: 1 });
  const front = parseFrontMatter(parts[1] ?? '');
  if (front.values === undefined) return { template: undefined, problems: front.problems, bodies: [] };
  const firstBodyLine = (parts[0].match(/\n/gu)?.length ?? 0) + 1;
  const split = splitBodies(source.slice(parts[0].length), firstBodyLine);
  const values = front.values;
  const full = split.bodies.filter(({ networks }) => networks.length === 0);
  const template: Template = {
    id,
    version: values.version,
    title: values.title,
    topics: values.topics,
    channels: values.channels,
    words: values.words,
    sentiment: values.sentiment ?? undefined,
    kinds: values.kinds ?? [],
    placeholders: values.placeholders,
    expires: values.expires ?? undefined,
    bodies: Object.fromEntries(full.map((body) => [body.language, body.text])),
    ...(full.length === split.bodies.length ? {} : { shortForms: split.bodies.filter(({ networks }) => networks.length > 0).map(({ language, networks, text: short }) => ({ language, networks, text: short })) }),
    contentHash: templateHash(source),
  };
  const problems = [
    ...(values.id === id ? [] : [{ code: 'id.mismatch', detail: values.id, line: front.lineOf(['id']) } as const]),
    ...placeholderProblems(template.placeholders, (index, key) => front.lineOf(['placeholders', index, key])),
    ...split.problems,
    ...bodyProblems(split.bodies, template.placeholders, (index) => front.lineOf(['placeholders', index, 'name'])),
  ];
  return { template: values.id === id && full.length > 0 ? template : undefined, problems, bodies: split.bodies };
}

function unreadable(problem: TemplateProblem): ParsedTemplate {
  return { template: undefined, problems: [problem], bodies: [] };
}

interface FrontMatter {
  readonly values: v.InferOutput<typeof frontMatterSchema> | undefined;
  readonly problems: readonly TemplateProblem[];
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
}

function parseFrontMatter(yaml: string): FrontMatter {
  const lines = new LineCounter();
  const noLines = (): undefined => undefined;
  const broken = (line: number | undefined): FrontMatter => ({ values: undefined, problems: [{ code: 'frontMatter.invalid', line }], lineOf: noLines });
  let document: Document;
  let raw: unknown;
  try {
    document = parseDocument(yaml, { schema: 'core', version: '1.2', merge: false, uniqueKeys: true, strict: true, lineCounter: lines, logLevel: 'silent' });
    const first = document.errors[0] ?? document.warnings[0];
    if (first !== undefined) return broken(first.linePos === undefined ? undefined : first.linePos[0].line + 1);
    raw = document.toJS({ maxAliasCount: 0 });
  } catch {
    // An alias or a nesting so deep that the parser gives up: nothing that a template needs.
    return broken(undefined);
  }
  // The front matter starts on the second line of the file.
  const lineOf = (path: readonly (string | number)[]): number | undefined => lineInDocument(document, lines, path);
  const checked = v.safeParse(frontMatterSchema, raw);
  if (checked.success) return { values: checked.output, problems: [], lineOf };
  return { values: undefined, problems: checked.issues.map((issue) => shapeProblem(issue, lineOf)), lineOf };
}

function lineInDocument(document: Document, lines: LineCounter, path: readonly (string | number)[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line + 1;
  }
  return undefined;
}

function shapeProblem(issue: v.BaseIssue<unknown>, lineOf: FrontMatter['lineOf']): TemplateProblem {
  const path = (issue.path ?? []).map((item) => (typeof item.key === 'number' ? item.key : String(item.key)));
  const line = lineOf(path);
  const detail = path.join('.').slice(0, 120);
  if (issue.type === 'strict_object' && issue.expected === 'never') return { code: 'frontMatter.unknownKey', detail, line };
  if (path.length === 1 && path[0] === 'id') return { code: 'id.invalid', line };
  if (path.length === 1 && path[0] === 'version') return { code: 'version.invalid', line };
  if (path.length === 1 && path[0] === 'expires') return { code: 'expires.invalid', line };
  return { code: 'frontMatter.invalid', detail, line };
}

interface Marker {
  readonly language: string;
  readonly networks: readonly string[];
}

/** `<!-- lang: es -->` or `<!-- lang: es network: x, bluesky -->`. */
function markerIn(line: string): Marker | undefined {
  const found = /^\s*<!--\s*lang:\s*([a-z]{2,3})(?:\s+networks?:\s*([a-z0-9][a-z0-9, -]*))?\s*-->\s*$/u.exec(line);
  if (found === null) return undefined;
  const networks = (found[2] ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');
  return { language: found[1] ?? '', networks: [...new Set(networks)] };
}

function splitBodies(source: string, firstLine: number): { readonly bodies: readonly TemplateBody[]; readonly problems: readonly TemplateProblem[] } {
  const bodies: TemplateBody[] = [];
  const problems: TemplateProblem[] = [];
  let marker: Marker | undefined;
  let startLine = firstLine;
  let held: string[] = [];
  const close = (): void => {
    const text = held.join('\n').trim();
    const line = startLine + Math.max(0, held.findIndex((each) => each.trim() !== ''));
    if (marker === undefined) {
      if (text !== '') problems.push({ code: 'body.outside', line });
      return;
    }
    const { language, networks } = marker;
    const detail = [language, ...networks].join(' ');
    if (bodies.some((other) => clash(other, { language, networks }))) {
      problems.push({ code: 'body.duplicate', detail, line: startLine - 1 });
      return;
    }
    bodies.push({ language, networks, text, line });
    if (text === '') problems.push({ code: 'body.empty', detail, line: startLine - 1 });
  };
  source.split('\n').forEach((line, index) => {
    const next = markerIn(line);
    if (next === undefined) {
      held.push(line);
      return;
    }
    close();
    marker = next;
    startLine = firstLine + index + 1;
    held = [];
  });
  close();
  if (!bodies.some(({ networks }) => networks.length === 0)) problems.push({ code: 'body.missing', line: firstLine });
  for (const { language, networks, line } of bodies) {
    const isAlone = networks.length > 0 && !bodies.some((other) => other.language === language && other.networks.length === 0);
    if (isAlone) problems.push({ code: 'body.shortAlone', detail: language, line });
  }
  return { bodies, problems };
}

/** Two texts for one place: both full in one language, or both for one network. */
function clash(one: Marker, other: Marker): boolean {
  if (one.language !== other.language) return false;
  return one.networks.length === 0 || other.networks.length === 0 ? one.networks.length === other.networks.length : one.networks.some((network) => other.networks.includes(network));
}

/** `2027-02-30` has the form of a date and is none. */
function isCalendarDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}
