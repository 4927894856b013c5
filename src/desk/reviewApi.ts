import { type ReviewerRole } from '../core/config';
import { type MomentosError } from '../core/errors';
import { type Mention } from '../core/mention';
import { type ApprovalVerdict } from '../core/reviewRules';
import { type RegisteredReviewer, type ReviewerRegistry } from '../core/reviewers';
import { type SigningKey } from '../core/signing';
import { type Template, type TemplateProblem, type TemplateStatus } from '../core/template';
import { type TopicGap } from '../core/templateCoverage';

export interface RankedTemplate {
  readonly template: Template;
  readonly score: number;
  /** Why, by rule: language, topic words, sentiment, past use. */
  readonly reasons: readonly ('topic' | 'words' | 'kind' | 'sentiment' | 'used' | 'language')[];
  /** The words of the mention that matched. */
  readonly words: readonly string[];
}

export interface TemplateHistoryItem {
  readonly kind: 'template.proposed' | 'template.approved' | 'template.rejected' | 'template.withdrawn' | 'template.commented';
  readonly version: number;
  readonly by: string;
  readonly at: number;
  /** Of a comment: its text. */
  readonly reason: string | undefined;
}

/** A problem of a text, with whether it keeps the text from being proposed and approved. */
export interface CheckedProblem extends TemplateProblem {
  readonly refusing: boolean;
}

/** An approved copy as it lies in the folder. */
export interface ApprovedText {
  readonly version: number;
  /** Normalised. */
  readonly text: string;
  /** False when it may not be sent now: expired, withdrawn, or approved by somebody who does not count any more. */
  readonly inUse: boolean;
}

export interface ReviewVerdict {
  /** Every approved version in use may be sent, and no line is forged. */
  readonly ok: boolean;
  readonly approvals: readonly { readonly template: string; readonly version: number; readonly reviewer: string; readonly at: string; readonly verdict: ApprovalVerdict }[];
  readonly templates: readonly { readonly id: string; readonly problems: readonly TemplateProblem[] }[];
}

export interface DeskTemplates {
  list(): Promise<readonly TemplateStatus[]>;
  /** Errors: `template.notFound`. */
  get(id: string): Promise<TemplateStatus>;
  /** Approved, unexpired, whole: what may be sent now. */
  usable(): Promise<readonly Template[]>;
  rank(mention: Mention): Promise<readonly RankedTemplate[]>;
  /** Topics with a template in one language or on one network and not in another; of the working texts. */
  gaps(): Promise<readonly TopicGap[]>;
  propose(id: string): Promise<TemplateStatus>;
  /** `contentHash`: what the reviewer saw. Errors: `review.*`, `template.changed`, `template.wrongState`, `template.invalid`. */
  approve(id: string, contentHash?: string): Promise<TemplateStatus>;
  reject(id: string, reason: string): Promise<TemplateStatus>;
  /** A remark on the present version, in its history and in the audit log; changes nothing of its state. Errors: `note.empty`, `template.notFound`, `template.invalid`. */
  comment(id: string, text: string): Promise<void>;
  /** Takes the approved version out of use. Errors: `review.reasonMissing`, `review.notReviewer`, `template.wrongState`. */
  withdraw(id: string, reason: string): Promise<TemplateStatus>;
  /** Signs every approval from before reviewers had keys, but not of what the operator proposed or wrote. Errors: as `approve`. */
  signEarlier(): Promise<readonly TemplateStatus[]>;
  /** Every approval with what it counts for, and what is wrong with what should be in use. */
  verify(): Promise<ReviewVerdict>;
  /** In the order of time. */
  history(id: string): Promise<readonly TemplateHistoryItem[]>;
  /** What is wrong with a text that is not saved yet, were it the working text of this template. Changes nothing. */
  check(id: string, text: string): Promise<readonly CheckedProblem[]>;
  /** The copy in use, else the newest one, or that of `version`; undefined = there is none. */
  approvedText(id: string, version?: number): Promise<ApprovedText | undefined>;
  /** What the operator may do with it now, and the error code that says why not. */
  may(status: TemplateStatus): Promise<{ readonly propose: boolean; readonly approve: boolean; readonly reject: boolean; readonly withdraw: boolean; readonly whyNot: MomentosError | undefined }>;
  /** Writes a new working file from the starter; its path. */
  create(id: string, title: string, topics?: readonly string[]): Promise<string>;
  onDidChange(listener: () => void): () => void;
}

export interface NewReviewer {
  readonly name: string;
  readonly email?: string | undefined;
  /** Raw Ed25519 public key, base64url; undefined = the operator's own. */
  readonly publicKey?: string | undefined;
  /** What this person decides on; undefined = templates alone. */
  readonly roles?: readonly ReviewerRole[] | undefined;
}

/** Who may approve, and the keys that prove it. */
export interface DeskReviewers {
  registry(): Promise<ReviewerRegistry>;
  /** The operator's key; undefined = none. Errors: `key.unreadable`, `key.passphrase`. */
  ownKey(): Promise<SigningKey | undefined>;
  /**
   * Writes a signed entry into momentos.json, in place of the person's unsigned one or of the one with the same key. Signed by the operator's key: an earlier reviewer's or the institution's;
   * where nobody counts yet, his own, which this machine trusts from then on. Nobody gives a role that he does not have. Errors: `key.*`, `reviewer.*`, `config.*`.
   */
  add(person: NewReviewer): Promise<RegisteredReviewer>;
  /** From `from` (UTC ms) on nothing that the key signs counts. Errors: `reviewer.notFound`, `reviewer.notCounted`, `review.reasonMissing`, `key.*`. */
  revoke(fingerprint: string, from: number, reason: string): Promise<RegisteredReviewer>;
  /** A person has compared the fingerprint. Errors: `trust.mismatch`, `trust.invalid`. */
  trust(fingerprint: string): Promise<ReviewerRegistry>;
}
