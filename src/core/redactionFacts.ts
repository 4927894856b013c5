import { type AuditJson, type AuditKind, type AuditRecord } from './audit';
import { recordedActor } from './auditActor';

/** The entries that tell of what was erased from the log. */
export const redactionKinds = ['redacted', 'retention.disposed'] as const satisfies readonly AuditKind[];

/** One redaction or disposal, all its parts together. */
export interface RedactionFact {
  /** `x-…` */
  readonly id: string;
  /** UTC ms, of its last part. */
  at: number;
  readonly byId: string;
  /** undefined = erased, or left out of this export. */
  readonly byName: string | undefined;
  readonly knownBy: string;
  /** Local id of who proposed it; undefined = a retention rule. */
  readonly proposedBy: string | undefined;
  readonly scope: string;
  readonly basis: string;
  readonly rule: string | undefined;
  authority: string | undefined;
  mentions: number;
  values: number;
  readonly firstSeq: number;
  lastSeq: number;
  hash: string;
}

const text = (value: AuditJson | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const count = (value: AuditJson | undefined): number => (typeof value === 'number' ? value : 0);

/**
 * The redactions that an export tells of, in the order of the log. `from`, UTC ms: what was erased before the range began can have erased nothing in it,
 * so it is left out; what was erased after it may have.
 */
export class RedactionFacts {
  private readonly facts = new Map<string, RedactionFact>();

  constructor(private readonly from: number | undefined) {}

  get list(): readonly RedactionFact[] {
    return [...this.facts.values()].sort((one, other) => one.firstSeq - other.firstSeq);
  }

  /** Any record; those of other kinds are passed over. */
  read(record: AuditRecord): void {
    const { entry } = record;
    const { kind, at, body, subject, seq, hash } = entry;
    if (this.from !== undefined && at < this.from) return;
    if (kind === 'retention.disposed') {
      const known = this.facts.get(subject);
      if (known !== undefined) known.authority = text(body['authority']);
      return;
    }
    if (kind !== 'redacted') return;
    const erased = Array.isArray(body['erased']) ? body['erased'].reduce<number>((sum: number, item: AuditJson) => sum + (Array.isArray(item) ? Math.max(0, item.length - 1) : 0), 0) : 0;
    const known = this.facts.get(subject);
    if (known !== undefined) {
      Object.assign(known, { at, lastSeq: seq, hash, values: known.values + erased, mentions: Math.max(known.mentions, count(body['mentions'])) });
      return;
    }
    const by = recordedActor(record);
    this.facts.set(subject, {
      id: subject, at, byId: by.id, byName: by.name, knownBy: entry.actor.source, proposedBy: text(body['proposedBy']), scope: text(body['scope']) ?? '', basis: text(body['basis']) ?? '', rule: text(body['rule']),
      authority: undefined, mentions: count(body['mentions']), values: erased, firstSeq: seq, lastSeq: seq, hash,
    });
  }
}
