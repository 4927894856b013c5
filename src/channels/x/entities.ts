import * as v from 'valibot';
import { flag, lenient, listOf, text } from '../lenient';

/**
 * What X sends, as far as we use it, in both spellings of its fields: the guides say `referenced_tweets`, `edit_history_tweet_ids`, `note_tweet`, its OpenAPI
 * file `referenced_posts`, `edit_history_post_ids`, `note_post`. A wrong optional field reads as absent: one odd field must not cost a citizen's message.
 */
/** 64 bits: they come as texts; a number would be wrong already. */
const id = v.pipe(v.string(), v.regex(/^\d{1,20}$/u));

const entitiesSchema = lenient(v.object({ urls: listOf(v.object({ url: v.string(), expanded_url: text, media_key: text })), mentions: listOf(v.object({ username: v.string() })) }));
const noteSchema = lenient(v.object({ text: v.string(), entities: entitiesSchema }));
const referenceSchema = v.object({ type: v.string(), id });
const withheldSchema = lenient(v.object({ country_codes: listOf(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/u))), copyright: flag }));

const rawPostSchema = v.object({
  id,
  text: v.string(),
  author_id: lenient(id),
  created_at: text,
  conversation_id: lenient(id),
  lang: text,
  entities: entitiesSchema,
  attachments: lenient(v.object({ media_keys: listOf(v.string()) })),
  withheld: withheldSchema,
  referenced_tweets: listOf(referenceSchema),
  referenced_posts: listOf(referenceSchema),
  edit_history_tweet_ids: listOf(id),
  edit_history_post_ids: listOf(id),
  note_tweet: noteSchema,
  note_post: noteSchema,
});

export const postSchema = v.pipe(
  rawPostSchema,
  v.transform(({ referenced_tweets, referenced_posts, edit_history_tweet_ids, edit_history_post_ids, note_tweet, note_post, ...post }) => {
    const history = edit_history_tweet_ids.length > 0 ? edit_history_tweet_ids : edit_history_post_ids;
    return {
      ...post,
      references: referenced_tweets.length > 0 ? referenced_tweets : referenced_posts,
      /** Ids of all versions, oldest first; never empty. */
      history: history.length > 0 ? history : [post.id],
      note: note_tweet ?? note_post ?? null,
    };
  }),
);

export const userSchema = v.object({ id, username: v.pipe(v.string(), v.nonEmpty()), name: text, protected: flag });

export const mediaSchema = v.object({
  media_key: v.string(),
  type: text,
  url: text,
  preview_image_url: text,
  alt_text: text,
  variants: listOf(v.object({ content_type: text, url: text, bit_rate: lenient(v.number()) })),
});

/** A part of an answer that could not be given, inside a 200. */
export const problemSchema = v.object({ resource_id: text, value: text, type: text, title: text });

/** Answers with posts: a list or a single one, or none. */
export const postsSchema = v.object({
  data: v.optional(v.unknown()),
  includes: v.optional(v.fallback(v.object({ users: v.optional(v.unknown()), media: v.optional(v.unknown()), tweets: v.optional(v.unknown()), posts: v.optional(v.unknown()) }), {}), {}),
  errors: v.optional(v.unknown()),
  meta: v.optional(v.object({ next_token: text })),
});

export const meSchema = v.object({ data: userSchema });

export const createdSchema = v.object({ data: v.object({ id, text }) });

export const deletedSchema = v.object({ data: v.object({ deleted: v.boolean() }) });

export const tokenSchema = v.object({
  access_token: v.pipe(v.string(), v.nonEmpty()),
  refresh_token: text,
  expires_in: lenient(v.number()),
  scope: text,
});

export type PostEntity = v.InferOutput<typeof postSchema>;
export type UserEntity = v.InferOutput<typeof userSchema>;
export type MediaEntity = v.InferOutput<typeof mediaSchema>;
export type ProblemEntity = v.InferOutput<typeof problemSchema>;
export type TokenEntity = v.InferOutput<typeof tokenSchema>;
