import { type LegalHold, type LegalHoldScope } from '../core/legalHold';
import { type Mention } from '../core/mention';

export interface NewLegalHold {
  readonly scope: LegalHoldScope;
  /** Whose order, and what for; everybody at the desk reads it. */
  readonly reason: string;
}

/** What a court, an auditor or a complaint keeps from being erased and disposed of. */
export interface DeskLegalHolds {
  /** Those that stand; one whose line in the file is gone is known from the log. Errors: `store.unreadable`. */
  list(): Promise<readonly LegalHold[]>;
  /** The first that covers a mention; undefined = none. */
  covering(mention: Mention): Promise<LegalHold | undefined>;
  /** By anybody at the desk. Errors: `legalHold.invalid`, `reply.reasonMissing`. */
  set(hold: NewLegalHold): Promise<LegalHold>;
  /** By a second person with the role `redactions`; `id` may be a beginning of 3 characters or more. Errors: `legalHold.notFound`, `legalHold.own`, `reply.reasonMissing`, `review.*`, `reviewer.*`, `trust.missing`, `key.*`. */
  lift(id: string, reason: string): Promise<LegalHold>;
}
