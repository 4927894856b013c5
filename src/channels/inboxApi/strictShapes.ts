import * as v from 'valibot';

/** The contract as it is written (`docs/inbox-api.openapi.yaml`), for those who build a server. The desk itself reads more patiently (`entities.ts`). */
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const time = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/u), v.check((text) => !Number.isNaN(Date.parse(text))));
const optionalText = v.nullish(v.string());
const address = v.nullish(v.pipe(v.string(), v.url()));
const flag = v.optional(v.boolean());

export const strictAccount = v.object({ id, handle: v.pipe(v.string(), v.nonEmpty()), name: v.string(), url: address });
export const strictCapabilities = v.object({ capabilities: v.object({ reply: flag, thread: flag, privateReply: flag, delete: flag, media: flag }) });
const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
export const strictLimits = v.object({ limits: v.object({ reply: v.object({ maxLength: whole, countedAs: v.picklist(['graphemes', 'codePoints']), maxBytes: v.nullish(whole) }) }) });

const media = v.object({ type: v.optional(v.picklist(['image', 'video', 'audio', 'other'])), url: v.pipe(v.string(), v.url()), alt: optionalText });
const message = {
  externalId: id, conversationId: id, inReplyTo: v.nullish(id), author: v.object({ id, handle: optionalText, name: optionalText, url: address }), own: flag, text: v.string(), lang: optionalText,
  createdAt: time, declaredAt: v.nullish(time), updatedAt: v.nullish(time), url: address, visibility: v.optional(v.picklist(['public', 'private'])), media: v.optional(v.array(media)),
};
export const strictMessage = v.object(message);
export const strictChange = v.variant('change', [
  v.object({ change: v.picklist(['created', 'updated']), ...message }),
  v.object({ change: v.literal('deleted'), externalId: id, updatedAt: v.nullish(time) }),
]);
export const strictPage = v.object({ items: v.array(v.unknown()), nextCursor: id, hasMore: v.boolean() });
export const strictConversation = v.object({ conversationId: id, items: v.array(strictMessage), complete: v.boolean() });
export const strictReply = v.object({ externalId: id, inReplyTo: v.nullish(id), createdAt: time, url: address });
export const strictError = v.object({ error: v.object({ code: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]*$/u)), message: v.string() }) });

/** Places where a value differs from a shape, as `items.3.createdAt`; empty = it fits. Of the value itself nothing is repeated. */
export function misfits(schema: v.GenericSchema, value: unknown): readonly string[] {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? [] : [...new Set(parsed.issues.map((issue) => v.getDotPath(issue) ?? '(whole)'))];
}
