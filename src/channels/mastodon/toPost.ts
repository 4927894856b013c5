import { type Author, type IncomingPost, type Media, type Visibility, visibilities } from '../../core/mention';
import { cleanText } from '../cleanText';
import { type AccountEntity, type StatusEntity } from './entities';
import { htmlToPlainText } from './plainText';

/** `user@host` or `user`, lower case, without a leading `@`. */
export function plainHandle(handle: string): string {
  return handle.trim().replace(/^@/u, '').toLowerCase();
}

export function handleOf(account: AccountEntity): string {
  return cleanText(account.acct || account.username || account.id).replace(/^@/u, '').replace(/\s+/gu, '');
}

function author(account: AccountEntity): Author {
  const handle = handleOf(account);
  return { id: account.id, handle, name: cleanText(account.display_name ?? '').trim() || handle, url: webUrl(account.url) };
}

/** Only web addresses; a server may send anything here. */
function webUrl(...candidates: readonly (string | null | undefined)[]): string | undefined {
  return candidates.find((url) => typeof url === 'string' && /^https?:\/\//iu.test(url) && URL.canParse(url)) ?? undefined;
}

export function timeOf(text: string | null | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Visibilities that we do not know (mutuals, lists, local only) are answered in the narrowest way: nothing may get out that was meant for few. */
function visibilityOf(text: string | null | undefined): Visibility {
  return visibilities.find((known) => known === text) ?? 'direct';
}

const mediaTypes: Readonly<Record<string, Media['type']>> = { image: 'image', gifv: 'video', video: 'video', audio: 'audio' };

function media(status: StatusEntity): readonly Media[] {
  return status.media_attachments.flatMap((item): readonly Media[] => {
    const url = webUrl(item.url, item.remote_url, item.preview_url);
    if (url === undefined) return [];
    const alt = cleanText(item.description ?? '').trim();
    return [{ type: mediaTypes[item.type ?? ''] ?? 'other', url, alt: alt === '' ? undefined : alt }];
  });
}

/** Differences below this are the server's own working time, not another clock. */
const sameTime = 1_000;

/**
 * When it was posted. The `created_at` of a status that came from another server is what that server declared, and may lie in either direction; the
 * `created_at` of its notification is when our server had it. So that one counts for remote authors, and the declared time is kept beside it.
 * For an author of our own server the status has the server's time already. undefined = neither is told.
 */
function times(status: StatusEntity, notifiedAt: number | undefined): { readonly postedAt: number | undefined; readonly declaredAt?: number } {
  const declared = timeOf(status.created_at);
  const remote = handleOf(status.account).includes('@');
  if (notifiedAt === undefined || declared === undefined) return { postedAt: declared ?? notifiedAt };
  return remote && Math.abs(notifiedAt - declared) >= sameTime ? { postedAt: notifiedAt, declaredAt: declared } : { postedAt: declared };
}

export interface PostContext {
  /** Our own account id there. */
  readonly ownId: string;
  /** `created_at` of the notification that brought it, UTC ms. */
  readonly notifiedAt?: number | undefined;
  /** First post of the conversation, where it has been read. */
  readonly rootId?: string | undefined;
}

/** undefined = it has no time at all and cannot be put in order. */
export function toPost(status: StatusEntity, context: PostContext): IncomingPost | undefined {
  const { postedAt, declaredAt } = times(status, context.notifiedAt);
  if (postedAt === undefined) return undefined;
  const warning = cleanText(status.spoiler_text ?? '').trim();
  const handles = status.mentions.map((mention) => cleanText(mention.acct || mention.username || '').replace(/^@/u, '')).filter((handle) => handle !== '');
  return {
    externalId: status.id,
    author: author(status.account),
    text: htmlToPlainText(status.content ?? ''),
    language: languageOf(status.language),
    postedAt,
    declaredAt,
    editedAt: timeOf(status.edited_at),
    parentId: status.in_reply_to_id ?? undefined,
    rootId: context.rootId,
    url: webUrl(status.url, status.uri),
    visibility: visibilityOf(status.visibility),
    media: media(status),
    mentions: [...new Set(handles)],
    own: status.account.id === context.ownId,
    warning: warning === '' ? undefined : warning,
  };
}

function languageOf(text: string | null | undefined): string | undefined {
  return text && /^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/iu.test(text) && text !== 'und' ? text : undefined;
}
