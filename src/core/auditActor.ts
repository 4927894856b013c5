import { type AuditEntry, type AuditRecord } from './audit';

/** Who an entry says acted, with what has not been redacted. */
export interface RecordedActor {
  /** Local id; `desk` = the desk itself. */
  readonly id: string;
  /** undefined = redacted, or the desk itself. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly osAccount?: string | undefined;
}

/** The actor of a record, joined from the chain and the values `actor.*`. */
export function recordedActor(record: { readonly entry: Pick<AuditEntry, 'actor'>; readonly values: AuditRecord['values'] }): RecordedActor {
  const text = (key: string): string | undefined => {
    const value = record.values[`actor.${key}`];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return { id: record.entry.actor.id, name: text('name'), email: text('email'), osAccount: text('osAccount') };
}
