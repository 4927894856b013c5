import { type IncomingPost, type Visibility } from './mention';
import { type Clock, type Logger, type Randomness } from './clock';
import { type LengthRule } from './text/countText';
import { type ChannelSecret } from './secretPorts';

export interface ChannelCapabilities {
  readonly pull: boolean;
  readonly thread: boolean;
  readonly reply: boolean;
  /** Can answer so that only the author sees it. */
  readonly privateReply: boolean;
  readonly delete: boolean;
  readonly media: boolean;
}

/** How often a channel is looked at, ms; within what its network publishes as limits. */
export interface ChannelPace {
  readonly usualMs: number;
  /** While mentions flow. */
  readonly fastestMs: number;
  /** While it is quiet. */
  readonly slowestMs: number;
}

/** What a network last said about how much more may be asked. */
export interface RateLimits {
  readonly limit?: number | undefined;
  readonly remaining: number;
  /** UTC ms. */
  readonly resetAt?: number | undefined;
  /** UTC ms, when it was said. */
  readonly at: number;
}

export interface ChannelAccount {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly url?: string | undefined;
}

/** A page of what is new. The cursor is opaque to everybody but the channel. */
export interface PullPage {
  readonly posts: readonly IncomingPost[];
  /** External ids that the network's feed says were deleted by their authors. */
  readonly gone?: readonly string[] | undefined;
  /** To store once the posts are stored; undefined = leave the stored one. */
  readonly cursor: string | undefined;
}

export interface PullRequest {
  /** undefined = first run: walk back to `since`. */
  readonly cursor: string | undefined;
  /** UTC milliseconds: how far back the first run goes. */
  readonly since: number;
  /** Open items to re-read for edits and deletions, by external id. */
  readonly recheck: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

export interface PostCheck {
  /** Edited posts as they read now. */
  readonly found: readonly IncomingPost[];
  /** External ids that a complete read did not find any more. */
  readonly gone: readonly string[];
}

export interface Thread {
  /** In the order of time, the asked post among them. */
  readonly posts: readonly IncomingPost[];
  /** False when the network may not have shown everything (then an absent reply proves nothing). */
  readonly complete: boolean;
}

/** What stands around our own posts. */
export interface Surroundings {
  /** Posts of our account, those of the desk among them: an answer that a colleague gave in the network's own app is here. */
  readonly own: readonly IncomingPost[];
  /** What others answered to them, also where they named us no more and so brought no notification. */
  readonly answers: readonly IncomingPost[];
}

export interface ReplyRequest {
  /** The post to answer, as stored. */
  readonly parent: IncomingPost;
  readonly text: string;
  readonly language: string | undefined;
  /** Never wider than the parent's; `direct` for a private reply. */
  readonly visibility: Visibility;
  /** Same key = same reply, where the network knows such keys. */
  readonly idempotencyKey: string;
  /** UTC ms, when it was intended: the same at each try with this key. */
  readonly intendedAt: number;
  readonly signal?: AbortSignal | undefined;
}

export interface SentReply {
  readonly externalId: string;
  readonly url: string | undefined;
  /** The network's time of the post. */
  readonly postedAt: number;
  /** The network's answer showed our parent; false = it stands alone (e.g. a server that ignores an unknown parent). */
  readonly attached: boolean;
}

/**
 * One network account. Errors: `network.*`, `secret.missing`. A write whose outcome cannot be known throws `network.outcomeUnknown`;
 * a write that surely did not happen throws another code.
 */
export interface Channel {
  readonly id: string;
  readonly network: string;
  readonly capabilities: ChannelCapabilities;
  readonly pace: ChannelPace;
  /** Who we are there; checks the token. */
  account(signal?: AbortSignal): Promise<ChannelAccount>;
  /** Pages of what came since the cursor, oldest page first, without gaps; ends when nothing is new. */
  pull(request: PullRequest): AsyncIterable<PullPage>;
  /** Re-reads known posts: edits and deletions. */
  check(externalIds: readonly string[], signal?: AbortSignal): Promise<PostCheck>;
  thread(externalId: string, signal?: AbortSignal): Promise<Thread>;
  /** Our own posts since then (UTC ms), and what was answered to them; absent = the pull brings both. A channel may remember what it has handed out. */
  around?(since: number, signal?: AbortSignal): Promise<Surroundings>;
  /** How this instance counts; cached for a day. */
  lengthRule(signal?: AbortSignal): Promise<LengthRule>;
  /** What goes in front of an answer so that the author is told (e.g. `@handle `), empty where the text names him already. */
  greeting(parent: IncomingPost, text: string): string;
  reply(request: ReplyRequest): Promise<SentReply>;
  /** Errors: `network.notFound` when it is gone already. */
  delete(externalId: string, signal?: AbortSignal): Promise<void>;
}

/** What a channel is given at its making. */
export interface ChannelEnvironment {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
  /** The token, already checked against the channel's origin. Errors: `secret.missing`, `secret.otherOrigin`. */
  readonly secret: () => Promise<ChannelSecret>;
  /**
   * For tokens that rotate. Under a lock over all processes of this machine: when what is stored is no longer `used`, another process has renewed it and
   * that one is returned; else `renew` is called with what is stored, and what it returns is stored before anybody uses it. Errors: those of `renew`,
   * `secret.*`, `lock.*`, `store.*`.
   */
  readonly renew: (used: ChannelSecret, renew: (current: ChannelSecret) => Promise<ChannelSecret>) => Promise<ChannelSecret>;
  readonly noteLimits: (limits: RateLimits) => void;
  /** e.g. `Momentos/0.1.0`. */
  readonly userAgent: string;
}

/** A sign-in that a person finishes in the browser. */
export interface SignIn {
  /** Where the person agrees; https, or http on loopback. */
  readonly authorizeUrl: string;
  /** Sent back with the code where there is a callback; to be compared. */
  readonly state: string;
  /** Errors: `signIn.refused`, `network.*`. */
  complete(code: string): Promise<SignedIn>;
}

export interface SignedIn {
  readonly secret: ChannelSecret;
  readonly account: ChannelAccount;
}
