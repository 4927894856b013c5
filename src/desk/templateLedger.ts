import { type AuditHead, type AuditRecord } from '../core/audit';
import { recordedActor, type RecordedActor } from '../core/auditActor';
import { type AuditLog } from '../core/ports';
import { type TemplateEvent, type TemplateEventKind } from '../core/templateState';

const kinds: readonly TemplateEventKind[] = ['template.proposed', 'template.approved', 'template.rejected', 'template.withdrawn'];

/** A remark that somebody made on a version; it changes nothing of its state. */
export interface TemplateComment {
  readonly seq: number;
  /** UTC milliseconds. */
  readonly at: number;
  readonly by: RecordedActor;
  readonly template: string;
  readonly version: number;
  /** undefined = redacted. */
  readonly text: string | undefined;
}

/** What the audit log says of templates, held in memory: the whole log is read once, then only what was added. */
export class TemplateLedger {
  private readonly byTemplate = new Map<string, TemplateEvent[]>();
  private readonly commentsByTemplate = new Map<string, TemplateComment[]>();
  private known: AuditHead | undefined;
  private changes = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly audit: AuditLog) {}

  /** Calls back when the log says something new of any template, whoever wrote it. */
  onDidChange(listener: () => void): () => void {
    let told = this.changes;
    return this.audit.onDidChange(() => {
      void this.refresh().then(
        () => {
          if (told === this.changes) return;
          told = this.changes;
          listener();
        },
        // A log that cannot be read is told of by the next deed that reads it.
        () => undefined,
      );
    });
  }

  /** Every event of the template, in the order of the log. */
  async events(template: string): Promise<readonly TemplateEvent[]> {
    await this.refresh();
    return this.byTemplate.get(template) ?? [];
  }

  /** Every comment on the template, in the order of the log. */
  async comments(template: string): Promise<readonly TemplateComment[]> {
    await this.refresh();
    return this.commentsByTemplate.get(template) ?? [];
  }

  async all(): Promise<readonly TemplateEvent[]> {
    await this.refresh();
    return [...this.byTemplate.values()].flat();
  }

  private refresh(): Promise<void> {
    const next = this.running.then(
      () => this.readOn(),
      () => this.readOn(),
    );
    this.running = next;
    return next;
  }

  private async readOn(): Promise<void> {
    const head = await this.audit.head();
    if (head.hash === this.known?.hash) return;
    if (this.known !== undefined && head.count <= this.known.count) {
      // Another log has been put in the place of the one that was read.
      this.known = undefined;
    }
    const fromSeq = this.known?.count ?? 0;
    if (fromSeq === 0) {
      this.byTemplate.clear();
      this.commentsByTemplate.clear();
    }
    const added: TemplateEvent[] = [];
    const remarks: TemplateComment[] = [];
    for await (const record of this.audit.read({ fromSeq, kinds: [...kinds, 'template.commented'], upTo: head })) {
      if (record.entry.seq < fromSeq) continue;
      const event = templateEvent(record);
      const remark = templateComment(record);
      if (event !== undefined) added.push(event);
      if (remark !== undefined) remarks.push(remark);
    }
    if (added.length + remarks.length > 0) this.changes += 1;
    for (const remark of remarks) this.commentsByTemplate.set(remark.template, [...(this.commentsByTemplate.get(remark.template) ?? []), remark]);
    for (const event of added) this.byTemplate.set(event.template, [...(this.byTemplate.get(event.template) ?? []), event]);
    this.known = head;
  }
}

function templateEvent(record: AuditRecord): TemplateEvent | undefined {
  const kind = kinds.find((known) => known === record.entry.kind);
  const { template, version, contentHash, scope, expires, practice, key, signature } = record.entry.body;
  if (kind === undefined || typeof template !== 'string' || typeof version !== 'number' || typeof contentHash !== 'string') return undefined;
  const { reason, reviewer } = record.values;
  return {
    kind,
    seq: record.entry.seq,
    at: record.entry.at,
    by: recordedActor(record),
    template,
    version,
    contentHash,
    reason: typeof reason === 'string' ? reason : undefined,
    scope: typeof scope === 'string' ? scope : undefined,
    expires: typeof expires === 'string' ? expires : undefined,
    practice: practice === true,
    reviewer: typeof reviewer === 'string' ? reviewer : undefined,
    key: typeof key === 'string' ? key : undefined,
    signature: typeof signature === 'string' ? signature : undefined,
  };
}

function templateComment(record: AuditRecord): TemplateComment | undefined {
  const { template, version } = record.entry.body;
  if (record.entry.kind !== 'template.commented' || typeof template !== 'string' || typeof version !== 'number') return undefined;
  const text = record.values['text'];
  return { seq: record.entry.seq, at: record.entry.at, by: recordedActor(record), template, version, text: typeof text === 'string' ? text : undefined };
}
