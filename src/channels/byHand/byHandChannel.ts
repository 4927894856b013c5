import { MomentosError } from '../../core/errors';
import { type Channel, type ChannelAccount, type ChannelCapabilities, type ChannelPace, type PostCheck, type PullPage, type SentReply, type Thread } from '../../core/channelPort';
import { type LengthRule } from '../../core/text/countText';

/** People bring what came and take what is answered; there is no network behind it. */
export const byHandCapabilities: ChannelCapabilities = { pull: false, thread: false, reply: false, privateReply: false, delete: false, media: false };

/** Never asked for: nothing is pulled. */
export const byHandPace: ChannelPace = { usualMs: 60 * 60_000, fastestMs: 60 * 60_000, slowestMs: 24 * 60 * 60_000 };

/** No network counts; only what a panel can reasonably hold. */
const lengthRule: LengthRule = { max: 50_000, method: 'codePoints' };

/** Phone, counter, letter: contacts that somebody at the desk writes down. Answers are given by a person and noted as given. */
export class ByHandChannel implements Channel {
  readonly network = 'by-hand';
  readonly capabilities = byHandCapabilities;
  readonly pace = byHandPace;

  constructor(private readonly config: { readonly id: string; readonly name?: string | undefined }) {}

  get id(): string {
    return this.config.id;
  }

  account(): Promise<ChannelAccount> {
    return Promise.resolve({ id: this.config.id, handle: '', name: this.config.name ?? '' });
  }

  async *pull(): AsyncIterable<PullPage> {
    yield* [];
  }

  check(): Promise<PostCheck> {
    return Promise.resolve({ found: [], gone: [] });
  }

  thread(): Promise<Thread> {
    return Promise.resolve({ posts: [], complete: false });
  }

  lengthRule(): Promise<LengthRule> {
    return Promise.resolve(lengthRule);
  }

  greeting(): string {
    return '';
  }

  reply(): Promise<SentReply> {
    return Promise.reject(new MomentosError('reply.notSupported'));
  }

  delete(): Promise<void> {
    return Promise.reject(new MomentosError('reply.notSupported'));
  }
}
