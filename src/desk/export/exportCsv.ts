import { type AuditEntry, type AuditKind } from '../../core/audit';
import { conversationColumns, conversationKinds, type ConversationRow, conversationTimeColumns } from '../../core/conversationRow';
import { ConversationRows } from '../../core/conversationRows';
import { csvLine, defusedText } from '../../core/csvCell';
import { IdMap } from '../../core/idMap';
import { isoTimes } from '../../core/isoTime';
import { type AuditRange, type EntryGlance } from '../../core/ports';
import { redactionKinds, type RedactionFact } from '../../core/redactionFacts';
import { replyColumns, type ReplyRow, timeColumns } from '../../core/replyRow';
import { outcomeRowKinds, replyRowKinds, ReplyRows } from '../../core/replyRows';
import { reading, type ExportSource, type Pieces, type ValueFields } from './exportSource';

/** What is gathered of replies or conversations at once, in characters: so much memory a large log takes, not more. */
export const csvRoom = 48 * 1024 * 1024;

const byteOrderMark = '\uFEFF';
const actor = ['actor.name', 'actor.email', 'actor.osAccount'] as const;
const isRedaction: ReadonlySet<AuditKind> = new Set(redactionKinds);
const redactionFields: ValueFields = { redacted: actor, 'retention.disposed': ['authority'] };

type Cell = string | number | boolean | undefined;

const isoTime = isoTimes();

function cellText(value: Cell, isTime: boolean): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return defusedText(value);
  return isTime && typeof value === 'number' ? isoTime(value) : String(value);
}

const outcomeFields: ValueFields = { 'mention.caseSet': ['case'], 'template.approved': actor, 'reply.sent': ['url', 'externalId'], 'reply.withdrawn': ['reason', ...actor], ...redactionFields };
const rowFields: ValueFields = {
  'mention.received': ['handle', 'name', 'url', 'text'],
  'mention.edited': ['text'],
  'mention.caseSet': ['case'],
  'reply.intended': ['text', 'againReason', 'authorName', 'authorEmail', ...actor],
  'reply.sent': ['url', 'externalId'],
  'reply.withdrawn': ['reason', ...actor],
};

/** A row per reply that was begun in the range. */
export async function* replyCsv(source: ExportSource, room = csvRoom): Pieces {
  const { options, head, citizen } = source;
  const approvers: ConstructorParameters<typeof ReplyRows>[1] = new Map();
  const kinds: readonly AuditKind[] = [...outcomeRowKinds, ...redactionKinds];
  let count = 0;
  const lineOf = (row: ReplyRow): string => {
    count += 1;
    return csvLine(replyColumns.map((column) => {
      const value = row.cell(column);
      return cellText(column === 'author_id' && typeof value === 'string' ? citizen(value) : value, timeColumns.has(column));
    }));
  };
  yield byteOrderMark + csvLine(replyColumns);
  for (let fromSeq: number | undefined = 0; fromSeq !== undefined; ) {
    const rows: ReplyRows = new ReplyRows({ from: options.from, to: options.to, fromSeq, room }, approvers);
    const valuesIf = (entry: AuditEntry): boolean => isRedaction.has(entry.kind) || rows.preparesValues(entry);
    const start = fromSeq / Math.max(1, head.count);
    // Outcomes may come after the end of the range, mentions before its start.
    for await (const record of reading(source, { kinds, fromSeq, fields: outcomeFields, valuesIf, leaveOut: (glance) => rows.preparesWithout(glance) }, { from: 0, to: 0.5 })) {
      rows.prepare(record);
      if (fromSeq === 0) source.redactions.read(record);
    }
    const end = (rows.nextSeq ?? head.count) / Math.max(1, head.count);
    if (rows.left > 0) {
      // The outcome of a reply may come after the end of the range.
      const leaveOut = (glance: EntryGlance): boolean => rows.doesWithout(glance);
      for await (const record of reading(source, { kinds: replyRowKinds, fields: rowFields, leaveOut }, { from: (1 + start) / 2, to: (1 + end) / 2 })) {
        for (const row of rows.next(record)) yield lineOf(row);
        if (rows.left === 0) break;
      }
      for (const row of rows.rest()) yield lineOf(row);
    }
    fromSeq = rows.nextSeq;
  }
  return count;
}

const conversationFields: ValueFields = {
  'mention.received': ['handle', 'name', 'url', 'text'],
  'mention.claimed': ['actor.name'],
  'mention.caseSet': ['case'],
  'mention.closed': ['actor.name'],
  'reply.intended': ['actor.name'],
  ...redactionFields,
};

/** A row per conversation that began in the range. */
export async function* conversationCsv(source: ExportSource, room = csvRoom): Pieces {
  const { options, head, citizen } = source;
  const begun = new IdMap();
  const kinds: readonly AuditKind[] = [...conversationKinds, ...redactionKinds];
  let count = 0;
  const lineOf = (row: ConversationRow): string => {
    count += 1;
    return csvLine(conversationColumns.map((column) => {
      const value = row[column];
      return cellText(column === 'author_id' && typeof value === 'string' ? citizen(value) : value, conversationTimeColumns.has(column));
    }));
  };
  yield byteOrderMark + csvLine(conversationColumns);
  for (let fromSeq: number | undefined = 0; fromSeq !== undefined; ) {
    const rows: ConversationRows = new ConversationRows({ from: options.from, to: options.to, fromSeq, room, begun });
    const valuesIf = (entry: AuditEntry): boolean => isRedaction.has(entry.kind) || rows.preparesValues(entry);
    const start = fromSeq / Math.max(1, head.count);
    for await (const record of reading(source, { kinds, fromSeq, fields: conversationFields, valuesIf, leaveOut: (glance) => rows.preparesWithout(glance) }, { from: 0, to: 0.5 })) {
      rows.prepare(record);
      if (fromSeq === 0) source.redactions.read(record);
    }
    const end = (rows.nextSeq ?? head.count) / Math.max(1, head.count);
    if (rows.firstSeq !== undefined) {
      // What happened to a conversation may have come after the end of the range.
      const asked: Pick<AuditRange, 'leaveOut' | 'valuesIf'> = { leaveOut: (glance) => rows.doesWithout(glance), valuesIf: (entry) => rows.usesValues(entry) };
      for await (const record of reading(source, { kinds: conversationKinds, fromSeq: rows.firstSeq, fields: conversationFields, ...asked }, { from: (1 + start) / 2, to: (1 + end) / 2 })) {
        for (const row of rows.next(record)) yield lineOf(row);
        if (rows.isComplete(record.entry.seq)) break;
      }
      for (const row of rows.rest()) yield lineOf(row);
    }
    fromSeq = rows.nextSeq;
  }
  return count;
}

/** Columns of the file beside a CSV that tells what was erased. */
export const redactionColumns = [
  'redaction_id', 'at', 'scope', 'basis', 'rule', 'authority', 'by_id', 'by_name', 'by_known_by', 'proposed_by_id', 'mentions', 'values', 'first_seq', 'last_seq', 'last_hash',
] as const;

export async function* redactionCsv(facts: readonly RedactionFact[]): Pieces {
  yield await Promise.resolve(byteOrderMark + csvLine(redactionColumns));
  for (const fact of facts) {
    const cells: readonly Cell[] = [
      fact.id, new Date(fact.at).toISOString(), fact.scope, fact.basis, fact.rule, fact.authority, fact.byId, fact.byName, fact.knownBy, fact.proposedBy, fact.mentions, fact.values, fact.firstSeq, fact.lastSeq, fact.hash,
    ];
    yield csvLine(cells.map((cell) => cellText(cell, false)));
  }
  return facts.length;
}
