import { type RecordedActor } from './auditActor';
import { type FreeTextRule } from './config';
import { type ApprovalVerdict } from './reviewRules';
import { type Template, type TemplateApproval, type TemplateProblem, type TemplateState, type TemplateStatus, type TemplateWithdrawal } from './template';
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
  /** Of an approval: the reviewer's address or name as it was signed. */
  readonly reviewer?: string | undefined;
  /** Fingerprint of the key that the deed was signed with. */
  readonly key?: string | undefined;
  readonly signature?: string | undefined;
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
  /** Every withdrawal that stands beside them. */
  readonly withdrawals: readonly TemplateWithdrawal[];
  /** How many signatures a template with these topics needs. */
  readonly signaturesFor: (topics: readonly string[]) => number;
  /** By version: at least of the approved version and of the working file's, where there are copies. */
  readonly copies: ReadonlyMap<number, ApprovedCopy>;
  /** In the order of the log. */
  readonly events: readonly TemplateEvent[];
  /** ISO date in the institution's time zone. */
  readonly today: string;
  readonly freeText: FreeTextRule;
}

/** The approval that stands for a template now: of the newest version that anybody approved, never of one before it. */
export function standingApproval(approvals: readonly JudgedApproval[], enough: (version: number) => boolean = () => true): JudgedApproval | undefined {
  const counted = approvals.filter(({ verdict, approval }) => verdict !== 'practiceOnly' && enough(approval.version));
  const newest = Math.max(...(counted.length > 0 ? counted : approvals).map(({ approval }) => approval.version));
  const same = approvals.filter(({ approval }) => approval.version === newest);
  return same.find(({ verdict }) => verdict === 'valid') ?? same.find(({ verdict }) => verdict !== 'practiceOnly') ?? same[0];
}

interface InUse {
  readonly standing: JudgedApproval | undefined;
  /** The approved text, whole and counted, if it may not be sent for its date or a withdrawal all the same. */
  readonly text: Template | undefined;
  readonly barred: 'withdrawn' | 'expired' | 'unsigned' | undefined;
  readonly problems: readonly TemplateProblem[];
}

/** Different people whose signatures count for one version in one wording. */
function signersOf(facts: TemplateFacts, version: number, contentHash: string): readonly string[] {
  const signed = facts.approvals.filter(({ verdict, approval }) => verdict === 'valid' && approval.version === version && approval.contentHash === contentHash);
  return [...new Set(signed.map(({ approval }) => approval.reviewer.normalize('NFC').toLowerCase()))];
}

function neededFor(facts: TemplateFacts, version: number): number {
  return facts.signaturesFor(facts.copies.get(version)?.parsed.template?.topics ?? []);
}

function approvedText(facts: TemplateFacts): InUse {
  // A version that still waits for its second signature does not take the place of the one in use.
  const standing = standingApproval(facts.approvals, (version) => {
    const given = facts.approvals.filter(({ approval, verdict }) => approval.version === version && verdict === 'valid');
    return given.length === 0 || signersOf(facts, version, given[0]?.approval.contentHash ?? '').length >= neededFor(facts, version);
  });
  const refused = (...problems: readonly TemplateProblem[]): InUse => ({ standing, text: undefined, barred: undefined, problems });
  if (standing === undefined) return refused();
  const { approval, verdict } = standing;
  const detail = `v${String(approval.version)}`;
  const copy = facts.copies.get(approval.version);
  const text = copy?.parsed.template;
  const isWhole = copy?.contentHash === approval.contentHash && text?.version === approval.version;
  if (verdict === 'unsigned' && text !== undefined && isWhole) return { standing, text, barred: 'unsigned', problems: [{ code: 'approval.unsigned', detail }] };
  if (verdict !== 'valid') return refused({ code: verdictProblems[verdict], detail: verdict === 'practiceOnly' || verdict === 'unsigned' || verdict === 'badSignature' || verdict === 'otherScope' ? detail : approval.reviewer });
  if (copy === undefined) return refused({ code: 'copy.missing', detail });
  if (!isWhole || text === undefined) return refused({ code: 'copy.changed', detail });
  const signers = signersOf(facts, approval.version, approval.contentHash).length;
  const needed = neededFor(facts, approval.version);
  if (signers < needed) return refused({ code: 'approval.moreNeeded', detail: `${String(signers)}/${String(needed)}` });
  const problems = [...copy.parsed.problems.filter(isRefusing), ...(facts.freeText === 'forbid' ? unboundedPlaceholders(text) : [])];
  if (problems.length > 0) return refused(...problems);
  if (isWithdrawn(facts, approval)) return { standing, text, barred: 'withdrawn', problems: [] };
  if (isExpired(text, facts.today)) return { standing, text, barred: 'expired', problems: [{ code: 'expires.past', detail: text.expires }] };
  return { standing, text, barred: undefined, problems: [] };
}

/** By the log of this machine or by a line beside the approvals, and not approved again since. */
function isWithdrawn(facts: TemplateFacts, approval: TemplateApproval): boolean {
  const times = [
    ...facts.events.filter(({ kind, version }) => kind === 'template.withdrawn' && version >= approval.version).map(({ at }) => at),
    ...facts.withdrawals.filter(({ version }) => version >= approval.version).map(({ at }) => Date.parse(at)),
  ];
  return times.some((at) => !(at < Date.parse(approval.at)));
}

const verdictProblems: Readonly<Record<Exclude<ApprovalVerdict, 'valid'>, TemplateProblem['code']>> = {
  unsigned: 'approval.unsigned',
  badSignature: 'approval.badSignature',
  reviewerUnlisted: 'approval.reviewerUnlisted',
  reviewerUnsigned: 'approval.reviewerUnsigned',
  notTrusted: 'approval.notTrusted',
  keyRevoked: 'approval.keyRevoked',
  otherScope: 'approval.otherScope',
  practiceOnly: 'approval.practiceOnly',
};

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
  const barred = inUse.barred === 'unsigned' ? 'approved' : inUse.barred;
  const given = working === undefined ? 0 : signersOf(facts, working.version, working.contentHash).length;
  const needed = working === undefined ? 1 : facts.signaturesFor(working.topics);
  const isHalfSigned = !isApproved && given > 0 && given < needed && proposal !== undefined;
  const state = isApproved ? (barred ?? 'approved') : isHalfSigned ? 'inReview' : stateFromLog(last);
  const ofWorking = [...(facts.working?.parsed.problems ?? []), ...facts.advice, ...(working === undefined ? [] : workingProblems(facts, working, inUse))];
  const usable = inUse.barred === undefined ? inUse.text : undefined;
  const status: TemplateStatus = {
    id: facts.id,
    state,
    ...(working === undefined ? {} : { working }),
    problems: distinct([...ofWorking, ...inUse.problems]),
    ...(usable === undefined ? {} : { approved: usable }),
    ...(usable === undefined || inUse.standing === undefined ? {} : { approval: inUse.standing.approval }),
    ...(inUse.barred === 'unsigned' ? { unsigned: true } : {}),
    ...(needed > 1 && !isApproved ? { signatures: { given, needed } } : {}),
    ...(proposal === undefined || state === 'draft' ? {} : { proposedBy: { id: proposal.by.id, name: proposal.by.name ?? proposal.by.id, at: proposal.at } }),
    ...(state === 'rejected' || state === 'withdrawn' ? { reason: lastOf(facts.events, state)?.reason } : {}),
    ...(facts.working === undefined ? {} : { path: facts.working.path }),
  };
  return { status, barring: ofWorking.filter(isRefusing) };
}

function lastOf(events: readonly TemplateEvent[], state: 'rejected' | 'withdrawn'): TemplateEvent | undefined {
  return events.filter(({ kind }) => kind === `template.${state}`).at(-1);
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
