import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { isMomentosError, MomentosError } from '../../../core/errors';
import { type ResponseFigures } from '../../../core/metrics';
import { type Desk, type ExportFormat } from '../../../desk/deskApi';
import { problemLine, verdictRemarks } from '../../../desk/auditProblemWords';
import { closeReasonWords, sentimentWords, spanWords } from '../../../desk/words';
import { closeReasons } from '../../../core/mention';
import { sentimentLabels } from '../../../core/sentiment';
import { parseInstant } from '../arguments';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { iso } from '../mentionLines';
import { type Terminal } from '../terminal';

interface ExportCommandOptions extends CommonOptions { readonly format: string; readonly from?: string; readonly to?: string; readonly out: string; readonly overwrite?: boolean }

/** audit export, verify, head; report. */
export function addAuditCommands(program: Command, host: CliHost): void {
  const audit = program.command('audit').description(l10n.t('The audit log: export, verify, head.'));

  audit
    .command('export')
    .description(l10n.t('Write the audit log to a file.'))
    .requiredOption('--format <format>', 'csv | jsonl | json')
    .requiredOption('--out <file>', l10n.t('where to write'))
    .option('--from <time>', l10n.t('ISO date or time, inclusive'))
    .option('--to <time>', l10n.t('ISO date or time; a date includes its whole day'))
    .option('--overwrite', l10n.t('replace the file if it exists'))
    .action(async (options: ExportCommandOptions) => {
      const terminal = terminalFor(host, options);
      const format = (['csv', 'jsonl', 'json'] as const).find((known: ExportFormat) => known === options.format);
      if (format === undefined) throw new MomentosError('usage.invalid', { reason: `--format ${options.format} (csv, jsonl, json)` });
      await onWhatCanBeRead(host, options, async (desk) => {
        const zone = desk.config.institution.timeZone;
        const from = parseInstant(options.from, zone);
        const to = parseInstant(options.to, zone, true);
        const done = await desk.audit.export({
          format,
          out: resolve(host.cwd, options.out),
          overwrite: options.overwrite === true,
          progress: terminal.progress(l10n.t('Exporting')),
          signal: host.signal,
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
        });
        if (terminal.json) terminal.value({ path: done.path, rows: done.rows, head: done.head.hash, entries: done.head.count });
        else terminal.line(l10n.t('{0}: {1} rows, log head {2}', done.path, done.rows, done.head.hash));
      });
    });

  audit
    .command('verify')
    .description(l10n.t('Check the whole chain, offline; exit status 6 when it does not hold.'))
    .option('--expect <hash>', l10n.t('a head that was noted earlier: proves that nothing before it was cut'))
    .action(async (options: CommonOptions & { readonly expect?: string }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const verdict = await desk.audit.verify({ progress: terminal.progress(l10n.t('Verifying')), signal: host.signal, ...(options.expect === undefined ? {} : { expect: options.expect.trim().toLowerCase() }) });
        if (terminal.json) {
          terminal.value({ ...verdict, problems: verdict.problems.map((problem) => ({ ...problem, seq: problem.seq ?? null })) });
        } else {
          terminal.line(verdict.ok ? l10n.t('The audit log holds: {0} entries in {1} segments, head {2}', verdict.entries, verdict.segments, verdict.head) : l10n.t('The audit log does NOT hold.'));
          for (const remark of verdictRemarks(verdict)) terminal.line(remark);
          for (const problem of verdict.problems) terminal.line(`  ${problem.severity} ${problem.code}  ${problemLine(problem)}`);
        }
        if (!verdict.ok) process.exitCode = 6;
      }, { readOnly: true });
    });

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

  program
    .command('report')
    .description(l10n.t('Response figures of today or of a range, from the audit log alone.'))
    .option('--from <time>', l10n.t('ISO date or time, inclusive'))
    .option('--to <time>', l10n.t('ISO date or time; a date includes its whole day'))
    .action(async (options: CommonOptions & { readonly from?: string; readonly to?: string }) => {
      const terminal = terminalFor(host, options);
      await withDesk(host, options, async (desk) => {
        const zone = desk.config.institution.timeZone;
        const today = desk.audit.today();
        const from = parseInstant(options.from, zone) ?? today.from;
        const to = parseInstant(options.to, zone, true) ?? today.to;
        if (to <= from) throw new MomentosError('report.invalidRange');
        const report = await desk.audit.report({ from, to });
        if (terminal.json) {
          terminal.value({ ...report, from: iso(report.from), to: iso(report.to) });
          return;
        }
        printFigures(terminal, `${iso(from)} – ${iso(to)}`, report);
        for (const [channel, figures] of Object.entries(report.byChannel)) printFigures(terminal, channel, figures);
        for (const label of sentimentLabels) printFigures(terminal, sentimentWords(label), report.bySentiment[label]);
        for (const reason of closeReasons) if (report.closedByReason[reason] !== undefined) terminal.line(`${closeReasonWords(reason)}: ${String(report.closedByReason[reason])}`);
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

/** An export notes itself in the log; on a read-only copy it does without. */
async function onWhatCanBeRead(host: CliHost, options: CommonOptions, deed: (desk: Desk) => Promise<void>): Promise<void> {
  try {
    await withDesk(host, options, deed);
  } catch (error) {
    if (!isMomentosError(error, 'store.notWritable')) throw error;
    await withDesk(host, options, deed, { readOnly: true });
  }
}
