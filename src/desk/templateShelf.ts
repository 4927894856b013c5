import { DateTime } from 'luxon';
import { type Clock } from '../core/clock';
import { freeTextRule, isLoopback, isNetworkChannel, type DeskConfig } from '../core/config';
import { isMomentosError } from '../core/errors';
import { type TemplateFile, type TemplateStore } from '../core/ports';
import { type ReviewerRegistry } from '../core/reviewers';
import { verifyApproval } from '../core/reviewRules';
import { type TemplateApproval, type TemplateProblem, type TemplateStatus, type TemplateWithdrawal } from '../core/template';
import { parseTemplateFile, templateHash, type ParsedTemplate, type TemplateBody } from '../core/templateFile';
import { templateFit } from '../core/templateFit';
import { networksOf } from '../core/templateForms';
import { templateNorms } from '../core/templateNorms';
import { judgeTemplate, type ApprovedCopy, type JudgedApproval, type TemplateEvent } from '../core/templateState';
import { type LengthRule } from '../core/text/countText';
import { withExamples } from './templateExamples';
import { type TemplateLedger } from './templateLedger';

export interface ShelfDeps {
  readonly store: TemplateStore;
  readonly ledger: TemplateLedger;
  readonly config: () => DeskConfig;
  readonly clock: Clock;
  readonly practice: () => boolean;
  readonly registry: () => Promise<ReviewerRegistry>;
  /** How each network counts, the strictest of its servers; undefined = as usual. */
  readonly lengthRules?: (() => Promise<ReadonlyMap<string, LengthRule>>) | undefined;
}

/** Versions of a template whose copies are read: the newest that have an approval, and the working file's. */
const versionsRead = 3;

/** A template with the very text that its state was read from, so that what is judged is what is written. */
export interface ShelvedTemplate {
  readonly status: TemplateStatus;
  /** What keeps the working text from being proposed and approved. */
  readonly barring: readonly TemplateProblem[];
  /** Normalised text of the working file; undefined = there is none. */
  readonly text: string | undefined;
  readonly events: readonly TemplateEvent[];
  /** Every line of this id, each with what it counts for. */
  readonly approvals: readonly JudgedApproval[];
}

interface Reviews {
  readonly approvals: readonly TemplateApproval[];
  readonly withdrawals: readonly TemplateWithdrawal[];
  readonly registry: ReviewerRegistry;
}

/** Reads the templates of a desk: folder, approvals and log put together. */
export class TemplateShelf {
  private readonly parsed = new Map<string, { readonly text: string; readonly parsed: ParsedTemplate }>();
  private readonly advised = new WeakMap<ParsedTemplate, { readonly key: string; readonly advice: readonly TemplateProblem[] }>();
  private completed: Promise<void> | undefined;

  constructor(private readonly deps: ShelfDeps) {}

  /** By id. */
  async list(): Promise<readonly ShelvedTemplate[]> {
    await this.complete();
    const [files, reviews] = await Promise.all([this.deps.store.working(), this.reviews()]);
    const { approvals } = reviews;
    const working = new Map(files.map((file) => [file.id, file]));
    const ids = [...new Set([...working.keys(), ...approvals.map(({ template }) => template)])].sort();
    return Promise.all(ids.map((id) => this.read(id, working.get(id), reviews)));
  }

  /** undefined = neither a working file nor an approval has this id. */
  async one(id: string): Promise<ShelvedTemplate | undefined> {
    await this.complete();
    const [file, reviews] = await Promise.all([this.deps.store.workingOne(id), this.reviews()]);
    if (file === undefined && !reviews.approvals.some(({ template }) => template === id)) return undefined;
    return this.read(id, file, reviews);
  }

  private async reviews(): Promise<Reviews> {
    const [approvals, withdrawals, registry] = await Promise.all([this.deps.store.approvals(), this.deps.store.withdrawals(), this.deps.registry()]);
    return { approvals, withdrawals, registry };
  }

  /** The template as it would be with this text as its working file, saved or not. */
  async judge(id: string, text: string): Promise<ShelvedTemplate> {
    // Under a path of its own, so that what is typed does not push out what was read of the file.
    return this.read(id, { id, text, path: `unsaved ${id}` }, await this.reviews());
  }

  /** ISO date in the institution's time zone. */
  today(): string {
    return DateTime.fromMillis(this.deps.clock.now(), { zone: this.deps.config().institution.timeZone }).toISODate() ?? '';
  }

  /** Practice approvals count only while every channel is on loopback. */
  practice(): boolean {
    return this.deps.practice() && this.deps.config().channels.every((entry) => !isNetworkChannel(entry) || isLoopback(entry.url));
  }

  private async read(id: string, file: TemplateFile | undefined, { approvals, withdrawals, registry }: Reviews): Promise<ShelvedTemplate> {
    const config = this.deps.config();
    const ownApprovals: readonly JudgedApproval[] = approvals
      .filter(({ template }) => template === id)
      .map((approval) => ({ approval, verdict: verifyApproval(approval, registry, config.institution.id) }));
    const parsed = file === undefined ? undefined : this.parse(file);
    const approved = [...new Set(ownApprovals.map(({ approval }) => approval.version))].sort((a, b) => b - a).slice(0, versionsRead);
    const versions = new Set([...approved, parsed?.template?.version]);
    const copies = new Map<number, ApprovedCopy>();
    for (const version of versions) {
      const copy = version === undefined ? undefined : await this.deps.store.approvedCopy(id, version);
      if (version !== undefined && copy !== undefined) copies.set(version, { contentHash: templateHash(copy.text), parsed: this.parse(copy, id) });
    }
    const events = await this.deps.ledger.events(id);
    const judged = judgeTemplate({
      id,
      working: file === undefined || parsed === undefined ? undefined : { parsed, path: file.path },
      advice: parsed === undefined ? [] : this.advice(parsed, await this.lengthRules()),
      approvals: ownApprovals,
      withdrawals: withdrawals.filter(({ template }) => template === id),
      signaturesFor: (topics) => Math.max(1, ...config.topics.filter((topic) => topics.includes(topic.id)).map((topic) => topic.approvals ?? 1)),
      copies,
      events,
      today: this.today(),
      freeText: freeTextRule(config),
    });
    return { ...judged, text: file?.text, events, approvals: ownApprovals };
  }

  /** Kept by text: a list of templates is asked for at every step. */
  private advice(parsed: ParsedTemplate, rules: ReadonlyMap<string, LengthRule>): readonly TemplateProblem[] {
    const key = JSON.stringify([...rules]);
    const known = this.advised.get(parsed);
    if (known?.key === key) return known.advice;
    const config = this.deps.config();
    const { template, bodies } = parsed;
    const fill = ({ text, language }: TemplateBody): string => withExamples(text, template?.placeholders ?? [], language, config);
    const advice = [...templateNorms(bodies, config), ...(template === undefined ? [] : templateFit(bodies, { networks: networksOf(template, config), rules, fill }))];
    this.advised.set(parsed, { key, advice });
    return advice;
  }

  /** How each network counts where its server has been asked. */
  lengthRules(): Promise<ReadonlyMap<string, LengthRule>> {
    return this.deps.lengthRules?.() ?? Promise.resolve(new Map());
  }

  private parse(file: TemplateFile, id: string = file.id): ParsedTemplate {
    if (file.problem !== undefined) return { template: undefined, problems: [{ code: file.problem }], bodies: [] };
    const known = this.parsed.get(file.path);
    if (known?.text === file.text) return known.parsed;
    const parsed = parseTemplateFile(file.text, id);
    this.parsed.set(file.path, { text: file.text, parsed });
    return parsed;
  }

  private complete(): Promise<void> {
    this.completed ??= this.completeApprovals().catch((error: unknown) => {
      this.completed = undefined;
      throw error;
    });
    return this.completed;
  }

  /**
   * Once per desk: an approval that the log has and the folder lacks (the process ended between the two) is written now, but only where the working
   * text still is the approved one.
   */
  private async completeApprovals(): Promise<void> {
    const events = await this.deps.ledger.all();
    const approvals = await this.deps.store.approvals();
    for (const event of events) {
      if (event.kind !== 'template.approved') continue;
      const { template, version, contentHash } = event;
      const line = approvals.find((one) => one.template === template && one.version === version && one.contentHash === contentHash && one.signature === event.signature);
      if (line !== undefined && (await this.deps.store.approvedCopy(template, version)) !== undefined) continue;
      const file = await this.deps.store.workingOne(template);
      const approval = line ?? approvalFromLog(event);
      if (approval === undefined || file === undefined || templateHash(file.text) !== contentHash) continue;
      try {
        await this.deps.store.writeApproval(approval, file.text);
      } catch (error) {
        // A desk that cannot be written now is read as it is; the next start tries again.
        if (!isMomentosError(error)) throw error;
      }
    }
  }
}

function approvalFromLog(event: TemplateEvent): TemplateApproval | undefined {
  const reviewer = event.reviewer ?? event.by.email ?? event.by.name;
  if (reviewer === undefined) return undefined;
  return {
    schemaVersion: 1,
    template: event.template,
    version: event.version,
    contentHash: event.contentHash,
    scope: event.scope ?? '',
    expires: event.expires ?? null,
    reviewer,
    at: new Date(event.at).toISOString(),
    ...(event.practice === true ? { practice: true } : {}),
    ...(event.signature === undefined ? {} : { signature: event.signature }),
  };
}
