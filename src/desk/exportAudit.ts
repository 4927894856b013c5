import { resolve, sep } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { type Actor, type AuditHead, type AuditJson, type AuditRecord } from '../core/audit';
import { canonicalForm } from '../core/auditChain';
import { type Clock, type Randomness } from '../core/clock';
import { defusedText } from '../core/csvCell';
import { isMomentosError, MomentosError } from '../core/errors';
import { type AuditLog, type AuditRange } from '../core/ports';
import { outcomeValueKinds, replyColumns, replyRowKinds, ReplyRows, timeColumns, type ReplyRow } from '../core/replyRows';
import { type DeskAudit, type ExportOptions } from './deskApi';
import { NewFile } from './newFile';

export interface ExportDeps {
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly operator: Actor;
  readonly readOnly?: boolean | undefined;
}

/** The library's set-up costs as much as many rows. */
const rowsAtOnce = 200;

/** Pieces of the exported text; the return value is the number of rows (CSV) or entries. */
type Pieces = AsyncGenerator<string, number>;

interface Source {
  readonly audit: AuditLog;
  readonly head: AuditHead;
  readonly options: ExportOptions;
}

/**
 * Writes the log up to the head that it has at the start: equal head, format and range give equal bytes. The file appears only when it is whole.
 * Errors: `export.exists` unless `overwrite`, `export.notWritable`, `report.invalidRange`, `network.cancelled`.
 */
export function createExport(deps: ExportDeps): DeskAudit['export'] {
  return async (options) => {
    checkRange(options);
    if (resolve(options.out).split(sep).includes('.momentos')) throw new MomentosError('export.notWritable', { path: options.out, reason: 'desk' });
    const head = await deps.audit.head();
    const source: Source = { audit: deps.audit, head, options };
    const file = await NewFile.begin(options.out, { overwrite: options.overwrite === true, random: deps.random });
    let rows: number;
    try {
      rows = await file.writeAll(piecesOf(source));
      await file.finish();
    } catch (error) {
      await file.discard();
      throw error;
    }
    options.progress?.(1);
    if (deps.readOnly !== true) await noteExport(deps, options, rows, head);
    return { path: options.out, rows, head };
  };
}

function checkRange({ from, to }: ExportOptions): void {
  const wrong = [from, to].some((time) => time !== undefined && !Number.isFinite(time)) || (from !== undefined && to !== undefined && from >= to);
  if (wrong) throw new MomentosError('report.invalidRange', { from: String(from), to: String(to) });
}

/** Who took what out is part of the log; a log that may not be written here (a copy on a read-only medium) is exported all the same. */
async function noteExport(deps: ExportDeps, options: ExportOptions, rows: number, head: AuditHead): Promise<void> {
  const range: Record<string, AuditJson> = { ...(options.from === undefined ? {} : { from: options.from }), ...(options.to === undefined ? {} : { to: options.to }) };
  try {
    await deps.audit.append([
      { kind: 'audit.exported', at: deps.clock.now(), actor: deps.operator, subject: 'audit', body: { format: options.format, rows, upTo: head.hash, count: head.count, ...range } },
    ]);
  } catch (error) {
    if (!isMomentosError(error, 'store.notWritable', 'lock.otherHost')) throw error;
  }
}

function piecesOf(source: Source): Pieces {
  switch (source.options.format) {
    case 'csv':
      return csvPieces(source);
    case 'jsonl':
      return jsonLines(source);
    case 'json':
      return jsonDocument(source);
  }
}

/** Reads up to the head, telling how far it is and stopping when asked to. `share`: the part of the whole work that this reading is. */
async function* reading(source: Source, range: AuditRange, share: { readonly from: number; readonly to: number }): AsyncGenerator<AuditRecord> {
  const { audit, head, options } = source;
  let told = share.from;
  for await (const record of audit.read({ ...range, upTo: head })) {
    if (options.signal?.aborted === true) throw new MomentosError('network.cancelled');
    const fraction = share.from + ((share.to - share.from) * (record.entry.seq + 1)) / Math.max(1, head.count);
    if (fraction - told >= 0.01) {
      told = fraction;
      options.progress?.(Math.min(fraction, 1));
    }
    yield record;
  }
}

async function* csvPieces(source: Source): Pieces {
  const { options } = source;
  const rows = new ReplyRows(options);
  // Outcomes may come after the end of the range, mentions before its start.
  for await (const record of reading(source, { kinds: replyRowKinds, valuesOf: outcomeValueKinds }, { from: 0, to: 0.5 })) rows.prepare(record);
  yield `\uFEFF${csvLines([replyColumns])}`;
  let held: string[][] = [];
  for await (const record of reading(source, { kinds: replyRowKinds, to: options.to }, { from: 0.5, to: 1 })) {
    const row = rows.next(record);
    if (row === undefined) continue;
    held.push(replyColumns.map((column) => cell(row, column)));
    if (held.length < rowsAtOnce) continue;
    yield csvLines(held);
    held = [];
  }
  if (held.length > 0) yield csvLines(held);
  return rows.count;
}

/** RFC 4180: quoted where needed, CRLF. */
function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(rows.map((row) => [...row]), { record_delimiter: '\r\n', quoted_match: /[\r\n;]/u });
}

function cell(row: ReplyRow, column: (typeof replyColumns)[number]): string {
  const value = row.cell(column);
  if (value === undefined) return '';
  if (typeof value === 'string') return defusedText(value);
  return timeColumns.has(column) && typeof value === 'number' ? new Date(value).toISOString() : String(value);
}

function inRange({ from, to }: ExportOptions): AuditRange {
  return { from, to };
}

/** An entry with all that proves it: the chain's members, the values, and the salts of their commitments. */
function proven({ entry, values, salts }: AuditRecord): string {
  const { seq, at, kind, actor, subject, body, prev, hash } = entry;
  return canonicalForm({ entry: { seq, at, kind, actor: { ...actor }, subject, body, prev, hash }, values, salts: { ...salts } });
}

async function* jsonLines(source: Source): Pieces {
  let count = 0;
  for await (const record of reading(source, inRange(source.options), { from: 0, to: 1 })) {
    count += 1;
    yield `${proven(record)}\n`;
  }
  return count;
}

async function* jsonDocument(source: Source): Pieces {
  const { hash, count: entries, at } = source.head;
  let count = 0;
  yield `{"schemaVersion":1,"head":${canonicalForm({ hash, count: entries, at })},"entries":[`;
  for await (const record of reading(source, inRange(source.options), { from: 0, to: 1 })) {
    yield `${count === 0 ? '' : ','}\n${proven(record)}`;
    count += 1;
  }
  yield '\n]}\n';
  return count;
}
