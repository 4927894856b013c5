import { type AuditDraft, type AuditEntry, type AuditHead, type AuditKind, type AuditRecord, type AuditVerdict, type Progress } from './audit';
import { type ErrorDetails } from './errors';
import { type Mention } from './mention';
import { type TemplateApproval, type TemplateWithdrawal } from './template';
import { type Draft } from './draft';
import { type Hold } from './hold';
import { type LegalHold } from './legalHold';
import { type LengthRule } from './text/countText';
import { type ChannelAccount, type ChannelCapabilities, type RateLimits } from './channelPort';

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
  /** Mentions whose text was never read. */
  unread(): readonly Mention[];
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

/** What can be seen of an entry before its line is parsed. */
export interface EntryGlance {
  readonly seq: number;
  readonly kind: string;
  readonly subject: string;
  /** A text of the entry by the name of its member; undefined = not to be seen without parsing. */
  readonly textOf: (member: string) => string | undefined;
  /** Whether that member is an empty list; false = it is not, or that is not to be seen. */
  readonly isEmptyList: (member: string) => boolean;
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
  /** Entries that are left out for what can be seen before they are parsed; asked as `valuesIf` is. A reader may hand them out all the same. */
  readonly leaveOut?: ((glance: EntryGlance) => boolean) | undefined;
  /** Only entries for which it is true get their values joined; asked in their order, each when the one before has been handed out. */
  readonly valuesIf?: ((entry: AuditEntry) => boolean) | undefined;
  /** Only values for which it is true are joined. */
  readonly fieldIf?: ((kind: AuditKind, field: string) => boolean) | undefined;
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
