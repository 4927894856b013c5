import { type AuditEntry, type AuditJson } from './audit';
import { recordedActor } from './auditActor';
import { type AuditFields, flagIn, numberIn, textIn } from './auditFields';
import { type ConversationColumn, type ConversationRow } from './conversationRow';

const priorities = ['urgent', 'high', 'normal', 'low'];

/** As much of an entry as tells what became of a conversation. */
export interface ConversationEntry {
  readonly entry: Pick<AuditEntry, 'seq' | 'at' | 'kind' | 'actor' | 'subject' | 'body'>;
  readonly values: Readonly<Record<string, AuditJson>>;
}

interface Message {
  status: 'open' | 'waiting' | 'answered' | 'closed';
  /** Answers of ours that stand. */
  replies: number;
}

interface Author {
  readonly id: string;
  readonly name: string | undefined;
  readonly source: string;
  readonly template: string | undefined;
  readonly version: number | undefined;
}

/** The conversation that a message belongs to. */
export function conversationIdOf(entry: Pick<AuditEntry, 'subject' | 'body'>): string {
  return textIn(entry.body, 'conversation') ?? entry.subject;
}

/** The messages that an outcome of a reply is about: the one that was answered, and those of the citizen that the answer covers. */
export function answeredIn(entry: Pick<AuditEntry, 'kind' | 'body'>): readonly string[] {
  const mention = textIn(entry.body, 'mention') ?? '';
  const covers = entry.kind === 'reply.sent' ? entry.body['covers'] : undefined;
  return Array.isArray(covers) && covers.length > 0 ? [mention, ...covers.map(String)] : [mention];
}

/** What becomes of one conversation, entry by entry in the order of the log. */
export class ConversationHistory {
  readonly firstSeq: number;
  private readonly known: ConversationRow;
  private readonly messages = new Map<string, Message>();
  /** By reply. */
  private readonly authors = new Map<string, Author>();
  /** Messages that wait for the desk, and those that wait for the citizen. */
  private open = 0;
  private waiting = 0;
  private lastMention = '';

  /** `first`: its first message, which is not read yet. */
  constructor(
    readonly id: string,
    first: ConversationEntry,
  ) {
    this.firstSeq = first.entry.seq;
    this.known = rowOfFirst(id, first);
  }

  get mentions(): Iterable<string> {
    return this.messages.keys();
  }

  /** Entries about others change nothing. */
  read(record: ConversationEntry): void {
    const { entry } = record;
    if (entry.kind === 'mention.received') this.receive(record);
    else if (entry.kind.startsWith('reply.')) this.reply(record);
    else {
      const message = this.messages.get(entry.subject);
      if (message === undefined) return;
      this.touch(record);
      this.change(message, record);
    }
  }

  /** After the last entry. */
  row(): ConversationRow {
    const { known, open, waiting } = this;
    const { resolved_at: resolved, first_posted_at: posted } = known;
    known.status = open > 0 ? 'open' : waiting > 0 ? 'waiting' : known.closed_reason === undefined ? 'answered' : 'closed';
    if (open + waiting > 0) known.resolved_at = undefined;
    else if (typeof resolved === 'number' && typeof posted === 'number') known.resolution_ms = Math.max(0, resolved - posted);
    return known;
  }

  private receive(record: ConversationEntry): void {
    const { known: row } = this;
    const { entry } = record;
    const { body } = entry;
    row.messages = Number(row.messages ?? 0) + 1;
    row.last_received_at = entry.at;
    row.sentiment_last = textIn(body, 'sentiment');
    const priority = textIn(body, 'priority') ?? '';
    if (priorities.includes(priority) && priorities.indexOf(priority) < priorities.indexOf(String(row.priority))) row.priority = priority;
    this.lastMention = entry.subject;
    this.open += 1;
    row.closed_reason = row.closed_by_id = row.closed_by_name = row.closed_known_by = undefined;
    this.messages.set(entry.subject, { status: 'open', replies: 0 });
    this.touch(record);
  }

  private change(message: Message, record: ConversationEntry): void {
    const { known: row } = this;
    const { entry, values } = record;
    const { body, at } = entry;
    const by = recordedActor(record);
    switch (entry.kind) {
      case 'mention.scored':
        // What stood there when it came, or a person said, stays.
        if (this.lastMention === entry.subject) row.sentiment_last ??= textIn(body, 'sentiment');
        if (row.messages === 1) row.sentiment_first ??= textIn(body, 'sentiment');
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
        row.case_number = textIn(values, 'case');
        return;
      case 'sentiment.corrected':
        if (this.lastMention === entry.subject) row.sentiment_last = textIn(body, 'to');
        return;
      case 'mention.closed':
        Object.assign(row, { closed_reason: textIn(body, 'reason'), closed_by_id: by.id, closed_by_name: by.name, closed_known_by: entry.actor.source });
        this.turn(message, 'closed', at);
        return;
      case 'mention.reopened':
        row.reopened = Number(row.reopened ?? 0) + 1;
        row.closed_reason = row.closed_by_id = row.closed_by_name = row.closed_known_by = undefined;
        this.turn(message, 'open', at);
        return;
      case 'mention.answeredElsewhere':
        row.answered_elsewhere_at ??= numberIn(body, 'at') ?? at;
        if (message.status === 'open' || message.status === 'waiting') this.turn(message, 'answered', numberIn(body, 'at') ?? at);
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

  private reply(record: ConversationEntry): void {
    const { entry } = record;
    const { body, subject } = entry;
    if (entry.kind === 'reply.intended') {
      const by = recordedActor(record);
      if (textIn(body, 'conversation') === this.id) this.authors.set(subject, { id: by.id, name: by.name, source: entry.actor.source, template: textIn(body, 'template'), version: numberIn(body, 'version') });
      return;
    }
    const [answered = '', ...covered] = answeredIn(entry);
    const message = this.messages.get(answered);
    const sentAt = numberIn(latencyIn(body), 'sentAt') ?? entry.at;
    if (message !== undefined) {
      this.touch(record);
      if (entry.kind === 'reply.sent') this.sent(message, record, sentAt);
      else if (entry.kind === 'reply.withdrawn' && (body['stage'] === undefined || body['stage'] === 'done')) this.withdrawn(message, record);
    }
    for (const id of covered) {
      const one = this.messages.get(id);
      if (one !== undefined) this.turn(one, 'answered', sentAt);
    }
  }

  private sent(message: Message, { entry }: ConversationEntry, sentAt: number): void {
    const { known: row } = this;
    const { body, subject } = entry;
    const author = this.authors.get(subject);
    const latency = latencyIn(body);
    row.replies = Number(row.replies ?? 0) + 1;
    const approval = numberIn(latency, 'approvalMs');
    if (approval !== undefined) row.approval_ms = Number(row.approval_ms ?? 0) + approval;
    if (row.first_reply_id === undefined) {
      Object.assign(row, {
        first_reply_id: subject, first_reply_at: sentAt, first_reply_by_id: author?.id, first_reply_by_name: author?.name, first_reply_known_by: author?.source,
        first_reply_template_id: author?.template, first_reply_template_version: author?.version,
        first_response_ms: numberIn(latency, 'calendarMs'), first_response_office_ms: numberIn(latency, 'officeMs'),
        target_met: latency['backlog'] === true ? undefined : flagIn(latency, 'met'),
      });
    }
    message.replies += 1;
    this.turn(message, 'answered', sentAt);
  }

  private withdrawn(message: Message, { entry }: ConversationEntry): void {
    const { known: row } = this;
    row.replies_withdrawn = Number(row.replies_withdrawn ?? 0) + 1;
    // What was taken back is no first response.
    if (row.first_reply_id === entry.subject) for (const column of firstReplyColumns) row[column] = undefined;
    message.replies = Math.max(0, message.replies - 1);
    if (message.replies === 0 && message.status === 'answered') this.turn(message, 'open', entry.at);
  }

  private turn(message: Message, status: Message['status'], at: number): void {
    this.open += Number(status === 'open') - Number(message.status === 'open');
    this.waiting += Number(status === 'waiting') - Number(message.status === 'waiting');
    message.status = status;
    if (status === 'answered' || status === 'closed') this.known.resolved_at = at;
  }

  private touch({ entry }: ConversationEntry): void {
    this.known.last_seq = entry.seq;
  }
}

const firstReplyColumns = [
  'first_reply_id', 'first_reply_at', 'first_reply_by_id', 'first_reply_by_name', 'first_reply_known_by', 'first_reply_template_id', 'first_reply_template_version', 'first_response_ms', 'first_response_office_ms', 'target_met',
] as const satisfies readonly ConversationColumn[];

function latencyIn(body: AuditFields): AuditFields {
  const latency = body['latency'];
  return typeof latency === 'object' && latency !== null && !Array.isArray(latency) ? (latency as AuditFields) : {};
}

function rowOfFirst(id: string, { entry, values }: ConversationEntry): ConversationRow {
  const { body } = entry;
  return {
    conversation_id: id,
    channel: textIn(body, 'channel'),
    medium: textIn(body, 'medium'),
    author_id: textIn(body, 'author'),
    author_handle: textIn(values, 'handle'),
    author_name: textIn(values, 'name'),
    first_mention_id: entry.subject,
    first_mention_url: textIn(values, 'url'),
    first_mention_text: textIn(values, 'text'),
    language: textIn(body, 'language'),
    visibility: textIn(body, 'visibility'),
    first_posted_at: numberIn(body, 'postedAt'),
    first_received_at: entry.at,
    sentiment_first: textIn(body, 'sentiment'),
    priority: textIn(body, 'priority'),
    backlog: flagIn(body, 'backlog'),
    target_ms: numberIn(body, 'allowedMs'),
    target_in_office_hours: flagIn(body, 'officeHours'),
    due_at: numberIn(body, 'dueAt'),
    referrals: 0,
    replies: 0,
    replies_withdrawn: 0,
    reopened: 0,
    first_seq: entry.seq,
  };
}
