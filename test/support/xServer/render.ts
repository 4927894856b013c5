import { newest, type XPost, type XVersion, type XWorld } from './world';

/** Which spelling of the fields the answers use: the guides' or the OpenAPI file's. */
export type XDialect = 'tweet' | 'post';

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const list = (text: string | null): ReadonlySet<string> => new Set((text ?? '').split(',').filter((part) => part !== ''));
const token = (text: string): string => Buffer.from(text).toString('base64url').replace(/[^A-Za-z0-9]/gu, '').slice(-10).padStart(10, 'x');

/** What X makes links of: addresses, and bare names of domains (a few top-level ones will do here). */
const linked = /https?:\/\/[^\s]*[^\s.,;:!?)]|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|do|es|org)\b(?:\/[^\s]*[^\s.,;:!?)])?/giu;

/** A version of a post with the fields that were asked for, and no others. */
export function renderPost(post: XPost, version: XVersion, fields: ReadonlySet<string>, dialect: XDialect): Record<string, unknown> {
  const urls: Record<string, unknown>[] = [];
  const short = (full: string): string => {
    const url = `https://t.co/${token(full)}`;
    urls.push({ start: 0, end: 23, url, expanded_url: /^https?:/u.test(full) ? full : `http://${full}`, display_url: full.replace(/^https?:\/\//u, '') });
    return url;
  };
  let text = version.text.replace(linked, short);
  for (const { key } of post.media.slice(0, 1)) {
    const url = `https://t.co/${token(key)}`;
    urls.push({ start: 0, end: 23, url, expanded_url: `https://x.com/${post.author.username}/status/${version.id}/photo/1`, display_url: 'pic.x.com/x', media_key: key });
    text += ` ${url}`;
  }
  const mentions = [...version.text.matchAll(/(?<![\w@])@(\w{1,15})/gu)].map(([whole, username], index) => ({ start: index, end: index + whole.length, username, id: '1' }));
  const entities = { ...(urls.length === 0 ? {} : { urls }), ...(mentions.length === 0 ? {} : { mentions }) };
  const long = [...text].length > 280;
  const references = [
    ...(post.repliedTo === undefined ? [] : [{ type: 'replied_to', id: post.repliedTo }]),
    ...(post.quoted === undefined ? [] : [{ type: 'quoted', id: post.quoted }]),
    ...(post.retweeted === undefined ? [] : [{ type: 'retweeted', id: post.retweeted }]),
  ];
  const all: Record<string, unknown> = {
    created_at: new Date(Math.floor(version.at / 1000) * 1000).toISOString(),
    author_id: post.author.id,
    conversation_id: post.conversation,
    lang: post.lang,
    ...(Object.keys(entities).length === 0 ? {} : { entities }),
    ...(post.media.length === 0 ? {} : { attachments: { media_keys: post.media.map(({ key }) => key) } }),
    ...(references.length === 0 ? {} : { [`referenced_${dialect}s`]: references }),
    ...(long ? { [`note_${dialect}`]: { text: escape(text), entities } } : {}),
    ...(post.withheldIn.length === 0 ? {} : { withheld: { copyright: false, country_codes: post.withheldIn, scope: dialect } }),
  };
  const asked = Object.entries(all).filter(([name]) => fields.has(name.replace('_posts', '_tweets').replace('note_post', 'note_tweet')));
  const shown = long ? `${[...text].slice(0, 260).join('')}…` : text;
  return { id: version.id, text: escape(shown), [`edit_history_${dialect}_ids`]: post.versions.map(({ id }) => id), ...Object.fromEntries(asked) };
}

/** An answer with posts: each in the version that is given, with what was asked to come beside them. */
export function renderPosts(world: XWorld, chosen: readonly (readonly [XPost, XVersion])[], query: URLSearchParams, dialect: XDialect): { data?: unknown[]; includes?: Record<string, unknown[]> } {
  if (chosen.length === 0) return {};
  const fields = list(query.get('tweet.fields') ?? query.get('post.fields'));
  const expansions = list(query.get('expansions'));
  const beside = new Map<string, readonly [XPost, XVersion]>();
  for (const [post] of chosen) {
    if (expansions.has('referenced_tweets.id')) {
      for (const id of [post.repliedTo, post.quoted]) {
        const other = id === undefined ? undefined : world.find(id);
        if (id !== undefined && other && world.shows(other)) beside.set(id, [other, other.versions.find((version) => version.id === id)!]);
      }
    }
    if (expansions.has('edit_history_tweet_ids')) for (const version of post.versions) beside.set(version.id, [post, version]);
  }
  for (const [, version] of chosen) beside.delete(version.id);
  const others = [...beside.values()];
  const authors = [...(expansions.has('author_id') ? chosen : []), ...(expansions.has('referenced_tweets.id.author_id') ? others : [])];
  const userFields = list(query.get('user.fields'));
  const users = [...new Set(authors.map(([post]) => post.author))].map((user) => ({ id: user.id, username: user.username, name: user.name, ...(userFields.has('protected') ? { protected: user.protected } : {}) }));
  const mediaFields = list(query.get('media.fields'));
  const media = expansions.has('attachments.media_keys') ? chosen.flatMap(([post]) => post.media).map((item) => ({
    media_key: item.key, type: item.type,
    ...(item.type === 'photo' && mediaFields.has('url') ? { url: item.url } : {}),
    ...(item.type === 'video' && mediaFields.has('variants') ? { variants: [{ content_type: 'application/x-mpegURL', url: `${item.url}.m3u8` }, { content_type: 'video/mp4', bit_rate: 832_000, url: item.url }] } : {}),
    ...(item.alt !== null && mediaFields.has('alt_text') ? { alt_text: item.alt } : {}),
  })) : [];
  const includes = {
    ...(users.length === 0 ? {} : { users }), ...(media.length === 0 ? {} : { media }),
    ...(others.length === 0 ? {} : { [`${dialect}s`]: others.map(([post, version]) => renderPost(post, version, fields, dialect)) }),
  };
  return { data: chosen.map(([post, version]) => renderPost(post, version, fields, dialect)), ...(Object.keys(includes).length === 0 ? {} : { includes }) };
}

export function newestOf(post: XPost): readonly [XPost, XVersion] {
  return [post, newest(post)];
}
