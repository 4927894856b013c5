import { type Author, type IncomingPost, type Media } from '../../core/mention';
import { cleanText } from '../cleanText';
import { profileUrl, shownHandle } from './account';
import { type PostRecord, type PostView, type RecordEntity } from './entities';
import { namedHandles, plainText } from './plainText';

export function timeOf(text: string | null | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** The account that an `at://` address belongs to. */
export function didOf(uri: string): string {
  return /^at:\/\/([^/]+)/u.exec(uri)?.[1] ?? '';
}

export function recordKeyOf(uri: string): string {
  return uri.split('/').at(-1) ?? '';
}

export function isPost(uri: string | null | undefined): uri is string {
  return /^at:\/\/[^/]+\/app\.bsky\.feed\.post\/[^/]+$/u.test(uri ?? '');
}

/** By the DID, which stays when the handle changes. */
export function postUrl(uri: string): string {
  return `${profileUrl(didOf(uri))}/post/${recordKeyOf(uri)}`;
}

/** The post that is quoted; other things can be embedded in the same way (feeds, lists). */
export function quotedPost(record: PostRecord): string | undefined {
  const inner = record.embed?.record;
  return [inner?.uri, inner?.record?.uri].find((uri) => isPost(uri)) ?? undefined;
}

/** Labels by which the author or a moderator warns of a post; those with `!` are orders to apps. */
function warningOf(view: PostView): string | undefined {
  const labels = view.labels.filter(({ val, neg }) => neg !== true && (!val.startsWith('!') || val === '!warn')).map(({ val }) => cleanText(val).replace(/^!/u, ''));
  return labels.length === 0 ? undefined : [...new Set(labels)].join(', ').slice(0, 300);
}

function webUrl(...candidates: readonly (string | null | undefined)[]): string | undefined {
  return candidates.find((url) => typeof url === 'string' && /^https?:\/\//iu.test(url) && URL.canParse(url)) ?? undefined;
}

function mediaOf(view: PostView): readonly Media[] {
  const embed = view.embed?.media ?? view.embed;
  if (!embed) return [];
  const media = (type: Media['type'], url: string | undefined, alt: string | null | undefined): readonly Media[] => {
    const words = cleanText(alt ?? '').trim();
    return url === undefined ? [] : [{ type, url, alt: words === '' ? undefined : words }];
  };
  return [
    ...[...embed.images, ...embed.items].flatMap((image) => media('image', webUrl(image.fullsize, image.thumb), image.alt)),
    ...media('video', webUrl(embed.playlist), embed.alt),
  ];
}

function authorOf({ author }: PostView): Author {
  const handle = cleanText(shownHandle(author.handle, author.did)).replace(/\s+/gu, '');
  return { id: author.did, handle, name: cleanText(author.displayName ?? '').trim() || handle, url: profileUrl(author.did) };
}

function languageOf(record: PostRecord): string | undefined {
  const [language] = record.langs;
  return language !== undefined && /^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/iu.test(language) && language !== 'und' ? language : undefined;
}

/** What stands in the record itself. */
function ofRecord(uri: string, record: PostRecord): Pick<IncomingPost, 'externalId' | 'language' | 'parentId' | 'rootId' | 'quotedId' | 'url' | 'visibility' | 'mentions'> {
  return {
    externalId: uri,
    language: languageOf(record),
    parentId: record.reply?.parent.uri,
    rootId: record.reply?.root.uri,
    quotedId: quotedPost(record),
    url: postUrl(uri),
    visibility: 'public',
    mentions: namedHandles(record),
  };
}

/**
 * A post as the AppView shows it. `createdAt` is what the author's software declared, and may be any time; the network's own is `indexedAt` of the post
 * (not that of its notification). Our own posts are ours to date: their record says when. undefined = it has no time at all.
 */
export function toPost(view: PostView, ownId: string): IncomingPost | undefined {
  const own = view.author.did === ownId;
  const indexed = timeOf(view.indexedAt);
  const declared = timeOf(view.record.createdAt);
  const postedAt = own ? (declared ?? indexed) : (indexed ?? declared);
  if (postedAt === undefined) return undefined;
  const embed = view.embed?.media ?? view.embed;
  return {
    ...ofRecord(view.uri, view.record),
    versionId: view.cid,
    author: authorOf(view),
    text: plainText(view.record, webUrl(embed?.external?.uri)),
    postedAt,
    declaredAt: own || declared === postedAt ? undefined : declared,
    media: mediaOf(view),
    own,
    warning: warningOf(view),
  };
}

/** A post of ours as it stands in our own repository. undefined = it has no time. */
export function ownPost(entity: RecordEntity, own: Author): IncomingPost | undefined {
  const postedAt = timeOf(entity.value.createdAt);
  if (postedAt === undefined) return undefined;
  return { ...ofRecord(entity.uri, entity.value), versionId: entity.cid ?? undefined, author: own, text: plainText(entity.value), postedAt, media: [], own: true };
}
