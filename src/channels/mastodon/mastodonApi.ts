import * as v from 'valibot';
import { type Logger } from '../../core/clock';
import { MomentosError } from '../../core/errors';
import { type Http, type HttpRequest } from '../http';
import { parseAnswer } from '../parseAnswer';
import {
  type AccountEntity, accountSchema, contextSchema, idSchema, type NotificationEntity, notificationSchema, type PostedEntity, postedSchema, type StatusEntity, statusSchema,
} from './entities';

/** Asked always: some servers send a single item when no limit is given. Servers that allow less send less. */
const pageSize = 40;
const statusesPerRead = 20;

export interface NotificationItem {
  readonly id: string;
  readonly at: string | null | undefined;
  /** undefined = not a mention, or not readable. */
  readonly status: StatusEntity | undefined;
}

export interface Context {
  readonly ancestors: readonly StatusEntity[];
  readonly descendants: readonly StatusEntity[];
  /** Items that could not be read, or more to come from other servers. */
  readonly partial: boolean;
}

/** The calls of the Mastodon API that a desk needs, each answer parsed once. Errors: `network.*`, `secret.*`. */
export class MastodonApi {
  /** Set once the server has shown that it cannot read several statuses at once (before Mastodon 4.3). */
  listMissing = false;

  constructor(private readonly http: Http, private readonly logger: Logger, private readonly channelId: string) {}

  async verifyCredentials(signal?: AbortSignal): Promise<AccountEntity> {
    const path = '/api/v1/accounts/verify_credentials';
    return parseAnswer(accountSchema, await this.http.request({ method: 'GET', path, signal }), path);
  }

  /** As the server orders them: newest first. Whatever it is asked, it may send other types, more, or again what it sent before. */
  async notifications(position: { readonly minId?: string; readonly maxId?: string }, signal?: AbortSignal): Promise<readonly NotificationItem[]> {
    const path = '/api/v1/notifications';
    const query: [string, string][] = [['types[]', 'mention'], ['limit', String(pageSize)], ['include_filtered', 'true']];
    if (position.minId !== undefined) query.push(['min_id', position.minId]);
    if (position.maxId !== undefined) query.push(['max_id', position.maxId]);
    const answer = await this.http.request({ method: 'GET', path, query, signal });
    const items = parseAnswer(v.array(v.unknown()), answer, path).map((item) => this.notification(item));
    const known = items.filter((item) => item !== undefined);
    if (items.length > 0 && known.length === 0) throw new MomentosError('network.malformed', { path, reason: 'shape' });
    return known;
  }

  private notification(item: unknown): NotificationItem | undefined {
    const parsed = v.safeParse(notificationSchema, item);
    if (!parsed.success) {
      this.skipped('notification', item);
      return undefined;
    }
    const { id, type, created_at: at } = parsed.output;
    return { id, at, status: type === 'mention' ? this.mentioning(parsed.output) : undefined };
  }

  private mentioning(notification: NotificationEntity): StatusEntity | undefined {
    return notification.status === undefined || notification.status === null ? undefined : this.status(notification.status);
  }

  /** undefined = not readable; a warning has been logged. */
  private status(item: unknown): StatusEntity | undefined {
    const parsed = v.safeParse(statusSchema, item);
    if (parsed.success) return parsed.output;
    this.skipped('status', item);
    return undefined;
  }

  private skipped(what: string, item: unknown): void {
    const named = v.safeParse(idSchema, item);
    this.logger.warn('mastodon: an item that cannot be read was left out', { channel: this.channelId, what, id: named.success ? named.output.id : undefined });
  }

  /** Newest first; boosts are left out. Some servers send more or fewer than asked. */
  async statusesOf(accountId: string, maxId: string | undefined, signal?: AbortSignal): Promise<readonly StatusEntity[]> {
    const path = `/api/v1/accounts/${encodeURIComponent(accountId)}/statuses`;
    const query: [string, string][] = [['limit', String(pageSize)], ['exclude_reblogs', 'true']];
    if (maxId !== undefined) query.push(['max_id', maxId]);
    const answer = await this.http.request({ method: 'GET', path, query, signal });
    return parseAnswer(v.array(v.unknown()), answer, path).map((item) => this.status(item)).filter((status) => status !== undefined);
  }

  async readStatus(id: string, signal?: AbortSignal): Promise<StatusEntity> {
    const path = `/api/v1/statuses/${encodeURIComponent(id)}`;
    return parseAnswer(statusSchema, await this.http.request({ method: 'GET', path, signal }), path);
  }

  /** Several at once (Mastodon 4.3). Deleted ones are left out; so is what the server has not got for other reasons. */
  async readStatuses(ids: readonly string[], signal?: AbortSignal): Promise<readonly StatusEntity[]> {
    const path = '/api/v1/statuses';
    const found: StatusEntity[] = [];
    for (let start = 0; start < ids.length; start += statusesPerRead) {
      const query = ids.slice(start, start + statusesPerRead).map((id): [string, string] => ['id[]', id]);
      const answer = await this.http.request({ method: 'GET', path, query, signal });
      found.push(...parseAnswer(v.array(v.unknown()), answer, path).map((item) => this.status(item)).filter((status) => status !== undefined));
    }
    return found;
  }

  async context(id: string, signal?: AbortSignal): Promise<Context> {
    const path = `/api/v1/statuses/${encodeURIComponent(id)}/context`;
    const answer = await this.http.request({ method: 'GET', path, signal });
    const lists = parseAnswer(contextSchema, answer, path);
    const ancestors = lists.ancestors.map((item) => this.status(item));
    const descendants = lists.descendants.map((item) => this.status(item));
    const unread = [...ancestors, ...descendants].includes(undefined);
    return {
      ancestors: ancestors.filter((status) => status !== undefined),
      descendants: descendants.filter((status) => status !== undefined),
      partial: unread || answer.status !== 200 || answer.header('mastodon-async-refresh') !== undefined,
    };
  }

  async post(request: Pick<HttpRequest, 'json' | 'headers' | 'signal'>): Promise<PostedEntity> {
    const path = '/api/v1/statuses';
    return parseAnswer(postedSchema, await this.http.request({ method: 'POST', path, ...request }), path, 'write');
  }

  async delete(id: string, signal?: AbortSignal): Promise<void> {
    await this.http.request({ method: 'DELETE', path: `/api/v1/statuses/${encodeURIComponent(id)}`, ignoreBody: true, signal });
  }

  /** The raw answer of an instance page; its shape depends on version and server. */
  async instance(version: 'v1' | 'v2', signal?: AbortSignal): Promise<unknown> {
    return (await this.http.request({ method: 'GET', path: `/api/${version}/instance`, signal })).json;
  }
}
