/** FNV-1a over UTF-16 code units; the state after each letter is the hash of the letters so far, so that every beginning of a word is hashed on the way. */
export const hashStart = 0x811c9dc5 | 0;
/** What `hashStep` multiplies by; the innermost loops write the step out. */
export const hashPrime = 0x01000193;

export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, hashPrime);
}

export function hashText(text: string): number {
  let hash = hashStart;
  for (let at = 0; at < text.length; at += 1) hash = hashStep(hash, text.charCodeAt(at));
  return hash;
}

/** Spreads a hash over all its bits (the finaliser of MurmurHash3), so that its lowest ones can choose a bucket. */
export function scatter(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
