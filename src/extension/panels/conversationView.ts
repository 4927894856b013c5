import { isNetworkChannel } from '../../core/config';
import { type IncomingPost, type Mention, type Reply } from '../../core/mention';
import { type Desk, type ReplyContext } from '../../desk/deskApi';
import { toBeGiven } from '../../desk/givenByHand';
import { givenStateWords, handleWords, nameWords, replyStateWords, timeWords } from '../../desk/words';
import { type PostView, type ReplyView } from '../../protocol/replyPanel';
import { isSafeLink } from '../safeLink';
import { visibleText } from '../safeText';

/**
 * The conversation as it happened: what the network shows joined with what the desk has stored (answers that were withdrawn or are on their way,
 * posts that were deleted there), each post once, in the order of time.
 */
export function conversationView(desk: Desk, mention: Mention, context: ReplyContext | undefined, now: number): readonly PostView[] {
  const stored = [...desk.inbox.conversation(mention)];
  if (!stored.some(({ id }) => id === mention.id)) stored.push(mention);
  const replies = stored.flatMap((other) => other.replies);
  const byPost = new Map(stored.map((other) => [other.post.externalId, other]));
  const replyByPost = new Map(replies.flatMap((reply) => (reply.externalId === undefined ? [] : [[reply.externalId, reply] as const])));
  const seen = new Set<string>();
  const views: PostView[] = [];
  const words = (at: number): string => timeWords(at, now, desk.config.institution.timeZone, desk.language);

  for (const post of context?.thread?.posts ?? []) {
    if (seen.has(post.externalId)) continue;
    seen.add(post.externalId);
    const reply = replyByPost.get(post.externalId);
    const known = byPost.get(post.externalId);
    views.push(postView(known === undefined ? post : newer(known.post, post), { mentionId: known?.id, focused: known?.id === mention.id, deleted: false, words, reply, canDelete: context?.capabilities.delete ?? false, language: known?.language }));
  }
  for (const other of stored) {
    if (seen.has(other.post.externalId)) continue;
    views.push(postView(other.post, { mentionId: other.id, focused: other.id === mention.id, deleted: other.deletedAt !== undefined, words, reply: undefined, canDelete: false, language: other.language }));
  }
  const institution = desk.config.institution.name;
  const given = toBeGiven(mention);
  const own = desk.config.channels.find(({ id }) => id === mention.channel);
  const account = own !== undefined && isNetworkChannel(own) ? own.account : '';
  for (const reply of replies) {
    if (reply.externalId !== undefined && seen.has(reply.externalId)) continue;
    if (reply.state === 'failed') continue;
    // Its words stand beside the question whether it was given.
    if (reply === given) continue;
    const at = reply.sentAt ?? reply.intendedAt;
    views.push({
      id: reply.id,
      author: institution,
      handle: account === '' ? '' : `@${account}`,
      own: true,
      text: visibleText(reply.text),
      at,
      atWords: words(at),
      language: reply.language,
      focused: false,
      deleted: reply.state === 'withdrawn',
      edited: false,
      media: [],
      url: safeUrl(reply.url),
      reply: replyView(reply, context?.capabilities.delete ?? false),
    });
  }
  return views.sort((one, other) => one.at - other.at);
}

interface PostFrame {
  /** Stored at the desk as this mention. */
  readonly mentionId: string | undefined;
  readonly focused: boolean;
  readonly deleted: boolean;
  readonly words: (at: number) => string;
  readonly reply: Reply | undefined;
  readonly canDelete: boolean;
  readonly language: string | undefined;
}

function postView(post: IncomingPost, frame: PostFrame): PostView {
  return {
    id: post.externalId,
    author: visibleText(nameWords(post.author)),
    handle: visibleText(post.author.name === '' && post.author.plain === true ? '' : handleWords(post.author)),
    own: post.own,
    // The stored text as it is: the offsets of the sentiment's words count in it.
    text: post.text,
    at: post.postedAt,
    atWords: frame.words(post.postedAt),
    language: post.language ?? frame.language,
    focused: frame.focused,
    deleted: frame.deleted || frame.reply?.state === 'withdrawn',
    edited: post.editedAt !== undefined,
    media: post.media.map(({ type, alt, url }, index) => ({ kind: type, alt: alt ?? '', show: type === 'image' && frame.mentionId !== undefined ? { mentionId: frame.mentionId, index } : undefined, url: safeUrl(url) })),
    url: safeUrl(post.url),
    ...(frame.reply === undefined ? {} : { reply: replyView(frame.reply, frame.canDelete) }),
  };
}

function replyView(reply: Reply, canDelete: boolean): ReplyView {
  return { id: reply.id, state: reply.state, stateWords: reply.byHand === true ? givenStateWords(reply.state) : replyStateWords(reply.state), canWithdraw: canDelete && reply.state === 'sent' };
}

function newer(stored: IncomingPost, shown: IncomingPost): IncomingPost {
  return (shown.editedAt ?? 0) > (stored.editedAt ?? 0) ? shown : stored;
}

/** undefined = no link, or one that is never opened. */
function safeUrl(url: string | undefined): string | undefined {
  return url !== undefined && isSafeLink(url) ? url : undefined;
}
