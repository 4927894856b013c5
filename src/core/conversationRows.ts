import { type AuditEntry, type AuditRecord } from './audit';
import { answeredIn, type ConversationEntry, ConversationHistory, conversationIdOf } from './conversationHistory';
import { type ConversationRow } from './conversationRow';
import { IdMap } from './idMap';
import { PassingMap } from './passingMap';
import { type EntryGlance } from './ports';

/**
 * How many entries after a conversation began what happens in it is still met by the second reading itself. Nearly all comes soon; only what comes later is
 * gathered by the first reading.
 */
const usuallyNear = 1000;

export interface ConversationWindow {
  /** UTC ms, inclusive: rows are of conversations whose first message came in the range. */
  readonly from?: number | undefined;
  /** UTC ms, exclusive. */
  readonly to?: number | undefined;
  /** Conversations begun before this entry belong to an earlier window. */
  readonly fromSeq: number;
  /** How much is held at once, in characters; what does not fit is left to the next window. */
  readonly room: number;
  /** The first entry of every conversation that was met, by its id; -1 = it is not in the range. Handed on from window to window, and added to. */
  readonly begun: IdMap;
  /** In entries; undefined = as many as usual. */
  readonly near?: number | undefined;
}

/** What came late for one message or conversation. */
interface Late {
  /** First entry of the conversation. */
  readonly first: number;
  /** Each entry as one short text: many thousands of them may be in memory at once. */
  readonly entries: string[];
  /** Characters. */
  size: number;
}

/** Roughly what is taken by a message whose conversation is remembered, and by what came late besides its texts; in characters. */
const mentionOverhead = 40;
const lateOverhead = 250;
const notInRange = -1;

/**
 * One row per conversation that began in the range, in the order of their first messages; what became of it is told as far as the log knows. The log is read
 * twice, so that only what rows still need is in memory: first what happened long after a conversation began (up to the end of the log), then the conversations
 * with what happened soon. Where the room is full the window ends and the next begins at `nextSeq`, so that memory does not grow with the log.
 */
export class ConversationRows {
  private readonly near: number;
  /** First entry of the conversation, by message; only of those of the window. */
  private readonly mentions = new IdMap();
  private mentionsTaken = 0;
  /** By message, or by conversation where it is told in the entry alone. */
  private readonly late = new Map<string, Late>();
  private lateTaken = 0;
  /** Of the second reading, in their order: those that began a few entries ago. */
  private readonly recent = new PassingMap<string, ConversationHistory>();
  private readonly recentOf = new PassingMap<string, ConversationHistory>();
  private begin: number | undefined;
  private end: number | undefined;

  constructor(private readonly window: ConversationWindow) {
    this.near = window.near ?? usuallyNear;
  }

  /** Where the second reading begins; undefined = the window has no rows. */
  get firstSeq(): number | undefined {
    return this.begin;
  }

  /** Where the next window begins; undefined = this one is the last. */
  get nextSeq(): number | undefined {
    return this.end;
  }

  /** First reading: whether the entry that comes next need not be read. */
  preparesWithout(glance: EntryGlance): boolean {
    const { kind } = glance;
    if (isChange(kind)) return this.lateFor(glance, glance.subject) === undefined;
    if (!kind.startsWith('reply.')) return false;
    const about = kind === 'reply.intended' ? glance.textOf('conversation') : kind !== 'reply.sent' || glance.isEmptyList('covers') ? glance.textOf('mention') : undefined;
    return about !== undefined && this.lateFor(glance, about) === undefined;
  }

  /** First reading: whether the values of the entry, which comes next, are of use. */
  preparesValues(entry: AuditEntry): boolean {
    return entry.kind !== 'mention.received' && subjectsOf(entry).some((id) => this.lateFor(entry, id) !== undefined);
  }

  /** First reading, every record from the window's start on, in order. */
  prepare(record: AuditRecord): void {
    const { entry } = record;
    if (entry.kind === 'mention.received') this.remember(entry);
    let packed: string | undefined;
    for (const id of subjectsOf(entry)) {
      const first = this.lateFor(entry, id);
      if (first !== undefined) this.hold(id, first, (packed ??= packedEntry(record)));
    }
  }

  /** Second reading: whether the entry that comes next need not be read. */
  doesWithout({ kind, subject }: EntryGlance): boolean {
    return isChange(kind) && !this.recentOf.has(subject);
  }

  /** Second reading: whether the values of the entry, which comes next, are of use. */
  usesValues(entry: AuditEntry): boolean {
    if (entry.kind === 'mention.received') return this.begins(entry, conversationIdOf(entry));
    return entry.kind === 'reply.intended' ? this.recent.has(conversationIdOf(entry)) : this.recentOf.has(entry.subject);
  }

  /** Second reading, every record from `firstSeq` until `isComplete`, in order: the rows of which nothing more comes. */
  *next(record: AuditRecord): Generator<ConversationRow> {
    const { entry } = record;
    for (let history = this.recent.first(); history !== undefined && !this.isNear(entry.seq, history.firstSeq); history = this.recent.first()) yield this.finish(history);
    if (entry.kind === 'mention.received') this.receive(record);
    else if (entry.kind === 'reply.intended') this.recent.get(conversationIdOf(entry))?.read(record);
    else for (const history of new Set(subjectsOf(entry).map((id) => this.recentOf.get(id)))) history?.read(record);
  }

  /** Whether all rows of the window have come when the entry has been read. */
  isComplete(seq: number): boolean {
    return this.end !== undefined && seq >= this.end && this.recent.size === 0;
  }

  /** After the second reading: the rows that are left. */
  *rest(): Generator<ConversationRow> {
    for (let history = this.recent.first(); history !== undefined; history = this.recent.first()) yield this.finish(history);
  }

  private remember(entry: AuditEntry): void {
    const { begun, fromSeq, room } = this.window;
    const id = conversationIdOf(entry);
    let first = begun.get(id);
    if (first === undefined) {
      first = this.inRange(entry.at) ? entry.seq : notInRange;
      begun.set(id, first);
    }
    if (first < fromSeq) return;
    if (first === entry.seq && this.end === undefined && this.mentionsTaken >= room / 2) this.end = first;
    if (this.end !== undefined && first >= this.end) return;
    this.begin ??= first;
    this.mentions.set(entry.subject, first);
    this.mentionsTaken += mentionOverhead;
  }

  /** The first entry of the conversation for which an entry comes so late that the second reading does not meet it; undefined = it does not, or need not. */
  private lateFor({ seq, kind }: Pick<EntryGlance, 'seq' | 'kind'>, id: string): number | undefined {
    const { fromSeq, begun } = this.window;
    const first = kind === 'mention.received' || kind === 'reply.intended' ? begun.get(id) : this.mentions.get(id);
    if (first === undefined || first < fromSeq || (this.end !== undefined && first >= this.end)) return undefined;
    return this.isNear(seq, first) ? undefined : first;
  }

  private isNear(seq: number, first: number): boolean {
    return seq - first <= this.near;
  }

  private hold(id: string, first: number, packed: string): void {
    const size = packed.length + lateOverhead;
    this.lateTaken += size;
    const late = this.late.get(id);
    if (late === undefined) this.late.set(id, { first, entries: [packed], size });
    else {
      late.entries.push(packed);
      late.size += size;
    }
    if (this.lateTaken > this.window.room / 2) this.shorten();
  }

  /** Leaves so many conversations to the next window that what came late for the others fills half of its room; one at least stays. */
  private shorten(): void {
    const sizes = new Map<number, number>();
    for (const { first, size } of this.late.values()) sizes.set(first, (sizes.get(first) ?? 0) + size);
    const firsts = [...sizes.keys()].sort((one, other) => one - other);
    if (firsts.length < 2) return;
    let kept = 0;
    const cut = firsts.findIndex((first, index) => (kept += sizes.get(first) ?? 0) > this.window.room / 4 && index > 0);
    const end = firsts[cut === -1 ? firsts.length - 1 : cut] ?? 0;
    this.end = end;
    for (const [id, { first, size }] of this.late) {
      if (first < end) continue;
      this.late.delete(id);
      this.lateTaken -= size;
    }
  }

  private begins(entry: AuditEntry, id: string): boolean {
    const { fromSeq, begun } = this.window;
    return begun.get(id) === entry.seq && entry.seq >= fromSeq && (this.end === undefined || entry.seq < this.end);
  }

  private receive(record: AuditRecord): void {
    const { entry } = record;
    const id = conversationIdOf(entry);
    let history = this.recent.get(id);
    if (history === undefined) {
      if (!this.begins(entry, id)) return;
      history = new ConversationHistory(id, record);
      this.recent.set(id, history);
    }
    history.read(record);
    this.recentOf.set(entry.subject, history);
  }

  private finish(history: ConversationHistory): ConversationRow {
    this.recent.take(history.id);
    for (const id of history.mentions) this.recentOf.take(id);
    for (const entry of this.lateOf(history)) history.read(entry);
    return history.row();
  }

  /** What came late for a conversation, for its messages, and for those that came late themselves; in the order of the log. */
  private lateOf(history: ConversationHistory): readonly ConversationEntry[] {
    if (this.late.size === 0) return [];
    const found = new Map<number, ConversationEntry>();
    const ids = [history.id, ...history.mentions];
    for (const id of ids) {
      const late = this.late.get(id);
      if (late === undefined) continue;
      this.late.delete(id);
      for (const packed of late.entries) {
        const one = JSON.parse(packed) as ConversationEntry;
        // An answer stands with each message that it covers.
        if (found.has(one.entry.seq)) continue;
        found.set(one.entry.seq, one);
        if (one.entry.kind === 'mention.received') ids.push(one.entry.subject);
      }
    }
    return [...found.values()].sort((one, other) => one.entry.seq - other.entry.seq);
  }

  private inRange(at: number): boolean {
    const { from, to } = this.window;
    return (from === undefined || at >= from) && (to === undefined || at < to);
  }
}

/** What happens to a message that is there; its entry is about the message by its subject. */
function isChange(kind: string): boolean {
  return kind !== 'mention.received' && (kind.startsWith('mention.') || kind === 'sentiment.corrected');
}

/** What an entry is about: conversations where messages and replies begin, messages in all others. */
function subjectsOf(entry: AuditEntry): readonly string[] {
  if (entry.kind === 'mention.received' || entry.kind === 'reply.intended') return [conversationIdOf(entry)];
  return entry.kind.startsWith('reply.') ? answeredIn(entry) : [entry.subject];
}

function packedEntry({ entry: { seq, at, kind, actor, subject, body }, values }: AuditRecord): string {
  const { values: _commitments, ...told } = body;
  return JSON.stringify({ entry: { seq, at, kind, actor, subject, body: told }, values } satisfies ConversationEntry);
}
