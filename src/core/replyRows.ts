import { type AuditJson, type AuditRecord } from './audit';
import { recordedActor } from './auditActor';

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
] as const;
export type ReplyColumn = (typeof replyColumns)[number];
export type ReplyCell = string | number | boolean | undefined;
type RowPart = { readonly [Column in ReplyColumn]?: ReplyCell };

/** One reply. undefined = not known or not so; times are UTC ms until they are written. */
export class ReplyRow {
  /** The first part that has a column tells it; parts are not copied together, since a row has some sixty columns. */
  constructor(private readonly parts: readonly RowPart[]) {}

  cell(column: ReplyColumn): ReplyCell {
    return this.parts.find((part) => column in part)?.[column];
  }
}

/** The columns that hold times. */
export const timeColumns: ReadonlySet<ReplyColumn> = new Set<ReplyColumn>([
  'mention_posted_at', 'mention_received_at', 'template_approved_at', 'waited_since', 'intended_at', 'opened_at', 'claimed_at', 'sent_at', 'confirmed_at', 'due_at', 'withdrawn_at', 'submitted_at', 'second_approved_at',
]);

export const replyRowKinds = [
  'mention.received', 'mention.edited', 'mention.caseSet', 'sentiment.corrected', 'template.approved',
  'reply.intended', 'reply.sent', 'reply.failed', 'reply.unsettled', 'reply.settled', 'reply.withdrawn',
] as const satisfies readonly AuditRecord['entry']['kind'][];

/** Kinds whose values the first reading needs. */
export const outcomeValueKinds = ['mention.caseSet', 'template.approved', 'reply.sent', 'reply.withdrawn'] as const satisfies readonly AuditRecord['entry']['kind'][];

const outcomeKinds = new Set<AuditRecord['entry']['kind']>(['reply.sent', 'reply.failed', 'reply.unsettled', 'reply.settled', 'reply.withdrawn']);

type Body = Readonly<Record<string, AuditJson>>;

const text = (holder: Body, key: string): string | undefined => (typeof holder[key] === 'string' ? holder[key] : undefined);
const number = (holder: Body, key: string): number | undefined => (typeof holder[key] === 'number' ? holder[key] : undefined);
const flag = (holder: Body, key: string): boolean | undefined => (typeof holder[key] === 'boolean' ? holder[key] : undefined);
const nested = (holder: Body, key: string): Body => {
  const value = holder[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {};
};

type OpenPart = { -readonly [Column in keyof RowPart]: RowPart[Column] };

interface Wanted {
  readonly mention: string;
  readonly outcome: OpenPart;
}

interface HeldMention {
  readonly row: OpenPart;
  /** Rows that still need it. */
  left: number;
}

/**
 * One row per reply that was begun in the range, in the order of the log. The log is read twice, so that only what rows still need is in memory: first
 * what became of the replies (up to the end of the log), then the mentions and the replies themselves.
 */
export class ReplyRows {
  private readonly wanted = new Map<string, Wanted>();
  private readonly uses = new Map<string, number>();
  private readonly cases = new Map<string, string>();
  private readonly corrections = new Map<string, string>();
  private readonly approvers = new Map<string, string>();
  private readonly held = new Map<string, HeldMention>();

  /** `from`/`to`: UTC ms, inclusive and exclusive. */
  constructor(private readonly range: { readonly from?: number | undefined; readonly to?: number | undefined }) {}

  get count(): number {
    return this.wanted.size;
  }

  /** First reading, every record in order. */
  prepare(record: AuditRecord): void {
    const { entry, values } = record;
    const { body } = entry;
    if (entry.kind === 'reply.intended' && this.inRange(entry.at)) {
      const mention = text(body, 'mention') ?? '';
      this.wanted.set(entry.subject, { mention, outcome: { status: 'intended' } });
      this.uses.set(mention, (this.uses.get(mention) ?? 0) + 1);
    } else if (outcomeKinds.has(entry.kind)) {
      const wanted = this.wanted.get(entry.subject);
      if (wanted !== undefined) Object.assign(wanted.outcome, outcomeOf(record));
    } else if (entry.kind === 'mention.caseSet') {
      const number = text(values, 'case');
      if (number === undefined) this.cases.delete(entry.subject);
      else this.cases.set(entry.subject, number);
    } else if (entry.kind === 'sentiment.corrected') {
      this.corrections.set(entry.subject, text(body, 'to') ?? '');
    } else if (entry.kind === 'template.approved') {
      const by = recordedActor(record);
      const key = versionKey(text(body, 'template'), number(body, 'version'), text(body, 'contentHash'));
      if (!this.approvers.has(key)) this.approvers.set(key, by.email ?? by.name ?? by.id);
    }
  }

  /** Second reading, every record in order; the row of a reply comes at its `reply.intended`, to be read before the next record. */
  next(record: AuditRecord): ReplyRow | undefined {
    const { entry, values } = record;
    if (entry.kind === 'mention.received') {
      const left = this.uses.get(entry.subject);
      if (left !== undefined) this.held.set(entry.subject, { row: mentionOf(record), left });
    } else if (entry.kind === 'mention.edited') {
      const held = this.held.get(entry.subject);
      // The words that the operator answered, not those of before.
      if (held !== undefined) Object.assign(held.row, { mention_text: text(values, 'text'), mention_language: text(entry.body, 'language') ?? held.row.mention_language });
    } else if (entry.kind === 'reply.intended') {
      const wanted = this.wanted.get(entry.subject);
      if (wanted !== undefined) return this.rowOf(record, wanted);
    }
    return undefined;
  }

  private inRange(at: number): boolean {
    return (this.range.from === undefined || at >= this.range.from) && (this.range.to === undefined || at < this.range.to);
  }

  private rowOf(record: AuditRecord, wanted: Wanted): ReplyRow {
    const { mention } = wanted;
    const held = this.held.get(mention);
    if (held !== undefined && (held.left -= 1) === 0) this.held.delete(mention);
    const { body } = record.entry;
    const now: RowPart = {
      mention_id: mention,
      case_number: this.cases.get(mention),
      sentiment_corrected_to: this.corrections.get(mention),
      template_approved_by: this.approvers.get(versionKey(text(body, 'template'), number(body, 'version'), text(body, 'contentHash'))),
    };
    return new ReplyRow([wanted.outcome, replyOf(record), now, held?.row ?? {}]);
  }
}

function versionKey(template: string | undefined, version: number | undefined, hash: string | undefined): string {
  return `${template ?? ''} ${String(version ?? '')} ${hash ?? ''}`;
}

function mentionOf({ entry: { body }, values }: AuditRecord): RowPart {
  const score = number(body, 'score');
  return {
    author_id: text(body, 'author'),
    author_handle: text(values, 'handle'),
    author_name: text(values, 'name'),
    mention_url: text(values, 'url'),
    mention_text: text(values, 'text'),
    mention_language: text(body, 'language'),
    mention_visibility: text(body, 'visibility'),
    mention_posted_at: number(body, 'postedAt'),
    mention_received_at: number(body, 'receivedAt'),
    sentiment: text(body, 'sentiment'),
    sentiment_score: score === undefined ? undefined : score / 1000,
    priority: text(body, 'priority'),
    backlog: flag(body, 'backlog'),
  };
}

function replyOf(record: AuditRecord): RowPart {
  const { entry, values } = record;
  const { body } = entry;
  const by = recordedActor(record);
  const kept = number(body, 'kept');
  const authorsKept = number(body, 'authorsKept');
  return {
    reply_id: entry.subject,
    channel: text(body, 'channel'),
    conversation_id: text(body, 'conversation'),
    reply_text: text(values, 'text'),
    reply_language: text(body, 'language'),
    reply_visibility: text(body, 'visibility'),
    private: flag(body, 'private'),
    origin: text(body, 'origin'),
    kept_share: kept === undefined ? undefined : kept / 1000,
    template_id: text(body, 'template'),
    template_version: number(body, 'version'),
    template_hash: text(body, 'contentHash'),
    template_approved_at: number(body, 'approvedAt'),
    confirmed: Array.isArray(body['confirmed']) ? body['confirmed'].join(' ') : undefined,
    again: text(body, 'again'),
    again_reason: text(values, 'againReason'),
    corrects: text(body, 'corrects'),
    operator_id: by.id,
    operator_name: by.name,
    operator_email: by.email,
    operator_account: by.osAccount,
    operator_known_by: entry.actor.source,
    intended_at: entry.at,
    intended_seq: entry.seq,
    intended_hash: entry.hash,
    written_by_id: text(body, 'author'),
    written_by_name: text(values, 'authorName'),
    written_by_email: text(values, 'authorEmail'),
    submitted_at: number(body, 'submittedAt'),
    second_approved_at: number(body, 'secondApprovedAt'),
    approval_ms: number(body, 'approvalMs'),
    mended: flag(body, 'mended'),
    author_kept_share: authorsKept === undefined ? undefined : authorsKept / 1000,
  };
}

function outcomeOf(record: AuditRecord): RowPart {
  const { entry, values } = record;
  const { body } = entry;
  const proof: RowPart = { outcome_seq: entry.seq, outcome_hash: entry.hash };
  switch (entry.kind) {
    case 'reply.sent':
      return { ...latencyOf(nested(body, 'latency')), ...proof, status: 'sent', failure_code: undefined, reply_url: text(values, 'url'), reply_network_id: text(values, 'externalId') };
    case 'reply.failed':
      return { ...proof, status: 'failed', failure_code: text(body, 'code') };
    case 'reply.unsettled':
      return { ...proof, status: 'unsettled' };
    case 'reply.settled':
      return { settled_by: text(body, 'by') };
    case 'reply.withdrawn':
      return withdrawalOf(record, proof);
    default:
      return {};
  }
}

/** A withdrawal is written ahead with its reason (`intended`) and again with its outcome. */
function withdrawalOf(record: AuditRecord, proof: RowPart): RowPart {
  const { entry, values } = record;
  const stage = text(entry.body, 'stage') ?? 'done';
  const by = recordedActor(record);
  const reason = text(values, 'reason');
  if (stage === 'failed') return { withdrawn_reason: undefined };
  return {
    ...(reason === undefined ? {} : { withdrawn_reason: reason }),
    ...(stage === 'done' ? { ...proof, status: 'withdrawn', withdrawn_at: entry.at, withdrawn_by: by.email ?? by.name ?? by.id } : {}),
  };
}

function latencyOf(latency: Body): RowPart {
  return {
    waited_since: number(latency, 'postedAt'),
    opened_at: number(latency, 'openedAt'),
    claimed_at: number(latency, 'claimedAt'),
    sent_at: number(latency, 'sentAt'),
    confirmed_at: number(latency, 'confirmedAt'),
    latency_ms: number(latency, 'calendarMs'),
    office_latency_ms: number(latency, 'officeMs'),
    target_ms: number(latency, 'allowedMs'),
    target_in_office_hours: flag(latency, 'officeHours'),
    due_at: number(latency, 'dueAt'),
    // What was posted before the channel was connected has no target to meet.
    target_met: latency['backlog'] === true ? undefined : flag(latency, 'met'),
    first_response: flag(latency, 'first'),
  };
}
