import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type AuditJson } from './audit';
import { MomentosError } from './errors';

/** Raw Ed25519 public key (32 bytes) as base64url: 43 characters. */
const publicKeyText = /^[A-Za-z0-9_-]{43}$/u;
/** The bytes before the raw key in a SubjectPublicKeyInfo of Ed25519 (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** What is signed: the RFC 8785 form of a JSON value as UTF-8. */
export type SignedPayload = Readonly<Record<string, AuditJson>>;

/** A key pair at work. The private half never leaves it. */
export interface SigningKey {
  /** Raw public key, base64url. */
  readonly publicKey: string;
  /** SHA-256 of the raw public key, 64 lower-case hex digits. */
  readonly fingerprint: string;
  /** Ed25519 signature (64 bytes) as base64url. */
  sign(payload: SignedPayload): string;
}

/** A new Ed25519 key pair; the private half as PKCS #8 in PEM, encrypted (AES-256-CBC) when there is a passphrase. */
export function generateSigningKey(passphrase?: string): { readonly pem: string; readonly key: SigningKey } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { pem: exportPem(privateKey, passphrase), key: signingKey(privateKey) };
}

/** Opens a private key in PEM. Errors: `key.passphrase` when it is encrypted and the passphrase is missing or wrong, `key.unreadable`. */
export function openSigningKey(pem: string, passphrase?: string): SigningKey {
  return signingKey(privateKeyOf(pem, passphrase));
}

/** The same key encrypted under a passphrase, for a copy that leaves this machine. Errors: `key.passphrase`, `key.unreadable`. */
export function encryptSigningKey(pem: string, passphrase: string): string {
  if ([...passphrase].length < shortestPassphrase) throw new MomentosError('key.weakPassphrase', { least: shortestPassphrase });
  return exportPem(privateKeyOf(pem), passphrase);
}

/** The same key without a lock, for a store that is one itself. Errors: `key.passphrase`, `key.unreadable`. */
export function unlockSigningKey(pem: string, passphrase: string): string {
  return exportPem(privateKeyOf(pem, passphrase), undefined);
}

/** Characters of a passphrase at least. */
export const shortestPassphrase = 12;

export function isEncryptedPem(pem: string): boolean {
  return pem.includes('BEGIN ENCRYPTED PRIVATE KEY');
}

/** True for a text that names an Ed25519 public key. */
export function isPublicKey(text: string): boolean {
  return publicKeyText.test(text) && Buffer.from(text, 'base64url').length === 32;
}

/** SHA-256 of the raw public key, hex. */
export function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex');
}

/** A fingerprint as a person types it: letter case, spaces, colons and hyphens aside; undefined = it is none. */
export function parseFingerprint(text: string): string | undefined {
  const plain = text.replace(/[\s:-]/gu, '').toLowerCase();
  return /^[0-9a-f]{64}$/u.test(plain) ? plain : undefined;
}

/** In groups of four, as two people read it to each other. */
export function spokenFingerprint(fingerprint: string): string {
  return fingerprint.replace(/(.{4})(?=.)/gu, '$1 ');
}

/** True when `signature` is the key's over the payload. Never throws, whatever the texts hold. */
export function isSignedBy(publicKey: string, payload: SignedPayload, signature: string): boolean {
  if (!isPublicKey(publicKey) || !/^[A-Za-z0-9_-]{86}$/u.test(signature)) return false;
  const bytes = Buffer.from(signature, 'base64url');
  // One signature has one spelling: other spellings of the same bytes are refused.
  if (bytes.length !== 64 || bytes.toString('base64url') !== signature) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'base64url')]), format: 'der', type: 'spki' });
    return verify(null, bytesOf(payload), key, bytes);
  } catch {
    return false;
  }
}

function bytesOf(payload: SignedPayload): Buffer {
  const text = canonicalize(payload);
  if (text === undefined) throw new MomentosError('unexpected');
  return Buffer.from(text, 'utf8');
}

function signingKey(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length).toString('base64url');
  return { publicKey, fingerprint: fingerprintOf(publicKey), sign: (payload) => sign(null, bytesOf(payload), privateKey).toString('base64url') };
}

function privateKeyOf(pem: string, passphrase?: string): KeyObject {
  const encrypted = isEncryptedPem(pem);
  if (encrypted && (passphrase === undefined || passphrase === '')) throw new MomentosError('key.passphrase', { given: false });
  let key: KeyObject;
  try {
    key = createPrivateKey(encrypted ? { key: pem, format: 'pem', passphrase: passphrase ?? '' } : { key: pem, format: 'pem' });
  } catch {
    // Without a cause: what OpenSSL says may quote the key.
    throw new MomentosError(encrypted ? 'key.passphrase' : 'key.unreadable', encrypted ? { given: true } : {});
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new MomentosError('key.unreadable', { type: key.asymmetricKeyType });
  return key;
}

function exportPem(privateKey: KeyObject, passphrase: string | undefined): string {
  const options = passphrase === undefined || passphrase === '' ? {} : { cipher: 'aes-256-cbc', passphrase };
  return privateKey.export({ format: 'pem', type: 'pkcs8', ...options }).toString();
}
