import * as v from 'valibot';
import { type DeskConfig } from '../core/config';
import { MomentosError } from '../core/errors';
import { type SecretSource, type TrustStore } from '../core/secretPorts';
import { readRegistry, type ReviewerRegistry, type Trust } from '../core/reviewers';

const kept = v.object({ root: v.optional(v.string()), revoked: v.optional(v.record(v.string(), v.string()), {}) });

/**
 * Confirmed fingerprints beside the tokens of this machine: a folder that only its owner writes. They are no secrets; they stand there because nobody
 * who can change a desk may change them.
 */
export function createTrustStore(files: SecretSource): TrustStore {
  const idOf = (institution: string): string => `trusted-reviewers-${institution}`;
  return {
    async read(institution) {
      const text = (await files.read(idOf(institution)))?.token;
      if (text === undefined) return { revoked: {} };
      const parsed = v.safeParse(kept, parseJson(text));
      if (!parsed.success) throw new MomentosError('secret.unreadable', { channel: idOf(institution), reason: 'content' });
      return parsed.output;
    },
    write: (institution, trust) => files.write(idOf(institution), { token: JSON.stringify(trust) }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The reviewers of a desk as this machine trusts them; a revocation that is seen once is remembered. */
export class DeskTrust {
  private held: Trust = { revoked: {} };

  constructor(
    private readonly store: TrustStore,
    private readonly config: () => DeskConfig,
    private readonly practice: () => boolean,
    /** Fingerprint that the caller names (`--trust`, `MOMENTOS_TRUST`); remembered. */
    private readonly named?: string,
  ) {}

  /** Errors: `trust.mismatch` when another key was confirmed before, `secret.unreadable`. */
  async registry(): Promise<ReviewerRegistry> {
    const trust = await this.read();
    if (this.named !== undefined && trust.root !== this.named && !this.practice()) {
      await this.confirm(this.named);
      return this.registry();
    }
    const registry = readRegistry(this.config(), trust, this.practice());
    if (Object.entries(registry.trust.revoked).some(([key, from]) => trust.revoked[key] !== from)) await this.keep(registry.trust);
    return registry;
  }

  /** A person has confirmed the fingerprint. Errors: `trust.mismatch` when it is not the one of momentos.json or another was confirmed before. */
  async confirm(fingerprint: string): Promise<void> {
    const trust = await this.read();
    const { claimedRoot } = readRegistry(this.config(), trust, this.practice());
    const known = trust.root ?? claimedRoot;
    if (known !== fingerprint) throw new MomentosError('trust.mismatch', { known: known ?? '-', given: fingerprint });
    await this.keep({ ...trust, root: fingerprint });
  }

  /** Read anew each time, as another window may have confirmed it meanwhile. */
  private async read(): Promise<Trust> {
    const stored = await this.store.read(this.config().institution.id);
    return { root: stored.root ?? this.held.root, revoked: { ...this.held.revoked, ...stored.revoked } };
  }

  private async keep(trust: Trust): Promise<void> {
    this.held = trust;
    try {
      await this.store.write(this.config().institution.id, trust);
    } catch (error) {
      // Where nothing can be kept, it holds for as long as the desk is open.
      if (!(error instanceof MomentosError)) throw error;
    }
  }
}
