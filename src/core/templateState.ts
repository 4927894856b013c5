import { type RecordedActor } from './auditActor';
import { type ApprovalVerdict } from './reviewRules';
import { type Template, type TemplateApproval, type TemplateProblem, type TemplateState, type TemplateStatus } from './template';
import { isRefusing, unboundedPlaceholders } from './templateChecks';
import { isExpired, type ParsedTemplate } from './templateFile';

export type TemplateEventKind = 'template.proposed' | 'template.approved' | 'template.rejected' | 'template.withdrawn';

/** What the audit log says of one version of a template. */
export interface TemplateEvent {
  readonly kind: TemplateEventKind;
  readonly seq: number;
  /** UTC milliseconds. */
  readonly at: number;
  readonly by: RecordedActor;
  readonly template: string;
  readonly version: number;
  readonly contentHash: string;
  readonly reason?: string | undefined;
  /** Of an approval: what its line in `approvals.jsonl` says besides. */
  readonly scope?: string | undefined;
  readonly expires?: string | undefined;
  readonly practice?: boolean | undefined;
}

export interface JudgedApproval {
  readonly approval: TemplateApproval;
  readonly verdict: ApprovalVerdict;
}

/** An approved copy as it lies in the folder, read again. */
export interface ApprovedCopy {
  readonly contentHash: string;
  readonly parsed: ParsedTemplate;
}

/** All that the state of one template follows from. */
export interface TemplateFacts {
  readonly id: string;
  readonly working: { readonly parsed: ParsedTemplate; readonly path: string } | undefined;
  /** What the desk's own rules say of the working file: norms, lengths. */
  readonly advice: readonly TemplateProblem[];
  /** Every line of `approvals.jsonl` for this id. */
  readonly approvals: readonly JudgedApproval[];
  /** By version: at least of the approved version and of the working file's, where there are copies. */
  readonly copies: ReadonlyMap<number, ApprovedCopy>;
  /** In the order of the log. */
  readonly events: readonly TemplateEvent[];
  /** ISO date in the institution's time zone. */
  readonly today: string;
  readonly freeText: 'allow' | 'forbid';
}

/** The approval that stands for a template now: of the newest version that anybody approved, never of one before it. */
export function standingApproval(approvals: readonly JudgedApproval[]): JudgedApproval | undefined {
  const counted = approvals.filter(({ verdict }) => verdict !== 'practiceOnly');
  const newest = Math.max(...(counted.length > 0 ? counted : approvals).map(({ approval }) => approval.version));
  const same = approvals.filter(({ approval }) => approval.version === newest);
  return same.find(({ verdict }) => verdict === 'valid') ?? same.find(({ verdict }) => verdict === 'reviewerUnlisted') ?? same[0];
}

interface InUse {
  readonly standing: JudgedApproval | undefined;
  /** The approved text, whole and counted, if it may not be sent for its date or a withdrawal all the same. */
  readonly text: Template | undefined;
  readonly barred: 'withdrawn' | 'expired' | undefined;
  readonly problems: readonly TemplateProblem[];
}

function approvedText(facts: TemplateFacts): InUse {
  const standing = standingApproval(facts.approvals);
  const refused = (...problems: readonly TemplateProblem[]): InUse => ({ standing, text: undefined, barred: undefined, problems });
  if (standing === undefined) return refused();
  const { approval, verdict } = standing;
  const detail = `v${String(approval.version)}`;
  if (verdict === 'reviewerUnlisted') return refused({ code: 'approval.reviewerUnlisted', detail: approval.reviewer });
  if (verdict === 'practiceOnly') return refused({ code: 'approval.practiceOnly', detail });
  const copy = facts.copies.get(approval.version);
  if (copy === undefined) return refused({ code: 'copy.missing', detail });
  const text = copy.parsed.template;
  if (copy.contentHash !== approval.contentHash || text?.version !== approval.version) return refused({ code: 'copy.changed', detail });
  const problems = [...copy.parsed.problems.filter(isRefusing), ...(facts.freeText === 'forbid' ? unboundedPlaceholders(text) : [])];
  if (problems.length > 0) return refused(...problems);
  const lastWithdrawal = facts.events.filter(({ kind, version }) => kind === 'template.withdrawn' && version >= approval.version).at(-1);
  if (lastWithdrawal !== undefined && lastWithdrawal.at >= Date.parse(approval.at)) return { standing, text, barred: 'withdrawn', problems: [] };
  if (isExpired(text, facts.today)) return { standing, text, barred: 'expired', problems: [{ code: 'expires.past', detail: text.expires }] };
  return { standing, text, barred: undefined, problems: [] };
}

function workingProblems(facts: TemplateFacts, template: Template, inUse: InUse): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  if (template.contentHash === inUse.text?.contentHash) return problems;
  if (isExpired(template, facts.today)) problems.push({ code: 'expires.past', detail: template.expires });
  if (facts.freeText === 'forbid') problems.push(...unboundedPlaceholders(template));
  const copy = facts.copies.get(template.version);
  const newest = Math.max(0, ...facts.approvals.filter(({ verdict }) => verdict !== 'practiceOnly').map(({ approval }) => approval.version));
  // A copy is never written over: other words need a version of their own, above every one that was approved.
  if (template.version < newest || (copy !== undefined && copy.contentHash !== template.contentHash)) {
    problems.push({ code: 'version.alreadyApproved', detail: String(Math.max(newest, template.version)) });
  }
  return problems;
}

export interface JudgedTemplate {
  readonly status: TemplateStatus;
  /** What is wrong with the working text itself, apart from the copy in use: what keeps it from being proposed and approved. */
  readonly barring: readonly TemplateProblem[];
}

/** The state of a template from the files and the log; pure. */
export function judgeTemplate(facts: TemplateFacts): JudgedTemplate {
  const inUse = approvedText(facts);
  const working = facts.working?.parsed.template;
  const isApproved = inUse.text !== undefined && (working === undefined ? facts.working === undefined : working.contentHash === inUse.text.contentHash);
  const hash = working?.contentHash ?? inUse.text?.contentHash;
  const ofText = facts.events.filter((event) => event.contentHash === hash);
  const last = ofText.at(-1);
  const proposal = ofText.filter(({ kind }) => kind === 'template.proposed').at(-1);
  const state = isApproved ? (inUse.barred ?? 'approved') : stateFromLog(last);
  const ofWorking = [...(facts.working?.parsed.problems ?? []), ...facts.advice, ...(working === undefined ? [] : workingProblems(facts, working, inUse))];
  const usable = inUse.barred === undefined ? inUse.text : undefined;
  const status: TemplateStatus = {
    id: facts.id,
    state,
    ...(working === undefined ? {} : { working }),
    problems: distinct([...ofWorking, ...inUse.problems]),
    ...(usable === undefined ? {} : { approved: usable }),
    ...(usable === undefined || inUse.standing === undefined ? {} : { approval: inUse.standing.approval }),
    ...(proposal === undefined || state === 'draft' ? {} : { proposedBy: { id: proposal.by.id, name: proposal.by.name ?? proposal.by.id, at: proposal.at } }),
    ...(state === 'rejected' ? { reason: last?.reason } : {}),
    ...(facts.working === undefined ? {} : { path: facts.working.path }),
  };
  return { status, barring: ofWorking.filter(isRefusing) };
}

function stateFromLog(last: TemplateEvent | undefined): TemplateState {
  if (last === undefined) return 'draft';
  switch (last.kind) {
    case 'template.proposed':
      return 'inReview';
    case 'template.rejected':
      return 'rejected';
    case 'template.withdrawn':
      return 'withdrawn';
    case 'template.approved':
      // Approved once, but the approval does not count any more (or its copy is gone): it needs a new review.
      return 'draft';
  }
}

function distinct(problems: readonly TemplateProblem[]): readonly TemplateProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, detail, line, column }) => {
    const key = `${code}\n${detail ?? ''}\n${String(line ?? '')}:${String(column ?? '')}`;
    return !seen.has(key) && seen.add(key);
  });
}
