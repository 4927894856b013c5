import * as v from 'valibot';
import { type Logger } from '../../core/clock';
import { isMomentosError, MomentosError } from '../../core/errors';
import { type Http } from '../http';
import { parseAnswer } from '../parseAnswer';
import {
  type AccountEntity, accountSchema, changeSchema, conversationSchema, type MessageEntity, messageSchema, pageSchema, type ReplyEntity, conflictSchema, replySchema,
} from './entities';

/** Asked always; servers that allow less send less. */
const pageSize = 40;

export type Change = { readonly externalId: string; readonly message: MessageEntity } | { readonly externalId: string; readonly deleted: true };

export interface FeedPage {
  readonly changes: readonly Change[];
  /** undefined = not told. */
  readonly nextCursor: string | undefined;
  readonly hasMore: boolean;
}

export interface Conversation {
  readonly messages: readonly MessageEntity[];
  /** Everything is there, and everything could be read. */
  readonly complete: boolean;
}

export interface NewReply {
  readonly inReplyTo: string;
  readonly text: string;
  readonly lang?: string;
  readonly visibility: 'public' | 'private';
}

/** `stands`: the server says that this reply had been posted before. */
export type Replied = { readonly reply: ReplyEntity; readonly stands: boolean };

/** The calls of the Inbox API, each answer parsed once. Errors: `network.*`, `secret.*`. */
export class InboxApi {
  /** `base`: path under which the server's own paths stand, without a slash at its end. */
  constructor(private readonly http: Http, private readonly base: string, private readonly logger: Logger, private readonly channelId: string) {}

  async account(signal?: AbortSignal): Promise<AccountEntity> {
    const path = `${this.base}/v1/account`;
    return parseAnswer(accountSchema, await this.http.request({ method: 'GET', path, signal }), path);
  }

  /** A page of changes in the server's order. What cannot be read is left out, with a warning; a page of nothing else is `network.malformed`. */
  async mentions(position: { readonly since: string } | { readonly from: number }, signal?: AbortSignal): Promise<FeedPage> {
    const path = `${this.base}/v1/mentions`;
    const place: [string, string] = 'since' in position ? ['since', position.since] : ['from', new Date(position.from).toISOString()];
    const answer = await this.http.request({ method: 'GET', path, query: [place, ['limit', String(pageSize)]], signal });
    const page = parseAnswer(pageSchema, answer, path);
    const changes = page.items.map((item) => this.change(item)).filter((change) => change !== undefined);
    if (page.items.length > 0 && changes.length === 0) throw new MomentosError('network.malformed', { path, reason: 'shape' });
    return { changes, nextCursor: page.nextCursor ?? undefined, hasMore: page.hasMore === true };
  }

  private change(item: unknown): Change | undefined {
    const head = v.safeParse(changeSchema, item);
    if (!head.success) {
      this.logger.warn('inbox api: an item without an id was left out', { channel: this.channelId });
      return undefined;
    }
    const { externalId, change } = head.output;
    if (change === 'deleted') return { externalId, deleted: true };
    const message = this.message(item);
    return message && { externalId, message };
  }

  private message(item: unknown): MessageEntity | undefined {
    const parsed = v.safeParse(messageSchema, item);
    if (parsed.success) return parsed.output;
    this.logger.warn('inbox api: a message that cannot be read was left out', { channel: this.channelId });
    return undefined;
  }

  async mention(externalId: string, signal?: AbortSignal): Promise<MessageEntity> {
    const path = `${this.base}/v1/mentions/${encodeURIComponent(externalId)}`;
    const message = parseAnswer(messageSchema, await this.http.request({ method: 'GET', path, signal }), path);
    if (message.externalId !== externalId) throw new MomentosError('network.malformed', { path, reason: 'otherId' });
    return message;
  }

  async conversation(conversationId: string, signal?: AbortSignal): Promise<Conversation> {
    const path = `${this.base}/v1/conversations/${encodeURIComponent(conversationId)}`;
    const { items, complete } = parseAnswer(conversationSchema, await this.http.request({ method: 'GET', path, signal }), path);
    const messages = items.map((item) => this.message(item)).filter((message) => message !== undefined);
    return { messages, complete: complete === true && messages.length === items.length };
  }

  /** A 409 that names no reply leaves the outcome unknown: another request with this key may be under way. */
  async reply(json: NewReply, key: string, signal?: AbortSignal): Promise<Replied> {
    const path = `${this.base}/v1/replies`;
    const answer = await this.http.request({ method: 'POST', path, json, headers: { 'Idempotency-Key': key }, answers: [409], signal }).catch((error: unknown) => {
      throw isMomentosError(error, 'network.invalid') && error.details['status'] === 409 ? new MomentosError('network.outcomeUnknown', error.details) : error;
    });
    if (answer.status !== 409) return { reply: parseAnswer(replySchema, answer, path, 'write'), stands: answer.status === 200 };
    const parsed = v.safeParse(conflictSchema, answer.json);
    const externalId = parsed.success ? parsed.output.externalId : undefined;
    if (!parsed.success || !externalId) throw new MomentosError('network.outcomeUnknown', { path, status: 409, reason: 'conflict' });
    return { reply: { ...parsed.output, externalId, inReplyTo: json.inReplyTo }, stands: true };
  }

  async delete(externalId: string, signal?: AbortSignal): Promise<void> {
    await this.http.request({ method: 'DELETE', path: `${this.base}/v1/replies/${encodeURIComponent(externalId)}`, ignoreBody: true, signal });
  }
}
