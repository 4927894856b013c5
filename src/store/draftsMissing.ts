import { type AuditDraft, type AuditEntry, type AuditJson } from '../core/audit';
import { canonicalForm, commitmentsOf } from '../core/auditChain';

/** The drafts that stand in none of the entries; both are in the same order, other entries may stand between. */
export function draftsMissing(drafts: readonly AuditDraft[], entries: readonly AuditEntry[]): readonly AuditDraft[] {
  let next = 0;
  return drafts.filter((draft) => {
    const found = entries.findIndex((entry, index) => index >= next && isEntryOf(entry, draft));
    if (found === -1) return true;
    next = found + 1;
    return false;
  });
}

function isEntryOf(entry: AuditEntry, draft: AuditDraft): boolean {
  if (entry.kind !== draft.kind || entry.at !== draft.at || entry.subject !== draft.subject) return false;
  if (entry.actor.id !== (draft.actor === 'desk' ? 'desk' : draft.actor.id)) return false;
  if (Object.keys(draft.values ?? {}).some((field) => !(field in commitmentsOf(entry)))) return false;
  const { values: _values, ...body } = entry.body as Record<string, AuditJson>;
  return canonicalForm(body) === canonicalForm(draft.body);
}
