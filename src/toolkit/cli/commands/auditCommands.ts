import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { type ResponseFigures } from '../../../core/metrics';
import { systemClock } from '../../../desk/systemClock';
import { agreementWords, closeReasonWords, moodWords, spanWords } from '../../../desk/words';
import { closeReasons } from '../../../core/mention';
import { moods } from '../../../core/mood';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { iso } from '../mentionLines';
import { addRangeOptions, rangeOf, type RangeOptions } from '../rangeOptions';
import { type Terminal } from '../terminal';
import { addExportCommand } from './exportCommand';
import { addRedactCommands } from './redactCommands';
import { addRetainCommand } from './retainCommand';
import { addVerifyCommand } from './verifyCommand';

/** audit export, verify, head; report. */
export function addAuditCommands(program: Command, host: CliHost): void {
  const audit = program.command('audit').description(l10n.t('The audit log: export, verify, head.'));

  addExportCommand(audit, host);
  addVerifyCommand(audit, host);

  audit
    .command('head')
    .description(l10n.t('Print the head of the log (hash, count, time), for a signed memo.'))
    .action(async (options: CommonOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const head = await desk.audit.head();
        if (terminal.json) terminal.value({ hash: head.hash, count: head.count, at: head.at === 0 ? null : iso(head.at) });
        else terminal.line(`${head.hash}  ${String(head.count)}  ${head.at === 0 ? '-' : iso(head.at)}`);
      }, { readOnly: true });
    });

  addRedactCommands(audit, host);
  addRetainCommand(audit, host);

  addRangeOptions(program.command('report').description(l10n.t('Response figures of today or of a range, from the audit log alone.')))
    .action(async (options: CommonOptions & RangeOptions) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const today = desk.audit.today();
        const range = rangeOf(options, systemClock.now(), desk.config.institution.timeZone);
        const from = range.from ?? today.from;
        const to = range.to ?? today.to;
        if (to <= from) throw new MomentosError('report.invalidRange');
        const report = await desk.audit.report({ from, to });
        if (terminal.json) {
          terminal.value({ ...report, from: iso(report.from), to: iso(report.to) });
          return;
        }
        printFigures(terminal, `${iso(from)} – ${iso(to)}`, report);
        for (const [channel, figures] of Object.entries(report.byChannel)) printFigures(terminal, channel, figures);
        for (const mood of moods) printFigures(terminal, moodWords(mood), report.bySentiment[mood]);
        for (const reason of closeReasons) if (report.closedByReason[reason] !== undefined) terminal.line(`${closeReasonWords(reason)}: ${String(report.closedByReason[reason])}`);
        for (const figures of report.agreement ?? []) terminal.line(agreementWords(figures, desk.language));
        terminal.line(`${l10n.t('Log head')}: ${report.head}`);
      }, { readOnly: true });
    });
}

function printFigures(terminal: Terminal, title: string, figures: ResponseFigures): void {
  const span = (ms: number | undefined): string => (ms === undefined ? '-' : spanWords(ms));
  terminal.line(terminal.colour('bold', title));
  terminal.line(`  ${l10n.t('arrivals: {0}, answered: {1}, open: {2} (oldest: {3})', figures.arrivals, figures.answered, figures.open, span(figures.oldestOpenMs))}`);
  const { firstResponse: first } = figures;
  const share = figures.targetCounted === 0 ? '-' : `${String(Math.round((100 * figures.targetMet) / figures.targetCounted))} %`;
  terminal.line(`  ${l10n.t('first response: n {0}, median {1}, p90 {2}, in target {3}', first.n, span(first.medianMs), span(first.p90Ms), share)}`);
}
