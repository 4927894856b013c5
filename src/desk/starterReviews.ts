import { type Actor, type AuditDraft } from '../core/audit';
import { type Clock } from '../core/clock';
import { type DeskConfig } from '../core/config';
import { MomentosError } from '../core/errors';
import { type AuditLog, type TemplateFile, type TemplateStore } from '../core/ports';
import { approvalPayload, samePerson } from '../core/reviewRules';
import { type SigningKey } from '../core/signing';
import { type Template, type TemplateApproval } from '../core/template';
import { isRefusing } from '../core/templateChecks';
import { parseTemplateFile } from '../core/templateFile';
import { approvalBody, reviewDraft } from './reviewDrafts';

export interface StarterDeps {
  readonly store: TemplateStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

interface Starter {
  readonly file: TemplateFile;
  readonly template: Template;
}

/**
 * A new desk's templates: every working file is proposed in one append by the desk itself, so that whoever sets it up may review them too.
 * Ids of what was proposed. Errors: `template.invalid`, `lock.*`, `store.*`.
 */
export async function proposeStarters(deps: StarterDeps): Promise<readonly string[]> {
  const starters = await readStarters(deps.store);
  const at = deps.clock.now();
  await deps.audit.append(starters.map(({ template }) => reviewDraft('template.proposed', template, 'desk', at)));
  return starters.map(({ template }) => template.id);
}

/**
 * A practice desk's templates: every working file is proposed by `author` and approved by `reviewer`, in one append, then the copies are written.
 * Errors: `review.notReviewer` unless the reviewer is listed with `practice`, `review.ownProposal` when both are one person, `template.invalid`.
 */
export async function practiceApprovals(
  deps: StarterDeps & { readonly config: DeskConfig; readonly author: Actor; readonly reviewer: Actor; readonly key: SigningKey },
): Promise<readonly TemplateApproval[]> {
  const listed = deps.config.reviewers.find(({ practice, name }) => practice === true && name === deps.reviewer.name);
  if (listed === undefined) throw new MomentosError('review.notReviewer', { reviewer: deps.reviewer.name });
  if (deps.author.id === deps.reviewer.id || samePerson({ name: deps.author.name, email: deps.author.email }, deps.reviewer)) {
    throw new MomentosError('review.ownProposal', { reviewer: deps.reviewer.name });
  }
  const starters = await readStarters(deps.store);
  const at = deps.clock.now();
  const approvals = starters.map(({ file, template }) => ({ text: file.text, template, approval: practiceApproval(template, listed.email ?? listed.name, deps.config, at, deps.key) }));
  const proposals: AuditDraft[] = approvals.map(({ template }) => reviewDraft('template.proposed', template, deps.author, at));
  const agreed = approvals.map(({ template, approval }) => reviewDraft('template.approved', template, deps.reviewer, at, approvalBody(approval, deps.key.fingerprint), { reviewer: approval.reviewer }));
  await deps.audit.append([...proposals, ...agreed]);
  for (const { approval, text } of approvals) await deps.store.writeApproval(approval, text);
  return approvals.map(({ approval }) => approval);
}

function practiceApproval(template: Template, reviewer: string, config: DeskConfig, at: number, key: SigningKey): TemplateApproval {
  const approval: TemplateApproval = {
    schemaVersion: 1,
    template: template.id,
    version: template.version,
    contentHash: template.contentHash,
    scope: config.institution.id,
    expires: template.expires ?? null,
    reviewer,
    at: new Date(at).toISOString(),
    practice: true,
  };
  return { ...approval, signature: key.sign(approvalPayload(approval)) };
}

async function readStarters(store: TemplateStore): Promise<readonly Starter[]> {
  return (await store.working()).map((file) => {
    const { template, problems } = parseTemplateFile(file.text, file.id);
    const refusing = problems.filter(isRefusing);
    if (template === undefined || refusing.length > 0) throw new MomentosError('template.invalid', { template: file.id, problems: refusing.map(({ code }) => code) });
    return { file, template };
  });
}
