import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { type AuditVerdict } from '../../../core/audit';
import { rangeNames } from '../../../core/namedRange';
import { type AuditSpan, type AuditVerifyOptions } from '../../../core/ports';
import { problemLine, toldProblems, verdictRemarks } from '../../../desk/auditProblemWords';
import { systemClock } from '../../../desk/systemClock';
import { parseSpan } from '../arguments';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { rangeOf, type RangeOptions } from '../rangeOptions';
import { type Terminal } from '../terminal';

interface VerifyCommandOptions extends CommonOptions, RangeOptions { readonly expect?: string; readonly folder?: string }

/** audit verify. */
export function addVerifyCommand(audit: Command, host: CliHost): void {
  audit
    .command('verify')
    .description(l10n.t('Check the whole chain, offline; exit status 6 when it does not hold.'))
    .option('--expect <hash>', l10n.t('a head that was noted earlier: proves that nothing before it was cut'))
    .option('--range <range>', rangeNames.join(' | '))
    .option('--from <start>', l10n.t('number of the first entry, or ISO date or time'))
    .option('--to <end>', l10n.t('number of the last entry, or ISO date or time; a date includes its whole day'))
    .option('--folder <dir>', l10n.t('an audit folder without a desk: a copy or a backup (days are those of UTC then)'))
    .action(async (options: VerifyCommandOptions) => {
      const terminal = terminalFor(host, options);
      const how = (zone: string): AuditVerifyOptions => ({
        expect: options.expect?.trim().toLowerCase(),
        span: spanOf(options, zone),
        progress: terminal.progress(l10n.t('Verifying')),
        signal: host.signal,
      });
      if (options.folder !== undefined) {
        const { verifyAuditFolder } = await import('../../../desk/verifyAudit');
        tellVerdict(terminal, await verifyAuditFolder(resolve(host.cwd, options.folder), how('utc')));
      } else {
        await withDesk(host, options, async (desk) => { tellVerdict(terminal, await desk.audit.verify(how(desk.config.institution.timeZone))); }, { readOnly: true });
      }
    });
}

function spanOf(options: VerifyCommandOptions, zone: string): AuditSpan {
  return options.range === undefined ? parseSpan(options.from, options.to, zone) : rangeOf(options, systemClock.now(), zone);
}

function tellVerdict(terminal: Terminal, verdict: AuditVerdict): void {
  if (terminal.json) {
    terminal.value({ ...verdict, problems: verdict.problems.map((problem) => ({ ...problem, seq: problem.seq ?? null })) });
  } else {
    terminal.line(verdict.ok ? l10n.t('The audit log holds: {0} entries in {1} segments, head {2}', verdict.entries, verdict.segments, verdict.head) : l10n.t('The audit log does NOT hold.'));
    for (const remark of verdictRemarks(verdict)) terminal.line(remark);
    for (const problem of toldProblems(verdict.problems)) terminal.line(`  ${problem.severity} ${problem.code}  ${problemLine(problem)}`);
  }
  if (!verdict.ok) process.exitCode = 6;
}
