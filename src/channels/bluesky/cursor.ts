import { createHash } from 'node:crypto';
import * as v from 'valibot';

/**
 * Where the pull stands. The server's list has no "since", and late posts sort behind newer ones: so the newest time seen is kept, and which posts of the
 * stretch that is read again each time were handed out already.
 */
export interface PullPosition {
  /** Newest sort time seen, UTC ms; undefined = nothing has come yet. */
  readonly watermark: number | undefined;
  /** What came to the network before this (UTC ms) is left alone: where the first run began. */
  readonly from: number;
  /** Oldest sort time that the last run listed, UTC ms: what stands above it now and was not seen then has come since. undefined = there was no run. */
  readonly depth: number | undefined;
  readonly seen: ReadonlySet<string>;
}

/** Some 200 kB; what lies beyond is only handed out again, and the desk knows it by its id. */
const mostSeen = 20_000;

const schema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ version: v.literal(1), watermark: v.nullable(v.number()), from: v.number(), depth: v.nullable(v.number()), seen: v.string() }),
);

/** 60 bits of the address: of 20,000 posts none is taken for another. */
export function fingerprint(uri: string): string {
  return createHash('sha256').update(uri).digest('base64url').slice(0, 10);
}

export function writePosition(position: PullPosition): string {
  return JSON.stringify({ version: 1, watermark: position.watermark ?? null, from: position.from, depth: position.depth ?? null, seen: [...position.seen].slice(-mostSeen).join('') });
}

/** undefined = it is none of ours: then the run begins anew. */
export function readPosition(cursor: string): PullPosition | undefined {
  const parsed = v.safeParse(schema, cursor);
  if (!parsed.success) return undefined;
  const { watermark, from, depth, seen } = parsed.output;
  return { watermark: watermark ?? undefined, from, depth: depth ?? undefined, seen: new Set(seen.match(/.{10}/gu) ?? []) };
}
