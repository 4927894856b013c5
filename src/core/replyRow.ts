import { type AuditRecord } from './audit';
import { recordedActor } from './auditActor';
import { type AuditFields, fieldsIn, flagIn, numberIn, textIn } from './auditFields';

/** Columns of the CSV export, in their order; documented in docs/audit-export.md. Names are stable: new ones come at the end. */
export const replyColumns = [
  'reply_id', 'status', 'channel', 'mention_id', 'conversation_id', 'case_number',
  'author_id', 'author_handle', 'author_name', 'mention_url', 'mention_text', 'mention_language', 'mention_visibility', 'mention_posted_at', 'mention_received_at',
  'sentiment', 'sentiment_score', 'sentiment_corrected_to', 'priority', 'backlog',
  'reply_text', 'reply_language', 'reply_visibility', 'private', 'reply_url', 'reply_network_id',
  'origin', 'kept_share', 'template_id', 'template_version', 'template_hash', 'template_approved_by', 'template_approved_at', 'confirmed', 'again', 'again_reason', 'corrects',
  'operator_id', 'operator_name', 'operator_email', 'operator_account', 'operator_known_by',
  'waited_since', 'intended_at', 'opened_at', 'claimed_at', 'sent_at', 'confirmed_at',
  'latency_ms', 'office_latency_ms', 'target_ms', 'target_in_office_hours', 'due_at', 'target_met', 'first_response',
  'failure_code', 'settled_by', 'withdrawn_at', 'withdrawn_by', 'withdrawn_reason',
  'intended_seq', 'intended_hash', 'outcome_seq', 'outcome_hash',
  'written_by_id', 'written_by_name', 'written_by_email', 'submitted_at', 'second_approved_at', 'approval_ms', 'mended', 'author_kept_share',
  'template_approved_known_by', 'written_known_by', 'withdrawn_known_by',
] as const;
export type ReplyColumn = (typeof replyColumns)[number];
export type ReplyCell = string | number | boolean | undefined;
export type RowPart = { readonly [Column in ReplyColumn]?: ReplyCell };

/** One reply. undefined = not known or not so; times are UTC ms until they are written. */
export class ReplyRow {
  /** The first part that has a column tells it; parts are not copied together, since a row has some sixty columns. */
  constructor(private readonly parts: readonly RowPart[]) {}

  cell(column: ReplyColumn): ReplyCell {
    for (const part of this.parts) if (column in part) return part[column];
    return undefined;
  }
}

/** The columns that hold times. */
export const timeColumns: ReadonlySet<ReplyColumn> = new Set<ReplyColumn>([
  'mention_posted_at', 'mention_received_at', 'template_approved_at', 'waited_since', 'intended_at', 'opened_at', 'claimed_at', 'sent_at', 'confirmed_at', 'due_at', 'withdrawn_at', 'submitted_at', 'second_approved_at',
]);

/** One version of a template. */
export function versionKey(body: AuditFields): string {
  return `${textIn(body, 'template') ?? ''} ${String(numberIn(body, 'version') ?? '')} ${textIn(body, 'contentHash') ?? ''}`;
}

/** How the message reads. */
export function scorePart(body: AuditFields): RowPart {
  const score = numberIn(body, 'score');
  return { mention_language: textIn(body, 'language'), sentiment: textIn(body, 'sentiment'), sentiment_score: score === undefined ? undefined : score / 1000 };
}

/** What its `mention.received` tells. */
export function mentionPart({ entry: { body }, values }: AuditRecord): RowPart {
  return {
    author_id: textIn(body, 'author'),
    author_handle: textIn(values, 'handle'),
    author_name: textIn(values, 'name'),
    mention_url: textIn(values, 'url'),
    mention_text: textIn(values, 'text'),
    ...scorePart(body),
    mention_visibility: textIn(body, 'visibility'),
    mention_posted_at: numberIn(body, 'postedAt'),
    mention_received_at: numberIn(body, 'receivedAt'),
    priority: textIn(body, 'priority'),
    backlog: flagIn(body, 'backlog'),
  };
}

/** What its `reply.intended` tells. */
export function replyPart(record: AuditRecord): RowPart {
  const { entry, values } = record;
  const { body } = entry;
  const by = recordedActor(record);
  const kept = numberIn(body, 'kept');
  const authorsKept = numberIn(body, 'authorsKept');
  return {
    reply_id: entry.subject,
    channel: textIn(body, 'channel'),
    conversation_id: textIn(body, 'conversation'),
    reply_text: textIn(values, 'text'),
    reply_language: textIn(body, 'language'),
    reply_visibility: textIn(body, 'visibility'),
    private: flagIn(body, 'private'),
    origin: textIn(body, 'origin'),
    kept_share: kept === undefined ? undefined : kept / 1000,
    template_id: textIn(body, 'template'),
    template_version: numberIn(body, 'version'),
    template_hash: textIn(body, 'contentHash'),
    template_approved_at: numberIn(body, 'approvedAt'),
    confirmed: Array.isArray(body['confirmed']) ? body['confirmed'].join(' ') : undefined,
    again: textIn(body, 'again'),
    again_reason: textIn(values, 'againReason'),
    corrects: textIn(body, 'corrects'),
    operator_id: by.id,
    operator_name: by.name,
    operator_email: by.email,
    operator_account: by.osAccount,
    operator_known_by: entry.actor.source,
    intended_at: entry.at,
    intended_seq: entry.seq,
    intended_hash: entry.hash,
    written_by_id: textIn(body, 'author'),
    written_by_name: textIn(values, 'authorName'),
    written_by_email: textIn(values, 'authorEmail'),
    submitted_at: numberIn(body, 'submittedAt'),
    second_approved_at: numberIn(body, 'secondApprovedAt'),
    approval_ms: numberIn(body, 'approvalMs'),
    mended: flagIn(body, 'mended'),
    author_kept_share: authorsKept === undefined ? undefined : authorsKept / 1000,
  };
}

/**
 * What an entry tells of what became of the reply. In parts: an object that is put together from others by their members takes several kilobytes and outlives its
 * row.
 */
export function outcomeParts(record: AuditRecord): readonly RowPart[] {
  const { entry, values } = record;
  const { body } = entry;
  const { seq, hash } = entry;
  switch (entry.kind) {
    case 'reply.sent':
      return [
        { outcome_seq: seq, outcome_hash: hash, status: 'sent', failure_code: undefined, reply_url: textIn(values, 'url'), reply_network_id: textIn(values, 'externalId') },
        latencyPart(fieldsIn(body, 'latency')),
      ];
    case 'reply.failed':
      return [{ outcome_seq: seq, outcome_hash: hash, status: 'failed', failure_code: textIn(body, 'code') }];
    case 'reply.unsettled':
      return [{ outcome_seq: seq, outcome_hash: hash, status: 'unsettled' }];
    case 'reply.settled':
      return [{ settled_by: textIn(body, 'by') }];
    case 'reply.withdrawn':
      return withdrawalParts(record);
    default:
      return [];
  }
}

/** A withdrawal is written ahead with its reason (`intended`) and again with its outcome. */
function withdrawalParts(record: AuditRecord): readonly RowPart[] {
  const { entry, values } = record;
  const stage = textIn(entry.body, 'stage') ?? 'done';
  const by = recordedActor(record);
  const reason = textIn(values, 'reason');
  if (stage === 'failed') return [{ withdrawn_reason: undefined }];
  const told: RowPart = { outcome_seq: entry.seq, outcome_hash: entry.hash, status: 'withdrawn', withdrawn_at: entry.at, withdrawn_by: by.email ?? by.name ?? by.id, withdrawn_known_by: entry.actor.source };
  return [...(reason === undefined ? [] : [{ withdrawn_reason: reason }]), ...(stage === 'done' ? [told] : [])];
}

function latencyPart(latency: AuditFields): RowPart {
  return {
    waited_since: numberIn(latency, 'postedAt'),
    opened_at: numberIn(latency, 'openedAt'),
    claimed_at: numberIn(latency, 'claimedAt'),
    sent_at: numberIn(latency, 'sentAt'),
    confirmed_at: numberIn(latency, 'confirmedAt'),
    latency_ms: numberIn(latency, 'calendarMs'),
    office_latency_ms: numberIn(latency, 'officeMs'),
    target_ms: numberIn(latency, 'allowedMs'),
    target_in_office_hours: flagIn(latency, 'officeHours'),
    due_at: numberIn(latency, 'dueAt'),
    // What was posted before the channel was connected has no target to meet.
    target_met: latency['backlog'] === true ? undefined : flagIn(latency, 'met'),
    first_response: flagIn(latency, 'first'),
  };
}
