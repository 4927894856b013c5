import { type Actor, type AuditDraft } from '../core/audit';
import { type Clock } from '../core/clock';
import { type DeskConfig, type ReviewerConfig } from '../core/config';
import { MomentosError } from '../core/errors';
import { type Mention } from '../core/mention';
import { type AuditLog, type TemplateStore } from '../core/ports';
import { findReviewer, samePerson, type ReviewPerson } from '../core/reviewRules';
import { type Template, type TemplateApproval, type TemplateStatus } from '../core/template';
import { rankTemplates } from '../core/templateRank';
import { starterTemplate } from '../core/templateStarter';
import { type ApprovedText, type CheckedProblem, type DeskTemplates, type RankedTemplate, type TemplateHistoryItem } from './deskApi';
import { lastAuthor } from './fileAuthor';
import { TemplateLedger } from './templateLedger';
import { TemplateShelf, type ShelvedTemplate } from './templateShelf';

export interface TemplatesDeps {
  readonly store: TemplateStore;
  readonly audit: AuditLog;
  readonly config: () => DeskConfig;
  readonly operator: Actor;
  readonly clock: Clock;
  /** True on a practice desk; practice approvals count only then, and only while every channel is on loopback. */
  readonly practice: () => boolean;
  /** How often each template has been sent, by id. */
  readonly inboxUse?: (() => ReadonlyMap<string, number>) | undefined;
  /** Who last wrote a file; default: git's last author of it. */
  readonly author?: ((path: string) => Promise<ReviewPerson | undefined>) | undefined;
}

/** Templates of a desk: reading, ranking, review. Every deed stands in the audit log before it changes a file. */
export function createTemplates(deps: TemplatesDeps): DeskTemplates {
  return new Templates(deps);
}

class Templates implements DeskTemplates {
  private readonly shelf: TemplateShelf;
  private readonly ledger: TemplateLedger;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly deps: TemplatesDeps) {
    this.ledger = new TemplateLedger(deps.audit);
    this.shelf = new TemplateShelf({ store: deps.store, ledger: this.ledger, config: deps.config, clock: deps.clock, practice: deps.practice });
  }

  async list(): Promise<readonly TemplateStatus[]> {
    return (await this.shelf.list()).map(({ status }) => status);
  }

  async get(id: string): Promise<TemplateStatus> {
    return (await this.shelved(id)).status;
  }

  async usable(): Promise<readonly Template[]> {
    return (await this.list()).flatMap(({ approved }) => (approved === undefined ? [] : [approved]));
  }

  async rank(mention: Mention): Promise<readonly RankedTemplate[]> {
    const config = this.deps.config();
    return rankTemplates(await this.usable(), {
      text: mention.post.text,
      language: mention.language,
      sentiment: mention.sentiment.correctedTo ?? mention.sentiment.label,
      network: config.channels.find(({ id }) => id === mention.channel)?.network,
      topics: config.topics,
      uses: this.deps.inboxUse?.() ?? new Map(),
    });
  }

  async propose(id: string): Promise<TemplateStatus> {
    const shelved = await this.shelved(id);
    const refusal = refusesProposal(shelved);
    if (refusal !== undefined) throw refusal;
    await this.log('template.proposed', workingOf(shelved.status), {}, {});
    return this.changed(id);
  }

  async approve(id: string, contentHash?: string): Promise<TemplateStatus> {
    const shelved = await this.shelved(id);
    const template = workingOf(shelved.status);
    const reviewer = this.reviewer();
    if (reviewer === undefined) throw new MomentosError('review.notReviewer', { template: id, name: this.deps.operator.name });
    if (contentHash !== undefined && contentHash !== template.contentHash) throw new MomentosError('template.changed', { template: id });
    assertInReview(shelved);
    const broken = refusesBroken(shelved);
    if (broken !== undefined) throw broken;
    await this.assertNotOwn(shelved);
    const at = this.deps.clock.now();
    const approval: TemplateApproval = {
      schemaVersion: 1,
      template: id,
      version: template.version,
      contentHash: template.contentHash,
      scope: this.deps.config().institution.id,
      expires: template.expires ?? null,
      reviewer: reviewer.email ?? reviewer.name,
      at: new Date(at).toISOString(),
      ...(reviewer.practice === true ? { practice: true } : {}),
    };
    // Log first: a process that ends here is made good at the next start, from the log.
    await this.log('template.approved', template, approvalBody(approval), {}, at);
    await this.deps.store.writeApproval(approval, shelved.text ?? '');
    return this.changed(id);
  }

  async reject(id: string, reason: string): Promise<TemplateStatus> {
    if (reason.trim() === '') throw new MomentosError('review.reasonMissing', { template: id });
    const shelved = await this.shelved(id);
    if (this.reviewer() === undefined) throw new MomentosError('review.notReviewer', { template: id, name: this.deps.operator.name });
    assertInReview(shelved);
    await this.assertNotOwn(shelved);
    await this.log('template.rejected', workingOf(shelved.status), {}, { reason: reason.trim() });
    return this.changed(id);
  }

  async comment(id: string, text: string): Promise<void> {
    if (text.trim() === '') throw new MomentosError('note.empty', { template: id });
    const { status } = await this.shelved(id);
    await this.log('template.commented', status.working ?? status.approved ?? workingOf(status), {}, { text: text.trim() });
    this.notify();
  }

  async history(id: string): Promise<readonly TemplateHistoryItem[]> {
    await this.shelved(id);
    const [events, comments] = await Promise.all([this.ledger.events(id), this.ledger.comments(id)]);
    const remarks = comments.map(({ text, ...comment }) => ({ ...comment, kind: 'template.commented' as const, reason: text }));
    return [...events, ...remarks].sort((one, other) => one.seq - other.seq).map(({ kind, version, by, at, reason }) => ({ kind, version, by: by.name ?? by.id, at, reason }));
  }

  async check(id: string, text: string): Promise<readonly CheckedProblem[]> {
    const { status, barring } = await this.shelf.judge(id, text);
    return status.problems.map((problem) => ({ ...problem, refusing: barring.includes(problem) }));
  }

  async approvedText(id: string, wanted?: number): Promise<ApprovedText | undefined> {
    const { status } = await this.shelved(id);
    const version = wanted ?? status.approved?.version ?? (await this.deps.store.approvedVersions(id)).at(-1);
    const copy = version === undefined ? undefined : await this.deps.store.approvedCopy(id, version);
    if (version === undefined || copy === undefined || copy.problem !== undefined) return undefined;
    return { version, text: copy.text, inUse: status.approved?.version === version };
  }

  async may(status: TemplateStatus): ReturnType<DeskTemplates['may']> {
    const shelved = await this.shelved(status.id);
    const propose = refusesProposal(shelved);
    if (shelved.status.state !== 'inReview') return { propose: propose === undefined, approve: false, reject: false, whyNot: propose };
    const refusal = this.reviewer() === undefined ? new MomentosError('review.notReviewer', { template: status.id, name: this.deps.operator.name }) : await this.refusesOwn(shelved);
    const broken = refusal ?? refusesBroken(shelved);
    return { propose: false, approve: broken === undefined, reject: refusal === undefined, whyNot: broken };
  }

  async create(id: string, title: string, topics: readonly string[] = []): Promise<string> {
    const path = await this.deps.store.create(id, starterTemplate(id, title, this.deps.config().institution.languages, topics));
    this.notify();
    return path;
  }

  onDidChange(listener: () => void): () => void {
    const stop = this.deps.store.onDidChange(listener);
    this.listeners.add(listener);
    return () => {
      stop();
      this.listeners.delete(listener);
    };
  }

  private async shelved(id: string): Promise<ShelvedTemplate> {
    const found = await this.shelf.one(id);
    if (found === undefined) throw new MomentosError('template.notFound', { template: id });
    return found;
  }

  private async log(kind: AuditDraft['kind'], template: Template, body: AuditDraft['body'], values: NonNullable<AuditDraft['values']>, at: number = this.deps.clock.now()): Promise<void> {
    await this.deps.audit.append([reviewDraft(kind, template, this.deps.operator, at, body, values)]);
  }

  private async changed(id: string): Promise<TemplateStatus> {
    const status = await this.get(id);
    this.notify();
    return status;
  }

  private notify(): void {
    for (const listener of [...this.listeners]) listener();
  }

  /** The operator as a reviewer of this desk; a practice reviewer is one only at practice. */
  private reviewer(): ReviewerConfig | undefined {
    const reviewer = findReviewer(this.deps.config(), this.deps.operator);
    return reviewer?.practice === true && !this.shelf.practice() ? undefined : reviewer;
  }

  private async assertNotOwn(shelved: ShelvedTemplate): Promise<void> {
    const refusal = await this.refusesOwn(shelved);
    if (refusal !== undefined) throw refusal;
  }

  /** `review.ownProposal` when the operator proposed this version, in any wording, or wrote its text. */
  private async refusesOwn({ status, events }: ShelvedTemplate): Promise<MomentosError | undefined> {
    const template = workingOf(status);
    const proposals = events.filter(({ kind, version }) => kind === 'template.proposed' && version === template.version);
    const involved: ReviewPerson[] = proposals.map(({ by }) => by);
    // A text that the desk itself proposed came with Momentos: whoever committed the folder did not write it.
    const shipped = proposals.some(({ by, contentHash }) => by.id === deskActorId && contentHash === template.contentHash);
    const author = shipped || status.path === undefined ? undefined : await (this.deps.author ?? lastAuthor)(status.path);
    if (author !== undefined) involved.push(author);
    return involved.some((person) => samePerson(person, this.deps.operator)) ? new MomentosError('review.ownProposal', { template: status.id }) : undefined;
  }
}

/** How the desk itself stands in the log as an actor. */
const deskActorId = 'desk';

function workingOf(status: TemplateStatus): Template {
  if (status.working === undefined) throw new MomentosError('template.invalid', { template: status.id, problems: status.problems.map(({ code }) => code) });
  return status.working;
}

function refusesBroken({ status, barring }: ShelvedTemplate): MomentosError | undefined {
  if (status.working !== undefined && barring.length === 0) return undefined;
  return new MomentosError('template.invalid', { template: status.id, problems: barring.map(({ code }) => code) });
}

function refusesProposal(shelved: ShelvedTemplate): MomentosError | undefined {
  const { id, state, working } = shelved.status;
  if (working !== undefined && state !== 'draft' && state !== 'rejected') return new MomentosError('template.wrongState', { template: id, state });
  return refusesBroken(shelved);
}

/** Errors: `template.changed` when another wording was proposed, `review.nothingToReview`, `template.wrongState`. */
function assertInReview({ status, events }: ShelvedTemplate): void {
  if (status.state === 'inReview') return;
  const last = events.at(-1);
  if (status.state !== 'draft') throw new MomentosError('template.wrongState', { template: status.id, state: status.state });
  if (last?.kind === 'template.proposed' && last.contentHash !== status.working?.contentHash) throw new MomentosError('template.changed', { template: status.id });
  throw new MomentosError('review.nothingToReview', { template: status.id });
}

/** What an approval says in the chain, so that its line can be written again from there. */
export function approvalBody(approval: TemplateApproval): AuditDraft['body'] {
  return { scope: approval.scope, ...(approval.expires === null ? {} : { expires: approval.expires }), ...(approval.practice === true ? { practice: true } : {}) };
}

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
