import * as v from 'valibot';
import { type Logger } from '../../core/clock';
import { isMomentosError, MomentosError } from '../../core/errors';
import {
  type NotificationEntity, notificationSchema, notificationsSchema, type PostView, postsSchema, postViewSchema, type RecordEntity, recordSchema, recordsSchema, resolvedSchema, threadSchema,
  uriSchema, type WhoEntity, whoSchema, type WrittenEntity, writtenSchema,
} from './entities';
import { parseAnswer } from '../parseAnswer';
import { type BlueskySession } from './session';
import { isXrpcError } from './xrpcNames';

/** The most that one page holds (lexicons). */
const pageSize = '100';
const urisPerRead = 25;

export const postCollection = 'app.bsky.feed.post';

/** Reasons of a notification that bring a citizen's post. */
const wantedReasons = ['mention', 'reply', 'quote'];

export interface NotificationPage {
  /** As the server orders them: newest first. */
  readonly items: readonly NotificationEntity[];
  /** undefined = there is no more. A page may be short or empty and have one. */
  readonly cursor: string | undefined;
}

export interface RecordPage {
  readonly records: readonly RecordEntity[];
  readonly cursor: string | undefined;
}

/** Our account's own repository and what the AppView shows it, each answer parsed once. Errors: `network.*`, `secret.*`. */
export class BlueskyApi {
  constructor(private readonly session: BlueskySession, private readonly logger: Logger, private readonly channelId: string) {}

  private async read(method: string, query: readonly (readonly [string, string])[], signal: AbortSignal | undefined) {
    const path = `/xrpc/${method}`;
    return { path, answer: await this.session.request({ method: 'GET', path, query, signal }) };
  }

  async who(signal?: AbortSignal): Promise<WhoEntity> {
    const { path, answer } = await this.read('com.atproto.server.getSession', [], signal);
    return parseAnswer(whoSchema, answer, path);
  }

  /** Without `priority=false` the account's own preference would hide authors whom it does not follow. */
  async notifications(cursor: string | undefined, signal?: AbortSignal): Promise<NotificationPage> {
    const query: [string, string][] = [['limit', pageSize], ['priority', 'false'], ...wantedReasons.map((reason): [string, string] => ['reasons', reason])];
    if (cursor !== undefined) query.push(['cursor', cursor]);
    const { path, answer } = await this.read('app.bsky.notification.listNotifications', query, signal);
    const page = parseAnswer(notificationsSchema, answer, path);
    const items = page.notifications.map((item) => this.parsed(notificationSchema, item, 'notification')).filter((item) => item !== undefined);
    if (page.notifications.length > 0 && items.length === 0) throw new MomentosError('network.malformed', { path, reason: 'shape' });
    return { items: items.filter(({ reason }) => wantedReasons.includes(reason)), cursor: page.cursor || undefined };
  }

  /** What is left out was deleted, or is hidden from us. */
  async posts(uris: readonly string[], signal?: AbortSignal): Promise<readonly PostView[]> {
    const found: PostView[] = [];
    for (let start = 0; start < uris.length; start += urisPerRead) {
      const { path, answer } = await this.read('app.bsky.feed.getPosts', uris.slice(start, start + urisPerRead).map((uri) => ['uris', uri]), signal);
      found.push(...parseAnswer(postsSchema, answer, path).posts.map((item) => this.postView(item)).filter((post) => post !== undefined));
    }
    return found;
  }

  /** undefined = not readable; a warning has been logged. */
  postView(item: unknown): PostView | undefined {
    return this.parsed(postViewSchema, item, 'post');
  }

  private parsed<T extends v.GenericSchema>(schema: T, item: unknown, what: string): v.InferOutput<T> | undefined {
    const parsed = v.safeParse(schema, item);
    if (parsed.success) return parsed.output;
    const named = v.safeParse(uriSchema, item);
    this.logger.warn('bluesky: an item that cannot be read was left out', { channel: this.channelId, what, uri: named.success ? named.output.uri.slice(0, 300) : undefined });
    return undefined;
  }

  /** The raw tree around a post. Errors: `network.notFound` when it is gone. */
  async thread(uri: string, depth: number, parentHeight: number, signal?: AbortSignal): Promise<unknown> {
    const { path, answer } = await this.read('app.bsky.feed.getPostThread', [['uri', uri], ['depth', String(depth)], ['parentHeight', String(parentHeight)]], signal);
    return parseAnswer(threadSchema, answer, path).thread;
  }

  /** Posts of our own repository, newest first: what stands there in truth, whatever the AppView has seen of it. */
  async ownRecords(did: string, cursor: string | undefined, signal?: AbortSignal): Promise<RecordPage> {
    const query: [string, string][] = [['repo', did], ['collection', postCollection], ['limit', pageSize]];
    if (cursor !== undefined) query.push(['cursor', cursor]);
    const { path, answer } = await this.read('com.atproto.repo.listRecords', query, signal);
    const page = parseAnswer(recordsSchema, answer, path);
    return { records: page.records.map((item) => this.parsed(recordSchema, item, 'record')).filter((record) => record !== undefined), cursor: page.cursor || undefined };
  }

  /** Errors: `network.notFound` when there is none. */
  async ownRecord(did: string, recordKey: string, signal?: AbortSignal): Promise<RecordEntity> {
    const { path, answer } = await this.read('com.atproto.repo.getRecord', [['repo', did], ['collection', postCollection], ['rkey', recordKey]], signal);
    return parseAnswer(recordSchema, answer, path);
  }

  /** undefined = nobody has this handle. */
  async resolveHandle(handle: string, signal?: AbortSignal): Promise<string | undefined> {
    try {
      const { path, answer } = await this.read('com.atproto.identity.resolveHandle', [['handle', handle]], signal);
      return parseAnswer(resolvedSchema, answer, path).did;
    } catch (error) {
      if (isMomentosError(error, 'network.invalid', 'network.notFound') || isXrpcError(error, 'HandleNotFound', 'InvalidHandle')) return undefined;
      throw error;
    }
  }

  /** The same key and the same record again change nothing: that is the write that can be repeated. */
  async putPost(did: string, recordKey: string, record: unknown, signal?: AbortSignal): Promise<WrittenEntity> {
    const path = '/xrpc/com.atproto.repo.putRecord';
    const json = { repo: did, collection: postCollection, rkey: recordKey, validate: true, record };
    return parseAnswer(writtenSchema, await this.session.request({ method: 'POST', path, json, signal }), path, 'write');
  }

  async deletePost(did: string, recordKey: string, signal?: AbortSignal): Promise<void> {
    const json = { repo: did, collection: postCollection, rkey: recordKey };
    await this.session.request({ method: 'POST', path: '/xrpc/com.atproto.repo.deleteRecord', json, ignoreBody: true, signal });
  }
}
