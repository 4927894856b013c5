import { type Evidence, type SentimentLabel } from './sentiment';
import { type TextReading } from './textReading';
import { type ReturnedSubmission, type Submission } from './submission';

export const visibilities = ['public', 'unlisted', 'private', 'direct'] as const;
/** Who can see a post, widest first. `private` = followers, `direct` = the people named in it. */
export type Visibility = (typeof visibilities)[number];

export const priorities = ['urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

export const mentionStatuses = ['open', 'claimed', 'referred', 'waiting', 'snoozed', 'answered', 'closed'] as const;
/** `waiting` = for the citizen, after we asked something back; `referred` = for a unit. */
export type MentionStatus = (typeof mentionStatuses)[number];

export const closeReasons = ['noAnswerNeeded', 'spam', 'abuse', 'duplicate', 'answeredElsewhere', 'deletedByAuthor', 'notForUs'] as const;
export type CloseReason = (typeof closeReasons)[number];

/** Who wrote: as the network names them. `id` is the network's id, opaque and unique within the channel. */
export interface Author {
  readonly id: string;
  /** With host where the network has hosts, without a leading `@`; '' where nothing is known. */
  readonly handle: string;
  /** The handle is a number or an address of no network: shown as it is, without `@`. */
  readonly plain?: boolean | undefined;
  readonly name: string;
  readonly url?: string | undefined;
}

export interface Media {
  readonly type: 'image' | 'video' | 'audio' | 'other';
  readonly url: string;
  /** What the author says is to be seen; undefined = the author said nothing. */
  readonly alt?: string | undefined;
}

/** One post as a channel normalised it: plain text, UTC milliseconds, opaque ids. */
export interface IncomingPost {
  /** Stable within the channel; the key of de-duplication. */
  readonly externalId: string;
  /** The network's id of this version, where each edit has one of its own (X) or its content has one (Bluesky's cid). */
  readonly versionId?: string | undefined;
  readonly author: Author;
  /** Plain text; links stand as their real target. Hostile all the same. */
  readonly text: string;
  /** As the network says, BCP 47; undefined = it does not say. */
  readonly language?: string | undefined;
  /** The network server's time. */
  readonly postedAt: number;
  /** What the author's software declared, where it differs. */
  readonly declaredAt?: number | undefined;
  readonly editedAt?: number | undefined;
  /** The post that it answers, undefined = it starts a conversation. */
  readonly parentId?: string | undefined;
  /** External id of a post that it quotes. */
  readonly quotedId?: string | undefined;
  /** Root of the conversation where the network tells it. */
  readonly rootId?: string | undefined;
  /** The network's own name for the matter (a case number), where it gives one; not an id of a post. What carries the same one is one conversation. */
  readonly conversationId?: string | undefined;
  readonly url?: string | undefined;
  readonly visibility: Visibility;
  /** Countries (ISO codes) in which the network does not show it, where it says so. */
  readonly withheldIn?: readonly string[] | undefined;
  readonly media: readonly Media[];
  /** Accounts named in the text, handles without `@` (a reply greets them). */
  readonly mentions: readonly string[];
  /** True when our own account wrote it. */
  readonly own: boolean;
  /** Behind a content warning. */
  readonly warning?: string | undefined;
}

export interface MentionSentiment {
  readonly label: SentimentLabel;
  readonly score: number;
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  /** Version of the scorer; undefined = it was stored before that was kept. */
  readonly model?: string | undefined;
  /** Set when a person said that the label was wrong. */
  readonly correctedTo?: SentimentLabel | undefined;
}

/** The response target frozen when the mention arrived; later changes of the policy do not touch it. */
export interface FrozenTarget {
  readonly priority: Priority;
  /** Milliseconds allowed, counted in office hours if `officeHours`, else on the calendar. */
  readonly allowedMs: number;
  readonly officeHours: boolean;
  /** UTC milliseconds. */
  readonly dueAt: number;
}

/** The legal term of a request for public information, frozen when it arrived or was said to be one. */
export interface LegalTerm {
  /** UTC ms: the end of the last day. */
  readonly dueAt: number;
  readonly workingDays: number;
  /** Law and article, as momentos.json says. */
  readonly source?: string | undefined;
}

export interface Claim {
  readonly actor: string;
  readonly name: string;
  readonly at: number;
}

export interface Referral {
  readonly unit: string;
  readonly note: string;
  readonly at: number;
  readonly by: string;
  /** UTC milliseconds by which the unit should answer; undefined = the unit has no target. */
  readonly dueAt?: number | undefined;
  readonly answer?: { readonly text: string; readonly at: number; readonly by: string } | undefined;
}

export interface Note {
  readonly text: string;
  readonly at: number;
  readonly by: string;
}

export const replyStates = ['intended', 'sent', 'failed', 'unsettled', 'withdrawn'] as const;
export type ReplyState = (typeof replyStates)[number];

/** One answer of ours to a mention, in any state that the log knows. */
export interface Reply {
  /** Local id, also the idempotency key. */
  readonly id: string;
  readonly state: ReplyState;
  readonly text: string;
  readonly visibility: Visibility;
  readonly language?: string | undefined;
  readonly by: string;
  readonly intendedAt: number;
  readonly sentAt?: number | undefined;
  readonly externalId?: string | undefined;
  readonly url?: string | undefined;
  readonly template?: { readonly id: string; readonly version: number } | undefined;
  /** When the version it is based on was approved, UTC ms. */
  readonly approvedAt?: number | undefined;
  /** Error code when it failed. */
  readonly failure?: string | undefined;
  /** Why there is more than one answer: follow-up or correction of an earlier reply. */
  readonly again?: { readonly reason: string; readonly corrects?: string | undefined } | undefined;
  readonly withdrawn?: { readonly reason: string; readonly at: number; readonly by: string } | undefined;
  /** Milliseconds from the oldest unanswered message of the citizen to `sentAt`. */
  readonly latencyMs?: number | undefined;
  readonly private?: boolean | undefined;
  /** A person gives it (by phone, at the counter, in another program) and says that it was given; no network of ours sends it. */
  readonly byHand?: boolean | undefined;
  /** Where a second person let it go: what its author had handed in. */
  readonly approved?: { readonly submission: Submission; /** UTC ms. */ readonly at: number; /** All the time that it waited for approval. */ readonly approvalMs: number } | undefined;
  /** The process that is sending it; while it lives nobody else settles the reply. */
  readonly sender?: { readonly pid: number; readonly startedAt?: string | undefined; readonly host: string; readonly space?: string | undefined } | undefined;
}

/** A citizen's message at the desk: what came, how it reads, and what the team did with it. */
export interface Mention {
  /** Local random id, `m-` and 10 characters; the only id that stands in the chain of the audit log. */
  readonly id: string;
  readonly channel: string;
  readonly post: IncomingPost;
  /** Local random id of the author, `a-...`. */
  readonly authorId: string;
  /** Local random id of the conversation, `c-...`. */
  readonly conversation: string;
  readonly receivedAt: number;
  /** Language found in the text, `other` = none of ours. */
  readonly language: string;
  readonly sentiment: MentionSentiment;
  /** The scorer could not read it when it came; it is read later, by itself. Until then its sentiment says nothing. */
  readonly unscored?: boolean | undefined;
  /** What the rules found; undefined = it was stored before there were any. */
  readonly reading?: TextReading | undefined;
  readonly priority: Priority;
  /** Why this priority, by rule name; shown in the hover. */
  readonly priorityReasons: readonly string[];
  readonly target: FrozenTarget;
  readonly legalTerm?: LegalTerm | undefined;
  /** Posted before the channel was connected: shown, no notices, outside the target figures. */
  readonly backlog: boolean;
  readonly status: MentionStatus;
  readonly openedAt?: number | undefined;
  readonly claim?: Claim | undefined;
  readonly snoozedUntil?: number | undefined;
  readonly referral?: Referral | undefined;
  readonly notes: readonly Note[];
  readonly caseNumber?: string | undefined;
  readonly closed?: { readonly reason: CloseReason; readonly note?: string | undefined; readonly at: number; readonly by: string } | undefined;
  readonly replies: readonly Reply[];
  /** An answer that waits for a second person. */
  readonly submission?: Submission | undefined;
  /** Why the last one came back; until the next is handed in or an answer is sent. */
  readonly returned?: ReturnedSubmission | undefined;
  /** Time that answers which came back had waited for approval, ms. */
  readonly inApprovalMs?: number | undefined;
  /** Answered by a colleague in the network's own app. */
  readonly answeredElsewhereAt?: number | undefined;
  readonly deletedAt?: number | undefined;
  /** The words went with it: nothing kept them. */
  readonly erased?: boolean | undefined;
  /** Earlier wordings, oldest first. */
  readonly earlierTexts?: readonly { readonly text: string; readonly until: number }[] | undefined;
  /** Grows by one with each change; a stale writer is refused. */
  readonly revision: number;
}

/** Its text was never read: it was stored before there were readings, or while the scorer could not be had. */
export function isUnread(mention: Mention): boolean {
  return hasWords(mention) && (mention.unscored === true || mention.reading === undefined);
}

/** There is something to read. */
export function hasWords({ post, erased }: Mention): boolean {
  return erased !== true && post.text !== '';
}

/** Open in the sense of the badge: somebody still has to do something. */
export function isOpen(mention: Pick<Mention, 'status'>): boolean {
  return mention.status !== 'answered' && mention.status !== 'closed';
}
