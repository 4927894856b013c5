import { MomentosError } from '../core/errors';
import { type DeskMetrics } from '../core/metrics';
import { metricsFromLog, reportedKinds, type MetricsRange } from '../core/metricsFromLog';
import { type AuditLog } from '../core/ports';

/** The report of a range, from the log alone, up to the head that it has now. Errors: `report.invalidRange`. */
export async function reportFromLog(audit: AuditLog, range: MetricsRange): Promise<DeskMetrics> {
  if (!Number.isFinite(range.from) || !Number.isFinite(range.to) || range.from >= range.to) {
    throw new MomentosError('report.invalidRange', { from: String(range.from), to: String(range.to) });
  }
  const head = await audit.head();
  return metricsFromLog(audit.read({ to: range.to, kinds: reportedKinds, valuesOf: [], upTo: head }), range, head);
}
