import { closeSync, constants, fchmodSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import * as v from 'valibot';
import { type AuditHead } from '../core/audit';
import { noFollow, type DeskFolder } from './deskFolder';

const headSchema = v.object({
  schemaVersion: v.literal(1),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u)),
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  at: v.pipe(v.number(), v.safeInteger()),
});

/**
 * What the desk last knew of the log's end. A cache: never needed to go on, never synced; it shows when somebody cut the log shorter. undefined = there
 * is none or it cannot be read.
 */
export function readHeadFile(folder: DeskFolder): AuditHead | undefined {
  try {
    const parsed = v.safeParse(headSchema, JSON.parse(readFileSync(folder.path('audit', 'head.json'), 'utf8')));
    return parsed.success ? { hash: parsed.output.hash, count: parsed.output.count, at: parsed.output.at } : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all; synchronous, since it is written while the lock is given up. */
export function writeHeadFile(folder: DeskFolder, head: AuditHead, segment: string, size: number): void {
  const path = folder.path('audit', 'head.json');
  const temporary = folder.path('audit', `.head.json.${String(process.pid)}.tmp`);
  const file = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | noFollow, folder.fileMode);
  try {
    fchmodSync(file, folder.fileMode);
    writeSync(file, `${JSON.stringify({ schemaVersion: 1, ...head, segment, size })}\n`);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
