import { createHmac } from 'node:crypto';
import { type AuditKind } from './audit';

/**
 * What an export tells of people. `pseudonymise`: citizens stand as pseudonyms, without their words, names and addresses; `omit`: nobody, the staff
 * neither; `include`: everything, for a purpose that the log keeps.
 */
export const personalDataModes = ['pseudonymise', 'omit', 'include'] as const;
export type PersonalDataMode = (typeof personalDataModes)[number];

/** Whom a value of the log is about. `case`: a number that the institution gave, which leads to a citizen in its own files only. */
type ValueSubject = 'institution' | 'staff' | 'case' | 'citizen';

/** By the part of the kind before its point, else by the kind; then by field, `*` = any. What is not named here is a citizen's. */
const subjects: Readonly<Record<string, Readonly<Record<string, ValueSubject>>>> = {
  desk: { institution: 'institution', '*': 'staff' },
  channel: { '*': 'institution' },
  template: { '*': 'staff' },
  reviewer: { '*': 'staff' },
  hold: { reason: 'staff' },
  reply: { authorName: 'staff', authorEmail: 'staff' },
  'mention.caseSet': { case: 'case' },
  'audit.exported': { purpose: 'staff' },
  'retention.disposed': { authority: 'institution' },
};

function subjectOf(kind: string, field: string): ValueSubject {
  if (field.startsWith('actor.')) return 'staff';
  const rules = subjects[kind] ?? subjects[kind.slice(0, Math.max(0, kind.indexOf('.')))];
  return rules?.[field] ?? rules?.['*'] ?? 'citizen';
}

/** Whether an export in this mode leaves the value out. */
export function isWithheld(kind: AuditKind, field: string, mode: PersonalDataMode): boolean {
  if (mode === 'include') return false;
  const subject = subjectOf(kind, field);
  return subject === 'citizen' || (mode === 'omit' && subject !== 'institution');
}

/** Bytes of the key of an export's pseudonyms. */
export const pseudonymKeyBytes = 32;

/**
 * `citizen-` and 64 bits of HMAC-SHA256 over the local id of an author: the same citizen has the same one within an export, and nobody without the key can
 * tell which one, nor join two exports.
 */
export function pseudonymFor(key: Uint8Array, authorId: string): string {
  return `citizen-${createHmac('sha256', key).update(authorId).digest('hex').slice(0, 16)}`;
}
