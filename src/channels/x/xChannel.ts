import { type NetworkChannelConfig } from '../../core/config';
import { MomentosError } from '../../core/errors';
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
import { type LengthRule } from '../../core/text/countText';
import { Http } from '../http';
import { type ChannelOptions } from '../network';
import { accountFrom, isAccount } from './account';
import { checkPosts, type ReadSource } from './check';
import { AnswersToUs, OwnPosts } from './ownPosts';
import { pullMentions } from './pull';
import { refusalOf } from './refusals';
import { sendReply } from './reply';
import { readThread } from './thread';
import { XTokens } from './tokens';
import { webOriginOf } from './webOrigin';
import { XApi } from './xApi';

export const xCapabilities: ChannelCapabilities = { pull: true, thread: true, reply: true, privateReply: false, delete: true, media: true };

/** X allows 300 reads of mentions in 15 minutes; each costs, so we ask far less. */
export const xPace: ChannelPace = { usualMs: 120_000, fastestMs: 60_000, slowestMs: 900_000 };

/** One account on X, by its API v2. */
export class XChannel implements Channel {
  readonly network = 'x';
  readonly capabilities = xCapabilities;
  readonly pace = xPace;
  private readonly origin: string;
  private readonly webOrigin: string;
  private readonly tokens: XTokens;
  private readonly api: XApi;
  private readonly own = new OwnPosts();
  private readonly answers = new AnswersToUs();
  private known: { readonly id: string; readonly token: string } | undefined;

  constructor(private readonly config: NetworkChannelConfig, private readonly environment: ChannelEnvironment, options: ChannelOptions = {}) {
    this.origin = new URL(config.url).origin;
    this.webOrigin = webOriginOf(config.url);
    const { clock, random, logger, userAgent } = environment;
    const http = new Http({
      origin: this.origin, token: async () => (await this.tokens.current()).token, clock, random, logger, userAgent, limits: options.limits, noteLimits: environment.noteLimits,
      meaning: (status, json, header) => refusalOf(status, json, header, clock.now()),
    });
    this.tokens = new XTokens(environment, config.id, this.origin, http);
    this.api = new XApi(http, this.tokens, logger, config.id);
  }

  get id(): string {
    return this.config.id;
  }

  async account(signal?: AbortSignal): Promise<ChannelAccount> {
    const { accountId } = await this.tokens.current();
    const account = accountFrom(await this.api.me(signal), this.webOrigin);
    const same = isAccount(account, this.config.account) && (accountId === undefined || accountId === account.id);
    if (!same) throw new MomentosError('secret.otherAccount', { channel: this.id, expected: this.config.account, found: account.handle });
    this.known = { id: account.id, token: (await this.tokens.current()).token };
    return account;
  }

  /** Our own id there: told with the token, or asked once for each token. */
  private async ownId(signal?: AbortSignal): Promise<string> {
    const { accountId, token } = await this.tokens.current();
    if (accountId !== undefined) return accountId;
    return this.known?.token === token ? this.known.id : (await this.account(signal)).id;
  }

  private async source(signal: AbortSignal | undefined): Promise<ReadSource> {
    return { api: this.api, logger: this.environment.logger, ownId: await this.ownId(signal), webOrigin: this.webOrigin, signal };
  }

  async *pull(request: PullRequest): AsyncGenerator<PullPage> {
    const { cursor, since, recheck, signal } = request;
    const ownId = await this.ownId(signal);
    yield* pullMentions({ api: this.api, logger: this.environment.logger, channelId: this.id, ownId, webOrigin: this.webOrigin, signal }, cursor, since);
    if (recheck.length === 0) return;
    const { found } = await this.check(recheck, signal);
    if (found.length > 0) yield { posts: found, cursor: undefined };
  }

  async check(externalIds: readonly string[], signal?: AbortSignal): Promise<PostCheck> {
    if (externalIds.length === 0) return { found: [], gone: [] };
    return checkPosts(await this.source(signal), externalIds);
  }

  async thread(externalId: string, signal?: AbortSignal): Promise<Thread> {
    return readThread(await this.source(signal), externalId, this.environment.clock.now());
  }

  async around(since: number, signal?: AbortSignal): Promise<Surroundings> {
    const source = await this.source(signal);
    const handle = this.config.account.trim().replace(/^@/u, '');
    return { own: await this.own.read(source, since), answers: await this.answers.read(source, handle, since, this.environment.clock.now()) };
  }

  /** By twitter-text; that a paying account may write more is not known to us. */
  lengthRule(): Promise<LengthRule> {
    return Promise.resolve({ max: 280, method: 'twitter', urlLength: 23 });
  }

  /** X names the author in front of an answer by itself, and does not count it. */
  greeting(_parent: IncomingPost, _text: string): string {
    return '';
  }

  async reply(request: ReplyRequest): Promise<SentReply> {
    return sendReply(await this.source(request.signal), request, () => this.environment.clock.now());
  }

  async delete(externalId: string, signal?: AbortSignal): Promise<void> {
    if (!(await this.api.delete(externalId, signal))) throw new MomentosError('network.forbidden', { id: externalId });
  }
}
