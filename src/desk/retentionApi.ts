import { type Progress } from '../core/audit';
import { type ScheduleStanding } from '../core/retention';

export interface RetentionRulePlan {
  readonly name: string;
  readonly authority: string;
  readonly keepDays: number;
  readonly from: 'closed' | 'received';
  /** Mentions whose time is up. */
  readonly due: number;
  /** When the oldest of them came in, UTC ms. */
  readonly oldest: number | undefined;
  /** Those due by the month in which they came in (`2026-05`, UTC), in the order of time. */
  readonly byMonth: Readonly<Record<string, number>>;
}

/** What would go now, and what stays and why. Counts are of mentions. */
export interface RetentionPlan {
  /** UTC ms. */
  readonly at: number;
  /** `replaced`: a later schedule was signed or used before. Only `signed` disposes of anything. */
  readonly standing: ScheduleStanding | 'replaced';
  readonly rules: readonly RetentionRulePlan[];
  readonly due: number;
  /** Whose time is up, and which hold keeps them. */
  readonly held: readonly { readonly id: string; readonly reason: string; readonly by: string; readonly mentions: number }[];
  readonly open: number;
  readonly unsettled: number;
  readonly notYet: number;
  readonly noRule: number;
  /** Months of the log (`2026-05`) in which no word of a citizen stands any more; the next run puts their chain into the archive. */
  readonly archive: readonly string[];
}

export interface DisposalResult {
  readonly mentions: number;
  /** Texts of the audit log. */
  readonly values: number;
  readonly drafts: number;
  /** Ids of the `redacted` entries, `x-...`. */
  readonly redactions: readonly string[];
  /** Months of the chain that went into `audit/archive`. */
  readonly archived: readonly string[];
  /** A person stopped it before its end: what is left is still due. */
  readonly stopped: boolean;
}

/** Disposing of what the schedule of momentos.json does not keep any longer. One person with the role `redactions` signs the schedule, somebody else runs it. */
export interface DeskRetention {
  /** Changes nothing. Errors: `retention.none`, `store.unreadable`. */
  plan(): Promise<RetentionPlan>;
  /** Signs the schedule as it stands in momentos.json now. Errors: `retention.none`, `config.*`, `review.*`, `reviewer.*`, `trust.missing`, `key.*`, `store.*`. */
  sign(): Promise<RetentionPlan>;
  /**
   * Erases what is due for good, some thousands at a time; stopped between them it has done what it had done. `seen`: what was shown before; another number
   * of messages is refused. Errors: `retention.none`, `retention.unsigned`, `retention.own`, `review.sameAccount`, `network.cancelled` when nothing was done
   * yet, `redaction.changed`, `redaction.damaged`, `lock.*`, `store.*`.
   */
  dispose(options?: { readonly progress?: Progress | undefined; readonly signal?: AbortSignal | undefined; readonly seen?: Pick<RetentionPlan, 'due'> | undefined }): Promise<DisposalResult>;
}
