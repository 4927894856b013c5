import { type Author, type IncomingPost, type Media } from '../../core/mention';
import { cleanText } from '../cleanText';
import { type MediaEntity, type PostEntity, type UserEntity } from './entities';
import { textOf } from './postText';
import { compareIds, timeOfId } from './snowflake';

/** What came beside the posts of an answer, and what is known of us. */
export interface PostContext {
  readonly ownId: string;
  /** Where people read posts: https://x.com, or a server on this machine. */
  readonly webOrigin: string;
  readonly users: ReadonlyMap<string, UserEntity>;
  readonly media: ReadonlyMap<string, MediaEntity>;
  /** First version by the id of any version, as far as known. */
  readonly chains: ReadonlyMap<string, string>;
}

/** Edits end an hour after the first version at the latest. */
const longestEditing = 2 * 3_600_000;

/** The id under which the desk knows a post: that of its first version. */
export function firstVersion(post: PostEntity): string {
  return post.history[0] ?? post.id;
}

export function newestVersion(post: PostEntity): string {
  return post.history.reduce((newest, id) => (compareIds(id, newest) > 0 ? id : newest), post.id);
}

/** First versions by the ids of all versions of these posts. */
export function chainsOf(posts: Iterable<PostEntity>): Map<string, string> {
  const chains = new Map<string, string>();
  for (const post of posts) for (const id of post.history) chains.set(id, firstVersion(post));
  return chains;
}

/** Of several versions of one post, the newest that was sent; in the order of first meeting. */
export function newestVersions(posts: Iterable<PostEntity>): readonly PostEntity[] {
  const newest = new Map<string, PostEntity>();
  for (const post of posts) {
    const known = newest.get(firstVersion(post));
    if (known === undefined || compareIds(post.id, known.id) > 0) newest.set(firstVersion(post), post);
  }
  return [...newest.values()];
}

/** undefined = it has no author, or no time at all and cannot be put in order. */
export function toPost(post: PostEntity, context: PostContext): IncomingPost | undefined {
  const declared = timeOf(post.created_at);
  const first = firstVersion(post);
  const postedAt = postedAtOf(first, declared);
  const authorId = post.author_id;
  if (postedAt === undefined || !authorId) return undefined;
  const user = context.users.get(authorId);
  const reference = (type: string): string | undefined => {
    const found = post.references.find((each) => each.type === type)?.id;
    return found === undefined ? undefined : (context.chains.get(found) ?? found);
  };
  const countries = [...(post.withheld?.country_codes ?? [])];
  const handles = (post.note?.entities ?? post.entities)?.mentions.map(({ username }) => cleanText(username).replace(/^@/u, '')).filter((handle) => handle !== '') ?? [];
  return {
    externalId: first,
    versionId: newestVersion(post),
    author: authorOf(authorId, user, context.webOrigin),
    text: textOf(post),
    language: languageOf(post.lang),
    postedAt,
    editedAt: post.id === first ? undefined : (timeOfId(post.id) ?? declared),
    parentId: reference('replied_to'),
    quotedId: reference('quoted'),
    rootId: post.conversation_id ? (context.chains.get(post.conversation_id) ?? post.conversation_id) : undefined,
    url: `${context.webOrigin}/${user?.username ?? 'i/web'}/status/${newestVersion(post)}`,
    visibility: user?.protected ? 'private' : 'public',
    media: mediaOf(post, context.media),
    mentions: [...new Set(handles)],
    own: authorId === context.ownId,
    ...(countries.length === 0 ? {} : { withheldIn: countries }),
  };
}

/** The id of the first version tells it to the millisecond, `created_at` (of the version that was sent) to the second. */
function postedAtOf(first: string, declared: number | undefined): number | undefined {
  const given = timeOfId(first);
  if (given === undefined || declared === undefined) return declared ?? given;
  return declared - given < longestEditing && given - declared < 1_000 ? given : declared;
}

/** An account of which nothing more was sent (suspended, or left out) is known by its id. */
function authorOf(id: string, user: UserEntity | undefined, webOrigin: string): Author {
  if (user === undefined) return { id, handle: id, name: id };
  const handle = cleanText(user.username).replace(/\s+/gu, '');
  return { id, handle, name: cleanText(user.name ?? '').trim() || handle, url: `${webOrigin}/${encodeURIComponent(handle)}` };
}

const mediaTypes: Readonly<Record<string, Media['type']>> = { photo: 'image', video: 'video', animated_gif: 'video' };

function mediaOf(post: PostEntity, known: ReadonlyMap<string, MediaEntity>): readonly Media[] {
  return (post.attachments?.media_keys ?? []).flatMap((key): readonly Media[] => {
    const item = known.get(key);
    const url = item && [item.url, bestVariant(item), item.preview_image_url].find((candidate) => candidate && /^https?:\/\//iu.test(candidate) && URL.canParse(candidate));
    if (!item || !url) return [];
    const alt = cleanText(item.alt_text ?? '').trim();
    return [{ type: mediaTypes[item.type ?? ''] ?? 'other', url, alt: alt === '' ? undefined : alt }];
  });
}

/** The smallest film that a browser plays. */
function bestVariant(item: MediaEntity): string | undefined {
  const films = item.variants.filter((variant) => variant.content_type === 'video/mp4' && variant.url);
  return films.sort((left, right) => (left.bit_rate ?? 0) - (right.bit_rate ?? 0))[0]?.url ?? undefined;
}

export function timeOf(text: string | null | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** X has codes of its own for what is no language: und, zxx, art, qam (mentions only), qct, qht, qme, qst. */
function languageOf(text: string | null | undefined): string | undefined {
  return text && /^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/iu.test(text) && !/^(?:und|zxx|art|q[a-z]{2})$/iu.test(text) ? text : undefined;
}
