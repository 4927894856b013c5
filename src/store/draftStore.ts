import { readdir, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { type Clock, type Logger, type Randomness } from '../core/clock';
import { type Draft } from '../core/draft';
import { MomentosError } from '../core/errors';
import { type DraftStore } from '../core/ports';
import { syncFolder, writeFileAtomic } from './atomicFile';
import { isSystemError, type DeskFolder } from './deskFolder';

/** The only ids that become file names. */
const mentionId = /^[a-z]-[a-z0-9]{4,64}$/u;

const draftSchema = v.object({
  mentionId: v.string(),
  text: v.string(),
  template: v.optional(v.object({ id: v.string(), version: v.number(), language: v.string() })),
  values: v.record(v.string(), v.string()),
  savedAt: v.number(),
  by: v.string(),
  private: v.optional(v.boolean()),
  sendingAt: v.optional(v.number()),
  again: v.optional(v.object({ reason: v.string(), corrects: v.optional(v.string()) })),
  failure: v.optional(v.string()),
});
const fileSchema = v.object({ schemaVersion: v.number(), draft: draftSchema });

export interface DraftStoreOptions {
  readonly folder: DeskFolder;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
}

/** Answers being written, a file each in `.momentos/drafts`. The last writer of a draft wins; each write is whole and on disk when it resolves. */
export class FileDraftStore implements DraftStore {
  constructor(private readonly options: DraftStoreOptions) {}

  /** undefined = there is none; one that cannot be read is kept beside and reported. Errors: `store.newerSchema`. */
  async read(id: string): Promise<Draft | undefined> {
    const { folder, logger, clock } = this.options;
    const path = this.path(id);
    const handle = await folder.openForReading(path);
    if (handle === undefined) return undefined;
    let text: string;
    try {
      text = await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
    const parsed = v.safeParse(fileSchema, parseJson(text));
    if (parsed.success && parsed.output.schemaVersion > 1) throw new MomentosError('store.newerSchema', { path: folder.relativePath(path), found: parsed.output.schemaVersion, known: 1 });
    if (parsed.success && parsed.output.draft.mentionId === id) return parsed.output.draft;
    logger.error('A draft cannot be read and is kept beside', { path: folder.relativePath(path) });
    if (!folder.readOnly) await rename(path, `${path}.unreadable-${String(clock.now())}`).catch(() => undefined);
    return undefined;
  }

  async write(draft: Draft): Promise<void> {
    const { folder, random } = this.options;
    const path = this.path(draft.mentionId);
    await folder.prepare();
    try {
      await writeFileAtomic(path, `${JSON.stringify({ schemaVersion: 1, draft }, undefined, 2)}\n`, { mode: folder.fileMode, random });
    } catch (error) {
      throw folder.storeError(error, path);
    }
  }

  async remove(id: string): Promise<void> {
    const { folder } = this.options;
    const path = this.path(id);
    folder.assertWritable();
    try {
      await unlink(path);
      await syncFolder(dirname(path));
    } catch (error) {
      if (!isSystemError(error, 'ENOENT')) throw folder.storeError(error, path);
    }
  }

  async list(): Promise<readonly Draft[]> {
    const { folder } = this.options;
    let names: string[];
    try {
      names = await readdir(folder.path('drafts'));
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return [];
      throw folder.storeError(error, folder.path('drafts'));
    }
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    const drafts: Draft[] = [];
    for (const id of ids.filter((name) => mentionId.test(name)).sort()) {
      const draft = await this.read(id);
      if (draft !== undefined) drafts.push(draft);
    }
    return drafts;
  }

  private path(id: string): string {
    if (!mentionId.test(id)) throw new MomentosError('mention.notFound', { mention: id });
    return this.options.folder.path('drafts', `${id}.json`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
