import { DateTime } from 'luxon';
import { type Actor } from '../core/audit';
import { type Clock, type Randomness } from '../core/clock';
import { type DeskConfig } from '../core/config';
import { type AuditLog } from '../core/ports';
import { type DeskAudit } from './deskApi';
import { createExport } from './export/exportAudit';
import { dayOf } from './office';
import { reportFromLog } from './report';
import { verifyLog } from './verifyAudit';

export interface AuditDeps {
  readonly audit: AuditLog;
  readonly config: DeskConfig;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly operator: Actor;
  /** Of the report to print. */
  readonly language: 'es' | 'en';
  /** A desk opened for reading: an export is made and not logged. */
  readonly readOnly?: boolean | undefined;
}

/** What leaves the audit log: head, proof, export, report. */
export function createAudit(deps: AuditDeps): DeskAudit {
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
