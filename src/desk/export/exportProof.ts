import { type AuditJson, type AuditRecord } from '../../core/audit';
import { canonicalForm, commitmentsOf } from '../../core/auditChain';
import { isWithheld } from '../../core/exportPrivacy';
import { type AuditRange } from '../../core/ports';
import { telling, type ExportSource, type Pieces } from './exportSource';

/**
 * An entry with all that proves it: its line of the chain as it stands, the values, and the salts of their commitments. `withheld` names the fields that this
 * export leaves out with their salts, `missing` those that are no longer in the log.
 */
function proven({ entry, values, salts = {}, line }: AuditRecord, { mode }: ExportSource): string {
  const withheld: string[] = [];
  const missing: string[] = [];
  let toldSalts = '';
  let toldValues = '';
  for (const field of Object.keys(commitmentsOf(entry)).sort()) {
    const value = values[field];
    if (isWithheld(entry.kind, field, mode)) withheld.push(field);
    else if (value === undefined) missing.push(field);
    else {
      const comma = toldSalts === '' ? '' : ',';
      const name = JSON.stringify(field);
      toldSalts += `${comma}${name}:${JSON.stringify(salts[field] ?? '')}`;
      toldValues += `${comma}${name}:${canonicalValue(value)}`;
    }
  }
  const gone = missing.length === 0 ? '' : `"missing":${JSON.stringify(missing)},`;
  const left = withheld.length === 0 ? '' : `,"withheld":${JSON.stringify(withheld)}`;
  return `{"entry":${line ?? ''},${gone}"salts":{${toldSalts}},"values":{${toldValues}}${left}}`;
}

/** JavaScript writes a text as RFC 8785 does. */
function canonicalValue(value: AuditJson): string {
  return typeof value === 'string' ? JSON.stringify(value) : canonicalForm(value);
}

/** Characters that are handed on at once. */
const pieceLength = 64 * 1024;

/** Each entry of the range, with what stands before the first and the others. Returns their number. */
async function* entries(source: ExportSource, first: string, between: string): Pieces {
  const { audit, head, options: { from, to }, mode } = source;
  const tell = telling(source, { from: 0, to: 1 });
  const range: AuditRange = { from, to, lines: true, upTo: head, ...(mode === 'include' ? {} : { fieldIf: (kind, field) => !isWithheld(kind, field, mode) }) };
  let count = 0;
  let piece = '';
  for await (const record of audit.read(range)) {
    tell(record);
    piece += `${count === 0 ? first : between}${proven(record, source)}`;
    count += 1;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield piece;
  return count;
}

/** Every entry of the range, one a line, as far as the export may tell its values. */
export async function* jsonLines(source: ExportSource): Pieces {
  const count = yield* entries(source, '', '\n');
  if (count > 0) yield '\n';
  return count;
}

/** The same in one document. */
export async function* jsonDocument(source: ExportSource): Pieces {
  const { hash, count: all, at } = source.head;
  yield `{"schemaVersion":1,"head":${canonicalForm({ hash, count: all, at })},"personalData":${JSON.stringify(source.mode)},"entries":[`;
  const count = yield* entries(source, '\n', ',\n');
  yield '\n]}\n';
  return count;
}
