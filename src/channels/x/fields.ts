/** Asked under the names of the guides, which all servers of X know; the answer may use the other spelling. */
export const postFields: readonly (readonly [string, string])[] = [
  ['tweet.fields', 'created_at,author_id,conversation_id,in_reply_to_user_id,referenced_tweets,lang,entities,attachments,edit_history_tweet_ids,note_tweet,withheld'],
  ['user.fields', 'username,name,protected'],
  ['media.fields', 'type,url,preview_image_url,alt_text,variants'],
];

/** The post that a mention answers comes along, for its chain of edits. */
export const usualExpansions = ['expansions', 'author_id,referenced_tweets.id,attachments.media_keys'] as const;

/** Also all versions: for looking again. */
export const versionExpansions = ['expansions', 'author_id,referenced_tweets.id,attachments.media_keys,edit_history_tweet_ids'] as const;

/** Also who wrote what is answered or quoted: for conversations. What comes along may cost as much as what was asked for. */
export const wideExpansions = ['expansions', 'author_id,referenced_tweets.id,referenced_tweets.id.author_id,attachments.media_keys,edit_history_tweet_ids'] as const;
