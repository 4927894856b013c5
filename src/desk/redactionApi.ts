import { type Mention } from '../core/mention';
import { type ErasureOutcome } from '../core/erasurePorts';
import { type RedactionBasis, type RedactionProposal, type RedactionTarget } from '../core/redaction';

export interface NewRedaction {
  readonly target: RedactionTarget;
  readonly basis: RedactionBasis;
  /** Why; stands in the log, where this redaction does not erase it. */
  readonly reason: string;
}

/** Waits for a second person. */
export interface WaitingRedaction extends RedactionProposal {
  /** undefined = erased from the log since. */
  readonly reason: string | undefined;
}

/** A file that left the desk with some of it: nobody but its owner can erase that. */
export interface EarlierExport {
  /** UTC ms. */
  readonly at: number;
  readonly by: string;
  readonly format: string;
  /** Number of its entry in the log. */
  readonly seq: number;
}

/** What would go, if it was approved now. */
export interface RedactionPreview {
  readonly proposal: WaitingRedaction;
  /** Those that leave the inbox; empty where one entry of the log is meant. */
  readonly mentions: readonly Mention[];
  readonly values: number;
  /** Values by kind of entry. */
  readonly valuesByKind: Readonly<Record<string, number>>;
  readonly drafts: number;
  readonly exports: readonly EarlierExport[];
}

export interface RedactionResult {
  readonly id: string;
  readonly outcome: ErasureOutcome;
  readonly exports: readonly EarlierExport[];
}

/** What was erased and stands in the desk folder again, as after a backup was put back. */
export interface ReturnedTexts {
  /** Texts of the audit log. */
  readonly values: number;
  readonly mentions: readonly Mention[];
  readonly drafts: number;
}

export interface ErasedAgain {
  readonly id: string;
  readonly outcome: ErasureOutcome;
}

/** One that was carried out, as the log tells it. */
export interface DoneRedaction {
  readonly id: string;
  /** UTC ms. */
  readonly at: number;
  readonly scope: string;
  readonly basis: string;
  readonly by: string;
  readonly mentions: number;
  readonly values: number;
}

/** Erasing personal data under four eyes: one person proposes, another one with the role `redactions` decides. */
export interface DeskRedactions {
  /** Those that nobody has decided on. Errors: `store.unreadable`. */
  list(): Promise<readonly WaitingRedaction[]>;
  /** From the log, oldest first; disposals by the retention schedule among them. */
  done(): Promise<readonly DoneRedaction[]>;
  /**
   * By anybody at the desk. Errors: `redaction.reasonMissing`, `redaction.nothing`, `redaction.held`, `redaction.onHold`, `redaction.underWay`,
   * `redaction.wholeMention`, `redaction.proposedAlready`, `mention.notFound`.
   */
  propose(redaction: NewRedaction): Promise<WaitingRedaction>;
  /** By id or a beginning of one. Errors: `redaction.notFound`, and those that would refuse it now. */
  preview(id: string): Promise<RedactionPreview>;
  /**
   * Erases for good, as the second person. `seen`: what was shown before; another number of values or mentions is refused. Errors: as `preview`,
   * `redaction.own`, `redaction.changed`, `redaction.damaged`, `review.*`, `reviewer.*`, `trust.missing`, `key.*`.
   */
  approve(id: string, seen?: Pick<RedactionPreview, 'values' | 'mentions'>): Promise<RedactionResult>;
  /** What was erased and came back. Changes nothing. Errors: `store.*`. */
  returned(): Promise<ReturnedTexts>;
  /**
   * Erases once more what was erased and came back; undefined = nothing did. By one person with the role: that it goes was decided before, and stands in the
   * log. Errors: `redaction.held`, `redaction.onHold`, `redaction.underWay`, `review.*`, `reviewer.*`, `trust.missing`, `key.*`, `lock.*`, `store.*`.
   */
  eraseAgain(): Promise<ErasedAgain | undefined>;
  /** By a person with the role, or by who proposed it. Errors: `redaction.notFound`, `redaction.reasonMissing`, `review.*`, `reviewer.*`. */
  reject(id: string, reason: string): Promise<WaitingRedaction>;
}
