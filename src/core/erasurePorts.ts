import { type Actor, type AuditDraft } from './audit';
import { type MomentosError } from './errors';
import { type ErasedValues, type RedactionProposal } from './redaction';

/** Values and mentions to be erased for good. Nothing in it holds a word of a citizen. */
export interface Erasure {
  /** Local id of the redaction, `x-...`. */
  readonly id: string;
  /** The `redacted` entries, and what is to be logged with them; all without values. */
  readonly drafts: readonly AuditDraft[];
  readonly erased: readonly ErasedValues[];
  /** Mentions that leave the inbox, with a tombstone each. */
  readonly mentions: readonly string[];
  /** Mentions that stay, without the words that stand in the erased values. */
  readonly thinned: readonly string[];
  /** They were erased before and came back: another value in their place goes too. */
  readonly again?: true | undefined;
}

/** An erasure as it is asked for. */
export interface DecidedErasure extends Erasure {
  /** More words that the `thinned` mentions lose; only salted hashes of them are put down until they are gone, so that a crash leaves none of them. */
  readonly words?: ReadonlySet<string> | undefined;
}

/** What went, and from where. */
export interface ErasureOutcome {
  readonly mentions: number;
  /** Of whom nothing is left at the desk. */
  readonly authors: number;
  readonly values: number;
  readonly drafts: number;
  /** Files that damage or a crash had left, removed because something of it stood in them. */
  readonly setAside: number;
}

export interface Eraser {
  /**
   * Under the desk's lock: `prepare` says what goes, on the newest state; then the entries are written, then everything is erased. What a crash cuts off is
   * done by whoever opens the desk for writing, or takes the lock, next. undefined from `prepare`: nothing happens. Errors: those of `prepare`, `redaction.damaged` when the values are not
   * what the log says, `lock.*`, `store.*`.
   */
  erase(prepare: () => Promise<DecidedErasure | undefined>): Promise<ErasureOutcome | undefined>;
  /** Values that stand in the folder although an earlier entry says that they are erased: a backup brought them back. */
  returned(): Promise<readonly ErasedValues[]>;
}

/** A month of the chain that retention put away. */
export interface ArchivedSegment {
  /** `2026-05`. */
  readonly segment: string;
  readonly entries: number;
  /** Of the file's bytes, hex. */
  readonly sha256: string;
}

export interface AuditArchive {
  /** Months before the newest in which no word of a citizen stands any more, not put away yet. */
  ready(): Promise<readonly ArchivedSegment[]>;
  /** Moves them, under the lock; the log has it first. What a crash cuts off is done by whoever opens the desk for writing next. Errors: `lock.*`, `store.*`. */
  archive(actor: Actor): Promise<readonly ArchivedSegment[]>;
}

/** Work that a crash cut off between its steps, and what became of it. */
export interface CutOffWork {
  /** Erasing (redaction or retention), or putting finished months into the archive. */
  readonly kind: 'erasure' | 'archiving';
  /** `dropped`: the log never had it, so nothing of it was done. `waiting`: nobody has tried to end it yet, or another process is at it. */
  readonly state: 'finished' | 'dropped' | 'waiting' | 'failed';
  /** Of an erasure that was finished; what had gone before it was cut off is not counted. */
  readonly outcome?: ErasureOutcome | undefined;
  /** Why it could not be finished. */
  readonly error?: MomentosError | undefined;
}

export interface CutOffWorks {
  /** What this process met since the desk was opened; the latest of each kind. */
  met(): readonly CutOffWork[];
  /** After it met with some while the desk was open; returns how to stop. */
  onDidMeet(listener: () => void): () => void;
  /** What is cut off now; changes nothing. */
  look(): Promise<readonly CutOffWork[]>;
}

export interface RedactionStore {
  /** Proposals that nobody has decided on. Errors: `store.unreadable`. */
  read(): Promise<readonly RedactionProposal[]>;
  /** Read-modify-write under the lock; the entries are in the audit log before the proposals are stored. */
  update(change: (proposals: readonly RedactionProposal[]) => { readonly proposals: readonly RedactionProposal[]; readonly entries: readonly AuditDraft[] }): Promise<void>;
}
