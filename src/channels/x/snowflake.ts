/** X's ids hold the time at which they were given (docs.x.com, "X IDs"): milliseconds since 2010-11-04T01:42:54.657Z, over 22 other bits. */
const epoch = 1_288_834_974_657;

/** UTC ms of an id; undefined = it is no such id (those before 2010, or invented ones). */
export function timeOfId(id: string): number | undefined {
  if (!/^\d{15,19}$/u.test(id)) return undefined;
  return Number(BigInt(id) >> 22n) + epoch;
}

/** The smallest id that can be given at this time: everything posted later is greater. */
export function idAt(time: number): string {
  return time <= epoch ? '1' : (BigInt(Math.floor(time) - epoch) << 22n).toString();
}

/** Ids are 64 bits wide, so they are compared as texts. Negative = `left` is older. */
export function compareIds(left: string, right: string): number {
  return left.length === right.length ? (left < right ? -1 : left > right ? 1 : 0) : left.length - right.length;
}
