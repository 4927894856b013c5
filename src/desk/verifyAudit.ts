import { type AuditVerdict } from '../core/audit';
import { MomentosError } from '../core/errors';
import { type AuditLog, type AuditVerifyOptions } from '../core/ports';
import { findAuditCopy } from '../store/auditCopy';
import { verifyAudit } from '../store/auditVerify';

/** Verifies the desk's log. Errors: `network.cancelled` when it was stopped, `store.unreadable`. */
export async function verifyLog(audit: AuditLog, options: AuditVerifyOptions = {}): Promise<AuditVerdict> {
  return untilCancelled(options.signal, () => audit.verify(options));
}

/** Verifies an audit folder without a desk around it: a copy, a backup, what an auditor was handed. Errors: `audit.noLog`, `network.cancelled`. */
export async function verifyAuditFolder(dir: string, options: AuditVerifyOptions = {}): Promise<AuditVerdict> {
  const copy = await findAuditCopy(dir);
  if (copy === undefined) throw new MomentosError('audit.noLog', { path: dir });
  return untilCancelled(options.signal, () => verifyAudit(copy, options));
}

async function untilCancelled<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (signal?.aborted === true) throw new MomentosError('network.cancelled', {}, { cause: thrown });
    throw thrown;
  }
}
