import { type ConnectWay, type PastedSecret } from '../channels/network';
import { type Actor, type AuditHead, type AuditVerdict } from '../core/audit';
import { type ChannelConfig, type DeskConfig } from '../core/config';
import { type Draft } from '../core/draft';
import { type CutOffWorks } from '../core/erasurePorts';
import { type MomentosError } from '../core/errors';
import { type Hold, type HoldScope } from '../core/hold';
import { type CloseReason, type Mention, type Priority, type MentionStatus, type Reply } from '../core/mention';
import { type Mood } from '../core/mood';
import { type DeskMetrics } from '../core/metrics';
import { type ChannelCapabilities, type SignIn, type Thread } from '../core/channelPort';
import { type AuditVerifyOptions, type ChannelState } from '../core/ports';
import { type Confirmation } from '../core/confirmations';
import { type ReplyFinding } from '../core/replyRules';
import { type SecondPersonReason, type Submission } from '../core/submission';
import { type SentimentLabel } from '../core/sentiment';
import { type MentionKind } from '../core/textReading';
import { type LengthRule } from '../core/text/countText';
import { type LocalText } from '../core/text/placeholders';
import { type NewChannel } from './channelEntry';
import { type DeskCitizenData } from './citizenData/citizenDataApi';
import { type DeskContacts } from './contactsApi';
import { type ExportOptions, type ExportResult } from './export/exportApi';
import { type DeskImports } from './importFile/importApi';
import { type DeskLegalHolds } from './legalHoldApi';
import { type DeskRedactions } from './redactionApi';
import { type DeskRetention } from './retentionApi';
import { type RankedTemplate, type DeskTemplates, type DeskReviewers } from './reviewApi';
import { type DeskPull, type DeskReadings } from './pullApi';

/**
 * What people can do at the desk; both hosts (extension, command line) use only this. Deeds throw MomentosError. Every deed that changes something is
 * in the audit log, synced, before it resolves.
 */
export interface Desk {
  readonly dir: string;
  readonly config: DeskConfig;
  /** Interface language, `es` or `en`. */
  readonly language: 'es' | 'en';
  /** True while every channel is on loopback and the reviewer is the practice one. */
  readonly practice: boolean;
  readonly operator: Actor;
  readonly inbox: DeskInbox;
  readonly pulling: DeskPull;
  readonly contacts: DeskContacts;
  readonly imports: DeskImports;
  readonly triage: DeskTriage;
  readonly replies: DeskReplies;
  readonly approvals: DeskApprovals;
  readonly holds: DeskHolds;
  readonly legalHolds: DeskLegalHolds;
  readonly citizenData: DeskCitizenData;
  readonly retention: DeskRetention;
  readonly redactions: DeskRedactions;
  /** Erasing and archiving that a crash cut off; ended at opening, unless read-only. */
  readonly cutOff: CutOffWorks;
  readonly templates: DeskTemplates;
  readonly reviewers: DeskReviewers;
  readonly audit: DeskAudit;
  readonly channels: DeskChannels;
  readonly media: DeskMedia;
  readonly readings: DeskReadings;
  /** Checks everything that can be checked without changing anything; never prints a secret. */
  doctor(signal?: AbortSignal): Promise<readonly DoctorFinding[]>;
  dispose(): Promise<void>;
}

export interface DoctorFinding {
  readonly code: string;
  readonly severity: 'ok' | 'warning' | 'error';
  readonly message: string;
}

// ---- Inbox -----------------------------------------------------------------------------------------------------------------

export const inboxGroups = ['overdue', 'dueSoon', 'waitingApproval', 'open', 'waitingUnit', 'waitingCitizen', 'snoozed', 'answeredToday'] as const;
export type InboxGroup = (typeof inboxGroups)[number];
export const inboxGroupings = ['due', 'channel', 'sentiment', 'priority', 'author'] as const;
export type InboxGrouping = (typeof inboxGroupings)[number];

export interface InboxFilter {
  /** Claimed by the operator. */
  readonly mine?: boolean;
  /** Folded substring of text, author, handle, case number or mention id. */
  readonly search?: string;
  readonly channel?: string;
  /** As it is shown: `unsure` ones are under no other. */
  readonly sentiment?: Mood;
  readonly kind?: MentionKind;
  /** Id of a topic of momentos.json. */
  readonly topic?: string;
  /** Only what a rule of danger found. */
  readonly urgent?: boolean;
  readonly priority?: Priority;
  readonly status?: MentionStatus;
}

export interface MentionGroup {
  /** Stable: a group of `due`, a channel id, a label, a priority or an author id. */
  readonly key: string;
  readonly label: string;
  /** In the order of work: most overdue first. */
  readonly mentions: readonly Mention[];
}

export interface DeskInbox {
  /** By local id, or any unambiguous beginning of one. Errors: `mention.notFound`, `mention.ambiguous`. */
  get(id: string): Mention;
  /** Open ones, in the order of work; `all`: every one. */
  list(options?: InboxFilter & { readonly all?: boolean }): readonly Mention[];
  groups(grouping: InboxGrouping, filter?: InboxFilter): readonly MentionGroup[];
  /** `group` is the group a mention stands in now under `due`; undefined = shown nowhere (closed, answered before today). */
  groupOf(mention: Mention): InboxGroup | undefined;
  counts(): { readonly open: number; readonly overdue: number; readonly urgent: number };
  conversation(mention: Mention): readonly Mention[];
  /** Other mentions of the same author, newest first. */
  earlierContacts(mention: Mention): readonly Mention[];
  byCase(caseNumber: string): readonly Mention[];
  refresh(): Promise<boolean>;
  /** After a change by this or another process. */
  onDidChange(listener: () => void): () => void;
}

// ---- Triage ----------------------------------------------------------------------------------------------------------------

export interface DeskTriage {
  /** First look at the mention; logged once per mention. */
  opened(id: string): Promise<Mention>;
  /** Errors: `mention.claimedByOther` unless `take`. */
  claim(ids: readonly string[], options?: { readonly take?: boolean }): Promise<readonly Mention[]>;
  release(ids: readonly string[]): Promise<readonly Mention[]>;
  /** `until` UTC ms. Errors: `snooze.inPast`. */
  snooze(ids: readonly string[], until: number): Promise<readonly Mention[]>;
  /** The citizen's clock keeps running. Errors: `unit.notFound`. */
  refer(ids: readonly string[], unit: string, note: string): Promise<readonly Mention[]>;
  /** What the unit answered; the mention is open again. Errors: `referral.none`, `note.empty`. */
  unitAnswered(id: string, text: string): Promise<Mention>;
  note(id: string, text: string): Promise<Mention>;
  /** On the whole conversation; `undefined` takes it away. Errors: `case.invalid`. */
  setCase(id: string, caseNumber: string | undefined): Promise<readonly Mention[]>;
  /** Errors: `close.reasonMissing`. */
  close(ids: readonly string[], reason: CloseReason, note?: string): Promise<readonly Mention[]>;
  reopen(ids: readonly string[]): Promise<readonly Mention[]>;
  /** We asked the citizen something back. */
  waitForCitizen(ids: readonly string[]): Promise<readonly Mention[]>;
  correctSentiment(id: string, label: SentimentLabel): Promise<Mention>;
  /** What the message is. A request for public information gets its legal term; a priority can rise by it, never fall. Errors: `kind.invalid`. */
  correctKind(id: string, kind: MentionKind): Promise<Mention>;
}

// ---- Reply -----------------------------------------------------------------------------------------------------------------

export { confirmations, type Confirmation } from '../core/confirmations';

export interface ReplyDraft {
  readonly text: string;
  readonly template?: { readonly id: string; readonly version: number; readonly language: string } | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly private?: boolean | undefined;
  readonly again?: { readonly reason: string; readonly corrects?: string | undefined } | undefined;
  /** Language of the answer; default: the template's, else the mention's. */
  readonly language?: string | undefined;
}

export type ReplyCheck = ReplyFinding;

export interface CheckedReply {
  /** As it would be sent, greeting included. */
  readonly text: string;
  readonly checks: readonly ReplyCheck[];
  readonly length: number;
  readonly rule: LengthRule;
  /** `approved` = equals a rendering; `edited`; `free` = without a template. */
  readonly origin: 'approved' | 'edited' | 'free';
  /** Share of the approved words that were kept, 0 to 1. */
  readonly kept: number;
  /** Why a second person has to see it first; undefined = it may go out. */
  readonly secondPerson: SecondPersonReason | undefined;
}

export interface SendOptions {
  readonly confirm: readonly Confirmation[];
  readonly signal?: AbortSignal;
}

export interface SentResult {
  readonly mention: Mention;
  readonly reply: Reply;
}

export interface ReplyContext {
  readonly mention: Mention;
  readonly thread: Thread | undefined;
  readonly rule: LengthRule;
  readonly greeting: string;
  readonly templates: readonly RankedTemplate[];
  /** Values filled from what is known: name, then language. */
  readonly known: Readonly<Record<string, LocalText>>;
  /** Language to answer in. */
  readonly language: string;
  readonly capabilities: ChannelCapabilities;
}

export interface DeskReplies {
  /** What the panel needs; `network: false` uses only what is stored. */
  context(id: string, options?: { readonly network?: boolean; readonly signal?: AbortSignal }): Promise<ReplyContext>;
  /** The rules on a draft, without network. `approving`: the waiting answer that it would let go. */
  check(id: string, draft: ReplyDraft, options?: { readonly approving?: string | undefined }): Promise<CheckedReply>;
  /** Renders the approved version with known and given values. Errors: `template.notFound`, `reply.notApproved`, `template.noLanguage`. */
  render(id: string, template: string, language: string | undefined, values: Readonly<Record<string, string>>): Promise<ReplyDraft>;
  /**
   * Checks, looks whether we answered already, writes `reply.intended`, sends, writes the outcome. Where the channel takes no answers the reply comes back
   * as `intended`, to be given by hand; `settle` then says whether it was.
   * Errors: the refusals, `reply.needsSecondPerson`, `reply.toConfirm` (details.confirm: codes), `network.*`, `reply.unsettled` when the outcome is unknown.
   */
  send(id: string, draft: ReplyDraft, options: SendOptions): Promise<SentResult>;
  /** Deletes on the network; the words stay in the log. Errors: `reply.notFound`, `reply.reasonMissing`, `network.*`. */
  withdraw(replyId: string, reason: string): Promise<SentResult>;
  /** A person says what became of an unsettled reply, or of one that is given by hand (`at`: when, UTC ms; undefined = now). Errors: `reply.notFound`, `contact.invalid`. */
  settle(replyId: string, sent: boolean, given?: { readonly at?: number | undefined }): Promise<SentResult>;
  /** After a crash: looks at each intended or unsettled reply; runs at start and before each send. */
  settleAll(signal?: AbortSignal): Promise<readonly SentResult[]>;
  /** By reply id. Errors: `reply.notFound`. */
  find(replyId: string): SentResult;
  draft(mentionId: string): Promise<Draft | undefined>;
  saveDraft(mentionId: string, draft: ReplyDraft, options?: { readonly sendingAt?: number; readonly failure?: string }): Promise<number>;
  removeDraft(mentionId: string): Promise<void>;
  /** Drafts whose undo window was running when VS Code closed: not sent. Clears the mark. */
  interruptedDrafts(): Promise<readonly Draft[]>;
  drafts(): Promise<readonly Draft[]>;
}

// ---- Answers that wait for a second person -------------------------------------------------------------------------------------

export interface WaitingAnswer {
  readonly mention: Mention;
  readonly submission: Submission;
}

export interface ApprovalRights {
  /** Send it, or return it with a reason. */
  readonly approve: boolean;
  readonly takeBack: boolean;
  /** Why not to approve; undefined when he may. */
  readonly whyNot: MomentosError | undefined;
}

/** Answers that a second person sees before the citizen does. */
export interface DeskApprovals {
  /** Those that wait, the longest first. */
  list(): readonly WaitingAnswer[];
  /** Hands an answer in. Nothing goes to the network. Errors: the refusals, `reply.toConfirm`, `reply.waitsForApproval`. */
  submit(id: string, draft: ReplyDraft, options: SendOptions): Promise<WaitingAnswer>;
  /** The waiting answer of a mention as a draft. Errors: `reply.notWaiting`. */
  draft(id: string): ReplyDraft;
  /** What the operator may do with the one that waits. */
  may(mention: Mention): Promise<ApprovalRights>;
  /**
   * Lets it go as the second person: as it is, or with other words (`text`, and with the values of `draft`). What the author confirmed counts only for the
   * author's own words. Errors: as `DeskReplies.send`, `reply.notWaiting`, `reply.ownAnswer`, `review.*`, `reviewer.*`, `trust.missing`.
   */
  send(id: string, options: SendOptions & { readonly draft?: ReplyDraft | undefined }): Promise<SentResult>;
  /** Gives it back to its author, whose draft it is again. Errors: `review.reasonMissing`, and as `send`. */
  giveBack(id: string, reason: string): Promise<Mention>;
  /** By its author. Errors: `reply.notWaiting`, `reply.ownAnswer`. */
  takeBack(id: string): Promise<Mention>;
}

// ---- Answers on hold ---------------------------------------------------------------------------------------------------------

export interface NewHold {
  readonly scope: HoldScope;
  readonly reason: string;
  /** Id of an approved template: the one thing that may be sent meanwhile. */
  readonly statement?: string | undefined;
  /** UTC ms. */
  readonly until?: number | undefined;
}

export interface DeskHolds {
  /** Those that stand; notes the end of those whose time is up. */
  list(): Promise<readonly Hold[]>;
  /** Those that cover a mention now. */
  covering(mention: Mention): Promise<readonly Hold[]>;
  /** By anybody at the desk. Errors: `reply.reasonMissing`, `hold.invalid`, `channel.notFound`, `reply.notApproved`, `snooze.inPast`. */
  set(hold: NewHold): Promise<Hold>;
  /** By a second person. Errors: `hold.notFound`, `hold.own`. */
  lift(id: string, reason?: string): Promise<Hold>;
}

// ---- Audit -----------------------------------------------------------------------------------------------------------------

export interface DeskAudit {
  head(): Promise<AuditHead>;
  /** Somebody took this head for a memo: the log says who and when. Errors: `lock.*`, `store.*`. */
  noteHeadCopied(head: AuditHead): Promise<void>;
  verify(options?: AuditVerifyOptions): Promise<AuditVerdict>;
  /** Takes the log out, up to the head that it has now; the log says who did before the file appears. Errors: `export.*`, `report.invalidRange`, `network.cancelled`. */
  export(options: ExportOptions): Promise<ExportResult>;
  /** From the log alone. `from`/`to` UTC ms. */
  report(options: { readonly from: number; readonly to: number }): Promise<DeskMetrics>;
  /** Today in the institution's time zone. */
  today(): { readonly from: number; readonly to: number };
}

// ---- Media -----------------------------------------------------------------------------------------------------------------

export interface FetchedPicture {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  readonly bytes: Uint8Array;
  /** undefined = its author described nothing. */
  readonly alt: string | undefined;
}

export interface DeskMedia {
  /**
   * A picture of a mention, by its place among the media. Nothing is fetched before a person asks; no token is sent. Errors: `mention.notFound`,
   * `media.refused`, `media.noPicture`, `network.*`.
   */
  fetch(mentionId: string, index: number, signal?: AbortSignal): Promise<FetchedPicture>;
}

// ---- Channels --------------------------------------------------------------------------------------------------------------

export interface ChannelInfo {
  readonly id: string;
  readonly name: string;
  readonly network: string;
  readonly url: string;
  readonly account: string;
  /** How a person connects it, the usual way first. */
  readonly ways: readonly ConnectWay[];
  readonly capabilities: ChannelCapabilities;
  /** False when there is no usable secret; `problem` says why. */
  readonly connected: boolean;
  readonly problem: MomentosError | undefined;
  /** Of the last pull; undefined = it went well, or there was none. */
  readonly failure: MomentosError | undefined;
  readonly state: ChannelState;
}

export interface DeskChannels {
  /** Network accounts; contacts by hand are not among them. */
  list(): Promise<readonly ChannelInfo[]>;
  /** Writes the entry into momentos.json, comments kept; the desk has to be opened anew for it. Errors: `config.*`, `channel.exists`, `store.notWritable`. */
  add(channel: NewChannel): Promise<ChannelConfig>;
  /** The OAuth 2.0 client id of the institution's own app, into momentos.json, as `add`. Errors: `channel.notFound`, `config.*`, `store.notWritable`. */
  setClientId(channelId: string, clientId: string): Promise<ChannelConfig>;
  /** `clientSecret`: of the institution's own app, where the network wants one and it has a secret. Errors: `signIn.notThisWay`, `network.*`. */
  beginSignIn(channelId: string, redirectUri: string, clientSecret?: string): Promise<SignIn>;
  /** Stores the secret, checks the account, marks the channel as connected. */
  finishSignIn(channelId: string, signIn: SignIn, code: string): Promise<ChannelInfo>;
  /** With an app password or a token that a person pasted. Errors: `signIn.*`, `secret.otherAccount`, `network.*`. */
  connectWith(channelId: string, pasted: PastedSecret): Promise<ChannelInfo>;
  /** Trusts this channel's origin for a token from the environment, once, remembered outside the desk folder. */
  trustOrigin(channelId: string): Promise<void>;
  disconnect(channelId: string): Promise<void>;
}
