import { sha256Hex } from '../core/auditChain';

/** What is left of a post that was erased: nobody can tell from it which one it was, and the desk knows it again when the network brings it once more. */
export function tombstoneOf(salt: string, channel: string, externalId: string): string {
  return sha256Hex(Buffer.from(salt, 'hex'), JSON.stringify([channel, externalId]));
}
