import { type Randomness } from './clock';

const alphabet = 'abcdefghjkmnpqrstvwxyz0123456789';

export type LocalIdKind = 'm' | 'a' | 'c' | 'r' | 'p' | 's' | 'h' | 'g' | 'x' | 'n';

/** A random id such as `m-3k9x...` (60 bits): mention, author, conversation, reply, person, submission, hold, legal hold, redaction, contact noted by hand. Says nothing about whom or what it names. */
export function localId(kind: LocalIdKind, random: Randomness): string {
  return `${kind}-${[...random.bytes(12)].map((byte) => alphabet[byte & 31] ?? '').join('')}`;
}
