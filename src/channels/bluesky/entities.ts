import * as v from 'valibot';
import { lenient, listOf, text } from '../lenient';

/**
 * What servers of the AT Protocol send, as far as we use it (lexicons com.atproto.server, com.atproto.repo, app.bsky.notification, app.bsky.feed). A wrong
 * optional field reads as absent: one odd field must not cost a citizen's message. Only what makes an item useless without it is demanded.
 */
const filled = v.pipe(v.string(), v.nonEmpty());
const did = v.pipe(v.string(), v.regex(/^did:[a-z]+:\S+$/u));
const atUri = v.pipe(v.string(), v.regex(/^at:\/\/\S+$/u));

const strongRefSchema = v.object({ uri: atUri, cid: filled });

const didDocSchema = v.object({ id: filled, service: listOf(v.object({ id: filled, type: text, serviceEndpoint: v.string() })) });

/** createSession and refreshSession. */
export const sessionSchema = v.object({ accessJwt: filled, refreshJwt: filled, did, handle: filled, active: lenient(v.boolean()), status: text, didDoc: lenient(didDocSchema) });

/** getSession: without tokens. */
export const whoSchema = v.object({ did, handle: filled, active: lenient(v.boolean()), status: text });

const facetSchema = v.object({
  index: v.object({ byteStart: v.pipe(v.number(), v.integer()), byteEnd: v.pipe(v.number(), v.integer()) }),
  features: listOf(v.object({ $type: v.string(), uri: text, did: text, tag: text })),
});

const quoteSchema = v.object({ $type: text, record: lenient(v.object({ uri: text, record: lenient(v.object({ uri: text })) })) });

export const postRecordSchema = v.object({
  text: v.fallback(v.string(), ''),
  createdAt: text,
  langs: listOf(v.string()),
  facets: listOf(facetSchema),
  reply: lenient(v.object({ root: strongRefSchema, parent: strongRefSchema })),
  embed: lenient(quoteSchema),
});

const labelSchema = v.object({ val: filled, neg: lenient(v.boolean()) });

export const authorSchema = v.object({ did, handle: v.fallback(v.string(), 'handle.invalid'), displayName: text });

const mediaEmbedSchema = v.object({
  $type: text,
  images: listOf(v.object({ fullsize: text, thumb: text, alt: text })),
  items: listOf(v.object({ fullsize: text, thumbnail: text, thumb: text, alt: text })),
  playlist: text,
  thumbnail: text,
  alt: text,
  external: lenient(v.object({ uri: text, title: text })),
});

/** A post as the AppView shows it. `indexedAt` is the network's own time. */
export const postViewSchema = v.object({
  uri: atUri,
  cid: filled,
  author: authorSchema,
  record: postRecordSchema,
  embed: lenient(v.intersect([mediaEmbedSchema, v.object({ media: lenient(mediaEmbedSchema) })])),
  indexedAt: text,
  labels: listOf(labelSchema),
  viewer: lenient(v.object({ replyDisabled: lenient(v.boolean()) })),
});

/** Its `indexedAt` is the earlier of the declared time and the network's: what the list is ordered by, not when the post came. */
export const notificationSchema = v.object({ uri: atUri, cid: filled, author: authorSchema, reason: filled, record: v.fallback(postRecordSchema, { text: '', createdAt: undefined, langs: [], facets: [], reply: undefined, embed: undefined }), indexedAt: filled });

export const notificationsSchema = v.object({ notifications: v.array(v.unknown()), cursor: text });

export const postsSchema = v.object({ posts: v.array(v.unknown()) });

export const threadSchema = v.object({ thread: v.unknown() });

/** One node; relatives are read one by one, as they may be deleted or blocked, and a thread may be deep. */
export const threadNodeSchema = v.object({ $type: text, uri: text, notFound: v.optional(v.unknown()), blocked: v.optional(v.unknown()), post: v.optional(v.unknown()), parent: v.optional(v.unknown()), replies: lenient(v.array(v.unknown())) });

export const writtenSchema = v.object({ uri: atUri, cid: filled });

export const recordSchema = v.object({ uri: atUri, cid: lenient(filled), value: postRecordSchema });

export const recordsSchema = v.object({ records: v.array(v.unknown()), cursor: text });

export const resolvedSchema = v.object({ did });

export const uriSchema = v.object({ uri: filled });

export type SessionEntity = v.InferOutput<typeof sessionSchema>;
export type WhoEntity = v.InferOutput<typeof whoSchema>;
export type PostRecord = v.InferOutput<typeof postRecordSchema>;
export type PostView = v.InferOutput<typeof postViewSchema>;
export type NotificationEntity = v.InferOutput<typeof notificationSchema>;
export type RecordEntity = v.InferOutput<typeof recordSchema>;
export type Facet = PostRecord['facets'][number];
export type StrongRef = v.InferOutput<typeof strongRefSchema>;
export type WrittenEntity = v.InferOutput<typeof writtenSchema>;
