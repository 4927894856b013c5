import { type AuditKind } from './audit';

/** Columns of the CSV with a row per conversation, in their order; documented in docs/audit-export.md. Names are stable: new ones come at the end. */
export const conversationColumns = [
  'conversation_id', 'status', 'channel', 'medium', 'case_number', 'author_id', 'author_handle', 'author_name',
  'first_mention_id', 'first_mention_url', 'first_mention_text', 'language', 'visibility', 'first_posted_at', 'first_received_at', 'last_received_at', 'messages',
  'sentiment_first', 'sentiment_last', 'priority', 'backlog', 'opened_at', 'claimed_at', 'claimed_by_id', 'claimed_by_name', 'claimed_known_by', 'referrals',
  'first_reply_id', 'first_reply_at', 'first_reply_by_id', 'first_reply_by_name', 'first_reply_known_by', 'first_reply_template_id', 'first_reply_template_version',
  'first_response_ms', 'first_response_office_ms', 'target_ms', 'target_in_office_hours', 'due_at', 'target_met',
  'replies', 'replies_withdrawn', 'answered_elsewhere_at', 'approval_ms', 'reopened', 'resolved_at', 'resolution_ms', 'closed_reason', 'closed_by_id', 'closed_by_name', 'closed_known_by',
  'first_seq', 'last_seq',
] as const;
export type ConversationColumn = (typeof conversationColumns)[number];
/** One conversation. undefined = not known or not so; times are UTC ms until they are written. */
export type ConversationRow = { -readonly [Column in ConversationColumn]?: string | number | boolean | undefined };

export const conversationTimeColumns: ReadonlySet<ConversationColumn> = new Set<ConversationColumn>([
  'first_posted_at', 'first_received_at', 'last_received_at', 'opened_at', 'claimed_at', 'first_reply_at', 'due_at', 'answered_elsewhere_at', 'resolved_at',
]);

export const conversationKinds = [
  'mention.received', 'mention.scored', 'mention.opened', 'mention.claimed', 'mention.referred', 'mention.caseSet', 'mention.closed', 'mention.reopened', 'mention.answeredElsewhere', 'mention.snoozed', 'mention.woken', 'sentiment.corrected',
  'reply.intended', 'reply.sent', 'reply.failed', 'reply.withdrawn',
] as const satisfies readonly AuditKind[];
