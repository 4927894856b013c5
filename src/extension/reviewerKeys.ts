import type * as vscode from 'vscode';
import { type Actor } from '../core/audit';
import { type SignerSource } from '../core/secretPorts';
import { encryptSigningKey, generateSigningKey, openSigningKey, unlockSigningKey, type SigningKey } from '../core/signing';

/** What the names of all reviewer keys in the secret store begin with. */
export const reviewerKeyPrefix = 'momentos:reviewerKey:';

/**
 * The operator's reviewer key in VS Code's SecretStorage, one for each person and institution. The private half is shown nowhere and leaves only
 * encrypted.
 */
export class ReviewerKeys implements SignerSource {
  constructor(
    private readonly storage: vscode.SecretStorage,
    private readonly institution: string,
    private readonly operator: Actor,
  ) {}

  /** Errors: `key.unreadable`. */
  async key(): Promise<SigningKey | undefined> {
    const pem = await this.storage.get(this.name);
    return pem === undefined ? undefined : openSigningKey(pem);
  }

  async make(): Promise<SigningKey> {
    const { pem, key } = generateSigningKey();
    await this.storage.store(this.name, pem);
    return key;
  }

  /** A key from another machine. Errors: `key.passphrase`, `key.unreadable`. */
  async bring(pem: string, passphrase: string | undefined): Promise<SigningKey> {
    const key = openSigningKey(pem, passphrase);
    // Kept unlocked, as SecretStorage is the lock here.
    await this.storage.store(this.name, passphrase === undefined ? pem : unlockSigningKey(pem, passphrase));
    return key;
  }

  /** The key under a passphrase, to be kept or brought to another machine; undefined = there is none. Errors: `key.weakPassphrase`. */
  async locked(passphrase: string): Promise<string | undefined> {
    const pem = await this.storage.get(this.name);
    return pem === undefined ? undefined : encryptSigningKey(pem, passphrase);
  }

  private get name(): string {
    return `${reviewerKeyPrefix}${this.institution}:${(this.operator.email ?? this.operator.name).normalize('NFC').toLowerCase()}`;
  }
}
