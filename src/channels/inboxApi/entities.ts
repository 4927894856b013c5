import * as v from 'valibot';
import { flag, lenient, opaqueId, text } from '../lenient';

/**
 * What servers of the Inbox API send (`docs/inbox-api.openapi.yaml`), as far as we use it. Only what makes an item useless without it is demanded;
 * any other wrong field reads as absent, for one odd field must not cost a citizen's message. `momentos doctor inbox-api` is the strict one.
 */
const count = lenient(v.pipe(v.number(), v.safeInteger(), v.minValue(1)));
const optionalId = lenient(opaqueId);

export const accountSchema = v.object({
  id: opaqueId,
  handle: text,
  name: text,
  url: text,
  capabilities: lenient(v.object({ reply: flag, thread: flag, privateReply: flag, delete: flag, media: flag })),
  limits: lenient(v.object({ reply: lenient(v.object({ maxLength: count, countedAs: text, maxBytes: count })) })),
});

const authorSchema = v.object({ id: opaqueId, handle: text, name: text, url: text });
const mediaSchema = v.object({ type: text, url: text, alt: text });

export const messageSchema = v.object({
  externalId: opaqueId,
  conversationId: optionalId,
  inReplyTo: optionalId,
  author: lenient(authorSchema),
  own: flag,
  text,
  lang: text,
  createdAt: text,
  declaredAt: text,
  updatedAt: text,
  url: text,
  visibility: text,
  media: lenient(v.array(v.fallback(v.nullable(mediaSchema), null))),
});

/** An item of the feed before its message is looked at. */
export const changeSchema = v.object({ externalId: opaqueId, change: text });

export const pageSchema = v.object({ items: v.array(v.unknown()), nextCursor: optionalId, hasMore: flag });

export const conversationSchema = v.object({ items: v.array(v.unknown()), complete: flag });

/** The answer to a reply: its id is what counts. */
export const replySchema = v.object({ externalId: opaqueId, inReplyTo: optionalId, createdAt: text, url: text });

/** A 409: with an id, this reply stands there already. */
export const conflictSchema = v.object({ externalId: optionalId, createdAt: text, url: text });

export type AccountEntity = v.InferOutput<typeof accountSchema>;
export type MessageEntity = v.InferOutput<typeof messageSchema>;
export type ReplyEntity = v.InferOutput<typeof replySchema>;
