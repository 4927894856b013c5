import { reviewerRoles, type DeskConfig, type ReviewerConfig, type ReviewerRole } from './config';
import { fingerprintOf, isSignedBy, type SignedPayload, type SigningKey } from './signing';

/** What this machine holds to be true of an institution, outside every desk folder. */
export interface Trust {
  /** Fingerprint of the key that a person confirmed: the first reviewer's or the institution's. */
  readonly root?: string | undefined;
  /** Fingerprint to the ISO time from which it is revoked, as once seen: taking the line out of momentos.json does not bring a key back. */
  readonly revoked: Readonly<Record<string, string>>;
}

export const noTrust: Trust = { revoked: {} };

/** Why an entry of `reviewers` counts, or does not. */
export type ReviewerStanding =
  | 'counted'
  /** No key or no signature: an entry from before, or one that somebody wrote in by himself. */
  | 'unsigned'
  /** Name, address, key or another signed part was changed. */
  | 'badSignature'
  /** Signed by a key that is neither the confirmed one nor an earlier reviewer's. */
  | 'strangeSigner'
  /** Nobody has confirmed on this machine whose key the first one is. */
  | 'notTrusted';

export interface RegisteredReviewer {
  readonly entry: ReviewerConfig;
  readonly standing: ReviewerStanding;
  /** undefined = the entry has no key. */
  readonly fingerprint: string | undefined;
  /** ISO time from which what the key signs does not count; undefined = not revoked. */
  readonly revokedFrom: string | undefined;
  /** What the entry lets its owner decide on, as far as who signed it could give that; empty unless it counts. */
  readonly roles: readonly ReviewerRole[];
}

/** The people who may approve, as far as their entries prove it. */
export interface ReviewerRegistry {
  readonly reviewers: readonly RegisteredReviewer[];
  readonly trust: Trust;
  /** Fingerprint that momentos.json claims as its root (the institution's key, else the one self-signed entry); to be confirmed by a person. */
  readonly claimedRoot: string | undefined;
  /** True while every channel is on loopback: a practice key counts, unconfirmed. */
  readonly practice: boolean;
}

type Config = Pick<DeskConfig, 'institution' | 'reviewers' | 'revocations'>;

/**
 * Reads `reviewers`: an entry counts when it is signed by the confirmed key, or by a reviewer whose own entry counts and who had not lost his key by then.
 * On a practice desk a self-signed practice entry counts by itself.
 */
export function readRegistry(config: Config, trust: Trust, practice: boolean): ReviewerRegistry {
  const institutionKey = config.institution.key;
  const keys = new Map<string, string>();
  for (const key of [institutionKey, ...config.reviewers.map((entry) => entry.key)]) if (key !== undefined) keys.set(fingerprintOf(key), key);

  const signedEntry = (entry: ReviewerConfig): boolean => {
    const signerKey = keys.get(entry.signedBy ?? '');
    return signerKey !== undefined && entry.signature !== undefined && entry.key !== undefined && isSignedBy(signerKey, entryPayload(config.institution.id, entry), entry.signature);
  };
  const signed = config.reviewers.filter(signedEntry);
  const revoked = new Map(Object.entries(trust.revoked));

  /** Whose entries count under the revocations known so far, from the confirmed key on. */
  const count = (): { readonly counted: ReadonlySet<ReviewerConfig>; readonly signers: ReadonlySet<string> } => {
    const counted = new Set<ReviewerConfig>();
    const signers = new Set<string>();
    if (trust.root !== undefined && keys.has(trust.root)) signers.add(trust.root);
    for (let grown = true; grown; ) {
      grown = false;
      for (const entry of signed) {
        const own = fingerprintOf(entry.key ?? '');
        const from = revoked.get(entry.signedBy ?? '');
        const isPractice = practice && entry.practice === true && entry.signedBy === own;
        if (counted.has(entry) || !(isPractice || (signers.has(entry.signedBy ?? '') && (from === undefined || isBefore(entry.since, from))))) continue;
        counted.add(entry);
        signers.add(own);
        grown = true;
      }
    }
    return { counted, signers };
  };

  // Each revocation may take away entries that later ones stand on, so everything is counted anew with it; it ends, as revocations are only added.
  let { counted, signers } = count();
  for (let grown = true; grown; ) {
    grown = false;
    for (const line of config.revocations) {
      const signerKey = keys.get(line.signedBy);
      const known = revoked.get(line.key);
      if (signerKey === undefined || !signers.has(line.signedBy) || (known !== undefined && known <= line.from)) continue;
      // A key that is revoked ends nobody else's.
      if (revoked.has(line.signedBy) && line.key !== line.signedBy) continue;
      if (!isSignedBy(signerKey, revocationPayload(config.institution.id, line), line.signature)) continue;
      revoked.set(line.key, line.from);
      ({ counted, signers } = count());
      grown = true;
    }
  }
  const standingOf = (entry: ReviewerConfig): ReviewerStanding => {
    if (counted.has(entry)) return 'counted';
    if (entry.key === undefined || entry.signature === undefined || entry.signedBy === undefined || entry.since === undefined) return 'unsigned';
    if (!keys.has(entry.signedBy)) return 'strangeSigner';
    if (!signed.includes(entry)) return 'badSignature';
    return trust.root === undefined ? 'notTrusted' : 'strangeSigner';
  };
  const roles = grantedRoles(counted, trust.root);
  const reviewers = config.reviewers.map((entry) => {
    const fingerprint = entry.key === undefined ? undefined : fingerprintOf(entry.key);
    return { entry, standing: standingOf(entry), fingerprint, revokedFrom: fingerprint === undefined ? undefined : revoked.get(fingerprint), roles: roles.get(entry) ?? [] };
  });
  return { reviewers, trust: { root: trust.root, revoked: Object.fromEntries(revoked) }, claimedRoot: claimedRoot(config), practice };
}

/** The roles that an entry claims. */
export function claimedRoles(entry: Pick<ReviewerConfig, 'roles' | 'practice'>): readonly ReviewerRole[] {
  return entry.roles ?? (entry.practice === true ? reviewerRoles : ['templates']);
}

/** Nobody gives a role that he does not have: only the first key gives any, and a practice key to itself. */
function grantedRoles(counted: ReadonlySet<ReviewerConfig>, root: string | undefined): ReadonlyMap<ReviewerConfig, readonly ReviewerRole[]> {
  const ofKey = new Map<string, ReadonlySet<ReviewerRole>>();
  const granted = new Map<ReviewerConfig, readonly ReviewerRole[]>();
  for (let grown = true; grown; ) {
    grown = false;
    for (const entry of counted) {
      const own = fingerprintOf(entry.key ?? '');
      const givesAll = entry.signedBy === root || (entry.practice === true && entry.signedBy === own);
      const roles = claimedRoles(entry).filter((role) => givesAll || ofKey.get(entry.signedBy ?? '')?.has(role) === true);
      if (roles.length === (granted.get(entry)?.length ?? 0)) continue;
      granted.set(entry, roles);
      ofKey.set(own, new Set([...(ofKey.get(own) ?? []), ...roles]));
      grown = true;
    }
  }
  return granted;
}

/** The key that stands at the beginning by what momentos.json says; nobody has to believe it before it is confirmed. */
function claimedRoot(config: Config): string | undefined {
  if (config.institution.key !== undefined) return fingerprintOf(config.institution.key);
  const first = config.reviewers.find((entry) => entry.practice !== true && entry.key !== undefined && entry.signedBy === fingerprintOf(entry.key));
  return first?.key === undefined ? undefined : fingerprintOf(first.key);
}

/** What the signature of an entry of `reviewers` covers: all of it, and the institution. */
export function entryPayload(institution: string, entry: Pick<ReviewerConfig, 'name' | 'email' | 'key' | 'practice' | 'roles' | 'since' | 'signedBy'>): SignedPayload {
  return {
    kind: 'reviewer',
    institution,
    name: entry.name.normalize('NFC'),
    email: entry.email ?? null,
    key: entry.key ?? null,
    practice: entry.practice === true,
    // Absent in entries from before there were roles, whose signatures stay good.
    ...(entry.roles === undefined ? {} : { roles: entry.roles }),
    since: entry.since ?? null,
    signedBy: entry.signedBy ?? null,
  };
}

/** What the signature of a revocation covers. */
export function revocationPayload(institution: string, line: Pick<DeskConfig['revocations'][number], 'key' | 'from' | 'reason' | 'signedBy'>): SignedPayload {
  return { kind: 'revocation', institution, key: line.key, from: line.from, reason: line.reason.normalize('NFC'), signedBy: line.signedBy };
}

/** An entry with key and signature. `at` UTC ms. */
export function signEntry(institution: string, person: Pick<ReviewerConfig, 'name' | 'email' | 'practice' | 'roles'>, publicKey: string, signer: SigningKey, at: number): ReviewerConfig {
  const unsigned = { ...person, key: publicKey, since: new Date(at).toISOString(), signedBy: signer.fingerprint };
  return { ...unsigned, signature: signer.sign(entryPayload(institution, unsigned)) };
}

/** True when `at` is no later than the second time; what is no time is never before anything. */
export function isBefore(at: string | undefined, limit: string): boolean {
  const [left, right] = [Date.parse(at ?? ''), Date.parse(limit)];
  return !Number.isNaN(left) && !Number.isNaN(right) && left < right;
}
