import { type Actor, type AuditJson } from '../core/audit';
import { type Clock } from '../core/clock';
import { reviewerRoles, type DeskConfig, type ReviewerConfig } from '../core/config';
import { MomentosError } from '../core/errors';
import { type AuditLog } from '../core/ports';
import { type SignerSource } from '../core/secretPorts';
import { claimedRoles, revocationPayload, signEntry, type RegisteredReviewer, type ReviewerRegistry } from '../core/reviewers';
import { findReviewer, mayDecideRedactions, mayReview, samePerson } from '../core/reviewRules';
import { fingerprintOf, isPublicKey, parseFingerprint, type SigningKey } from '../core/signing';
import { loadConfig } from './config';
import { editedConfig, type EditedConfig, replaceConfig } from './configFile';
import { type DeskReviewers, type NewReviewer } from './reviewApi';
import { type DeskTrust } from './trust';

export interface ReviewersDeps {
  readonly dir: string;
  readonly config: () => DeskConfig;
  /** The desk goes on with what was just written. */
  readonly setConfig: (config: DeskConfig) => void;
  readonly trust: DeskTrust;
  readonly signer: SignerSource;
  readonly audit: AuditLog;
  readonly operator: Actor;
  readonly clock: Clock;
}

/** Adding and revoking reviewers: signed lines of momentos.json, whose comments and order stay. The log has it first. */
export function createReviewers(deps: ReviewersDeps): DeskReviewers {
  const own = async (): Promise<SigningKey> => {
    const key = await deps.signer.key();
    if (key === undefined) throw new MomentosError('key.missing', { name: deps.operator.name });
    return key;
  };

  /** Errors: `reviewer.notCounted` unless the key is the confirmed first one or a counted reviewer's. */
  const assertSigner = (registry: ReviewerRegistry, key: SigningKey): void => {
    const entry = registry.reviewers.find(({ fingerprint }) => fingerprint === key.fingerprint);
    if (registry.trust.root === key.fingerprint || mayReview(registry, entry, deps.clock.now()) || mayDecideRedactions(registry, entry, deps.clock.now())) return;
    if (registry.trust.root === undefined && registry.claimedRoot !== undefined) throw new MomentosError('trust.missing', { fingerprint: registry.claimedRoot });
    throw new MomentosError('reviewer.notCounted', { name: entry?.entry.name ?? deps.operator.name, standing: entry?.standing ?? 'strangeSigner' });
  };

  /** Errors: as `assertSigner`, `reviewer.ownEntry`, `reviewer.roleMissing`. */
  const assertMayGive = (registry: ReviewerRegistry, key: SigningKey, fingerprint: string, person: NewReviewer): void => {
    assertSigner(registry, key);
    if (registry.trust.root === key.fingerprint) return;
    if (fingerprint === key.fingerprint) throw new MomentosError('reviewer.ownEntry', { name: person.name });
    const own = registry.reviewers.find((one) => one.fingerprint === key.fingerprint && one.standing === 'counted');
    const lacking = claimedRoles({ roles: person.roles === undefined ? undefined : [...person.roles] }).find((role) => own?.roles.includes(role) !== true);
    if (lacking !== undefined) throw new MomentosError('reviewer.roleMissing', { name: own?.entry.name ?? deps.operator.name, role: lacking });
  };

  const written = async (kind: 'reviewer.added' | 'reviewer.revoked', subject: string, body: Record<string, AuditJson>, values: Record<string, AuditJson>, path: 'reviewers' | 'revocations', list: readonly unknown[]): Promise<void> => {
    const edited = await editedList(deps.dir, path, list);
    await deps.audit.append([{ kind, at: deps.clock.now(), actor: deps.operator, subject, body, values }]);
    await replaceConfig(edited);
    deps.setConfig(edited.config);
  };

  return {
    registry: () => deps.trust.registry(),

    ownKey: () => deps.signer.key(),

    async add(person: NewReviewer) {
      deps.setConfig(await loadConfig(deps.dir));
      const key = await own();
      const publicKey = person.publicKey ?? key.publicKey;
      if (!isPublicKey(publicKey)) throw new MomentosError('key.invalid', { key: publicKey.slice(0, 60) });
      const registry = await deps.trust.registry();
      const config = deps.config();
      const fingerprint = fingerprintOf(publicKey);
      const taken = registry.reviewers.find((one) => one.fingerprint === fingerprint && !samePerson(one.entry, person));
      if (taken !== undefined) throw new MomentosError('reviewer.keyInUse', { name: taken.entry.name });
      const isFirst = registry.trust.root === undefined && registry.claimedRoot === undefined && fingerprint === key.fingerprint && config.institution.key === undefined;
      if (!isFirst) assertMayGive(registry, key, fingerprint, person);
      const roles = person.roles === undefined ? undefined : reviewerRoles.filter((role) => person.roles?.includes(role) === true);
      const named = { name: person.name, ...(person.email === undefined ? {} : { email: person.email }), ...(roles === undefined ? {} : { roles }) };
      const entry = signEntry(config.institution.id, named, publicKey, key, deps.clock.now());
      const others = config.reviewers.filter((other) => other.key !== publicKey && (other.signature !== undefined || !samePerson(other, person)));
      await written('reviewer.added', fingerprint.slice(0, 16), { key: fingerprint, signedBy: key.fingerprint, ...(roles === undefined ? {} : { roles }) }, { name: entry.name, ...(entry.email === undefined ? {} : { email: entry.email }) }, 'reviewers', [...others, entry]);
      if (isFirst) await deps.trust.confirm(fingerprint);
      return found(await deps.trust.registry(), fingerprint);
    },

    async revoke(fingerprint, from, reason) {
      if (reason.trim() === '') throw new MomentosError('review.reasonMissing', {});
      deps.setConfig(await loadConfig(deps.dir));
      const registry = await deps.trust.registry();
      const target = registry.reviewers.find((one) => one.fingerprint === fingerprint);
      if (target === undefined) throw new MomentosError('reviewer.notFound', { fingerprint });
      const key = await own();
      // Whoever has a key may end it himself, even where he counts no more.
      if (key.fingerprint !== fingerprint) assertSigner(registry, key);
      const { institution, revocations } = deps.config();
      const unsigned = { key: fingerprint, from: new Date(from).toISOString(), reason: reason.trim(), signedBy: key.fingerprint };
      const line = { ...unsigned, signature: key.sign(revocationPayload(institution.id, unsigned)) };
      await written('reviewer.revoked', fingerprint.slice(0, 16), { key: fingerprint, from: line.from, signedBy: key.fingerprint }, { reason: line.reason }, 'revocations', [...revocations, line]);
      return found(await deps.trust.registry(), fingerprint);
    },

    async trust(text) {
      const fingerprint = parseFingerprint(text);
      if (fingerprint === undefined) throw new MomentosError('trust.invalid', { text: text.slice(0, 100) });
      await deps.trust.confirm(fingerprint);
      await deps.audit.append([{ kind: 'reviewer.trusted', at: deps.clock.now(), actor: deps.operator, subject: fingerprint.slice(0, 16), body: { key: fingerprint } }]);
      return deps.trust.registry();
    },
  };
}

/** The operator's own entry, whatever it counts for. */
export function ownEntry(registry: ReviewerRegistry, operator: Actor): RegisteredReviewer | undefined {
  return findReviewer(registry, operator);
}

function found(registry: ReviewerRegistry, fingerprint: string): RegisteredReviewer {
  const reviewer = registry.reviewers.find((one) => one.fingerprint === fingerprint);
  if (reviewer === undefined) throw new MomentosError('reviewer.notFound', { fingerprint });
  return reviewer;
}

/** Replaces one list of momentos.json, in the file alone. Errors: `config.*`, `store.notWritable`. */
export async function writeConfigList(dir: string, path: 'reviewers' | 'revocations', list: readonly unknown[]): Promise<void> {
  await replaceConfig(await editedList(dir, path, list));
}

/** Errors: `config.*`. */
function editedList(dir: string, path: 'reviewers' | 'revocations', list: readonly unknown[]): Promise<EditedConfig> {
  return editedConfig(dir, [path], list.map((item) => ({ ...(item as ReviewerConfig) })));
}
