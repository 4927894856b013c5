import { rename } from 'node:fs/promises';
import { Low, type Adapter } from 'lowdb';
import * as v from 'valibot';
import { type Clock, type Logger, type Randomness } from '../core/clock';
import { MomentosError } from '../core/errors';
import { writeFileAtomic } from './atomicFile';
import { type DeskFolder } from './deskFolder';
import { type DeskLock } from './lock';

export interface DocumentOptions<T> {
  /** Name in `.momentos`. */
  readonly name: string;
  readonly schema: v.GenericSchema<unknown, T>;
  readonly empty: T;
  /** What a file that cannot be understood counts as; `refuse`: nothing is read or written before a person has looked at it (`store.unreadable`). */
  readonly unreadable?: 'empty' | 'refuse' | undefined;
  readonly folder: DeskFolder;
  readonly lock: DeskLock;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly logger: Logger;
}

const versionOnly = v.looseObject({ schemaVersion: v.number() });
const knownVersion = 1;

/** Reads and writes a small document as a whole, so that a crash leaves the old or the new one. */
class DocumentAdapter<T> implements Adapter<T> {
  /** True once `read` found a file that it could not understand. */
  unreadable = false;

  constructor(private readonly options: DocumentOptions<T>) {}

  /** null = there is none, or none that can be read (`unreadable`). Errors: `store.newerSchema`, `store.unreadable`. */
  async read(): Promise<T | null> {
    const { folder, schema, name, logger } = this.options;
    const path = folder.path(name);
    const handle = await folder.openForReading(path);
    if (handle === undefined) return null;
    let text: string;
    try {
      text = await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
    const data = parseJson(text);
    if (v.is(versionOnly, data) && data.schemaVersion > knownVersion) {
      throw new MomentosError('store.newerSchema', { path: folder.relativePath(path), found: data.schemaVersion, known: knownVersion });
    }
    const parsed = v.safeParse(schema, data);
    if (parsed.success) return parsed.output;
    this.unreadable = true;
    logger.error('A file of the desk cannot be read', { path: folder.relativePath(path) });
    if (this.options.unreadable === 'refuse') throw new MomentosError('store.unreadable', { path: folder.relativePath(path) });
    return null;
  }

  async write(data: T): Promise<void> {
    const { folder, lock, name, clock, random } = this.options;
    const path = folder.path(name);
    lock.assertHeld();
    try {
      if (this.unreadable) await rename(path, `${path}.unreadable-${String(clock.now())}`);
      this.unreadable = false;
      await writeFileAtomic(path, `${JSON.stringify(data, undefined, 2)}\n`, { mode: folder.fileMode, random });
    } catch (error) {
      throw folder.storeError(error, path);
    }
  }
}

/** A document that stays small: a lowdb database that is read anew for each use, since other processes write it too. */
export class JsonDocument<T> {
  constructor(private readonly options: DocumentOptions<T>) {}

  async read(): Promise<T> {
    return (await this.load()).data;
  }

  /** Read, change, write, under the lock. An unreadable file is kept beside the new one, never overwritten. */
  async update(change: (data: T) => T): Promise<T> {
    return this.options.lock.run(async () => {
      const database = await this.load();
      database.data = change(database.data);
      await database.write();
      return database.data;
    });
  }

  private async load(): Promise<Low<T>> {
    const database = new Low<T>(new DocumentAdapter(this.options), this.options.empty);
    await database.read();
    return database;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
