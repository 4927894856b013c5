/** Mastodon's own order of ids: the longer one is newer, then character by character. They are never numbers to a client. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A status id as Mastodon makes them: 48 bits of milliseconds, 16 bits that keep ids of one millisecond apart. */
export function snowflake(atMs: number, sequence: number): string {
  return ((BigInt(Math.trunc(atMs)) << 16n) + BigInt(sequence & 0xffff)).toString();
}
