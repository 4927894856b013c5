import { type AuditDraft } from '../core/audit';
import { type Template, type TemplateApproval } from '../core/template';

/** What an approval says in the chain, so that its line can be written again from there. */
export function approvalBody(approval: TemplateApproval, key?: string): AuditDraft['body'] {
  return { ...(key === undefined || approval.signature === undefined ? {} : { key, signature: approval.signature }), scope: approval.scope, ...(approval.expires === null ? {} : { expires: approval.expires }), ...(approval.practice === true ? { practice: true } : {}) };
}

/** An entry of the log about one version of a template. */
export function reviewDraft(
  kind: AuditDraft['kind'],
  template: Pick<Template, 'id' | 'version' | 'contentHash'>,
  actor: AuditDraft['actor'],
  at: number,
  body: AuditDraft['body'] = {},
  values: NonNullable<AuditDraft['values']> = {},
): AuditDraft {
  return { kind, at, actor, subject: template.id, body: { template: template.id, version: template.version, contentHash: template.contentHash, ...body }, values };
}
