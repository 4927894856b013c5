import { type Actor, type AuditDraft } from '../core/audit';
import { type Clock } from '../core/clock';
import { type DeskConfig } from '../core/config';
import { asMomentosError, MomentosError } from '../core/errors';
import { channelOf } from '../core/handChannels';
import { type Mention } from '../core/mention';
import { type AuditLog, type TemplateStore } from '../core/ports';
import { type SignerSource } from '../core/secretPorts';
import { type RegisteredReviewer, type ReviewerRegistry } from '../core/reviewers';
import { approvalPayload, findReviewer, mayReview, sameAccount, samePerson, type ReviewPerson } from '../core/reviewRules';
import { type SigningKey } from '../core/signing';
import { type Template, type TemplateApproval, type TemplateStatus, type TemplateWithdrawal } from '../core/template';
import { parseTemplateFile, templateHash } from '../core/templateFile';
import { rankTemplates } from '../core/templateRank';
import { type TemplateEvent } from '../core/templateState';
import { starterTemplate } from '../core/templateStarter';
import { topicGaps, type TopicGap } from '../core/templateCoverage';
import { type LengthRule } from '../core/text/countText';
import { kindOfReading } from '../core/textReading';
import { type ApprovedText, type CheckedProblem, type DeskTemplates, type RankedTemplate, type ReviewVerdict, type TemplateHistoryItem } from './reviewApi';
import { lastAuthor } from './fileAuthor';
import { withExamples } from './templateExamples';
import { approvalBody, reviewDraft } from './reviewDrafts';
import { TemplateLedger } from './templateLedger';
import { TemplateShelf, type ShelvedTemplate } from './templateShelf';
import { proposalsOf, proposalPayload, isSignedProposal, nameOf, deskActorId, workingOf, refusesBroken, refusesProposal, assertInReview } from './reviewProposal';

export interface TemplatesDeps {
  readonly store: TemplateStore;
  readonly audit: AuditLog;
  readonly config: () => DeskConfig;
  readonly operator: Actor;
  readonly clock: Clock;
  /** True on a practice desk; practice approvals count only then, and only while every channel is on loopback. */
  readonly practice: () => boolean;
  /** The reviewers as this machine trusts them. */
  readonly registry: () => Promise<ReviewerRegistry>;
  readonly signer: SignerSource;
  /** How each network counts, the strictest of its servers; undefined = as usual. */
  readonly lengthRules?: (() => Promise<ReadonlyMap<string, LengthRule>>) | undefined;
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
    this.shelf = new TemplateShelf({ store: deps.store, ledger: this.ledger, config: deps.config, clock: deps.clock, practice: deps.practice, registry: deps.registry, lengthRules: deps.lengthRules });
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
    return rankTemplates(await this.usable(), {
      text: mention.post.text,
      language: mention.language,
      sentiment: mention.sentiment.correctedTo ?? mention.sentiment.label,
      kind: kindOfReading(mention.reading),
      network: channelOf(this.deps.config(), mention.channel)?.network,
      topics: this.deps.config().topics,
      uses: this.deps.inboxUse?.() ?? new Map(),
    });
  }

  async gaps(): Promise<readonly TopicGap[]> {
    const config = this.deps.config();
    const templates = (await this.list()).flatMap(({ working, approved }) => working ?? approved ?? []);
    return topicGaps(templates, {
      channels: config.channels,
      languages: config.institution.languages,
      rules: await this.shelf.lengthRules(),
      fill: (template, language, text) => withExamples(text, template.placeholders, language, config),
    });
  }

  async propose(id: string): Promise<TemplateStatus> {
    const shelved = await this.shelved(id);
    const refusal = refusesProposal(shelved);
    if (refusal !== undefined) throw refusal;
    const template = workingOf(shelved.status);
    const key = await this.deps.signer.key();
    const at = this.deps.clock.now();
    const signed = key === undefined ? {} : { key: key.fingerprint, signature: key.sign(proposalPayload(template, at)) };
    await this.log('template.proposed', template, signed, {}, at);
    return this.changed(id);
  }

  async approve(id: string, contentHash?: string): Promise<TemplateStatus> {
    const shelved = await this.shelved(id);
    const template = workingOf(shelved.status);
    const { reviewer, key } = await this.signingReviewer(id);
    if (contentHash !== undefined && contentHash !== template.contentHash) throw new MomentosError('template.changed', { template: id });
    assertInReview(shelved);
    const broken = refusesBroken(shelved);
    if (broken !== undefined) throw broken;
    await this.assertNotOwn(shelved, template, key.fingerprint);
    const approval = this.signedApproval(template, reviewer, key, this.deps.clock.now());
    if (shelved.approvals.some((one) => one.verdict === 'valid' && one.approval.contentHash === template.contentHash && one.approval.reviewer === approval.reviewer)) {
      throw new MomentosError('review.signedAlready', { template: id });
    }
    await this.writeApproval(template, approval, key, shelved.text ?? '');
    return this.changed(id);
  }

  async signEarlier(): Promise<readonly TemplateStatus[]> {
    const waiting = (await this.shelf.list()).filter(({ status }) => status.unsigned === true);
    if (waiting.length === 0) return [];
    const { reviewer, key } = await this.signingReviewer('');
    const signed: TemplateStatus[] = [];
    for (const { status, events } of waiting) {
      const copy = await this.unsignedCopy(status.id);
      if (copy === undefined || (await this.refusesOwnEarlier(copy.template, events, key.fingerprint))) continue;
      await this.writeApproval(copy.template, this.signedApproval(copy.template, reviewer, key, this.deps.clock.now()), key, copy.text);
      signed.push(await this.get(status.id));
    }
    if (signed.length === 0) throw new MomentosError('review.ownProposal', { template: waiting.map(({ status }) => status.id).join(', ') });
    this.notify();
    return signed;
  }

  async reject(id: string, reason: string): Promise<TemplateStatus> {
    if (reason.trim() === '') throw new MomentosError('review.reasonMissing', { template: id });
    const shelved = await this.shelved(id);
    await this.reviewer(id);
    assertInReview(shelved);
    const own = await this.refusesAuthor(workingOf(shelved.status), shelved.events, shelved.status.path, (await this.deps.signer.key())?.fingerprint);
    if (own !== undefined) throw own;
    await this.log('template.rejected', workingOf(shelved.status), {}, { reason: reason.trim() });
    return this.changed(id);
  }

  async comment(id: string, text: string): Promise<void> {
    if (text.trim() === '') throw new MomentosError('note.empty', { template: id });
    const { status } = await this.shelved(id);
    await this.log('template.commented', status.working ?? status.approved ?? workingOf(status), {}, { text: text.trim() });
    this.notify();
  }

  async withdraw(id: string, reason: string): Promise<TemplateStatus> {
    if (reason.trim() === '') throw new MomentosError('review.reasonMissing', { template: id });
    const { status } = await this.shelved(id);
    const inUse = status.approved;
    if (inUse === undefined) throw new MomentosError('template.wrongState', { template: id, state: status.state });
    const reviewer = await this.reviewer(id);
    const at = this.deps.clock.now();
    const payload = {
      withdrawn: true as const,
      template: id,
      version: inUse.version,
      contentHash: inUse.contentHash,
      scope: this.deps.config().institution.id,
      reviewer: nameOf(reviewer),
      at: new Date(at).toISOString(),
    };
    const key = await this.ownKey(reviewer).catch(() => undefined);
    const signature = key?.sign(payload);
    await this.log('template.withdrawn', inUse, key === undefined ? {} : { key: key.fingerprint }, { reason: reason.trim() }, at);
    const withdrawal: TemplateWithdrawal = { schemaVersion: 1, ...payload, ...(signature === undefined ? {} : { signature }) };
    await this.deps.store.writeWithdrawal(withdrawal);
    return this.changed(id);
  }

  async verify(): Promise<ReviewVerdict> {
    const shelved = await this.shelf.list();
    const approvals = shelved.flatMap((one) => one.approvals.map(({ approval, verdict }) => ({ template: approval.template, version: approval.version, reviewer: approval.reviewer, at: approval.at, verdict })));
    const templates = shelved.flatMap(({ status }) => {
      const problems = status.problems.filter(({ code }) => code.startsWith('approval.') || code.startsWith('copy.'));
      return problems.length === 0 ? [] : [{ id: status.id, problems }];
    });
    const isSound = approvals.every(({ verdict }) => verdict === 'valid' || verdict === 'practiceOnly' || verdict === 'keyRevoked');
    return { ok: isSound && templates.length === 0, approvals, templates };
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
    const unlisted = await this.reviewer(status.id).then(
      () => undefined,
      (error: unknown) => asMomentosError(error),
    );
    const withdraw = shelved.status.approved !== undefined && unlisted === undefined;
    if (shelved.status.state !== 'inReview') return { propose: propose === undefined, approve: false, reject: false, withdraw, whyNot: propose };
    const template = workingOf(shelved.status);
    const signer = await this.signingReviewer(status.id).then(
      ({ key }) => ({ key, refusal: undefined }),
      (error: unknown) => ({ key: undefined, refusal: asMomentosError(error) }),
    );
    const own = unlisted ?? (await this.refusesAuthor(template, shelved.events, shelved.status.path, signer.key?.fingerprint));
    const refusal = own ?? signer.refusal ?? (await this.refusesOwn(shelved, template, signer.key?.fingerprint)) ?? refusesBroken(shelved);
    return { propose: false, approve: refusal === undefined, reject: own === undefined, withdraw, whyNot: refusal };
  }

  async create(id: string, title: string, topics: readonly string[] = []): Promise<string> {
    const path = await this.deps.store.create(id, starterTemplate(id, title, this.deps.config().institution.languages, topics));
    this.notify();
    return path;
  }

  onDidChange(listener: () => void): () => void {
    const stops = [this.deps.store.onDidChange(listener), this.ledger.onDidChange(listener)];
    this.listeners.add(listener);
    return () => {
      for (const stop of stops) stop();
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

  /** The operator as a reviewer whose entry counts. Errors: `review.notReviewer`, `trust.missing`, `reviewer.notCounted`. */
  private async reviewer(template: string): Promise<RegisteredReviewer> {
    const registry = await this.deps.registry();
    const found = findReviewer(registry, this.deps.operator);
    if (found === undefined || (found.entry.practice === true && !registry.practice)) throw new MomentosError('review.notReviewer', { template, name: this.deps.operator.name });
    if (found.standing === 'notTrusted') throw new MomentosError('trust.missing', { fingerprint: registry.claimedRoot });
    if (!mayReview(registry, found, this.deps.clock.now())) throw new MomentosError('reviewer.notCounted', { name: found.entry.name, standing: found.revokedFrom === undefined ? found.standing : 'revoked' });
    return found;
  }

  /** Errors: as `reviewer`, `key.missing`, `key.notYours`, `key.unreadable`, `key.passphrase`. */
  private async signingReviewer(template: string): Promise<{ readonly reviewer: RegisteredReviewer; readonly key: SigningKey }> {
    const reviewer = await this.reviewer(template);
    return { reviewer, key: await this.ownKey(reviewer) };
  }

  private async ownKey(reviewer: RegisteredReviewer): Promise<SigningKey> {
    const key = await this.deps.signer.key();
    if (key === undefined) throw new MomentosError('key.missing', { name: reviewer.entry.name });
    if (key.fingerprint !== reviewer.fingerprint) throw new MomentosError('key.notYours', { name: reviewer.entry.name, fingerprint: key.fingerprint });
    return key;
  }

  private signedApproval(template: Template, reviewer: RegisteredReviewer, key: SigningKey, at: number): TemplateApproval {
    const approval: TemplateApproval = {
      schemaVersion: 1,
      template: template.id,
      version: template.version,
      contentHash: template.contentHash,
      scope: this.deps.config().institution.id,
      expires: template.expires ?? null,
      reviewer: nameOf(reviewer),
      at: new Date(at).toISOString(),
      ...(reviewer.entry.practice === true ? { practice: true } : {}),
    };
    return { ...approval, signature: key.sign(approvalPayload(approval)) };
  }

  /** Log first: a process that ends here is made good at the next start, from the log. */
  private async writeApproval(template: Template, approval: TemplateApproval, key: SigningKey, text: string): Promise<void> {
    await this.log('template.approved', template, approvalBody(approval, key.fingerprint), { reviewer: approval.reviewer }, Date.parse(approval.at));
    await this.deps.store.writeApproval(approval, text);
  }

  /** The approved copy of an approval from before reviewers had keys, still word for word what was approved. */
  private async unsignedCopy(id: string): Promise<{ readonly template: Template; readonly text: string } | undefined> {
    const shelved = await this.shelved(id);
    const standing = shelved.approvals.filter(({ verdict }) => verdict === 'unsigned').sort((a, b) => b.approval.version - a.approval.version)[0]?.approval;
    const copy = standing === undefined ? undefined : await this.deps.store.approvedCopy(id, standing.version);
    if (standing === undefined || copy === undefined || templateHash(copy.text) !== standing.contentHash) return undefined;
    const { template } = parseTemplateFile(copy.text, id);
    return template === undefined ? undefined : { template, text: copy.text };
  }

  private async refusesOwnEarlier(template: Template, events: readonly TemplateEvent[], key: string): Promise<boolean> {
    return (await this.refusesInvolved(template, events, undefined, key)) !== undefined;
  }

  private async assertNotOwn(shelved: ShelvedTemplate, template: Template, key: string | undefined): Promise<void> {
    const refusal = await this.refusesOwn(shelved, template, key);
    if (refusal !== undefined) throw refusal;
  }

  private refusesOwn({ status, events }: ShelvedTemplate, template: Template, key: string | undefined): Promise<MomentosError | undefined> {
    return this.refusesInvolved(template, events, status.path, key);
  }

  /** As `refusesAuthor`; and `review.sameAccount` when the proposal came from the same account of the machine and no key tells the two people apart. */
  private async refusesInvolved(template: Template, events: readonly TemplateEvent[], path: string | undefined, key: string | undefined): Promise<MomentosError | undefined> {
    const { operator } = this.deps;
    const refusal = await this.refusesAuthor(template, events, path, key);
    if (refusal !== undefined || this.shelf.practice()) return refusal;
    const registry = await this.deps.registry();
    const proven = proposalsOf(template, events).map((event) => ({ osAccount: event.by.osAccount, key: isSignedProposal(event, registry) ? event.key : undefined }));
    return proven.some((proposer) => sameAccount(proposer, { osAccount: operator.osAccount, key })) ? new MomentosError('review.sameAccount', { template: template.id, account: operator.osAccount }) : undefined;
  }

  /** `review.ownProposal` when the operator proposed this version, in any wording, or wrote its text. */
  private async refusesAuthor(template: Template, events: readonly TemplateEvent[], path: string | undefined, key: string | undefined): Promise<MomentosError | undefined> {
    const proposals = proposalsOf(template, events);
    const involved: ReviewPerson[] = proposals.map(({ by }) => by);
    // A text that the desk itself proposed came with Momentos: whoever committed the folder did not write it.
    const shipped = proposals.some(({ by, contentHash }) => by.id === deskActorId && contentHash === template.contentHash);
    const author = shipped || path === undefined ? undefined : await (this.deps.author ?? lastAuthor)(path);
    if (author !== undefined) involved.push(author);
    const isOwn = involved.some((person) => samePerson(person, this.deps.operator)) || proposals.some((event) => event.key !== undefined && event.key === key);
    return isOwn ? new MomentosError('review.ownProposal', { template: template.id }) : undefined;
  }
}
