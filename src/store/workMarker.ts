import { lstatSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import * as v from 'valibot';
import { MomentosError } from '../core/errors';
import { type Randomness } from '../core/clock';
import { syncFolder, writeFileAtomic } from './atomicFile';
import { type DeskFolder, isSystemError } from './deskFolder';

export interface WorkMarkerOptions<T> {
  readonly folder: DeskFolder;
  readonly random: Randomness;
  /** Name in `.momentos`. */
  readonly name: string;
  readonly schema: v.GenericSchema<unknown, T>;
}

const versionOnly = v.looseObject({ schemaVersion: v.number() });
const knownVersion = 1;

/** Where it stands that work of several steps has begun, until everything of it is done: a file in `.momentos`. */
export class WorkMarker<T extends object> {
  private readonly path: string;

  constructor(private readonly options: WorkMarkerOptions<T>) {
    this.path = options.folder.path(options.name);
  }

  /** One question to the system, without reading. What cannot be asked counts as there: reading it says why. */
  get exists(): boolean {
    try {
      return lstatSync(this.path, { throwIfNoEntry: false }) !== undefined;
    } catch (error) {
      return !isSystemError(error, 'ENOTDIR');
    }
  }

  /** undefined = nothing is unfinished. Errors: `store.newerSchema`, `store.unreadable`. */
  async read(): Promise<T | undefined> {
    const { folder, schema } = this.options;
    if (!this.exists) return undefined;
    const handle = await folder.openForReading(this.path);
    if (handle === undefined) return undefined;
    let parsed: unknown;
    try {
      parsed = JSON.parse(await handle.readFile('utf8'));
    } catch {
      parsed = undefined;
    } finally {
      await handle.close();
    }
    if (v.is(versionOnly, parsed) && parsed.schemaVersion > knownVersion) throw new MomentosError('store.newerSchema', { path: folder.relativePath(this.path), found: parsed.schemaVersion, known: knownVersion });
    const result = v.safeParse(schema, parsed);
    if (!result.success) throw new MomentosError('store.unreadable', { path: folder.relativePath(this.path) });
    return result.output;
  }

  async write(begun: T): Promise<void> {
    const { folder, random } = this.options;
    try {
      await writeFileAtomic(this.path, `${JSON.stringify({ schemaVersion: knownVersion, ...begun })}\n`, { mode: folder.fileMode, random });
    } catch (error) {
      throw folder.storeError(error, this.path);
    }
  }

  async remove(): Promise<void> {
    const { folder } = this.options;
    try {
      await unlink(this.path);
      await syncFolder(folder.root);
    } catch (error) {
      if (!isSystemError(error, 'ENOENT')) throw folder.storeError(error, this.path);
    }
  }
}
