import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import * as v from 'valibot';
import { configSchema, type DeskConfig } from '../core/config';
import { MomentosError } from '../core/errors';
import { channelOf } from '../core/handChannels';
import { configFile, isFile } from './findDesk';

export { configFile } from './findDesk';

const maxConfigBytes = 1_048_576;

/** Errors: `desk.notFound`, `config.unreadable`, `config.invalid`, `config.unknownKey`, `config.newerSchema`. */
export async function loadConfig(dir: string): Promise<DeskConfig> {
  const path = join(dir, configFile);
  if (!(await isFile(path))) throw new MomentosError('desk.notFound', { dir });
  let text: string;
  try {
    if ((await stat(path)).size > maxConfigBytes) throw new MomentosError('config.unreadable', { path, reason: 'size' });
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof MomentosError) throw cause;
    throw new MomentosError('config.unreadable', { path, reason: (cause as NodeJS.ErrnoException).code ?? 'unknown' }, { cause });
  }
  return parseConfig(text, path);
}

/** JSON with comments and trailing commas. Errors as `loadConfig`. */
export function parseConfig(text: string, path: string = configFile): DeskConfig {
  const errors: ParseError[] = [];
  const raw: unknown = parse(text.replace(/^\uFEFF/u, ''), errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first !== undefined) {
    throw new MomentosError('config.invalid', { path, at: `line ${lineOf(text, first.offset)}`, rule: printParseErrorCode(first.error) });
  }
  const version = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>)['schemaVersion'] : undefined;
  if (typeof version === 'number' && version > 1) throw new MomentosError('config.newerSchema', { path, version });
  const parsed = v.safeParse(configSchema, raw);
  if (parsed.success) {
    checkReferences(parsed.output, path);
    checkRetention(parsed.output, path);
    return parsed.output;
  }
  const issue = parsed.issues[0];
  const at = v.getDotPath(issue) ?? '(root)';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const key = String(issue.path?.at(-1)?.key ?? '');
    const known = knownKeysAt(issue.path?.slice(0, -1).map((item) => item.key) ?? []);
    throw new MomentosError('config.unknownKey', { path, key: at, ...(known.length > 0 ? { nearest: closest(key, known) } : {}) });
  }
  throw new MomentosError('config.invalid', { path, at, rule: issue.type === 'regex' || issue.type === 'check' || issue.type === 'url' || issue.type === 'email' || issue.type === 'iso_date' || issue.type === 'raw_transform' ? issue.message : `${issue.type}`, expected: issue.expected ?? '', received: issue.received });
}

function checkReferences(config: DeskConfig, path: string): void {
  for (const [list, items] of Object.entries({ channels: config.channels, units: config.units, topics: config.topics })) {
    const seen = new Set<string>();
    items.forEach(({ id }, index) => {
      if (seen.has(id)) throw new MomentosError('config.invalid', { path, at: `${list}.${index}.id`, rule: 'duplicate', received: id });
      seen.add(id);
    });
  }
}

/** A rule on what does not exist would never fit: whoever wrote it believes otherwise. */
function checkRetention({ retention, channels, topics }: DeskConfig, path: string): void {
  retention?.rules.forEach((rule, index) => {
    const unknown = (list: readonly string[] | undefined, known: readonly { readonly id: string }[]): string | undefined => list?.find((id) => !known.some((one) => one.id === id));
    const topic = unknown(rule.topics, topics);
    // Contacts that are recorded by hand have channels of their own.
    const channel = rule.channels?.find((id) => channelOf({ channels }, id) === undefined);
    const wrong = topic ?? channel;
    if (wrong !== undefined) throw new MomentosError('config.invalid', { path, at: `retention.rules.${String(index)}.${topic === undefined ? 'channels' : 'topics'}`, rule: 'reference', received: wrong });
    if (retention.rules.findIndex(({ name }) => name === rule.name) !== index) throw new MomentosError('config.invalid', { path, at: `retention.rules.${String(index)}.name`, rule: 'duplicate', received: rule.name });
  });
}

interface WithEntries { readonly entries?: Record<string, unknown>; readonly item?: unknown; readonly wrapped?: unknown; readonly pipe?: readonly unknown[] }

function knownKeysAt(path: readonly unknown[]): readonly string[] {
  let schema: WithEntries | undefined = configSchema as unknown as WithEntries;
  for (const key of path) {
    schema = unwrap(schema);
    schema = (typeof key === 'number' ? schema?.item : schema?.entries?.[String(key)]) as WithEntries | undefined;
  }
  return Object.keys(unwrap(schema)?.entries ?? {});
}

function unwrap(schema: WithEntries | undefined): WithEntries | undefined {
  return schema?.wrapped === undefined ? schema : unwrap(schema.wrapped as WithEntries);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
