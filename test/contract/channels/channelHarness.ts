import { type IncomingPost, type Visibility } from '../../../src/core/mention';
import { type Channel, type PullPage } from '../../../src/core/channelPort';
import { type HttpLimits } from '../../../src/channels/http';
import { type NetworkFault, type SeenAtFront } from './faultyFront';
import { type TestClock, type TestLogger } from './testEnvironment';

export interface NewMention {
  readonly text: string;
  readonly author?: string;
  readonly visibility?: Visibility;
  readonly inReplyTo?: string;
  readonly images?: readonly (string | null)[];
  /** How long ago it came to our server. */
  readonly minutesAgo?: number;
  /** When it came to our server, UTC ms: several may come in the same millisecond. */
  readonly at?: number;
  /** As the author's program declares it. */
  readonly language?: string;
  readonly html?: string;
}

/** What a network can do, so that the cases of these abilities run; the others are printed as not applying. */
export interface ChannelAbilities {
  /** Who a post can be seen by there; the usual one first. */
  readonly visibilities: readonly Visibility[];
  /** Citizens can edit their posts, and the network shows it. */
  readonly edit: boolean;
  readonly media: boolean;
  readonly thread: boolean;
  readonly delete: boolean;
  /** The same key is the same answer: it can be sent again after an unknown outcome. */
  readonly sameKey: boolean;
  /** Names the author in front of an answer, or the author is not told. */
  readonly greets: boolean;
  /** How `reply` and `delete` are written there. */
  readonly replyMethod: 'POST' | 'PUT';
  readonly deleteMethod: 'DELETE' | 'POST';
  /** A mention that our server had at another time than it was posted can be made with `minutesAgo`. */
  readonly past: boolean;
  /** What others answer to our own posts without naming us is brought too. */
  readonly unnamed: boolean;
}

/**
 * A network account on a real local server, behind a front that can spoil the way. A new network joins the contract by making one of these.
 */
export interface ChannelHarness {
  readonly clock: TestClock;
  readonly log: TestLogger;
  /** The canary: it may show up in no error and no log line. */
  readonly token: string;
  readonly seen: readonly SeenAtFront[];
  readonly url: string;
  channel(options?: { readonly account?: string; readonly limits?: Partial<HttpLimits>; readonly origin?: string }): Channel;
  /** Somebody mentions us; the external id of the post. */
  mention(mention: NewMention): string;
  /** A mention that the network puts behind what it has shown already: it declares an earlier time, or its list was late. */
  lateMention(text: string): string;
  /** Somebody answers one of our posts without naming us. */
  unnamedAnswer(externalId: string, text: string): string;
  /** A colleague answers in the network's own app; the external id of the answer. */
  answerByColleague(externalId: string, text: string): string;
  edit(externalId: string, text: string): void;
  remove(externalId: string): void;
  /** What stands there in our name and was posted by the desk. */
  posted(): readonly { readonly id: string; readonly text: string }[];
  fault(fault: NetworkFault): void;
  heal(): void;
  /** No more connections. */
  shut(): Promise<void>;
  close(): Promise<void>;
  /** Mentions in one answer, if not 40. */
  readonly pageSize?: number;
  /** Of requests that fetch mentions. */
  readonly mentionsPath: RegExp;
  /** Of the request that posts an answer. */
  readonly replyPath: RegExp;
}

export const week = 7 * 86_400_000;

export async function pullAll(channel: Channel, options: { readonly cursor?: string | undefined; readonly since?: number } = {}): Promise<{ posts: IncomingPost[]; pages: PullPage[]; cursor: string | undefined }> {
  const pages: PullPage[] = [];
  for await (const page of channel.pull({ cursor: options.cursor, since: options.since ?? Date.now() - week, recheck: [] })) pages.push(page);
  const cursor = pages.map((page) => page.cursor).findLast((told) => told !== undefined) ?? options.cursor;
  return { posts: pages.flatMap((page) => page.posts), pages, cursor };
}
