export const auditKinds = [
  'desk.created', 'channel.configured', 'channel.connected', 'channel.disconnected',
  'mention.received', 'mention.scored', 'mention.edited', 'mention.deleted', 'mention.opened', 'mention.claimed', 'mention.released', 'mention.snoozed',
  'mention.woken', 'mention.referred', 'mention.unitAnswered', 'mention.noted', 'mention.caseSet', 'mention.closed', 'mention.reopened',
  'mention.answeredElsewhere', 'mentions.imported', 'sentiment.corrected', 'kind.corrected',
  'reply.intended', 'reply.sent', 'reply.failed', 'reply.unsettled', 'reply.settled', 'reply.withdrawn',
  'reply.submitted', 'reply.approved', 'reply.returned', 'hold.set', 'hold.lifted', 'hold.ended',
  'legalHold.set', 'legalHold.lifted', 'retention.scheduled', 'retention.disposed', 'retention.archived', 'data.given',
  'template.proposed', 'template.approved', 'template.rejected', 'template.withdrawn', 'template.commented',
  'reviewer.added', 'reviewer.revoked', 'reviewer.trusted',
  'redaction.proposed', 'redaction.rejected', 'redacted',
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
  /** The entry's line as it stands in the chain, without its newline; only where it was asked for. */
  readonly line?: string | undefined;
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

export const auditProblemCodes = [
  'line.malformed', 'line.notCanonical', 'hash.mismatch', 'prev.mismatch', 'seq.gap', 'kind.unknown', 'schema.unknown',
  'value.mismatch', 'value.missing', 'value.notErased', 'value.malformed', 'value.orphan', 'redaction.unfounded',
  'segment.missing', 'segment.unreadable', 'segment.order', 'tail.torn', 'tail.cut', 'clock.back', 'head.mismatch',
] as const;
export type AuditProblemCode = (typeof auditProblemCodes)[number];

export interface AuditProblem {
  /** Notes leave the log valid (a repaired torn tail, a clock set back, a value whose entry was never written). */
  readonly severity: 'error' | 'note';
  readonly code: AuditProblemCode;
  /** Number of the entry, or the number that was due where the line tells none. */
  readonly seq?: number | undefined;
  /** Month whose files it stands in. */
  readonly segment?: string | undefined;
  /** File name within the audit folder, and the line in it, from 1. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** Name of the value, as the entry calls it. */
  readonly field?: string | undefined;
  /** What should have stood there and what stands there: numbers, hashes, months, times (ms), by the code. */
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
}

export interface AuditVerdict {
  readonly ok: boolean;
  /** Entries that were checked. */
  readonly entries: number;
  readonly segments: number;
  readonly head: string;
  /** Up to 10,000; `untold` counts the rest. */
  readonly problems: readonly AuditProblem[];
  readonly untold: number;
  /** Checked entries by how their actor is known; `desk` = no person acted. */
  readonly actors: Readonly<Record<ActorSource | 'desk', number>>;
  /** Values that are gone because a later entry erased them. */
  readonly erased: number;
  /** Numbers of the first and last entry checked; undefined = none was. */
  readonly range?: { readonly first: number; readonly last: number } | undefined;
}

export interface Progress {
  /** 0 to 1. */
  (fraction: number): void;
}
