import { type NetworkChannelConfig } from '../../core/config';
import { isMomentosError, MomentosError } from '../../core/errors';
import { type IncomingPost } from '../../core/mention';
import {
  type Channel,
  type ChannelAccount,
  type ChannelCapabilities,
  type ChannelEnvironment,
  type ChannelPace,
  type PostCheck,
  type PullPage,
  type PullRequest,
  type ReplyRequest,
  type SentReply,
  type Thread,
} from '../../core/channelPort';
import { type ChannelSecret } from '../../core/secretPorts';
import { type LengthRule } from '../../core/text/countText';
import { Http } from '../http';
import { type ChannelOptions } from '../network';
import { isAccount, type ServerAccount, serverAccount, usualCapabilities } from './account';
import { InboxApi } from './inboxApi';
import { pullMentions } from './pull';
import { refusalOf } from './refusals';
import { sendReply } from './reply';
import { toPost } from './toPost';

const day = 86_400_000;
/** The feed tells edits and deletions; a message is read again only now and then, against servers whose feed forgets one, ms. */
const readAgainAfter = 10 * 60_000;

/** The servers are the institution's own or its supplier's; a minute is soon enough for a form or a call centre. */
export const inboxApiPace: ChannelPace = { usualMs: 60_000, fastestMs: 15_000, slowestMs: 10 * 60_000 };

/** Path under which the server's own paths stand: `https://host/prefix/` gives `/prefix`. */
export function basePath(url: string): string {
  return new URL(url).pathname.replace(/\/+$/u, '');
}

/** One account on a server that speaks the Inbox API (`docs/inbox-api.openapi.yaml`). */
export class InboxApiChannel implements Channel {
  readonly network = 'inbox-api';
  readonly pace = inboxApiPace;
  private readonly origin: string;
  private readonly api: InboxApi;
  /** When each message was last read by itself, UTC ms. */
  private readonly readAt = new Map<string, number>();
  private told: (ServerAccount & { readonly token: string; readonly at: number }) | undefined;

  constructor(private readonly config: NetworkChannelConfig, private readonly environment: ChannelEnvironment, private readonly options: ChannelOptions = {}) {
    this.origin = new URL(config.url).origin;
    const { clock, random, logger, userAgent, noteLimits } = environment;
    const http = new Http({ origin: this.origin, token: async () => (await this.secret()).token, clock, random, logger, userAgent, limits: options.limits, noteLimits, meaning: refusalOf });
    this.api = new InboxApi(http, basePath(config.url), logger, config.id);
  }

  get id(): string {
    return this.config.id;
  }

  /** What the server declared when it was last asked, by this process or another; before the first contact, all that the contract knows. */
  get capabilities(): ChannelCapabilities {
    return this.told?.capabilities ?? this.options.declared ?? usualCapabilities;
  }

  /** A second look at what the environment has checked: a token goes to the origin that granted it and nowhere else. */
  private async secret(): Promise<ChannelSecret> {
    const secret = await this.environment.secret();
    if (secret.origin !== undefined && secret.origin !== this.origin) throw new MomentosError('secret.otherOrigin', { channel: this.id, origin: this.origin });
    return secret;
  }

  async account(signal?: AbortSignal): Promise<ChannelAccount> {
    return (await this.ask(signal)).account;
  }

  private async ask(signal?: AbortSignal): Promise<ServerAccount> {
    const secret = await this.secret();
    const told = serverAccount(await this.api.account(signal));
    const same = isAccount(told.account, this.config.account) && (secret.accountId === undefined || secret.accountId === told.account.id);
    if (!same) throw new MomentosError('secret.otherAccount', { channel: this.id, expected: this.config.account, found: told.account.handle });
    this.told = { ...told, token: secret.token, at: this.environment.clock.now() };
    return told;
  }

  /** What the server told about itself; asked once for each token, and again after a day. */
  private async server(signal?: AbortSignal): Promise<ServerAccount> {
    const { token } = await this.secret();
    const now = this.environment.clock.now();
    const known = this.told?.token === token ? this.told : undefined;
    if (known && now - known.at < day && now >= known.at) return known;
    try {
      return await this.ask(signal);
    } catch (error) {
      // What it said yesterday is better than nothing while it cannot be reached.
      if (!known || !isMomentosError(error, 'network.offline', 'network.timeout', 'network.unavailable', 'network.rateLimited', 'network.malformed')) throw error;
      return known;
    }
  }

  async *pull(request: PullRequest): AsyncGenerator<PullPage> {
    const { cursor, since, recheck, signal } = request;
    const { account } = await this.server(signal);
    const { clock, logger } = this.environment;
    yield* pullMentions({ api: this.api, clock, logger, channelId: this.id, ownId: account.id, signal }, cursor, since);
    if (recheck.length === 0) return;
    const { found, gone } = await this.check(recheck, signal);
    if (found.length > 0 || gone.length > 0) yield { posts: found, gone, cursor: undefined };
  }

  /** One by one, each at most every ten minutes; only a 404 or 410 makes a message gone, and not when the server knows none of them nor our account. */
  async check(externalIds: readonly string[], signal?: AbortSignal): Promise<PostCheck> {
    if (externalIds.length === 0) return { found: [], gone: [] };
    const { account } = await this.server(signal);
    const found: IncomingPost[] = [];
    const gone: string[] = [];
    for (const id of this.due(externalIds)) {
      try {
        found.push(toPost(await this.api.mention(id, signal), account.id, this.environment.clock.now()));
        this.readAt.set(id, this.environment.clock.now());
      } catch (error) {
        if (isMomentosError(error, 'network.notFound')) gone.push(id);
        else if (isMomentosError(error, 'network.malformed', 'network.forbidden')) this.environment.logger.warn('inbox api: a message could not be read again', { channel: this.id, code: error.code });
        else if (isMomentosError(error, 'network.rateLimited') && found.length + gone.length > 0) break;
        else throw error;
      }
    }
    if (gone.length > 0 && found.length === 0) await this.account(signal);
    return { found, gone };
  }

  /** Those that were not read lately. */
  private due(externalIds: readonly string[]): readonly string[] {
    const now = this.environment.clock.now();
    for (const [id, at] of this.readAt) if (now - at >= readAgainAfter || at > now) this.readAt.delete(id);
    return [...new Set(externalIds)].filter((id) => !this.readAt.has(id));
  }

  /** Of a server without conversations only the message itself, as an incomplete thread. */
  async thread(externalId: string, signal?: AbortSignal): Promise<Thread> {
    const { account, capabilities } = await this.server(signal);
    const now = this.environment.clock.now();
    const message = await this.api.mention(externalId, signal);
    const own = toPost(message, account.id, now);
    if (!capabilities.thread || !message.conversationId) return { posts: [own], complete: false };
    const { messages, complete } = await this.api.conversation(message.conversationId, signal);
    const posts = new Map(messages.map((each) => [each.externalId, toPost(each, account.id, now)]));
    const whole = complete && posts.has(externalId);
    posts.set(externalId, posts.get(externalId) ?? own);
    const ordered = [...posts.values()].sort((left, right) => left.postedAt - right.postedAt);
    return { posts: ordered.map((post) => ({ ...post, rootId: ordered[0]?.externalId })), complete: whole };
  }

  async lengthRule(signal?: AbortSignal): Promise<LengthRule> {
    return (await this.server(signal)).rule;
  }

  /** The server tells the author; no name is needed in the text. */
  greeting(): string {
    return '';
  }

  async reply(request: ReplyRequest): Promise<SentReply> {
    if (!this.capabilities.reply) throw new MomentosError('reply.notSupported', { channel: this.id });
    return sendReply(this.api, request, this.capabilities, this.environment.clock);
  }

  async delete(externalId: string, signal?: AbortSignal): Promise<void> {
    if (!this.capabilities.delete) throw new MomentosError('reply.notSupported', { channel: this.id });
    await this.api.delete(externalId, signal);
  }
}
