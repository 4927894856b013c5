import { type DeskConfig, type ReviewerConfig } from './config';
import { type TemplateApproval } from './template';

/** A person as far as the rules of review look at one. */
export interface ReviewPerson {
  /** Local id; undefined where only a name or address is known (an author in git). */
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

const folded = (text: string): string => text.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();

function equal(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && folded(left) !== '' && folded(left) === folded(right);
}

/** True when any of id, address or name is the same: a doubt counts against approving one's own text. */
export function samePerson(left: ReviewPerson, right: ReviewPerson): boolean {
  return (left.id !== undefined && left.id === right.id) || equal(left.email, right.email) || equal(left.name, right.name);
}

/** The entry of `reviewers` that is this person: by address, letter case aside; by exact name only where neither side has an address. */
export function findReviewer(config: Pick<DeskConfig, 'reviewers'>, person: ReviewPerson): ReviewerConfig | undefined {
  if (person.email !== undefined) return config.reviewers.find(({ email }) => equal(email, person.email));
  return config.reviewers.find(({ email, name }) => email === undefined && name === person.name);
}

export type ApprovalVerdict = 'valid' | 'reviewerUnlisted' | 'practiceOnly';

/**
 * Whether an approval counts today. The one place to ask; a check of its signature belongs here.
 * `practice`: every channel is on loopback, so that a practice reviewer's word is enough.
 */
export function verifyApproval(approval: TemplateApproval, config: Pick<DeskConfig, 'reviewers'>, practice: boolean): ApprovalVerdict {
  const reviewer = config.reviewers.find(({ email, name }) => equal(email, approval.reviewer) || name === approval.reviewer);
  if (reviewer === undefined) return 'reviewerUnlisted';
  if ((approval.practice === true || reviewer.practice === true) && !practice) return 'practiceOnly';
  return 'valid';
}
