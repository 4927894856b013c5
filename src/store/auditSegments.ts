import { existsSync, fstatSync, readdirSync } from 'node:fs';
import { type FileHandle } from 'node:fs/promises';
import { parseAuditLine } from '../core/auditChain';
import { emptyHash, type AuditEntry, type AuditHead } from '../core/audit';
import { type DeskFolder, isSystemError } from './deskFolder';
import { endOfCompleteLines, lineEndingAt } from './lines';

const chainFile = /^(\d{4}-\d{2})\.jsonl$/u;

/** The month of the log that a time falls in (UTC), as its files are named. */
export function segmentOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

/** The chain of a month: in `audit`, or under `audit/archive` once retention has put it away, with the same bytes. */
export function chainPath(folder: DeskFolder, segment: string): string {
  const name = `${segment}.jsonl`;
  const path = folder.path('audit', name);
  if (existsSync(path)) return path;
  const archived = folder.path('audit', 'archive', name);
  return existsSync(archived) ? archived : path;
}

/** Opens the chain of a month for reading, also when retention puts it away meanwhile. undefined = there is none. Errors: `store.unreadable`. */
export async function openChain(folder: DeskFolder, segment: string): Promise<FileHandle | undefined> {
  const name = `${segment}.jsonl`;
  return (await folder.openForReading(folder.path('audit', name))) ?? folder.openForReading(folder.path('audit', 'archive', name));
}

export function valuesPath(folder: DeskFolder, segment: string): string {
  return folder.path('audit', `${segment}.values.jsonl`);
}

/** Names of the segments that are there, archived ones too, oldest first. */
export function listSegments(folder: DeskFolder): readonly string[] {
  const names = [...namesIn(folder, folder.path('audit')), ...namesIn(folder, folder.path('audit', 'archive'))];
  return [...new Set(names)].sort();
}

function namesIn(folder: DeskFolder, path: string): readonly string[] {
  try {
    return readdirSync(path).flatMap((name) => chainFile.exec(name)?.[1] ?? []);
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return [];
    throw folder.storeError(error, path);
  }
}

/** The last complete entry of a log as it stands on disk, read from the end. undefined = the log is empty. `'unreadable'` = its last line is no entry. */
export async function lastEntry(folder: DeskFolder): Promise<AuditEntry | 'unreadable' | undefined> {
  for (const segment of [...listSegments(folder)].reverse()) {
    const handle = await openChain(folder, segment);
    if (handle === undefined) continue;
    try {
      const end = endOfCompleteLines(handle, fstatSync(handle.fd).size);
      const line = lineEndingAt(handle, end);
      if (line !== undefined) return parseAuditLine(line) ?? 'unreadable';
    } finally {
      await handle.close();
    }
  }
  return undefined;
}

export const emptyHead: AuditHead = { hash: emptyHash, count: 0, at: 0 };

/** The head of the chain after an entry. */
export function headAfter(entry: AuditEntry): AuditHead {
  return { hash: entry.hash, count: entry.seq + 1, at: entry.at };
}
