import { type AuditDraft, type AuditEntry, type AuditHead, type AuditKind, type AuditRecord, type AuditVerdict, type Progress } from './audit';
import { type ErrorDetails } from './errors';
import { type IncomingPost, type Mention, type Visibility } from './mention';
import { type SigningKey } from './signing';
import { type Trust } from './reviewers';
import { type TemplateApproval, type TemplateWithdrawal } from './template';
import { type Clock, type Logger, type Randomness } from './clock';
import { type Draft } from './draft';
import { type Hold } from './hold';
import { type LegalHold } from './legalHold';
import { type LengthRule } from './text/countText';

// ---- Channel ---------------------------------------------------------------------------------------------------------------

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

// ---- Secrets ---------------------------------------------------------------------------------------------------------------

/** A token with what it was granted for. Never logged, never in the desk folder. */
export interface ChannelSecret {
  readonly token: string;
  /** scheme://host:port it was granted by; undefined = from the environment, trusted by `--trust-origin` or loopback only. */
  readonly origin?: string | undefined;
  /** Network id of the account; undefined = not told. */
  readonly accountId?: string | undefined;
  readonly refreshToken?: string | undefined;
  /** The app that it was granted to, where the network wants both named to end a token. */
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** Derived from the token, and rotating, where the token itself is not sent with each request (Bluesky's app password). */
  readonly session?: { readonly access: string; readonly refresh: string; /** Where it holds, if elsewhere than `origin`. */ readonly endpoint?: string | undefined } | undefined;
  /** UTC ms, when `token` ends. */
  readonly expiresAt?: number | undefined;
  readonly scopes?: readonly string[] | undefined;
}

export interface SecretSource {
  /** undefined = there is none. Errors: `secret.unreadable`. */
  read(channelId: string): Promise<ChannelSecret | undefined>;
  /** Errors: `store.notWritable`. */
  write(channelId: string, secret: ChannelSecret): Promise<void>;
  remove(channelId: string): Promise<void>;
}

/** What this machine holds to be true of each institution, by its id; outside every desk folder. */
export interface TrustStore {
  read(institution: string): Promise<Trust>;
  write(institution: string, trust: Trust): Promise<void>;
}

/** The operator's own key. Errors: `key.unreadable`, `key.passphrase`. */
export interface SignerSource {
  /** undefined = there is none. */
  key(): Promise<SigningKey | undefined>;
}

// ---- Stores ----------------------------------------------------------------------------------------------------------------

export interface InboxChange {
  readonly mentions: readonly Mention[];
}

export interface Cursor {
  readonly value: string;
  readonly at: number;
}

/** State that stays small: cursors, when each channel was connected, what the poller last saw. */
export interface ChannelState {
  readonly cursor?: Cursor | undefined;
  /** UTC ms: from when on the network is read again where the cursor was erased with the post that it named. */
  readonly resumeFrom?: number | undefined;
  readonly connectedAt?: number | undefined;
  readonly account?: ChannelAccount | undefined;
  /** What the channel could do when it was last pulled: a server may declare less than its network knows. */
  readonly declared?: ChannelCapabilities | undefined;
  readonly lastPullAt?: number | undefined;
  /** Error code of the last pull, undefined = it went well. */
  readonly lastError?: string | undefined;
  /** The details of that error; they never hold a secret. */
  readonly lastErrorDetails?: ErrorDetails | undefined;
  /** UTC ms of the first of the pulls that have failed since. */
  readonly failingSince?: number | undefined;
  /** How long after it was posted the last new mention was seen, ms. */
  readonly lagMs?: number | undefined;
  readonly nextPullAt?: number | undefined;
  /** UTC ms: not to be asked before; the network said so. */
  readonly retryAt?: number | undefined;
  readonly limits?: RateLimits | undefined;
  readonly lengthRule?: LengthRule | undefined;
  readonly lengthRuleAt?: number | undefined;
}

/**
 * The mentions of the desk. Reads are from memory and see what other processes wrote after `refresh`.
 * Writes go through `update`, under the desk's lock, after reading what others wrote.
 */
export interface InboxStore {
  /** Reads what other processes appended; true when anything changed. */
  refresh(): Promise<boolean>;
  get(id: string): Mention | undefined;
  byExternalId(channel: string, externalId: string): Mention | undefined;
  all(): Iterable<Mention>;
  /** Mentions of one conversation, by time of posting. */
  conversation(id: string): readonly Mention[];
  byAuthor(authorId: string): readonly Mention[];
  /** Conversation of a mention, or of an answer of ours, with this external id; undefined = neither is here. */
  conversationOf(channel: string, externalId: string): string | undefined;
  /** Conversation whose mentions carry this `conversationId`. */
  conversationNamed(channel: string, conversationId: string): string | undefined;
  /** The mention that one of our replies belongs to, by the reply's local id. */
  byReply(replyId: string): Mention | undefined;
  /** Mentions that hold a reply in state `intended` or `unsettled`. */
  unsettled(): readonly Mention[];
  /** Local author id for a network's author, made when first seen inside `update`. */
  authorId(channel: string, networkAuthorId: string): string | undefined;
  /** True for a post of a citizen, or an answer of ours, that was erased: it is not taken in again. */
  isErased(channel: string, externalId: string): boolean;
  size(): number;
  /**
   * Runs `change` under the lock on the newest state, appends what it returns, syncs, then resolves to it. Each returned mention must carry
   * its old revision + 1. Nothing is written when it throws. Errors: `lock.*`, `store.*`.
   */
  update<T>(change: (transaction: InboxTransaction) => Promise<T> | T): Promise<T>;
  /** Rewrites what is stored, so that nothing which later changes have replaced can be read in it any more. Errors: `lock.*`, `store.*`. */
  forgetReplaced(): Promise<void>;
  /** Called after a change by this or another process; returns how to stop. */
  onDidChange(listener: () => void): () => void;
  dispose(): Promise<void>;
}

/** Reads inside `update` see the writes made before in it. */
export interface InboxTransaction {
  get(id: string): Mention | undefined;
  byExternalId(channel: string, externalId: string): Mention | undefined;
  conversation(id: string): readonly Mention[];
  conversationOf(channel: string, externalId: string): string | undefined;
  /** Conversation whose mentions carry this `conversationId`. */
  conversationNamed(channel: string, conversationId: string): string | undefined;
  authorId(channel: string, networkAuthorId: string): string | undefined;
  isErased(channel: string, externalId: string): boolean;
  put(mention: Mention): void;
  putAuthor(channel: string, networkAuthorId: string, authorId: string): void;
  /** Appended to the audit log first, synced, inside the same lock; then the mentions. */
  audit(...drafts: readonly AuditDraft[]): void;
}

export interface ChannelStateStore {
  read(channelId: string): Promise<ChannelState>;
  /** Read-modify-write under the lock. */
  update(channelId: string, change: (state: ChannelState) => ChannelState): Promise<ChannelState>;
}

/** What the columns of a file mean, by field, as a person said it. */
export interface RememberedImport {
  readonly mapping: Readonly<Record<string, string | undefined>>;
  /** Whether the day or the month stands first. */
  readonly dates?: 'dmy' | 'mdy' | undefined;
}

export interface ImportMemory {
  /** undefined = no file with these headings was corrected before. */
  recall(headings: readonly string[]): Promise<RememberedImport | undefined>;
  remember(headings: readonly string[], known: RememberedImport): Promise<void>;
}

export interface HoldStore {
  /** What is stored, also those whose time is up. */
  read(): Promise<readonly Hold[]>;
  /** Read-modify-write under the lock; the entries are in the audit log before the holds are stored. */
  update(change: (holds: readonly Hold[]) => { readonly holds: readonly Hold[]; readonly entries: readonly AuditDraft[] }): Promise<readonly Hold[]>;
}

export interface LegalHoldStore {
  /** Errors: `store.unreadable`: then everything counts as held. */
  read(): Promise<readonly LegalHold[]>;
  /** Read-modify-write under the lock; the entries are in the audit log before the holds are stored. */
  update(change: (holds: readonly LegalHold[]) => Promise<{ readonly holds: readonly LegalHold[]; readonly entries: readonly AuditDraft[] }>): Promise<readonly LegalHold[]>;
}

export interface DraftStore {
  read(mentionId: string): Promise<Draft | undefined>;
  write(draft: Draft): Promise<void>;
  remove(mentionId: string): Promise<void>;
  list(): Promise<readonly Draft[]>;
}

export interface AuditRange {
  /** UTC milliseconds, inclusive. */
  readonly from?: number | undefined;
  /** UTC milliseconds, exclusive. */
  readonly to?: number | undefined;
  /** First sequence number to read; 0 = from the start. */
  readonly fromSeq?: number | undefined;
  /** Only entries of these kinds; a reader may skip the others without parsing them. */
  readonly kinds?: readonly AuditKind[] | undefined;
  /** Only entries of these kinds get their values joined, the others have none; undefined = all. */
  readonly valuesOf?: readonly AuditKind[] | undefined;
  /** Of a kind named here only these values are joined. */
  readonly fieldsOf?: ReadonlyMap<string, readonly string[]> | undefined;
  /** With the lines of the chain as they stand. */
  readonly lines?: boolean | undefined;
  /** Read no further than this head (fixed at the start of an export). */
  readonly upTo?: AuditHead | undefined;
}

/** Which entries are meant: by number, by time, or both; without limits all. */
export interface AuditSpan {
  /** First and last sequence number, both inclusive. */
  readonly fromSeq?: number | undefined;
  readonly toSeq?: number | undefined;
  /** UTC milliseconds, inclusive. */
  readonly from?: number | undefined;
  /** UTC milliseconds, exclusive. */
  readonly to?: number | undefined;
}

export interface AuditVerifyOptions {
  /** A head hash that must occur in the chain. */
  readonly expect?: string | undefined;
  /** Only these entries are checked, with their link to the one before; erasures after them count all the same. */
  readonly span?: AuditSpan | undefined;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface AuditLog {
  /** Values first, then entries, one sync; success only after both are on disk. Errors: `lock.*`, `store.*`, `audit.changedUnderneath`. */
  append(drafts: readonly AuditDraft[]): Promise<readonly AuditEntry[]>;
  head(): Promise<AuditHead>;
  /** After entries were appended by this process or another; a moment later where the system tells nothing. */
  onDidChange(listener: () => void): () => void;
  /** Streams entries with their values; never fails on a read-only copy. */
  read(range?: AuditRange): AsyncIterable<AuditRecord>;
  /** Works without the lock and on a read-only copy. */
  verify(options?: AuditVerifyOptions): Promise<AuditVerdict>;
}

/** A template file as it stands in the folder: bytes made text, not yet parsed. */
export interface TemplateFile {
  readonly id: string;
  /** Decoded and normalised: UTF-8, NFC, LF, without BOM. */
  readonly text: string;
  readonly path: string;
  /** Why the file cannot be used (`text` is empty then): not UTF-8 or not readable, or larger than 256 KiB. */
  readonly problem?: 'file.unreadable' | 'tooLarge' | undefined;
}

export interface TemplateStore {
  working(): Promise<readonly TemplateFile[]>;
  workingOne(id: string): Promise<TemplateFile | undefined>;
  /** undefined = no such approved copy. */
  approvedCopy(id: string, version: number): Promise<TemplateFile | undefined>;
  approvedVersions(id: string): Promise<readonly number[]>;
  approvals(): Promise<readonly TemplateApproval[]>;
  withdrawals(): Promise<readonly TemplateWithdrawal[]>;
  writeWithdrawal(withdrawal: TemplateWithdrawal): Promise<void>;
  /** Writes the approved copy (never over an existing one that differs), then the approval line, both synced. */
  writeApproval(approval: TemplateApproval, text: string): Promise<void>;
  /** Creates a working file; `export.exists` when it is there. */
  create(id: string, text: string): Promise<string>;
  /** Called when a file of the folder changed; returns how to stop. */
  onDidChange(listener: () => void): () => void;
}

/** Local random ids (`p-...`) of the people at the desk, so that no name stands in the chain. */
export interface PeopleStore {
  /** The same person (address, else name, with the OS account) has the same id; made when first seen. */
  idFor(person: { readonly name: string; readonly email?: string | undefined; readonly osAccount: string }): Promise<string>;
}

/** A lease for the one process that polls; undefined = another living process has it. */
export interface PollLease {
  tryAcquire(): Promise<boolean>;
  release(): Promise<void>;
}
