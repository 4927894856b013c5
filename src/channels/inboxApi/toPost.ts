import { type Author, type IncomingPost, type Media, type Visibility } from '../../core/mention';
import { cleanText } from '../cleanText';
import { type MessageEntity } from './entities';

/** In UTF-16 code units; what is longer is cut. */
const longestText = 40_000;
const longestName = 200;

/** Only web addresses; a server may send anything here. */
export function webUrl(url: string | null | undefined): string | undefined {
  return typeof url === 'string' && /^https?:\/\//iu.test(url) && URL.canParse(url) ? url : undefined;
}

/** UTC ms; undefined = no time that can be read. */
export function timeOf(text: string | null | undefined): number | undefined {
  const time = typeof text === 'string' && /^\d{4}-/u.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

export function oneLine(text: string | null | undefined): string {
  return cleanText(text ?? '').replace(/\s+/gu, ' ').trim().slice(0, longestName);
}

function author(message: MessageEntity): Author {
  const { id = '', handle, name, url } = message.author ?? {};
  const known = oneLine(handle).replace(/^@/u, '') || oneLine(name) || id;
  return { id: id || 'unknown', handle: known, name: oneLine(name) || known, url: webUrl(url) };
}

/** Only `public` is public: what we do not know is for few. */
function visibilityOf(text: string | null | undefined): Visibility {
  return text === 'public' ? 'public' : 'direct';
}

const mediaTypes: Readonly<Record<string, Media['type']>> = { image: 'image', video: 'video', audio: 'audio' };

function media(message: MessageEntity): readonly Media[] {
  return (message.media ?? []).flatMap((item): readonly Media[] => {
    const url = webUrl(item?.url);
    if (url === undefined) return [];
    const alt = cleanText(item?.alt ?? '').trim();
    return [{ type: mediaTypes[item?.type ?? ''] ?? 'other', url, alt: alt === '' ? undefined : alt }];
  });
}

function plain(text: string | null | undefined): string {
  const clean = cleanText((text ?? '').slice(0, longestText + 1)).trim();
  return clean.length <= longestText ? clean : `${cleanText(clean.slice(0, longestText - 1))}…`;
}

/** A message as the desk stores it. `ownId`: our account there; `now` (UTC ms) stands in for a time that is missing. */
export function toPost(message: MessageEntity, ownId: string, now: number): IncomingPost {
  const updatedAt = timeOf(message.updatedAt);
  const postedAt = timeOf(message.createdAt) ?? updatedAt ?? now;
  const declaredAt = timeOf(message.declaredAt);
  return {
    externalId: message.externalId,
    author: author(message),
    text: plain(message.text),
    language: languageOf(message.lang),
    postedAt,
    declaredAt: declaredAt === postedAt ? undefined : declaredAt,
    editedAt: updatedAt === undefined || updatedAt <= postedAt ? undefined : updatedAt,
    parentId: message.inReplyTo ?? undefined,
    conversationId: message.conversationId ?? undefined,
    url: webUrl(message.url),
    visibility: visibilityOf(message.visibility),
    media: media(message),
    mentions: [],
    own: message.own === true || message.author?.id === ownId,
  };
}

function languageOf(text: string | null | undefined): string | undefined {
  return text && /^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/iu.test(text) && text !== 'und' ? text : undefined;
}
