import { unlink } from 'node:fs/promises';
import * as v from 'valibot';
import { type AuditDraft } from '../core/audit';
import { MomentosError } from '../core/errors';
import { type Erasure } from '../core/erasurePorts';
import { type Randomness } from '../core/clock';
import { syncFolder, writeFileAtomic } from './atomicFile';
import { type DeskFolder, isSystemError } from './deskFolder';

/** An erasure that has begun: ids, numbers and field names, no word of what goes. */
export interface BegunErasure extends Erasure {
  /** Entries of the log before its own. */
  readonly count: number;
}

const markerSchema = v.object({
  schemaVersion: v.literal(1),
  id: v.string(),
  count: v.number(),
  drafts: v.array(v.looseObject({ kind: v.string(), at: v.number(), subject: v.string() })),
  erased: v.array(v.tupleWithRest([v.number()], v.string())),
  mentions: v.array(v.string()),
  thinned: v.array(v.string()),
});
const versionOnly = v.looseObject({ schemaVersion: v.number() });
const name = 'redaction.json';

/** Where it stands that an erasure has begun, until everything of it is done: `.momentos/redaction.json`. */
export class ErasureMarker {
  constructor(private readonly options: { readonly folder: DeskFolder; readonly random: Randomness }) {}

  /** undefined = nothing is unfinished. Errors: `store.newerSchema`, `store.unreadable`. */
  async read(): Promise<BegunErasure | undefined> {
    const { folder } = this.options;
    const path = folder.path(name);
    const handle = await folder.openForReading(path);
    if (handle === undefined) return undefined;
    let parsed: unknown;
    try {
      parsed = JSON.parse(await handle.readFile('utf8'));
    } catch {
      parsed = undefined;
    } finally {
      await handle.close();
    }
    if (v.is(versionOnly, parsed) && parsed.schemaVersion > 1) throw new MomentosError('store.newerSchema', { path: folder.relativePath(path), found: parsed.schemaVersion, known: 1 });
    const result = v.safeParse(markerSchema, parsed);
    if (!result.success) throw new MomentosError('store.unreadable', { path: folder.relativePath(path) });
    const { id, count, drafts, erased, mentions, thinned } = result.output;
    // As this program wrote them: what the chain needs of them was checked when they were made.
    return { id, count, drafts: drafts as unknown as readonly AuditDraft[], erased, mentions, thinned };
  }

  async write(begun: BegunErasure): Promise<void> {
    const { folder, random } = this.options;
    const path = folder.path(name);
    try {
      await writeFileAtomic(path, `${JSON.stringify({ schemaVersion: 1, ...begun })}\n`, { mode: folder.fileMode, random });
    } catch (error) {
      throw folder.storeError(error, path);
    }
  }

  async remove(): Promise<void> {
    const { folder } = this.options;
    const path = folder.path(name);
    try {
      await unlink(path);
      await syncFolder(folder.root);
    } catch (error) {
      if (!isSystemError(error, 'ENOENT')) throw folder.storeError(error, path);
    }
  }
}
