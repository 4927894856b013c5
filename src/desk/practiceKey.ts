import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { type ReviewerConfig } from '../core/config';
import { type SecretSource, type SignerSource } from '../core/secretPorts';
import { signEntry } from '../core/reviewers';
import { generateSigningKey, openSigningKey, type SigningKey } from '../core/signing';

/** Where the throw-away key of a practice desk's reviewer lies: beside the tokens, one for each desk folder. */
function idOf(dir: string): string {
  return `practice-reviewer-${createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 24)}`;
}

/** A key and a self-signed entry for the practice reviewer: it counts only while every channel is on loopback, so nobody has to confirm it. */
export async function makePracticeReviewer(files: SecretSource, dir: string, institution: string, name: string, at: number): Promise<{ readonly entry: ReviewerConfig; readonly key: SigningKey }> {
  const { pem, key } = generateSigningKey();
  await files.write(idOf(dir), { token: pem });
  return { entry: signEntry(institution, { name, practice: true }, key.publicKey, key, at), key };
}

/** The key with which the practice reviewer of this desk signs. */
export function practiceSigner(files: SecretSource, dir: string): SignerSource {
  return {
    async key() {
      const pem = (await files.read(idOf(dir)))?.token;
      return pem === undefined ? undefined : openSigningKey(pem);
    },
  };
}
