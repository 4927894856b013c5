import { type LengthRule } from '../../core/text/countText';
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
  type Surroundings,
  type Thread,
} from '../../core/channelPort';
import { type ChannelSecret } from '../../core/secretPorts';
import { Http } from '../http';
import { type ChannelOptions } from '../network';
import { accountFrom, isAccount } from './account';
import { readAround, type SeenAround } from './around';
import { checkPosts } from './check';
import { greetingFor } from './greeting';
import { readLengthRule } from './lengthRule';
import { MastodonApi } from './mastodonApi';
import { pullMentions } from './pull';
import { sendReply } from './reply';
import { readThread } from './thread';

const day = 86_400_000;

export const mastodonCapabilities: ChannelCapabilities = { pull: true, thread: true, reply: true, privateReply: true, delete: true, media: true };

/** A server allows 300 requests in 5 minutes for each account, and 300 in 15 minutes where a page is named (rack_attack.rb). */
export const mastodonPace: ChannelPace = { usualMs: 60_000, fastestMs: 15_000, slowestMs: 180_000 };

/** One account on a server that speaks the Mastodon API (Mastodon, GoToSocial, Pleroma, Akkoma, snac and others). */
export class MastodonChannel implements Channel {
  readonly network = 'mastodon';
  readonly capabilities = mastodonCapabilities;
  readonly pace = mastodonPace;
  private readonly origin: string;
  private readonly api: MastodonApi;
  private known: { readonly account: ChannelAccount; readonly token: string } | undefined;
  private readonly seen: SeenAround = new Map();
  private rule: { readonly rule: LengthRule; readonly at: number } | undefined;

  constructor(private readonly config: NetworkChannelConfig, private readonly environment: ChannelEnvironment, options: ChannelOptions = {}) {
    this.origin = new URL(config.url).origin;
    const { clock, random, logger, userAgent, noteLimits } = environment;
    const http = new Http({ noteLimits, origin: this.origin, token: async () => (await this.secret()).token, clock, random, logger, userAgent, limits: options.limits });
    this.api = new MastodonApi(http, logger, config.id);
  }

  get id(): string {
    return this.config.id;
  }

  /** A second look at what the environment has checked: a token goes to the origin that granted it and nowhere else. */
  private async secret(): Promise<ChannelSecret> {
    const secret = await this.environment.secret();
    if (secret.origin !== undefined && secret.origin !== this.origin) throw new MomentosError('secret.otherOrigin', { channel: this.id, origin: this.origin });
    return secret;
  }

  async account(signal?: AbortSignal): Promise<ChannelAccount> {
    const secret = await this.secret();
    const account = accountFrom(await this.api.verifyCredentials(signal));
    const same = isAccount(account, this.config.account, this.origin) && (secret.accountId === undefined || secret.accountId === account.id);
    if (!same) throw new MomentosError('secret.otherAccount', { channel: this.id, expected: this.config.account, found: account.handle });
    this.known = { account, token: secret.token };
    return account;
  }

  /** Our own id there; asked once for each token. */
  private async ownId(signal?: AbortSignal): Promise<string> {
    const { token } = await this.secret();
    return this.known?.token === token ? this.known.account.id : (await this.account(signal)).id;
  }

  async *pull(request: PullRequest): AsyncGenerator<PullPage> {
    const { cursor, since, recheck, signal } = request;
    const ownId = await this.ownId(signal);
    yield* pullMentions({ api: this.api, logger: this.environment.logger, channelId: this.id, ownId, signal }, cursor, since);
    if (recheck.length === 0) return;
    const { found } = await this.check(recheck, signal);
    if (found.length > 0) yield { posts: found, cursor: undefined };
  }

  async check(externalIds: readonly string[], signal?: AbortSignal): Promise<PostCheck> {
    if (externalIds.length === 0) return { found: [], gone: [] };
    return checkPosts(this.api, this.environment.logger, externalIds, await this.ownId(signal), signal);
  }

  async thread(externalId: string, signal?: AbortSignal): Promise<Thread> {
    return readThread(this.api, externalId, await this.ownId(signal), signal);
  }

  async around(since: number, signal?: AbortSignal): Promise<Surroundings> {
    return readAround(this.api, await this.ownId(signal), since, this.seen, signal);
  }

  async lengthRule(signal?: AbortSignal): Promise<LengthRule> {
    const now = this.environment.clock.now();
    if (this.rule && now - this.rule.at < day && now >= this.rule.at) return this.rule.rule;
    try {
      this.rule = { rule: await readLengthRule(this.api, signal), at: now };
    } catch (error) {
      // An old rule is better than none while the server cannot be reached.
      if (!this.rule || isMomentosError(error, 'network.cancelled')) throw error;
    }
    return this.rule.rule;
  }

  greeting(parent: IncomingPost, text: string): string {
    return greetingFor(parent, text, new URL(this.origin).host);
  }

  async reply(request: ReplyRequest): Promise<SentReply> {
    return sendReply(this.api, request, this.environment.clock);
  }

  async delete(externalId: string, signal?: AbortSignal): Promise<void> {
    await this.api.delete(externalId, signal);
  }
}
