import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listSegments } from './auditSegments';
import { DeskFolder } from './deskFolder';

/** An audit folder by itself, as an auditor gets it: read only, without the desk around it. */
class AuditCopy extends DeskFolder {
  constructor(auditDir: string) {
    super(auditDir, 'private', true);
  }

  override path(...parts: readonly string[]): string {
    return join(this.dir, ...(parts[0] === 'audit' ? parts.slice(1) : parts));
  }
}

/** Finds the log in a folder that is one, or holds one (`.momentos`, or a whole desk). undefined = there is none. */
export async function findAuditCopy(dir: string): Promise<DeskFolder | undefined> {
  for (const place of [dir, join(dir, 'audit'), join(dir, '.momentos', 'audit')]) {
    if (!existsSync(place)) continue;
    const copy = new AuditCopy(place);
    if (listSegments(copy).length > 0) return copy;
  }
  return undefined;
}
