import { DateTime } from 'luxon';
import { type DeskAudit } from './deskApi';
import { createExport, type ExportDeps } from './export/exportAudit';
import { dayOf } from './office';
import { reportFromLog } from './report';
import { verifyLog } from './verifyAudit';

/** What leaves the audit log: head, proof, export, report. */
export function createAudit(deps: ExportDeps): DeskAudit {
  const { audit, clock, config } = deps;
  return {
    head: () => audit.head(),
    async noteHeadCopied({ hash, count }) {
      await audit.append([{ kind: 'audit.headCopied', at: clock.now(), actor: deps.operator, subject: 'audit', body: { head: hash, count } }]);
    },
    verify: (options) => verifyLog(audit, options),
    export: createExport(deps),
    report: (range) => reportFromLog(audit, { ...range, now: clock.now(), weekOf: (at) => DateTime.fromMillis(at, { zone: config.institution.timeZone }).toFormat("kkkk-'W'WW") }),
    today: () => dayOf(clock.now(), config.institution.timeZone),
  };
}
