import { type RecordedActor } from './auditActor';
import { type ReviewerConfig, type ReviewerRole } from './config';
import { isBefore, type RegisteredReviewer, type ReviewerRegistry } from './reviewers';
import { isSignedBy, type SignedPayload } from './signing';
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

/**
 * True when two deeds came from one account of the machine and nothing but a declared name tells the people apart. Keys do: each deed signed with a key
 * of its own is two people at one account.
 */
export function sameAccount(earlier: Pick<RecordedActor, 'osAccount'> & { readonly key?: string | undefined }, later: { readonly osAccount: string; readonly key?: string | undefined }): boolean {
  if (earlier.osAccount === undefined || earlier.osAccount !== later.osAccount) return false;
  return earlier.key === undefined || later.key === undefined || earlier.key === later.key;
}

function isEntryOf(entry: ReviewerConfig, person: ReviewPerson): boolean {
  // By address, letter case aside; by exact name only where neither side has an address.
  return person.email !== undefined ? equal(entry.email, person.email) : entry.email === undefined && entry.name === person.name;
}

/** The entry of `reviewers` that is this person, whatever it counts for. */
export function findReviewer(registry: ReviewerRegistry, person: ReviewPerson): RegisteredReviewer | undefined {
  const found = registry.reviewers.filter(({ entry }) => isEntryOf(entry, person));
  return found.find(({ standing, revokedFrom }) => standing === 'counted' && revokedFrom === undefined) ?? found.find(({ standing }) => standing === 'counted') ?? found[0];
}

/** The reviewer whose counted entry holds this key today. Only such a key tells two people at one account apart: any other can be made on the spot. */
export function keyHolder(registry: ReviewerRegistry, fingerprint: string | undefined): RegisteredReviewer | undefined {
  return fingerprint === undefined ? undefined : registry.reviewers.find((one) => one.fingerprint === fingerprint && one.standing === 'counted' && one.revokedFrom === undefined);
}

/** True when the entry lets its owner approve templates and answers at this time (UTC ms). */
export function mayReview(registry: ReviewerRegistry, reviewer: RegisteredReviewer | undefined, now: number): boolean {
  return hasRole(registry, reviewer, 'templates', now);
}

/** True when the entry lets its owner decide at this time (UTC ms) on what is erased, disposed of, and no longer held. */
export function mayDecideRedactions(registry: ReviewerRegistry, reviewer: RegisteredReviewer | undefined, now: number): boolean {
  return hasRole(registry, reviewer, 'redactions', now);
}

function hasRole(registry: ReviewerRegistry, reviewer: RegisteredReviewer | undefined, role: ReviewerRole, now: number): boolean {
  if (reviewer?.standing !== 'counted' || !reviewer.roles.includes(role) || (reviewer.entry.practice === true && !registry.practice)) return false;
  return reviewer.revokedFrom === undefined || now < Date.parse(reviewer.revokedFrom);
}

export type ApprovalVerdict =
  | 'valid'
  /** From before reviewers had keys. */
  | 'unsigned'
  | 'badSignature'
  | 'reviewerUnlisted'
  /** The reviewer's own entry does not count. */
  | 'reviewerUnsigned'
  /** Nobody has confirmed the institution's first key on this machine. */
  | 'notTrusted'
  | 'keyRevoked'
  /** Signed for another institution. */
  | 'otherScope'
  | 'practiceOnly';

/** What the signature of an approval covers. */
export function approvalPayload(approval: TemplateApproval): SignedPayload {
  const { template, version, contentHash, scope, expires, reviewer, at } = approval;
  return { template, version, contentHash, scope, expires, reviewer: reviewer.normalize('NFC'), at };
}

/**
 * Whether an approval counts today: the one place to ask, for every host and each time something is sent. Its reviewer is listed, his entry counts, the
 * signature is his key's over this very text for this institution, and it was made before the key was revoked, if it was.
 */
export function verifyApproval(approval: TemplateApproval, registry: ReviewerRegistry, institution: string): ApprovalVerdict {
  const listed = registry.reviewers.filter(({ entry }) => equal(entry.email, approval.reviewer) || entry.name === approval.reviewer);
  if (approval.practice === true && !registry.practice) return 'practiceOnly';
  if (listed.length === 0) return 'reviewerUnlisted';
  if (approval.signature === undefined) return 'unsigned';
  const owner = listed.find(({ entry }) => entry.key !== undefined && isSignedBy(entry.key, approvalPayload(approval), approval.signature ?? ''));
  if (owner === undefined) return 'badSignature';
  if (owner.entry.practice === true && !registry.practice) return 'practiceOnly';
  if (owner.standing === 'notTrusted') return 'notTrusted';
  if (owner.standing !== 'counted' || !owner.roles.includes('templates')) return 'reviewerUnsigned';
  if (approval.scope !== institution) return 'otherScope';
  if (owner.revokedFrom !== undefined && !isBefore(approval.at, owner.revokedFrom)) return 'keyRevoked';
  return 'valid';
}
