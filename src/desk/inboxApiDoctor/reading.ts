import * as l10n from '@vscode/l10n';
import { MomentosError } from '../../core/errors';
import { type Probed } from '../../channels/inboxApi/probe';
import { misfits, strictAccount, strictCapabilities, strictChange, strictConversation, strictError, strictLimits, strictMessage, strictPage } from '../../channels/inboxApi/strictShapes';
import { type CheckRun } from './checkRun';

/** What reading has brought to light and writing needs. */
export interface ReadingResult {
  readonly capabilities: Readonly<Record<'reply' | 'thread' | 'delete', boolean>>;
  /** undefined = not told. */
  readonly maxLength: number | undefined;
}

interface FeedItem {
  readonly externalId: string;
  readonly change: string;
  readonly conversationId?: string;
  readonly text?: string;
}

interface Page {
  readonly items: readonly FeedItem[];
  readonly nextCursor: string;
  readonly hasMore: boolean;
}

const feedPath = '/v1/mentions';
/** 20 pages of 100: enough to see whether a feed ends, and no burden. */
const mostPages = 20;
const smallPage = 2;
const smallPages = 4;
const unknownId = 'momentos-doctor-no-such-id';

/** An expected status, or what came in its place. */
export function statusSeen({ status, json }: Probed, ...expected: readonly number[]): string | undefined {
  if (!expected.includes(status)) return l10n.t('status {0}', status);
  return json === undefined && status !== 204 ? l10n.t('status {0} without JSON', status) : undefined;
}

/** The places that differ, as words. */
export function placesSeen(places: readonly string[]): string | undefined {
  if (places.length === 0) return undefined;
  return l10n.t('missing or wrong: {0}', places.slice(0, 5).join(', ') + (places.length > 5 ? '…' : ''));
}

/** All points that need no writing. Errors: `network.unauthorized` when the token is not taken, `network.*` when nobody answers. */
export async function checkReading(run: CheckRun): Promise<ReadingResult> {
  const answer = await run.probe.get('/v1/account', {}, 'given', run.signal);
  if (answer.status === 401) throw new MomentosError('network.unauthorized', { status: 401 });
  if (!run.point('answers', statusSeen(answer, 200))) return { capabilities: { reply: false, thread: false, delete: false }, maxLength: undefined };
  run.point('account', placesSeen(misfits(strictAccount, answer.json)));
  run.point('limits', placesSeen(misfits(strictLimits, answer.json)));
  run.point('capabilities', placesSeen(misfits(strictCapabilities, answer.json)));
  await checkTokens(run);
  const told = answer.json as { readonly capabilities?: Partial<Record<string, unknown>>; readonly limits?: { readonly reply?: { readonly maxLength?: unknown } } };
  const can = (name: string): boolean => told.capabilities?.[name] === true;
  const maxLength = told.limits?.reply?.maxLength;
  await checkFeed(run, can('thread'));
  return { capabilities: { reply: can('reply'), thread: can('thread'), delete: can('delete') }, maxLength: typeof maxLength === 'number' && maxLength > 0 ? maxLength : undefined };
}

async function checkTokens(run: CheckRun): Promise<void> {
  const none = await run.probe.get('/v1/account', {}, 'none', run.signal);
  run.point('noToken', none.status === 401 ? undefined : l10n.t('status {0}', none.status));
  const wrong = await run.probe.get('/v1/account', {}, 'wrong', run.signal);
  run.point('wrongToken', wrong.status === 401 ? undefined : l10n.t('status {0}', wrong.status));
  const refused = [none, wrong, await run.probe.get(`${feedPath}/${unknownId}`, {}, 'given', run.signal)].filter(({ status }) => status >= 400);
  if (refused.length === 0) run.skipped('errorShape', l10n.t('nothing was refused'));
  else run.point('errorShape', placesSeen([...new Set(refused.flatMap(({ json }) => misfits(strictError, json)))]));
}

async function page(run: CheckRun, query: Readonly<Record<string, string>>): Promise<Page | string> {
  const answer = await run.probe.get(feedPath, query, 'given', run.signal);
  return statusSeen(answer, 200) ?? placesSeen(misfits(strictPage, answer.json)) ?? (answer.json as Page);
}

async function checkFeed(run: CheckRun, thread: boolean): Promise<void> {
  const walk = await walkThrough(run);
  if (typeof walk === 'string') {
    run.failed('feed', walk);
    for (const code of ['items', 'limit', 'paging', 'repeat', 'end', 'unknownCursor', 'message', 'unknownMessage', 'conversation', 'unknownConversation'] as const) run.skipped(code, l10n.t('the feed cannot be read'));
    return;
  }
  run.ok('feed');
  const { items, first, stuck, ended } = walk;
  if (items.length === 0) for (const code of ['items', 'limit', 'paging', 'repeat'] as const) run.skipped(code, l10n.t('the feed is empty'));
  else {
    run.point('items', placesSeen(items.flatMap((item, index) => misfits(strictChange, item).map((place) => `items[${String(index)}].${place}`))));
    await checkPaging(run, items, first, stuck);
  }
  await checkEnd(run, walk.last, stuck, ended);
  const odd = await run.probe.get(feedPath, { since: 'momentos-doctor-no-such-cursor' }, 'given', run.signal);
  const code = (odd.json as { readonly error?: { readonly code?: unknown } } | undefined)?.error?.code;
  run.point('unknownCursor', odd.status !== 400 ? l10n.t('status {0}', odd.status) : code === 'cursor_unknown' ? undefined : l10n.t('status {0}, another code', 400));
  await checkMessages(run, items, thread);
}

interface Walk {
  readonly items: readonly FeedItem[];
  /** Cursor after the first page. */
  readonly first: string;
  readonly last: string;
  /** The cursor came again while there was said to be more. */
  readonly stuck: boolean;
  readonly ended: boolean;
}

/** From the start to the end, in large pages. A text = what is wrong with a page. */
async function walkThrough(run: CheckRun): Promise<Walk | string> {
  const items: FeedItem[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  let first: string | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const read: Page | string = await page(run, { limit: '100', ...(cursor === undefined ? {} : { since: cursor }) });
    if (typeof read === 'string') return read;
    items.push(...read.items);
    first ??= read.nextCursor;
    const stuck = seen.has(read.nextCursor) && (read.hasMore || read.items.length > 0);
    seen.add(read.nextCursor);
    cursor = read.nextCursor;
    if (stuck || !read.hasMore) return { items, first, last: cursor, stuck, ended: !stuck };
  }
  return { items, first: first ?? '', last: cursor ?? '', stuck: false, ended: false };
}

const idsOf = (items: readonly FeedItem[]): string => items.map(({ externalId }) => externalId).join(' ');

async function checkPaging(run: CheckRun, items: readonly FeedItem[], first: string, stuckBefore: boolean): Promise<void> {
  const small: FeedItem[] = [];
  const cursors: string[] = [];
  let wrong: string | undefined;
  let most = 0;
  let cursor: string | undefined;
  for (let count = 0; count < smallPages && wrong === undefined; count += 1) {
    const read: Page | string = await page(run, { limit: String(smallPage), ...(cursor === undefined ? {} : { since: cursor }) });
    if (typeof read === 'string') {
      wrong = read;
      break;
    }
    most = Math.max(most, read.items.length);
    if (cursors.includes(read.nextCursor) && (read.hasMore || read.items.length > 0)) wrong = l10n.t('the cursor does not move');
    small.push(...read.items);
    cursors.push(read.nextCursor);
    cursor = read.nextCursor;
    if (!read.hasMore) break;
  }
  run.point('limit', most > smallPage ? l10n.t('{0} items where {1} were asked for', most, smallPage) : undefined);
  if (stuckBefore) wrong ??= l10n.t('the cursor does not move');
  run.point('paging', wrong ?? (idsOf(small) === idsOf(items.slice(0, small.length)) ? undefined : l10n.t('other items, or in another order')));
  const once = await page(run, { since: first });
  const twice = await page(run, { since: first });
  const same = typeof once === 'object' && typeof twice === 'object' && idsOf(twice.items).startsWith(idsOf(once.items)) && (once.items.length > 0 || once.nextCursor === twice.nextCursor);
  run.point('repeat', same ? undefined : l10n.t('other items, or in another order'));
}

async function checkEnd(run: CheckRun, last: string, stuck: boolean, ended: boolean): Promise<void> {
  if (stuck) {
    run.failed('end', l10n.t('the cursor does not move'));
    return;
  }
  if (!ended) {
    run.skipped('end', l10n.t('the feed is longer than {0} items', mostPages * 100));
    return;
  }
  let read = await page(run, { since: last });
  // Something may have come in meanwhile.
  if (typeof read === 'object' && read.items.length > 0 && read.nextCursor !== last) read = await page(run, { since: read.nextCursor });
  run.point('end', typeof read === 'string' ? read : read.items.length > 0 ? l10n.t('items after the end') : read.hasMore ? 'hasMore: true' : undefined);
}

async function checkMessages(run: CheckRun, items: readonly FeedItem[], thread: boolean): Promise<void> {
  const gone = new Set(items.filter(({ change }) => change === 'deleted').map(({ externalId }) => externalId));
  const sample = items.findLast(({ externalId, change }) => typeof externalId === 'string' && change !== 'deleted' && !gone.has(externalId));
  if (sample === undefined) run.skipped('message', l10n.t('the feed is empty'));
  else {
    const answer = await run.probe.get(`${feedPath}/${encodeURIComponent(sample.externalId)}`, {}, 'given', run.signal);
    const read = answer.json as Partial<FeedItem> | undefined;
    const differs = read?.externalId !== sample.externalId || read.text !== sample.text || read.conversationId !== sample.conversationId;
    run.point('message', statusSeen(answer, 200) ?? placesSeen(misfits(strictMessage, answer.json)) ?? (differs ? l10n.t('it reads otherwise than in the feed') : undefined));
  }
  const unknown = await run.probe.get(`${feedPath}/${unknownId}`, {}, 'given', run.signal);
  run.point('unknownMessage', unknown.status === 404 ? undefined : l10n.t('status {0}', unknown.status));
  if (!thread) {
    for (const code of ['conversation', 'unknownConversation'] as const) run.skipped(code, l10n.t('the server does not declare {0}', 'thread'));
    return;
  }
  if (sample?.conversationId === undefined) run.skipped('conversation', l10n.t('the feed is empty'));
  else run.point('conversation', await conversationSeen(run, sample.conversationId, sample.externalId));
  const none = await run.probe.get(`/v1/conversations/${unknownId}`, {}, 'given', run.signal);
  run.point('unknownConversation', none.status === 404 ? undefined : l10n.t('status {0}', none.status));
}

async function conversationSeen(run: CheckRun, conversationId: string, externalId: string): Promise<string | undefined> {
  const answer = await run.probe.get(`/v1/conversations/${encodeURIComponent(conversationId)}`, {}, 'given', run.signal);
  const wrong = statusSeen(answer, 200) ?? placesSeen(misfits(strictConversation, answer.json));
  if (wrong !== undefined) return wrong;
  const { items } = answer.json as { readonly items: readonly { readonly externalId: string; readonly createdAt: string }[] };
  if (!items.some((item) => item.externalId === externalId)) return l10n.t('the message itself is not in it');
  const times = items.map(({ createdAt }) => Date.parse(createdAt));
  return times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0)) ? undefined : l10n.t('not in the order of time');
}
