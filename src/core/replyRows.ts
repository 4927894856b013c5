import { type AuditEntry, type AuditJson, type AuditRecord } from './audit';
import { recordedActor } from './auditActor';
import { IdMap } from './idMap';
import { type EntryGlance } from './ports';

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
type RowPart = { readonly [Column in ReplyColumn]?: ReplyCell };

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

const outcomes = ['reply.sent', 'reply.failed', 'reply.unsettled', 'reply.settled', 'reply.withdrawn'] as const satisfies readonly AuditRecord['entry']['kind'][];
/** What the first reading needs, and the second. */
export const outcomeRowKinds = ['mention.caseSet', 'sentiment.corrected', 'template.approved', 'reply.intended', ...outcomes] as const satisfies readonly AuditRecord['entry']['kind'][];
export const replyRowKinds = [
  'mention.received', 'mention.scored', 'mention.edited', 'mention.caseSet', 'sentiment.corrected', 'reply.submitted', 'reply.returned', 'reply.intended', ...outcomes,
] as const satisfies readonly AuditRecord['entry']['kind'][];

const outcomeKinds: ReadonlySet<string> = new Set(outcomes);
const isOutcome = (kind: string): boolean => outcomeKinds.has(kind);

type Body = Readonly<Record<string, AuditJson>>;

const text = (holder: Body, key: string): string | undefined => (typeof holder[key] === 'string' ? holder[key] : undefined);
const number = (holder: Body, key: string): number | undefined => (typeof holder[key] === 'number' ? holder[key] : undefined);
const flag = (holder: Body, key: string): boolean | undefined => (typeof holder[key] === 'boolean' ? holder[key] : undefined);
const nested = (holder: Body, key: string): Body => {
  const value = holder[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {};
};

type OpenPart = { -readonly [Column in keyof RowPart]: RowPart[Column] };

interface HeldMention {
  readonly row: OpenPart;
  /** Rows that still need it. */
  left: number;
  /** As set before the reply; what came after the reply is in `later`. */
  caseNumber?: string | undefined;
  correctedTo?: string | undefined;
}

/** What became of a mention after a reply to it was begun; null = the case number was taken away. */
interface Later {
  caseNumber?: string | null;
  correctedTo?: string;
}

export interface ReplyWindow {
  /** UTC ms, inclusive. */
  readonly from?: number | undefined;
  /** UTC ms, exclusive. */
  readonly to?: number | undefined;
  /** Replies begun before this entry belong to an earlier window. */
  readonly fromSeq: number;
  /** How much is held at once, in characters; what does not fit is left to the next window. */
  readonly room: number;
}

/** Roughly what is held of each reply, in characters: its mention is counted. */
const replyOverhead = 120;
/** And of an outcome that came late. */
const lateOverhead = 700;

/**
 * How many entries after a reply was begun its outcome is still met by the second reading itself, at the reply's own row. Nearly all come at once; only those
 * that come later are gathered by the first reading.
 */
const nearEntries = 1000;

/** A reply whose outcome may still come. */
interface QueuedRow {
  readonly seq: number;
  readonly reply: string;
  readonly outcome: OpenPart;
  /** The rest of the row; the outcome stands behind the first of them. */
  readonly now: RowPart;
  readonly parts: readonly RowPart[];
}

/**
 * One row per reply that was begun in the range, in the order of the log. The log is read twice, so that only what rows still need is in memory: first
 * what became of the replies much later (up to the end of the log), then the mentions, the replies and what became of them at once. Where the room is full the
 * window ends and the next begins at `nextSeq`, so that memory does not grow with the log.
 */
export class ReplyRows {
  /** Replies of the last entries of the first reading, in their order. */
  private readonly recent = new Map<string, number>();
  private readonly late = new Map<string, OpenPart>();
  /** How many rows need each mention. */
  private readonly uses = new IdMap();
  private readonly later = new Map<string, Later>();
  private readonly held = new Map<string, HeldMention>();
  /** How the author of an answer that waits for a second person is known, by submission. */
  private readonly submitters = new Map<string, string>();
  /** Of the second reading, in their order. */
  private readonly queue = new Map<string, QueuedRow>();
  private wanted = 0;
  private taken = 0;
  private end: number | undefined;

  /** `approvers`: who first approved each version; handed on from window to window. */
  constructor(
    private readonly window: ReplyWindow,
    private readonly approvers: Map<string, { readonly name: string; readonly source: string }>,
  ) {}

  /** Rows of the window that have not come yet. */
  get left(): number {
    return this.wanted;
  }

  /** Where the next window begins; undefined = this one is the last. */
  get nextSeq(): number | undefined {
    return this.end;
  }

  /** First reading: whether the entry that comes next need not be read. */
  preparesWithout({ seq, kind, subject }: EntryGlance): boolean {
    if (isOutcome(kind)) return this.isSoon({ seq, subject });
    return (kind === 'mention.caseSet' || kind === 'sentiment.corrected') && this.uses.get(subject) === undefined;
  }

  /** First reading: whether the values of the entry, which comes next, are of use. */
  preparesValues(entry: AuditEntry): boolean {
    if (isOutcome(entry.kind)) return !this.isSoon(entry);
    return entry.kind === 'template.approved' || this.uses.get(entry.subject) !== undefined;
  }

  /** First reading, every record from the window's start on, in order. */
  prepare(record: AuditRecord): void {
    const { entry, values } = record;
    switch (entry.kind) {
      case 'reply.intended':
        this.want(record);
        return;
      case 'mention.caseSet':
        if (this.uses.get(entry.subject) !== undefined) this.laterOf(entry.subject).caseNumber = text(values, 'case') ?? null;
        return;
      case 'sentiment.corrected':
        if (this.uses.get(entry.subject) !== undefined) this.laterOf(entry.subject).correctedTo = text(entry.body, 'to') ?? '';
        return;
      case 'template.approved':
        this.approve(record);
        return;
      default:
        if (isOutcome(entry.kind)) this.keepLate(record);
    }
  }

  /** Second reading: whether the entry that comes next need not be read. */
  doesWithout({ kind, subject }: EntryGlance): boolean {
    if (isOutcome(kind)) return !this.queue.has(subject);
    if (kind === 'mention.received') return this.uses.get(subject) === undefined;
    return (kind.startsWith('mention.') || kind === 'sentiment.corrected') && !this.held.has(subject);
  }

  /** Second reading, every record from the start of the log until `left` is 0, in order: the rows whose outcome is complete with it. */
  *next(record: AuditRecord): Generator<ReplyRow> {
    const { entry } = record;
    for (const queued of this.queue.values()) {
      if (entry.seq - queued.seq <= nearEntries) break;
      yield this.finish(queued);
    }
    if (entry.kind === 'mention.received') {
      const left = this.uses.get(entry.subject);
      if (left !== undefined) this.held.set(entry.subject, { row: mentionOf(record), left });
    } else if (entry.kind === 'reply.submitted') this.submitters.set(entry.subject, entry.actor.source);
    else if (entry.kind === 'reply.returned') this.submitters.delete(entry.subject);
    else if (entry.kind === 'reply.intended') this.begin(record);
    else if (isOutcome(entry.kind)) Object.assign(this.queue.get(entry.subject)?.outcome ?? {}, outcomeOf(record));
    else this.change(record);
  }

  /** After the second reading: the rows that are left. */
  *rest(): Generator<ReplyRow> {
    for (const queued of this.queue.values()) yield this.finish(queued);
  }

  /** What happens to a mention before it is answered. */
  private change({ entry, values }: AuditRecord): void {
    const held = this.held.get(entry.subject);
    if (held === undefined) return;
    // The words that the operator answered, not those of before.
    if (entry.kind === 'mention.edited') Object.assign(held.row, { mention_text: text(values, 'text'), mention_language: text(entry.body, 'language') ?? held.row.mention_language });
    else if (entry.kind === 'mention.scored') Object.assign(held.row, scoreOf(entry.body));
    else if (entry.kind === 'mention.caseSet') held.caseNumber = text(values, 'case');
    else if (entry.kind === 'sentiment.corrected') held.correctedTo = text(entry.body, 'to');
  }

  private want({ entry }: AuditRecord): void {
    for (const [reply, seq] of this.recent) {
      if (entry.seq - seq <= nearEntries) break;
      this.recent.delete(reply);
    }
    this.recent.set(entry.subject, entry.seq);
    if (!this.isOfWindow(entry)) return;
    if (this.taken >= this.window.room) {
      this.end = entry.seq;
      return;
    }
    const mention = text(entry.body, 'mention') ?? '';
    this.uses.set(mention, (this.uses.get(mention) ?? 0) + 1);
    this.wanted += 1;
    this.taken += replyOverhead;
  }

  /** An outcome that the second reading will not meet in time; of replies outside the window too, which are not known here. */
  private keepLate(record: AuditRecord): void {
    if (this.isSoon(record.entry)) return;
    const { subject } = record.entry;
    const known = this.late.get(subject);
    if (known === undefined) this.taken += lateOverhead;
    this.late.set(subject, Object.assign(known ?? {}, outcomeOf(record)));
  }

  private isSoon({ subject, seq }: Pick<AuditEntry, 'seq' | 'subject'>): boolean {
    const begun = this.recent.get(subject);
    return begun !== undefined && seq - begun <= nearEntries;
  }

  private begin(record: AuditRecord): void {
    const { entry } = record;
    const submission = text(entry.body, 'submission') ?? '';
    const source = this.submitters.get(submission);
    this.submitters.delete(submission);
    if (!this.isOfWindow(entry)) return;
    const mention = text(entry.body, 'mention') ?? '';
    const held = this.held.get(mention);
    if (held !== undefined && (held.left -= 1) === 0) this.held.delete(mention);
    const later = this.later.get(mention) ?? {};
    const approver = this.approvers.get(versionKey(entry.body));
    const now: RowPart = {
      mention_id: mention,
      case_number: later.caseNumber === undefined ? held?.caseNumber : (later.caseNumber ?? undefined),
      sentiment_corrected_to: later.correctedTo ?? held?.correctedTo,
      template_approved_by: approver?.name,
      template_approved_known_by: approver?.source,
    };
    const outcome: OpenPart = { status: 'intended', ...(source === undefined ? {} : { written_known_by: source }) };
    this.queue.set(entry.subject, { seq: entry.seq, reply: entry.subject, outcome, now, parts: [replyOf(record), { ...held?.row }] });
  }

  private finish({ reply, outcome, now, parts }: QueuedRow): ReplyRow {
    this.queue.delete(reply);
    this.wanted -= 1;
    return new ReplyRow([now, Object.assign(outcome, this.late.get(reply)), ...parts]);
  }

  private approve(record: AuditRecord): void {
    const { body, actor } = record.entry;
    const by = recordedActor(record);
    const key = versionKey(body);
    if (!this.approvers.has(key)) this.approvers.set(key, { name: by.email ?? by.name ?? by.id, source: actor.source });
  }

  private laterOf(mention: string): Later {
    const known = this.later.get(mention);
    if (known !== undefined) return known;
    const later: Later = {};
    this.later.set(mention, later);
    return later;
  }

  private isOfWindow({ seq, at }: AuditRecord['entry']): boolean {
    const { from, to, fromSeq } = this.window;
    return seq >= fromSeq && (this.end === undefined || seq < this.end) && (from === undefined || at >= from) && (to === undefined || at < to);
  }
}

function versionKey(body: Body): string {
  return `${text(body, 'template') ?? ''} ${String(number(body, 'version') ?? '')} ${text(body, 'contentHash') ?? ''}`;
}

function scoreOf(body: Body): RowPart {
  const score = number(body, 'score');
  return { mention_language: text(body, 'language'), sentiment: text(body, 'sentiment'), sentiment_score: score === undefined ? undefined : score / 1000 };
}

function mentionOf({ entry: { body }, values }: AuditRecord): RowPart {
  return {
    author_id: text(body, 'author'),
    author_handle: text(values, 'handle'),
    author_name: text(values, 'name'),
    mention_url: text(values, 'url'),
    mention_text: text(values, 'text'),
    ...scoreOf(body),
    mention_visibility: text(body, 'visibility'),
    mention_posted_at: number(body, 'postedAt'),
    mention_received_at: number(body, 'receivedAt'),
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
    ...(stage === 'done' ? { ...proof, status: 'withdrawn', withdrawn_at: entry.at, withdrawn_by: by.email ?? by.name ?? by.id, withdrawn_known_by: record.entry.actor.source } : {}),
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
