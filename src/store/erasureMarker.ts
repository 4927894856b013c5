import * as v from 'valibot';
import { type AuditDraft } from '../core/audit';
import { type Erasure } from '../core/erasurePorts';
import { type HashedWords } from './hashedWords';
import { type WorkMarkerOptions, WorkMarker } from './workMarker';

/** An erasure that has begun: ids, numbers and field names, no word of what goes. */
export interface BegunErasure extends Erasure {
  /** Entries of the log before its own. */
  readonly count: number;
  /** What mentions that stay lose besides the words of the erased values. */
  readonly words?: HashedWords | undefined;
}

// As this program wrote them: what the chain needs of them was checked when they were made.
export const markedDrafts = v.pipe(
  v.array(v.looseObject({ kind: v.string(), at: v.number(), subject: v.string() })),
  v.transform((drafts) => drafts as unknown as readonly AuditDraft[]),
);

const schema = v.object({
  id: v.string(),
  count: v.number(),
  drafts: markedDrafts,
  erased: v.array(v.tupleWithRest([v.number()], v.string())),
  mentions: v.array(v.string()),
  thinned: v.array(v.string()),
  words: v.optional(v.object({ salt: v.string(), hashes: v.array(v.string()) })),
});

/** `.momentos/redaction.json`: an erasure has begun and is not done. */
export function erasureMarker(options: Pick<WorkMarkerOptions<BegunErasure>, 'folder' | 'random'>): WorkMarker<BegunErasure> {
  return new WorkMarker<BegunErasure>({ folder: options.folder, random: options.random, name: 'redaction.json', schema });
}
