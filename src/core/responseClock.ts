import { type DeskConfig, spanMs } from './config';
import { type FrozenTarget, type Mention, type Priority, type Reply } from './mention';
import { type OfficeHours } from './officeHours';

/** The times of one reply, as they stand in the audit log; UTC ms, durations in ms. */
export interface LatencyBlock {
  /** Oldest unanswered message of the citizen, the network server's time. */
  readonly postedAt: number;
  readonly receivedAt: number;
  readonly openedAt?: number;
  readonly claimedAt?: number;
  /** When the version that was sent was approved. */
  readonly approvedAt?: number;
  /** When it was handed in to a second person, when that person let it go, and all the time that it waited for approval. */
  readonly submittedAt?: number;
  readonly secondApprovedAt?: number;
  readonly approvalMs?: number;
  readonly sentAt: number;
  /** The network's own time of our answer. */
  readonly confirmedAt: number;
  readonly calendarMs: number;
  /** Only where office hours are configured, never 0 in their place. */
  readonly officeMs?: number;
  readonly allowedMs: number;
  readonly officeHours: boolean;
  readonly dueAt: number;
  readonly met: boolean;
  readonly backlog: boolean;
  /** The first answer since the citizen began to wait. */
  readonly first: boolean;
}

/**
 * The target of a mention, frozen when it arrives. Office hours count if they are configured, except for `urgent`, which counts
 * calendar time (Chatwoot and Hootsuite: Friday 16:45 with 30 min and 9-17 h is due on Monday 9:15).
 */
export function freezeTarget(config: DeskConfig, office: OfficeHours | undefined, priority: Priority, from: number): FrozenTarget {
  const allowedMs = spanMs(config.responseTargets.firstResponse[priority]);
  const due = office === undefined || priority === 'urgent' ? undefined : office.after(from, allowedMs);
  return { priority, allowedMs, officeHours: due !== undefined, dueAt: due ?? from + allowedMs };
}

/** The oldest message of the citizen in this conversation that nobody has answered, up to the one that is answered now. */
export function oldestUnanswered(mention: Mention, conversation: readonly Mention[]): Mention {
  const waiting = conversation.filter(
    (other) => other.authorId === mention.authorId && other.post.postedAt <= mention.post.postedAt && !isSettled(other) && other.id !== mention.id,
  );
  return waiting.reduce((oldest, other) => (other.post.postedAt < oldest.post.postedAt ? other : oldest), mention);
}

function isSettled(mention: Mention): boolean {
  return mention.status === 'answered' || mention.status === 'closed' || mention.replies.some((reply) => reply.state === 'sent');
}

export function latencyBlock(options: {
  readonly mention: Mention;
  readonly conversation: readonly Mention[];
  readonly office: OfficeHours | undefined;
  readonly sentAt: number;
  readonly confirmedAt: number;
  readonly approvedAt?: number | undefined;
  readonly approved?: Reply['approved'];
}): LatencyBlock {
  const { mention, conversation, office, sentAt, confirmedAt, approvedAt, approved } = options;
  const oldest = oldestUnanswered(mention, conversation);
  const first = !conversation.some((other) => other.replies.some((reply) => reply.state === 'sent' && (reply.sentAt ?? 0) >= oldest.post.postedAt));
  return {
    postedAt: oldest.post.postedAt,
    receivedAt: oldest.receivedAt,
    ...(mention.openedAt === undefined ? {} : { openedAt: mention.openedAt }),
    ...(mention.claim === undefined ? {} : { claimedAt: mention.claim.at }),
    ...(approvedAt === undefined ? {} : { approvedAt }),
    ...(approved === undefined ? {} : { submittedAt: approved.submission.at, secondApprovedAt: approved.at, approvalMs: approved.approvalMs }),
    sentAt,
    confirmedAt,
    calendarMs: Math.max(0, sentAt - oldest.post.postedAt),
    ...(office === undefined ? {} : { officeMs: office.between(oldest.post.postedAt, sentAt) }),
    allowedMs: oldest.target.allowedMs,
    officeHours: oldest.target.officeHours,
    dueAt: oldest.target.dueAt,
    met: sentAt <= oldest.target.dueAt,
    backlog: oldest.backlog,
    first,
  };
}
