import { type IncomingPost, type Visibility } from '../../../src/core/mention';
import { type Channel, type ReplyRequest } from '../../../src/core/channelPort';
import { type ChannelAbilities, type ChannelHarness, type NewMention } from './channelHarness';

/** What the cases of the contract share. */
export interface ChannelCases {
  /** Of the case that runs. */
  readonly harness: ChannelHarness;
  readonly abilities: ChannelAbilities;
  readonly start: () => Promise<ChannelHarness>;
  /** A case of an ability that not every network has. */
  readonly where: (able: boolean, title: string, run: () => Promise<void>) => void;
  readonly usual: Visibility;
  readonly replyTo: (parent: IncomingPost, text: string, key?: string) => ReplyRequest;
  readonly oneMention: (channel: Channel, mention?: NewMention) => Promise<IncomingPost>;
  /** Requests that would have posted an answer. */
  readonly writes: () => number;
}
