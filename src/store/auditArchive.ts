import { createHash } from 'node:crypto';
import { createReadStream, existsSync, fstatSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import * as v from 'valibot';
import { parseAuditLine, parseValueLine } from '../core/auditChain';
import { type Actor, type AuditDraft, type AuditEntry } from '../core/audit';
import { isStaffField } from '../core/citizenEntries';
import { type Clock, type Randomness } from '../core/clock';
import { type ArchivedSegment, type AuditArchive } from '../core/erasurePorts';
import { syncFolder } from './atomicFile';
import { type FileAuditLog } from './auditLog';
import { listSegments, valuesPath } from './auditSegments';
import { type CutOffJob } from './cutOffWork';
import { type DeskFolder } from './deskFolder';
import { draftsMissing } from './draftsMissing';
import { markedDrafts } from './erasureMarker';
import { readLines } from './lines';
import { type DeskLock } from './lock';
import { WorkMarker } from './workMarker';

export interface AuditArchiveOptions {
  readonly folder: DeskFolder;
  readonly lock: DeskLock;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly audit: FileAuditLog;
}

/** The move of some months that has begun. */
interface BegunArchiving {
  /** Entries of the log before its own. */
  readonly count: number;
  readonly drafts: readonly AuditDraft[];
  readonly segments: readonly string[];
}

const markerSchema = v.object({ count: v.number(), drafts: markedDrafts, segments: v.array(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}$/u))) });

/**
 * Months of the chain that are put away once no word of a citizen stands behind them: into `audit/archive`, with the same bytes, so that the chain is read on
 * as before. A marker says what has begun; then it stands in the log; then the files move; then the marker goes.
 */
export class FileAuditArchive implements AuditArchive, CutOffJob {
  readonly kind = 'archiving';
  private readonly marker: WorkMarker<BegunArchiving>;

  constructor(private readonly options: AuditArchiveOptions) {
    this.marker = new WorkMarker<BegunArchiving>({ folder: options.folder, random: options.random, name: 'archiving.json', schema: markerSchema });
  }

  ready(): Promise<readonly ArchivedSegment[]> {
    return this.sealed();
  }

  archive(actor: Actor): Promise<readonly ArchivedSegment[]> {
    const { lock, audit, clock } = this.options;
    return lock.run(async () => {
      await audit.settled();
      // What could not be finished at settling says here why.
      await this.finish();
      const ready = await this.sealed();
      if (ready.length === 0) return [];
      const { count } = await audit.headLocked();
      const drafts: readonly AuditDraft[] = [{ kind: 'retention.archived', at: clock.now(), actor, subject: 'audit', body: { segments: ready.map((segment) => ({ ...segment })) } }];
      const begun = { count, drafts, segments: ready.map(({ segment }) => segment) };
      await this.marker.write(begun);
      try {
        await audit.appendLocked(drafts);
      } catch (error) {
        if (!audit.mayHaveLeftEntries) await this.marker.remove();
        throw error;
      }
      await this.move(begun);
      return ready;
    });
  }

  get isCutOff(): boolean {
    return this.marker.exists;
  }

  async finish(): Promise<'done' | 'dropped' | undefined> {
    const { audit } = this.options;
    const begun = await this.marker.read();
    if (begun === undefined) return undefined;
    await audit.headLocked();
    if (draftsMissing(begun.drafts, await audit.entriesFrom(begun.count)).length > 0) {
      await this.marker.remove();
      return 'dropped';
    }
    await this.move(begun);
    return 'done';
  }

  async examine(): Promise<void> {
    await this.marker.read();
  }

  /** What stands in the archive already stays as it is there. */
  private async move({ segments }: BegunArchiving): Promise<void> {
    const { folder, lock } = this.options;
    const place = folder.path('audit', 'archive');
    await folder.makeFolder(place);
    for (const segment of segments) {
      lock.assertHeld();
      const path = folder.path('audit', `${segment}.jsonl`);
      const archived = folder.path('audit', 'archive', `${segment}.jsonl`);
      if (!existsSync(path) || (existsSync(archived) && !(await sameBytes(path, archived)))) continue;
      try {
        await rename(path, archived);
      } catch (error) {
        throw folder.storeError(error, path);
      }
    }
    await syncFolder(place);
    await syncFolder(folder.path('audit'));
    await this.marker.remove();
  }

  /** Never the newest month: it is still written. */
  private async sealed(): Promise<readonly ArchivedSegment[]> {
    const { folder } = this.options;
    const found: ArchivedSegment[] = [];
    for (const segment of listSegments(folder).slice(0, -1)) {
      const path = folder.path('audit', `${segment}.jsonl`);
      const archived = folder.path('audit', 'archive', `${segment}.jsonl`);
      // Where a backup brought another one back, verifying tells; the archived one is not to be lost.
      if (!existsSync(path) || (existsSync(archived) && !(await sameBytes(path, archived)))) continue;
      const sealed = await this.examineMonth(segment);
      if (sealed !== undefined) found.push(sealed);
    }
    return found;
  }

  /** undefined = words of a citizen stand in it, or it is damaged. */
  private async examineMonth(segment: string): Promise<ArchivedSegment | undefined> {
    const { folder } = this.options;
    const citizens = new Set<number>();
    const hash = createHash('sha256');
    let entries = 0;
    let isWhole = true;
    const end = await eachLine(folder, folder.path('audit', `${segment}.jsonl`), (bytes) => {
      hash.update(bytes).update('\n');
      entries += 1;
      const entry = parseAuditLine(bytes);
      if (entry === undefined) isWhole = false;
      else if (isAboutCitizens(entry)) citizens.add(entry.seq);
    });
    if (!end || !isWhole) return undefined;
    let words = false;
    await eachLine(folder, valuesPath(folder, segment), (bytes) => {
      const value = parseValueLine(bytes);
      words ||= value === undefined || (citizens.has(value.seq) && !isStaffField(value.field));
    });
    return words ? undefined : { segment, entries, sha256: hash.digest('hex') };
  }
}

async function sameBytes(path: string, other: string): Promise<boolean> {
  const hashOf = async (file: string): Promise<string> => {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
    return hash.digest('hex');
  };
  return statSync(path).size === statSync(other).size && (await hashOf(path)) === (await hashOf(other));
}

function isAboutCitizens({ kind, body }: AuditEntry): boolean {
  return /^(?:mention|reply|sentiment|data)\./u.test(kind) || 'mention' in body;
}

/** False = a torn line stands at its end. */
async function eachLine(folder: DeskFolder, path: string, take: (bytes: Uint8Array) => void): Promise<boolean> {
  const handle = await folder.openForReading(path);
  if (handle === undefined) return true;
  try {
    const { size } = fstatSync(handle.fd);
    let end = 0;
    for await (const lines of readLines(handle, 0, size)) {
      for (const line of lines) {
        take(line.bytes);
        end = line.end;
      }
    }
    return end === size;
  } finally {
    await handle.close();
  }
}
