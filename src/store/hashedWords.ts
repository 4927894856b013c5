import { sha256Hex } from '../core/auditChain';
import { type Mention } from '../core/mention';
import { thinnedMention } from '../core/thinnedMention';

/** Texts that are known again where they stand, without a word of them being written down. */
export interface HashedWords {
  /** Hex, of this erasure alone. */
  readonly salt: string;
  /** SHA-256 over the salt's bytes and the text as UTF-8, hex. */
  readonly hashes: readonly string[];
}

export function hashedWords(words: ReadonlySet<string>, salt: Uint8Array): HashedWords {
  return { salt: Buffer.from(salt).toString('hex'), hashes: [...words].map((word) => sha256Hex(salt, word)) };
}

/** Those of them that stand in these mentions. */
export function wordsAgain({ salt, hashes }: HashedWords, mentions: readonly Mention[]): ReadonlySet<string> {
  const bytes = Buffer.from(salt, 'hex');
  const sought = new Set(hashes);
  const words = new Set<string>();
  const has = (text: string): boolean => {
    const isSought = sought.has(sha256Hex(bytes, text));
    if (isSought) words.add(text);
    return isSought;
  };
  for (const mention of mentions) thinnedMention(mention, { has });
  return words;
}
