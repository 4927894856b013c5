import { type Actor, type AuditDraft, type AuditEntry, type AuditJson } from './audit';
import { commitmentsOf } from './auditChain';
import { erasureOf } from './auditErasure';

/** Why personal data is erased. `retention`: its time is up by the schedule of momentos.json; `broughtBack`: it was erased before. Nobody proposes these two by hand. */
export const redactionBases = ['erasureRequest', 'unlawful', 'notNeeded', 'consentWithdrawn', 'courtOrder', 'securityIncident', 'retention', 'broughtBack'] as const;
export type RedactionBasis = (typeof redactionBases)[number];
export const proposableBases = redactionBases.filter((basis) => basis !== 'retention' && basis !== 'broughtBack');

/** What is to be erased. `withActor`: also who acted, in the one entry. */
export type RedactionTarget =
  | { readonly kind: 'mention' | 'author'; readonly id: string }
  | { readonly kind: 'entry'; readonly seq: number; readonly withActor: boolean };

/** Waits for a second person. Its reason stands in the log alone. */
export interface RedactionProposal {
  /** Local id, `x-` and 12 characters. */
  readonly id: string;
  readonly target: RedactionTarget;
  readonly basis: RedactionBasis;
  /** `key`: fingerprint of the reviewer key at hand. */
  readonly by: Pick<Actor, 'id' | 'name' | 'email' | 'osAccount'> & { readonly key?: string | undefined };
  /** UTC ms. */
  readonly at: number;
}

/** A sequence number and the fields of that entry whose values go. */
export type ErasedValues = readonly [seq: number, ...fields: string[]];

/** Values that one `redacted` entry names at most; for more there are more entries. */
export const valuesPerRedacted = 1000;

/** Values that say who of the staff did something. They stay, except where one entry is erased with its actor. */
function isAboutStaff(field: string): boolean {
  return field.startsWith('actor.') || field === 'authorName' || field === 'authorEmail';
}

/** The entries that a redaction is about. */
export interface SelectionTarget {
  /** Local ids of mentions all of whose words go. */
  readonly mentions: ReadonlySet<string>;
  /** Local ids of authors. */
  readonly authors: ReadonlySet<string>;
  /** Mentions that stay, and which values of their arrival go (the network's id of an erased post that they answer). */
  readonly references: ReadonlyMap<string, readonly string[]>;
  /** One entry by its number. */
  readonly entry?: { readonly seq: number; readonly withActor: boolean } | undefined;
}

/** Finds the values to erase while the log is read from its beginning to its end. */
export class ErasureSelection {
  private readonly found = new Map<number, Set<string>>();
  private readonly ofTarget = new Set<string>();
  readonly mentions = new Set<string>();
  private readonly entries = new Map<number, { readonly kind: string; readonly at: number }>();

  constructor(private readonly target: SelectionTarget) {
    for (const id of target.mentions) this.mentions.add(id);
  }

  take(entry: AuditEntry): void {
    if (entry.kind === 'redacted') {
      this.forget(entry);
      return;
    }
    const fields = this.fieldsOf(entry);
    if (fields.length === 0) return;
    this.found.set(entry.seq, new Set(fields));
    this.entries.set(entry.seq, { kind: entry.kind, at: entry.at });
  }

  /** By sequence number; fields in the order of their names. */
  get erased(): readonly ErasedValues[] {
    return [...this.found].map(([seq, fields]): ErasedValues => [seq, ...[...fields].sort()]).sort(([left], [right]) => left - right);
  }

  /** How many values go, by kind of entry. */
  get counts(): Readonly<Record<string, number>> {
    const counts = new Map<string, number>();
    for (const [seq, fields] of this.found) {
      const kind = this.entries.get(seq)?.kind ?? '';
      counts.set(kind, (counts.get(kind) ?? 0) + fields.size);
    }
    return Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
  }

  /** True when something of it lies in this part of the log: before entry `count`, within the times (UTC ms, inclusive / exclusive). */
  touches({ count, from, to }: { readonly count: number; readonly from?: number | undefined; readonly to?: number | undefined }): boolean {
    for (const seq of this.found.keys()) {
      const at = this.entries.get(seq)?.at ?? 0;
      if (seq < count && (from === undefined || at >= from) && (to === undefined || at < to)) return true;
    }
    return false;
  }

  private fieldsOf(entry: AuditEntry): readonly string[] {
    const fields = Object.keys(commitmentsOf(entry));
    const { target } = this;
    if (target.entry !== undefined && target.entry.seq === entry.seq) return fields.filter((field) => target.entry?.withActor === true || !field.startsWith('actor.'));
    const { mention, author } = entry.body;
    // Messages of the author that the inbox does not hold any more.
    if (entry.kind === 'mention.received' && typeof author === 'string' && target.authors.has(author)) this.mentions.add(entry.subject);
    const about = this.mentions.has(entry.subject) || target.authors.has(entry.subject) || this.ofTarget.has(entry.subject) || (typeof mention === 'string' && this.mentions.has(mention));
    if (about) {
      // Answers and hand-ins: later entries may name them alone.
      this.ofTarget.add(entry.subject);
      return fields.filter((field) => !isAboutStaff(field));
    }
    const wanted = entry.kind === 'mention.received' ? target.references.get(entry.subject) : undefined;
    return wanted === undefined ? [] : fields.filter((field) => wanted.includes(field));
  }

  private forget(entry: AuditEntry): void {
    for (const [seq, ...fields] of erasureOf(entry) ?? []) {
      const known = this.found.get(seq);
      for (const field of fields) known?.delete(field);
      if (known?.size === 0) this.found.delete(seq);
    }
  }
}

export function countValues(erased: readonly ErasedValues[]): number {
  return erased.reduce((sum, values) => sum + values.length - 1, 0);
}

export interface RedactedFacts {
  readonly id: string;
  readonly actor: Actor | 'desk';
  readonly at: number;
  readonly scope: RedactionTarget['kind'] | 'retention' | 'again';
  readonly basis: RedactionBasis;
  /** Local id of who proposed it. */
  readonly proposedBy?: string | undefined;
  /** Name of the rule of the schedule. */
  readonly rule?: string | undefined;
  readonly mentions: number;
  /** What proves the approver's key, or anything else that belongs to it. */
  readonly more?: Readonly<Record<string, AuditJson>> | undefined;
}

/** The `redacted` entries of one redaction, in parts that name no more than `valuesPerRedacted` values each. At least one. */
export function redactedDrafts(facts: RedactedFacts, erased: readonly ErasedValues[]): readonly AuditDraft[] {
  const parts: ErasedValues[][] = [[]];
  let room = valuesPerRedacted;
  for (const values of erased) {
    if (values.length - 1 > room && room < valuesPerRedacted) {
      parts.push([]);
      room = valuesPerRedacted;
    }
    parts.at(-1)?.push(values);
    room -= values.length - 1;
  }
  return parts.map((part, index): AuditDraft => ({
    kind: 'redacted',
    at: facts.at,
    actor: facts.actor,
    subject: facts.id,
    body: {
      scope: facts.scope,
      basis: facts.basis,
      ...(facts.proposedBy === undefined ? {} : { proposedBy: facts.proposedBy }),
      ...(facts.rule === undefined ? {} : { rule: facts.rule }),
      part: index + 1,
      parts: parts.length,
      mentions: facts.mentions,
      erased: part.map((values) => [...values]),
      ...facts.more,
    },
  }));
}
