import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

const visibility = v.picklist(['public', 'unlisted', 'private', 'direct']);
const at = v.number();

/** Everything that happened on the server after its stream was laid out; doing it again in order gives the same world. */
export const worldAction = v.variant('do', [
  v.object({
    do: v.literal('post'), at, by: v.picklist(['desk', 'colleague']), text: v.string(), inReplyTo: v.optional(v.string()), visibility,
    language: v.nullable(v.string()), spoiler: v.string(), key: v.optional(v.string()),
  }),
  v.object({
    do: v.literal('mention'), at, author: v.string(), name: v.optional(v.string()), text: v.string(), inReplyTo: v.optional(v.string()), visibility,
    language: v.nullable(v.string()), images: v.array(v.nullable(v.string())), postedAt: v.number(), filtered: v.boolean(), html: v.optional(v.string()),
    spoiler: v.optional(v.string()), unnamed: v.optional(v.boolean()),
  }),
  v.object({ do: v.literal('amend'), at, id: v.string(), text: v.string(), spoiler: v.optional(v.string()), language: v.optional(v.nullable(v.string())) }),
  v.object({ do: v.literal('remove'), at, id: v.string() }),
  v.object({ do: v.literal('drip'), at }),
  v.object({ do: v.literal('begin'), at }),
  v.object({ do: v.literal('later'), at, index: v.number() }),
]);
export type WorldAction = v.InferOutput<typeof worldAction>;

const worldState = v.object({
  schemaVersion: v.literal(1),
  seed: v.number(),
  count: v.number(),
  historyDays: v.number(),
  /** When the stream was laid out, ms since 1970; its times count back from here. */
  startedAt: v.number(),
  actions: v.array(worldAction),
  apps: v.array(v.object({
    id: v.string(), name: v.string(), website: v.nullable(v.string()), redirectUris: v.array(v.string()), scopes: v.string(), clientId: v.string(), clientSecret: v.string(),
  })),
  /** SHA-256 of the tokens that people were given, with their scopes. */
  grants: v.array(v.object({ hash: v.string(), scopes: v.string() })),
});
export type WorldState = v.InferOutput<typeof worldState>;

/** What a state file holds. A file that cannot be read is moved aside, never overwritten, and `setAside` says where to. */
export function readState(file: string): { readonly state?: WorldState; readonly setAside?: string } {
  if (!existsSync(file)) return {};
  try {
    return { state: v.parse(worldState, JSON.parse(readFileSync(file, 'utf8'))) };
  } catch {
    let number = 1;
    while (existsSync(`${file}.unreadable-${String(number)}`)) number += 1;
    const setAside = `${file}.unreadable-${String(number)}`;
    renameSync(file, setAside);
    return { setAside };
  }
}

/** Replaces the file as a whole, so that it is never half written. */
export function writeState(file: string, state: WorldState): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${String(process.pid)}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}
