import { type AuditHead, type AuditKind, type AuditRecord } from '../../core/audit';
import { MomentosError } from '../../core/errors';
import { isWithheld, type PersonalDataMode } from '../../core/exportPrivacy';
import { type AuditLog, type AuditRange } from '../../core/ports';
import { type RedactionFacts } from '../../core/redactionFacts';
import { type ExportOptions } from './exportApi';

/** Pieces of the exported text; the return value is the number of rows (CSV) or entries. */
export type Pieces = AsyncGenerator<string, number>;

/** What an export is made from. */
export interface ExportSource {
  readonly audit: AuditLog;
  readonly head: AuditHead;
  readonly options: ExportOptions;
  readonly mode: PersonalDataMode;
  /** What stands in the place of a citizen's local id; undefined = nothing. */
  readonly citizen: (authorId: string) => string | undefined;
  readonly redactions: RedactionFacts;
}

/** The part of the whole work that a reading is, from 0 to 1. */
export interface Share {
  readonly from: number;
  readonly to: number;
}

/** Reads up to the head, telling how far it is and stopping when asked to. Values are as they stand in the log. */
export async function* readingAll(source: ExportSource, range: AuditRange, share: Share): AsyncGenerator<AuditRecord> {
  const tell = telling(source, share);
  for await (const record of source.audit.read({ ...range, upTo: source.head })) {
    tell(record);
    yield record;
  }
}

/** To be called with every record. Errors: `network.cancelled` when asked to stop. */
export function telling({ head, options }: ExportSource, share: Share): (record: AuditRecord) => void {
  let told = share.from;
  return ({ entry }) => {
    if (options.signal?.aborted === true) throw new MomentosError('network.cancelled');
    const fraction = share.from + ((share.to - share.from) * (entry.seq + 1)) / Math.max(1, head.count);
    if (fraction - told < 0.01) return;
    told = fraction;
    options.progress?.(Math.min(fraction, 1));
  };
}

/**
 * The same without the values that the export leaves out, so that nothing behind it can tell them. `fields`: which values are of use, by kind; of kinds where
 * none is of use and allowed, none is read.
 */
export async function* reading(source: ExportSource, range: AuditRange & { readonly fields: ValueFields }, share: Share): AsyncGenerator<AuditRecord> {
  const { mode } = source;
  const { fields, ...rest } = range;
  const fieldsOf = new Map((Object.keys(fields) as AuditKind[]).map((kind) => [kind, (fields[kind] ?? []).filter((field) => !isWithheld(kind, field, mode))] as const).filter(([, told]) => told.length > 0));
  const tell = telling(source, share);
  for await (const record of source.audit.read({ ...rest, valuesOf: [...fieldsOf.keys()], fieldsOf, upTo: source.head })) {
    tell(record);
    yield mode === 'include' ? record : withoutWithheld(record, mode);
  }
}

/** The values that an export uses, by kind. */
export type ValueFields = Readonly<Partial<Record<AuditKind, readonly string[]>>>;

/** The record without the values that the export leaves out, and without salts. */
export function withoutWithheld(record: AuditRecord, mode: PersonalDataMode): AuditRecord {
  const { entry, values } = record;
  if (!Object.keys(values).some((field) => isWithheld(entry.kind, field, mode))) return { entry, values };
  return { entry, values: Object.fromEntries(Object.entries(values).filter(([field]) => !isWithheld(entry.kind, field, mode))) };
}
