export const auditKinds = [
  'desk.created', 'channel.configured', 'channel.connected', 'channel.disconnected',
  'mention.received', 'mention.edited', 'mention.deleted', 'mention.opened', 'mention.claimed', 'mention.released', 'mention.snoozed',
  'mention.woken', 'mention.referred', 'mention.unitAnswered', 'mention.noted', 'mention.caseSet', 'mention.closed', 'mention.reopened',
  'mention.answeredElsewhere', 'mentions.imported', 'sentiment.corrected',
  'reply.intended', 'reply.sent', 'reply.failed', 'reply.unsettled', 'reply.settled', 'reply.withdrawn',
  'reply.submitted', 'reply.approved', 'reply.returned', 'hold.set', 'hold.lifted', 'hold.ended',
  'legalHold.set', 'legalHold.lifted', 'retention.disposed', 'data.given',
  'template.proposed', 'template.approved', 'template.rejected', 'template.withdrawn', 'template.commented',
  'reviewer.added', 'reviewer.revoked', 'reviewer.trusted',
  'audit.exported', 'audit.repaired', 'audit.clockBack', 'audit.headCopied',
] as const;
export type AuditKind = (typeof auditKinds)[number];

export const actorSources = ['flag', 'env', 'git', 'os', 'key'] as const;
export type ActorSource = (typeof actorSources)[number];

/** Who acts. `id` is a local random id (`p-...`); name, address and OS account are values, never in the chain. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly email?: string | undefined;
  /** How the desk knows: `--as`, environment, git, operating system, signing key. */
  readonly source: ActorSource;
  readonly osAccount: string;
}

/** What JSON can hold of numbers: integers only (scores in thousandths, times in ms). */
export type AuditJson = null | boolean | number | string | readonly AuditJson[] | { readonly [key: string]: AuditJson };

/**
 * An entry before it is chained. `body` goes into the chain in the clear: ASCII keys, integers, codes and local ids only.
 * `values` hold what is personal or free text: each stands in the chain as its salted commitment under `body.values.<name>`.
 */
export interface AuditDraft {
  readonly kind: AuditKind;
  /** UTC milliseconds. */
  readonly at: number;
  readonly actor: Actor | 'desk';
  /** Local id of what it is about: mention, reply, template, channel. */
  readonly subject: string;
  readonly body: Readonly<Record<string, AuditJson>>;
  readonly values?: Readonly<Record<string, AuditJson>> | undefined;
}

/** A line of the chain, parsed. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: number;
  readonly kind: AuditKind;
  readonly actor: { readonly id: string; readonly source: ActorSource | 'desk' };
  readonly subject: string;
  readonly body: Readonly<Record<string, AuditJson>>;
  readonly prev: string;
  readonly hash: string;
}

/** An entry with its values joined again (what was redacted is missing). Actor's name and account stand in `values.actor.*`. */
export interface AuditRecord {
  readonly entry: AuditEntry;
  readonly values: Readonly<Record<string, AuditJson>>;
  /** The salt of each value, hex: with it anybody can compute the commitment that stands in the chain. */
  readonly salts?: Readonly<Record<string, string>> | undefined;
}

/** The state of the chain after `count` entries. */
export interface AuditHead {
  /** Hash of the last entry, 64 zeros when empty. */
  readonly hash: string;
  readonly count: number;
  /** `at` of the last entry, 0 when empty. */
  readonly at: number;
}

export const emptyHash = '0'.repeat(64);

export type AuditProblemCode =
  | 'line.malformed' | 'line.notCanonical' | 'hash.mismatch' | 'prev.mismatch' | 'seq.gap' | 'kind.unknown' | 'schema.unknown'
  | 'value.mismatch' | 'value.missing' | 'value.malformed' | 'value.orphan' | 'segment.missing' | 'segment.unreadable' | 'segment.order'
  | 'tail.torn' | 'tail.cut' | 'clock.back' | 'head.mismatch';

export interface AuditProblem {
  /** Notes leave the log valid (a repaired torn tail, a clock set back, a value whose entry was never written). */
  readonly severity: 'error' | 'note';
  readonly code: AuditProblemCode;
  readonly seq?: number | undefined;
  readonly segment?: string | undefined;
}

export interface AuditVerdict {
  readonly ok: boolean;
  readonly entries: number;
  readonly segments: number;
  readonly head: string;
  readonly problems: readonly AuditProblem[];
}

export interface Progress {
  /** 0 to 1. */
  (fraction: number): void;
}
