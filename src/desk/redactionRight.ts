import { MomentosError } from '../core/errors';
import { findReviewer, keyHolder, mayDecideRedactions, sameAccount, samePerson, type ReviewPerson } from '../core/reviewRules';
import { type RegisteredReviewer } from '../core/reviewers';
import { type SigningKey } from '../core/signing';
import { type DeskContext } from './context';

/** Somebody who may decide on what is erased, disposed of and held, with the key that proves it. */
export interface RedactionReviewer {
  readonly reviewer: RegisteredReviewer;
  readonly key: SigningKey;
}

/** Who did the first of two steps. `key`: fingerprint of the key at hand then. */
export type FirstPerson = ReviewPerson & { readonly osAccount: string; readonly key?: string | undefined };

type Deps = Pick<DeskContext, 'operator' | 'registry' | 'signer' | 'clock' | 'practice'>;

/**
 * The operator as a reviewer with the role `redactions`. Errors: `review.notReviewer`, `trust.missing`, `reviewer.notCounted`, `reviewer.roleMissing`, `key.missing`,
 * `key.notYours`, `key.unreadable`, `key.passphrase`.
 */
export async function redactionReviewer({ operator, registry: read, signer, clock }: Deps): Promise<RedactionReviewer> {
  const registry = await read();
  const reviewer = findReviewer(registry, operator);
  if (reviewer === undefined || (reviewer.entry.practice === true && !registry.practice)) throw new MomentosError('review.notReviewer', { name: operator.name });
  if (reviewer.standing === 'notTrusted') throw new MomentosError('trust.missing', { fingerprint: registry.claimedRoot });
  if (reviewer.standing !== 'counted' || reviewer.revokedFrom !== undefined) throw new MomentosError('reviewer.notCounted', { name: reviewer.entry.name, standing: reviewer.revokedFrom === undefined ? reviewer.standing : 'revoked' });
  if (!mayDecideRedactions(registry, reviewer, clock.now())) throw new MomentosError('reviewer.roleMissing', { name: reviewer.entry.name, role: 'redactions' });
  const key = await signer.key();
  if (key === undefined) throw new MomentosError('key.missing', { name: reviewer.entry.name });
  if (key.fingerprint !== reviewer.fingerprint) throw new MomentosError('key.notYours', { name: reviewer.entry.name, fingerprint: key.fingerprint });
  return { reviewer, key };
}

/**
 * The operator as the second person after `first`: somebody else, and at one account of the machine only where a counted key of each tells the two apart (not
 * asked for at practice). Errors: as `redactionReviewer`, and `own` when it is the same person, `review.sameAccount`.
 */
export async function secondRedactionReviewer(deps: Deps, first: FirstPerson, own: MomentosError): Promise<RedactionReviewer> {
  const { operator, practice } = deps;
  if (samePerson(first, operator)) throw own;
  const second = await redactionReviewer(deps);
  if (first.key !== undefined && first.key === second.key.fingerprint) throw own;
  const known = keyHolder(await deps.registry(), first.key)?.fingerprint;
  if (!practice && sameAccount({ osAccount: first.osAccount, key: known }, { osAccount: operator.osAccount, key: second.key.fingerprint })) throw new MomentosError('review.sameAccount', { account: operator.osAccount });
  return second;
}
