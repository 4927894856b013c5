import { type AuditJson, type AuditKind, type AuditRecord } from './audit';
import { recordedActor } from './auditActor';
import { type IdSet } from './idSet';

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

type Body = Readonly<Record<string, AuditJson>>;
const text = (holder: Body, key: string): string | undefined => (typeof holder[key] === 'string' ? holder[key] : undefined);
const number = (holder: Body, key: string): number | undefined => (typeof holder[key] === 'number' ? holder[key] : undefined);
const flag = (holder: Body, key: string): boolean | undefined => (typeof holder[key] === 'boolean' ? holder[key] : undefined);

const priorities = ['urgent', 'high', 'normal', 'low'];

interface Message {
  readonly of: Conversation;
  status: 'open' | 'waiting' | 'answered' | 'closed';
  replies: number;
}

interface Conversation {
  /** undefined = nothing of it is open and it lies packed. */
  live: ConversationRow | undefined;
  packed: string;
  /** Messages that wait for the desk, and those that wait for the citizen. */
  open: number;
  waiting: number;
  lastMention: string;
}

interface Author {
  readonly id: string;
  readonly name: string | undefined;
  readonly source: string;
  readonly template: string | undefined;
  readonly version: number | undefined;
  readonly conversation: string;
}

export interface ConversationWindow {
  /** UTC ms, inclusive: rows are of conversations whose first message came in the range. */
  readonly from?: number | undefined;
  /** UTC ms, exclusive. */
  readonly to?: number | undefined;
  /** Conversations begun before this entry belong to an earlier window. */
  readonly fromSeq: number;
  /** How much is held at once, in characters; what does not fit is left to the next window. */
  readonly room: number;
  /** Conversations of earlier windows and from before the range; added to. */
  readonly known: IdSet;
}

/** Roughly what they take besides their texts, in characters. */
const conversationOverhead = 400;
const liveOverhead = 2500;
const messageOverhead = 200;

/** A conversation that rests, as one short text: many thousands of them are in memory at once. */
function packed(row: ConversationRow): string {
  return JSON.stringify(conversationColumns.map((column) => row[column] ?? null));
}

function unpacked(text: string): ConversationRow {
  const cells = JSON.parse(text) as (string | number | boolean | null)[];
  const row: ConversationRow = {};
  conversationColumns.forEach((column, index) => {
    row[column] = cells[index] ?? undefined;
  });
  return row;
}

/**
 * One row per conversation that began in the range, in the order of their first messages; what became of it is told as far as the log knows. The log is read
 * once for each window of them.
 */
export class ConversationRows {
  private readonly conversations = new Map<string, Conversation>();
  private readonly messages = new Map<string, Message>();
  /** Of replies that are begun and not yet sent. */
  private readonly authors = new Map<string, Author>();
  private taken = 0;
  private end: number | undefined;

  constructor(private readonly window: ConversationWindow) {}

  /** Where the next window begins; undefined = this one is the last. */
  get nextSeq(): number | undefined {
    return this.end;
  }

  /** After the reading. */
  *rows(): Generator<ConversationRow> {
    for (const { live, packed: text, open, waiting } of this.conversations.values()) {
      const row = live ?? unpacked(text);
      const { resolved_at: resolved, first_posted_at: posted } = row;
      const done = open + waiting === 0;
      yield {
        ...row,
        status: open > 0 ? 'open' : waiting > 0 ? 'waiting' : row.closed_reason === undefined ? 'answered' : 'closed',
        resolved_at: done ? resolved : undefined,
        ...(done && typeof resolved === 'number' && typeof posted === 'number' ? { resolution_ms: Math.max(0, resolved - posted) } : {}),
      };
    }
  }

  /** Every record from the window's start on, in order. */
  read(record: AuditRecord): void {
    const { entry } = record;
    if (entry.kind === 'mention.received') this.receive(record);
    else if (entry.kind.startsWith('reply.')) this.reply(record);
    else {
      const message = this.messages.get(entry.subject);
      if (message === undefined) return;
      this.touch(message.of, record);
      this.change(message, record);
      this.rest(message.of);
    }
  }

  /** To be changed. */
  private rowOf(conversation: Conversation): ConversationRow {
    if (conversation.live === undefined) {
      conversation.live = unpacked(conversation.packed);
      this.taken += liveOverhead - conversation.packed.length;
      conversation.packed = '';
    }
    return conversation.live;
  }

  private rest(conversation: Conversation): void {
    if (conversation.live === undefined || conversation.open + conversation.waiting > 0) return;
    conversation.packed = packed(conversation.live);
    conversation.live = undefined;
    this.taken += conversation.packed.length - liveOverhead;
  }

  private receive(record: AuditRecord): void {
    const { entry, values } = record;
    const { body } = entry;
    const id = text(body, 'conversation') ?? entry.subject;
    let conversation = this.conversations.get(id);
    if (conversation === undefined) {
      if (this.end !== undefined || entry.seq < this.window.fromSeq || !this.window.known.add(id)) return;
      if (!this.inRange(entry.at)) return;
      conversation = { live: firstOf(id, record), packed: '', open: 0, waiting: 0, lastMention: entry.subject };
      this.conversations.set(id, conversation);
      this.taken += conversationOverhead + liveOverhead + Object.values(values).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
      if (this.taken >= this.window.room) this.end = entry.seq + 1;
    }
    const row = this.rowOf(conversation);
    row.messages = Number(row.messages ?? 0) + 1;
    row.last_received_at = entry.at;
    row.sentiment_last = text(body, 'sentiment');
    const priority = text(body, 'priority') ?? '';
    if (priorities.includes(priority) && priorities.indexOf(priority) < priorities.indexOf(String(row.priority))) row.priority = priority;
    conversation.lastMention = entry.subject;
    conversation.open += 1;
    row.closed_reason = row.closed_by_id = row.closed_by_name = row.closed_known_by = undefined;
    this.messages.set(entry.subject, { of: conversation, status: 'open', replies: 0 });
    this.taken += messageOverhead;
    this.touch(conversation, record);
  }

  private change(message: Message, record: AuditRecord): void {
    const { entry, values } = record;
    const { body, at } = entry;
    const row = this.rowOf(message.of);
    const by = recordedActor(record);
    switch (entry.kind) {
      case 'mention.scored':
        // What stood there when it came, or a person said, stays.
        if (message.of.lastMention === entry.subject) row.sentiment_last ??= text(body, 'sentiment');
        if (row.messages === 1) row.sentiment_first ??= text(body, 'sentiment');
        return;
      case 'mention.opened':
        row.opened_at ??= at;
        return;
      case 'mention.claimed':
        if (row.claimed_at === undefined) Object.assign(row, { claimed_at: at, claimed_by_id: by.id, claimed_by_name: by.name, claimed_known_by: entry.actor.source });
        return;
      case 'mention.referred':
        row.referrals = Number(row.referrals ?? 0) + 1;
        return;
      case 'mention.caseSet':
        row.case_number = text(values, 'case');
        return;
      case 'sentiment.corrected':
        if (message.of.lastMention === entry.subject) row.sentiment_last = text(body, 'to');
        return;
      case 'mention.closed':
        Object.assign(row, { closed_reason: text(body, 'reason'), closed_by_id: by.id, closed_by_name: by.name, closed_known_by: entry.actor.source });
        this.turn(message, 'closed', at);
        return;
      case 'mention.reopened':
        row.reopened = Number(row.reopened ?? 0) + 1;
        row.closed_reason = row.closed_by_id = row.closed_by_name = row.closed_known_by = undefined;
        this.turn(message, 'open', at);
        return;
      case 'mention.answeredElsewhere':
        row.answered_elsewhere_at ??= number(body, 'at') ?? at;
        if (message.status === 'open' || message.status === 'waiting') this.turn(message, 'answered', number(body, 'at') ?? at);
        return;
      case 'mention.snoozed':
        if (body['waitingFor'] === 'citizen') this.turn(message, 'waiting', at);
        return;
      case 'mention.woken':
        if (message.status === 'waiting') this.turn(message, message.replies > 0 ? 'answered' : 'open', at);
        return;
      default:
        return;
    }
  }

  private reply(record: AuditRecord): void {
    const { entry } = record;
    const { body, subject } = entry;
    if (entry.kind === 'reply.intended') {
      const conversation = text(body, 'conversation') ?? '';
      if (!this.conversations.has(conversation)) return;
      const by = recordedActor(record);
      this.authors.set(subject, { id: by.id, name: by.name, source: entry.actor.source, template: text(body, 'template'), version: number(body, 'version'), conversation });
      return;
    }
    const message = this.messages.get(text(body, 'mention') ?? '');
    if (message === undefined) return;
    this.touch(message.of, record);
    if (entry.kind === 'reply.failed') this.authors.delete(subject);
    else if (entry.kind === 'reply.sent') this.sent(message, record);
    else if (entry.kind === 'reply.withdrawn' && (body['stage'] === undefined || body['stage'] === 'done')) this.withdrawn(message, record);
    this.rest(message.of);
  }

  private sent(message: Message, { entry }: AuditRecord): void {
    const { body, subject, at } = entry;
    const row = this.rowOf(message.of);
    const author = this.authors.get(subject);
    this.authors.delete(subject);
    const latency = typeof body['latency'] === 'object' && body['latency'] !== null && !Array.isArray(body['latency']) ? (body['latency'] as Body) : {};
    const sentAt = number(latency, 'sentAt') ?? at;
    row.replies = Number(row.replies ?? 0) + 1;
    const approval = number(latency, 'approvalMs');
    if (approval !== undefined) row.approval_ms = Number(row.approval_ms ?? 0) + approval;
    if (row.first_reply_id === undefined) {
      Object.assign(row, {
        first_reply_id: subject, first_reply_at: sentAt, first_reply_by_id: author?.id, first_reply_by_name: author?.name, first_reply_known_by: author?.source,
        first_reply_template_id: author?.template, first_reply_template_version: author?.version,
        first_response_ms: number(latency, 'calendarMs'), first_response_office_ms: number(latency, 'officeMs'),
        target_met: latency['backlog'] === true ? undefined : flag(latency, 'met'),
      });
    }
    message.replies += 1;
    this.turn(message, 'answered', sentAt);
    for (const id of Array.isArray(body['covers']) ? body['covers'] : []) {
      const covered = this.messages.get(String(id));
      if (covered !== undefined) this.turn(covered, 'answered', sentAt);
    }
  }

  private withdrawn(message: Message, { entry }: AuditRecord): void {
    const row = this.rowOf(message.of);
    row.replies_withdrawn = Number(row.replies_withdrawn ?? 0) + 1;
    // What was taken back is no first response.
    if (row.first_reply_id === entry.subject) for (const column of firstReplyColumns) row[column] = undefined;
    message.replies = Math.max(0, message.replies - 1);
    if (message.replies === 0 && message.status === 'answered') this.turn(message, 'open', entry.at);
  }

  private turn(message: Message, status: Message['status'], at: number): void {
    const conversation = message.of;
    conversation.open += Number(status === 'open') - Number(message.status === 'open');
    conversation.waiting += Number(status === 'waiting') - Number(message.status === 'waiting');
    message.status = status;
    if (status === 'answered' || status === 'closed') this.rowOf(conversation).resolved_at = at;
  }

  private touch(conversation: Conversation, { entry }: AuditRecord): void {
    this.rowOf(conversation).last_seq = entry.seq;
  }

  private inRange(at: number): boolean {
    const { from, to } = this.window;
    return (from === undefined || at >= from) && (to === undefined || at < to);
  }
}

const firstReplyColumns = [
  'first_reply_id', 'first_reply_at', 'first_reply_by_id', 'first_reply_by_name', 'first_reply_known_by', 'first_reply_template_id', 'first_reply_template_version', 'first_response_ms', 'first_response_office_ms', 'target_met',
] as const satisfies readonly ConversationColumn[];

function firstOf(id: string, { entry, values }: AuditRecord): ConversationRow {
  const { body } = entry;
  return {
    conversation_id: id,
    channel: text(body, 'channel'),
    medium: text(body, 'medium'),
    author_id: text(body, 'author'),
    author_handle: text(values, 'handle'),
    author_name: text(values, 'name'),
    first_mention_id: entry.subject,
    first_mention_url: text(values, 'url'),
    first_mention_text: text(values, 'text'),
    language: text(body, 'language'),
    visibility: text(body, 'visibility'),
    first_posted_at: number(body, 'postedAt'),
    first_received_at: entry.at,
    sentiment_first: text(body, 'sentiment'),
    priority: text(body, 'priority'),
    backlog: flag(body, 'backlog'),
    target_ms: number(body, 'allowedMs'),
    target_in_office_hours: flag(body, 'officeHours'),
    due_at: number(body, 'dueAt'),
    referrals: 0,
    replies: 0,
    replies_withdrawn: 0,
    reopened: 0,
    first_seq: entry.seq,
  };
}
