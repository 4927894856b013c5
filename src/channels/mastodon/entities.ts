import * as v from 'valibot';
import { count, lenient, listOf, opaqueId, text } from '../lenient';

/**
 * What servers of the Mastodon API send, as far as we use it. Every field is optional and a wrong one reads as absent: servers differ in all
 * of them, and one odd field must not cost a citizen's message. Only what makes an item useless without it is demanded.
 */
const optionalId = lenient(opaqueId);

export const accountSchema = v.object({ id: opaqueId, acct: text, username: text, display_name: text, url: text });

const mediaSchema = v.object({ type: text, url: text, remote_url: text, preview_url: text, description: text });

export const statusSchema = v.object({
  id: opaqueId,
  account: accountSchema,
  content: text,
  spoiler_text: text,
  created_at: text,
  edited_at: text,
  in_reply_to_id: optionalId,
  replies_count: count,
  visibility: text,
  language: text,
  url: text,
  uri: text,
  media_attachments: listOf(mediaSchema),
  mentions: listOf(v.object({ acct: text, username: text })),
});

/** The answer to a post: its id is what counts. */
export const postedSchema = v.object({ id: opaqueId, created_at: text, in_reply_to_id: optionalId, url: text, uri: text });

export const notificationSchema = v.object({ id: opaqueId, type: text, created_at: text, status: v.optional(v.unknown()) });

export const idSchema = v.object({ id: opaqueId });

export const contextSchema = v.object({ ancestors: v.array(v.unknown()), descendants: v.array(v.unknown()) });

export const tokenSchema = v.object({ access_token: v.pipe(v.string(), v.nonEmpty()), refresh_token: text, scope: text });

export const appSchema = v.object({ client_id: v.pipe(v.string(), v.nonEmpty()), client_secret: v.pipe(v.string(), v.nonEmpty()) });

const statusLimits = lenient(v.object({ max_characters: count, characters_reserved_per_url: count }));

/** `/api/v2/instance` and `/api/v1/instance` in one. */
export const instanceSchema = v.object({
  version: text,
  source_url: text,
  max_toot_chars: count,
  configuration: lenient(v.object({ statuses: statusLimits })),
});

export type AccountEntity = v.InferOutput<typeof accountSchema>;
export type StatusEntity = v.InferOutput<typeof statusSchema>;
export type NotificationEntity = v.InferOutput<typeof notificationSchema>;
export type PostedEntity = v.InferOutput<typeof postedSchema>;
export type InstanceEntity = v.InferOutput<typeof instanceSchema>;
