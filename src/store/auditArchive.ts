import { createHash } from 'node:crypto';
import { existsSync, fstatSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { parseAuditLine, parseValueLine } from '../core/auditChain';
import { type Actor, type AuditEntry } from '../core/audit';
import { isStaffField } from '../core/citizenEntries';
import { type Clock } from '../core/clock';
import { type ArchivedSegment, type AuditArchive } from '../core/erasurePorts';
import { type AuditLog } from '../core/ports';
import { syncFolder } from './atomicFile';
import { listSegments, valuesPath } from './auditSegments';
import { type DeskFolder } from './deskFolder';
import { readLines } from './lines';
import { type DeskLock } from './lock';

export interface AuditArchiveOptions {
  readonly folder: DeskFolder;
  readonly lock: DeskLock;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

/** Months of the chain that are put away once no word of a citizen stands behind them: into `audit/archive`, with the same bytes, so that the chain is read on as before. */
export class FileAuditArchive implements AuditArchive {
  constructor(private readonly options: AuditArchiveOptions) {}

  ready(): Promise<readonly ArchivedSegment[]> {
    return this.sealed();
  }

  archive(actor: Actor): Promise<readonly ArchivedSegment[]> {
    const { lock, audit, clock, folder } = this.options;
    return lock.run(async () => {
      const ready = await this.sealed();
      if (ready.length === 0) return [];
      // Log first: a month that a crash leaves behind is named again by the next run, and moved then.
      await audit.append([{ kind: 'retention.archived', at: clock.now(), actor, subject: 'audit', body: { segments: ready.map((segment) => ({ ...segment })) } }]);
      const place = folder.path('audit', 'archive');
      await folder.makeFolder(place);
      for (const { segment } of ready) {
        lock.assertHeld();
        const path = folder.path('audit', `${segment}.jsonl`);
        try {
          await rename(path, folder.path('audit', 'archive', `${segment}.jsonl`));
        } catch (error) {
          throw folder.storeError(error, path);
        }
      }
      await syncFolder(place);
      await syncFolder(folder.path('audit'));
      return ready;
    });
  }

  /** Never the newest month: it is still written. */
  private async sealed(): Promise<readonly ArchivedSegment[]> {
    const { folder } = this.options;
    const found: ArchivedSegment[] = [];
    for (const segment of listSegments(folder).slice(0, -1)) {
      if (!existsSync(folder.path('audit', `${segment}.jsonl`))) continue;
      const sealed = await this.examine(segment);
      if (sealed !== undefined) found.push(sealed);
    }
    return found;
  }

  /** undefined = words of a citizen stand in it, or it is damaged. */
  private async examine(segment: string): Promise<ArchivedSegment | undefined> {
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
