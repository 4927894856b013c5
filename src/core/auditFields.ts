import { type AuditJson } from './audit';

/** The body or the values of an audit entry. */
export type AuditFields = Readonly<Record<string, AuditJson>>;

/** undefined = there is none of that type under the key; so in all of these. */
export function textIn(fields: AuditFields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === 'string' ? value : undefined;
}

export function numberIn(fields: AuditFields, key: string): number | undefined {
  const value = fields[key];
  return typeof value === 'number' ? value : undefined;
}

export function flagIn(fields: AuditFields, key: string): boolean | undefined {
  const value = fields[key];
  return typeof value === 'boolean' ? value : undefined;
}

/** Without any where there are none. */
export function fieldsIn(fields: AuditFields, key: string): AuditFields {
  const value = fields[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as AuditFields) : {};
}
