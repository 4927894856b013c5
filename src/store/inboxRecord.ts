import * as v from 'valibot';
import { type AuditDraft } from '../core/audit';
import { type Mention } from '../core/mention';

/** Newest version of the inbox file that this program knows; a file of a newer one is refused. */
export const inboxSchemaVersion = 2;
/** What is written while nothing was erased, so that older programs read it; with tombstones the newest is. */
export const plainInboxVersion = 1;

/**
 * A line of `.momentos/inbox.jsonl`. A `batch` with `audit` is a promise: its drafts are in the log, from entry `count` on, once `done` follows; a batch
 * that lacks it is finished by whoever takes the lock next. A batch without `audit` stands by itself.
 */
export type InboxRecord =
  | { readonly type: 'header'; readonly schemaVersion: number; readonly generation: string; /** Of the tombstones, hex. */ readonly salt?: string | undefined }
  | {
      readonly type: 'batch';
      readonly batch: string;
      readonly mentions: readonly Mention[];
      readonly authors: readonly (readonly [channel: string, networkAuthorId: string, authorId: string])[];
      /** Of erased posts: hash, and the conversation that each stood in. */
      readonly tombstones?: readonly (readonly [hash: string, conversation: string])[] | undefined;
      readonly audit?: { readonly count: number; readonly drafts: readonly AuditDraft[] } | undefined;
    }
  | { readonly type: 'done'; readonly batch: string };

export type InboxBatch = Extract<InboxRecord, { readonly type: 'batch' }>;

/** What the indexes rest on; the rest of a mention is as this program wrote it. */
const mentionShape = v.looseObject({
  id: v.string(),
  channel: v.string(),
  authorId: v.string(),
  conversation: v.string(),
  revision: v.number(),
  status: v.string(),
  post: v.looseObject({ externalId: v.string(), postedAt: v.number(), text: v.string() }),
});

const recordShape = v.variant('type', [
  v.object({ type: v.literal('header'), schemaVersion: v.number(), generation: v.string(), salt: v.optional(v.string()) }),
  v.object({
    type: v.literal('batch'),
    batch: v.string(),
    mentions: v.array(mentionShape),
    authors: v.array(v.tuple([v.string(), v.string(), v.string()])),
    tombstones: v.optional(v.array(v.tuple([v.string(), v.string()]))),
    audit: v.optional(v.object({ count: v.number(), drafts: v.array(v.looseObject({ kind: v.string(), at: v.number(), subject: v.string() })) })),
  }),
  v.object({ type: v.literal('done'), batch: v.string() }),
]);

/** undefined = the line is no record of the inbox. */
export function parseInboxRecord(bytes: Uint8Array): InboxRecord | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  const result = v.safeParse(recordShape, parsed);
  return result.success ? (parsed as InboxRecord) : undefined;
}
