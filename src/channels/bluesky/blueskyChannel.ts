import { type NetworkChannelConfig } from '../../core/config';
import { MomentosError } from '../../core/errors';
import { type Author } from '../../core/mention';
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
import { type LengthRule } from '../../core/text/countText';
import { usualLengthRule } from '../../core/text/networkLengths';
import { type ChannelOptions } from '../network';
import { accountFrom, isAccount } from './account';
import { BlueskyApi } from './blueskyApi';
import { checkPosts } from './check';
import { OwnPostsMemory } from './ownPosts';
import { pullNotifications } from './pull';
import { sendReply } from './reply';
import { BlueskySession } from './session';
import { readThread } from './thread';
import { didOf, isPost, recordKeyOf } from './toPost';

/** All posts are public there. */
export const blueskyCapabilities: ChannelCapabilities = { pull: true, thread: true, reply: true, privateReply: false, delete: true, media: true };

/** A server allows 3,000 requests in 5 minutes for each address (docs.bsky.app, rate limits); a pull takes three or more. */
export const blueskyPace: ChannelPace = { usualMs: 60_000, fastestMs: 15_000, slowestMs: 300_000 };

/** One account on the AT Protocol: Bluesky, or a personal data server of one's own. */
export class BlueskyChannel implements Channel {
  readonly network = 'bluesky';
  readonly capabilities = blueskyCapabilities;
  readonly pace = blueskyPace;
  private readonly session: BlueskySession;
  private readonly api: BlueskyApi;
  private readonly ownPosts = new OwnPostsMemory();
  private known: { readonly account: ChannelAccount; readonly token: string } | undefined;

  constructor(private readonly config: NetworkChannelConfig, private readonly environment: ChannelEnvironment, options: ChannelOptions = {}) {
    this.session = new BlueskySession(new URL(config.url).origin, config, environment, options);
    this.api = new BlueskyApi(this.session, environment.logger, config.id);
  }

  get id(): string {
    return this.config.id;
  }

  async account(signal?: AbortSignal): Promise<ChannelAccount> {
    const who = await this.api.who(signal);
    const account = accountFrom(who);
    const secret = await this.session.opened(signal);
    if (!isAccount(account, this.config.account, secret.accountId)) throw new MomentosError('secret.otherAccount', { channel: this.id, expected: this.config.account, found: account.handle });
    if (who.active === false) throw new MomentosError('network.forbidden', { reason: (who.status ?? 'inactive').slice(0, 40) });
    this.known = { account, token: secret.token };
    return account;
  }

  /** Ourselves there; asked once for each app password. */
  private async own(signal?: AbortSignal): Promise<Author> {
    const { token } = await this.session.opened(signal);
    return this.known?.token === token ? this.known.account : this.account(signal);
  }

  async *pull(request: PullRequest): AsyncGenerator<PullPage> {
    const { cursor, since, recheck, signal } = request;
    const { id: ownId } = await this.own(signal);
    yield* pullNotifications({ api: this.api, logger: this.environment.logger, channelId: this.id, ownId, signal }, cursor, since);
    if (recheck.length === 0) return;
    const { found, gone } = await this.check(recheck, signal);
    if (found.length + gone.length > 0) yield { posts: found, gone, cursor: undefined };
  }

  async check(externalIds: readonly string[], signal?: AbortSignal): Promise<PostCheck> {
    if (externalIds.length === 0) return { found: [], gone: [] };
    return checkPosts(this.api, externalIds, (await this.own(signal)).id, signal);
  }

  async thread(externalId: string, signal?: AbortSignal): Promise<Thread> {
    return readThread(this.api, externalId, await this.own(signal), signal);
  }

  /** Who answers a post of ours brings a notification, so that there are no answers to look for. */
  async around(since: number, signal?: AbortSignal): Promise<Surroundings> {
    return { own: await this.ownPosts.read(this.api, await this.own(signal), since, this.environment.clock.now(), signal), answers: [] };
  }

  /** Set by the protocol (lexicon app.bsky.feed.post), not by the server. */
  lengthRule(): Promise<LengthRule> {
    return Promise.resolve(usualLengthRule(this.network));
  }

  /** An answer tells its author by itself. */
  greeting(): string {
    return '';
  }

  async reply(request: ReplyRequest): Promise<SentReply> {
    return sendReply(this.api, request, (await this.own(request.signal)).id);
  }

  /** Only what is ours. The network takes no notice whether there was anything, so that is asked first. */
  async delete(externalId: string, signal?: AbortSignal): Promise<void> {
    const { id } = await this.own(signal);
    if (!isPost(externalId) || didOf(externalId) !== id) throw new MomentosError('network.forbidden', { reason: 'notOurs' });
    const { uri } = await this.api.ownRecord(id, recordKeyOf(externalId), signal);
    await this.api.deletePost(id, recordKeyOf(uri), signal);
  }
}
