import { type AuditEntry, type AuditRecord } from './audit';
import { recordedActor } from './auditActor';
import { textIn } from './auditFields';
import { IdMap } from './idMap';
import { PassingMap } from './passingMap';
import { type EntryGlance } from './ports';
import { mentionPart, outcomeParts, replyPart, ReplyRow, type RowPart, scorePart, versionKey } from './replyRow';

const outcomes = ['reply.sent', 'reply.failed', 'reply.unsettled', 'reply.settled', 'reply.withdrawn'] as const satisfies readonly AuditRecord['entry']['kind'][];
/** What the first reading needs, and the second. */
export const outcomeRowKinds = ['mention.caseSet', 'sentiment.corrected', 'template.approved', 'reply.intended', ...outcomes] as const satisfies readonly AuditRecord['entry']['kind'][];
export const replyRowKinds = [
  'mention.received', 'mention.scored', 'mention.edited', 'mention.caseSet', 'sentiment.corrected', 'reply.submitted', 'reply.returned', 'reply.intended', ...outcomes,
] as const satisfies readonly AuditRecord['entry']['kind'][];

const outcomeKinds: ReadonlySet<string> = new Set(outcomes);
const isOutcome = (kind: string): boolean => outcomeKinds.has(kind);

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
  /** What is known of the outcome; the latest tells it. */
  outcome: readonly RowPart[];
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
  private readonly recent = new PassingMap<string, number>();
  private readonly late = new Map<string, OpenPart>();
  /** How many rows need each mention. */
  private readonly uses = new IdMap();
  private readonly later = new Map<string, Later>();
  private readonly held = new PassingMap<string, HeldMention>();
  /** How the author of an answer that waits for a second person is known, by submission. */
  private readonly submitters = new PassingMap<string, string>();
  /** Of the second reading, in their order. */
  private readonly queue = new PassingMap<string, QueuedRow>();
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
        if (this.uses.get(entry.subject) !== undefined) this.laterOf(entry.subject).caseNumber = textIn(values, 'case') ?? null;
        return;
      case 'sentiment.corrected':
        if (this.uses.get(entry.subject) !== undefined) this.laterOf(entry.subject).correctedTo = textIn(entry.body, 'to') ?? '';
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
    for (let queued = this.queue.first(); queued !== undefined && entry.seq - queued.seq > nearEntries; queued = this.queue.first()) yield this.finish(queued);
    if (entry.kind === 'mention.received') {
      const left = this.uses.get(entry.subject);
      if (left !== undefined) this.held.set(entry.subject, { row: mentionPart(record), left });
    } else if (entry.kind === 'reply.submitted') this.submitters.set(entry.subject, entry.actor.source);
    else if (entry.kind === 'reply.returned') this.submitters.take(entry.subject);
    else if (entry.kind === 'reply.intended') this.begin(record);
    else if (isOutcome(entry.kind)) this.goOn(record);
    else this.change(record);
  }

  private goOn(record: AuditRecord): void {
    const queued = this.queue.get(record.entry.subject);
    if (queued !== undefined) queued.outcome = [...outcomeParts(record), ...queued.outcome];
  }

  /** After the second reading: the rows that are left. */
  *rest(): Generator<ReplyRow> {
    for (let queued = this.queue.first(); queued !== undefined; queued = this.queue.first()) yield this.finish(queued);
  }

  /** What happens to a mention before it is answered. */
  private change({ entry, values }: AuditRecord): void {
    const held = this.held.get(entry.subject);
    if (held === undefined) return;
    // The words that the operator answered, not those of before.
    if (entry.kind === 'mention.edited') Object.assign(held.row, { mention_text: textIn(values, 'text'), mention_language: textIn(entry.body, 'language') ?? held.row.mention_language });
    else if (entry.kind === 'mention.scored') Object.assign(held.row, scorePart(entry.body));
    else if (entry.kind === 'mention.caseSet') held.caseNumber = textIn(values, 'case');
    else if (entry.kind === 'sentiment.corrected') held.correctedTo = textIn(entry.body, 'to');
  }

  private want({ entry }: AuditRecord): void {
    for (let seq = this.recent.first(); seq !== undefined && entry.seq - seq > nearEntries; seq = this.recent.first()) this.recent.take(this.recent.firstKey() ?? '');
    this.recent.set(entry.subject, entry.seq);
    if (!this.isOfWindow(entry)) return;
    if (this.taken >= this.window.room) {
      this.end = entry.seq;
      return;
    }
    const mention = textIn(entry.body, 'mention') ?? '';
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
    this.late.set(subject, Object.assign(known ?? {}, ...outcomeParts(record)) as OpenPart);
  }

  private isSoon({ subject, seq }: Pick<AuditEntry, 'seq' | 'subject'>): boolean {
    const begun = this.recent.get(subject);
    return begun !== undefined && seq - begun <= nearEntries;
  }

  private begin(record: AuditRecord): void {
    const { entry } = record;
    const submission = textIn(entry.body, 'submission') ?? '';
    const source = this.submitters.take(submission);
    if (!this.isOfWindow(entry)) return;
    const mention = textIn(entry.body, 'mention') ?? '';
    const held = this.held.get(mention);
    if (held !== undefined && (held.left -= 1) === 0) this.held.take(mention);
    const later = this.later.get(mention) ?? {};
    const approver = this.approvers.get(versionKey(entry.body));
    const now: RowPart = {
      mention_id: mention,
      case_number: later.caseNumber === undefined ? held?.caseNumber : (later.caseNumber ?? undefined),
      sentiment_corrected_to: later.correctedTo ?? held?.correctedTo,
      template_approved_by: approver?.name,
      template_approved_known_by: approver?.source,
    };
    const outcome: readonly RowPart[] = [source === undefined ? { status: 'intended' } : { status: 'intended', written_known_by: source }];
    this.queue.set(entry.subject, { seq: entry.seq, reply: entry.subject, outcome, now, parts: [replyPart(record), { ...held?.row }] });
  }

  private finish({ reply, outcome, now, parts }: QueuedRow): ReplyRow {
    this.queue.take(reply);
    this.wanted -= 1;
    return new ReplyRow([now, this.late.get(reply) ?? {}, ...outcome, ...parts]);
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
