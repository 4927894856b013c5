import * as l10n from '@vscode/l10n';
import { type Command } from 'commander';
import { MomentosError } from '../../../core/errors';
import { type RetentionPlan, type RetentionRulePlan } from '../../../desk/retentionApi';
import { archiveWords, disposalWords, holdLine, ruleTimeWords, scheduleStandingWords } from '../../../desk/retentionWords';
import { type CliHost, type CommonOptions, terminalFor, withDesk } from '../host';
import { iso, plain } from '../mentionLines';
import { type Terminal } from '../terminal';
import { withKey } from './reviewerCommands';

/** audit retain. */
export function addRetainCommand(audit: Command, host: CliHost): void {
  withKey(audit.command('retain'))
    .description(l10n.t('Dispose of what the schedule in momentos.json ("retention") does not keep any longer. Erased for good; the log says what, when and under which rule.'))
    .option('--dry-run', l10n.t('only say what would go, and what stays and why'))
    .option('--sign', l10n.t('sign the schedule as it stands now; needs the role "redactions". Somebody else then carries it out.'))
    .action(async (options: CommonOptions & { readonly dryRun?: boolean; readonly sign?: boolean }) => {
      const terminal = terminalFor(host, options);
      if (options.dryRun === true && options.sign === true) throw new MomentosError('usage.invalid', { reason: '--dry-run | --sign' });
      await withDesk(
        host,
        options,
        async (desk) => {
          if (options.dryRun === true || options.sign === true) {
            tell(terminal, options.sign === true ? await desk.retention.sign() : await desk.retention.plan());
            return;
          }
          const done = await desk.retention.dispose({ progress: terminal.progress(l10n.t('Disposing')), signal: host.signal });
          const [outcome = '', ...rest] = disposalWords(done);
          terminal.item(() => done, () => outcome);
          for (const line of rest) terminal.say(line);
        },
        { readOnly: options.dryRun === true },
      );
    });
}

function tell(terminal: Terminal, plan: RetentionPlan): void {
  if (terminal.json) {
    terminal.value({ ...plan, at: iso(plan.at), rules: plan.rules.map((rule) => ({ ...rule, oldest: rule.oldest === undefined ? null : iso(rule.oldest) })) });
    return;
  }
  terminal.line(`${scheduleStandingWords(plan.standing)} ${l10n.t('As of {0}.', iso(plan.at))}`);
  for (const rule of plan.rules) tellRule(terminal, rule);
  for (const hold of plan.held) terminal.line(holdLine({ ...hold, reason: plain(hold.reason, 120), by: plain(hold.by, 40) }));
  terminal.line(l10n.t('Due: {0}. Not yet: {1}. Still open: {2}. An answer is under way: {3}. No rule fits: {4}.', plan.due, plan.notYet, plan.open, plan.unsettled, plan.noRule));
  if (plan.archive.length > 0) terminal.line(archiveWords(plan));
}

function tellRule(terminal: Terminal, rule: RetentionRulePlan): void {
  const { name, authority, due, oldest, byMonth } = rule;
  terminal.line(terminal.colour('bold', `${plain(name, 80)}: ${String(due)}`));
  terminal.line(`  ${plain(authority, 200)}; ${ruleTimeWords(rule)}`);
  if (oldest !== undefined) terminal.line(`  ${l10n.t('oldest: {0}', iso(oldest))}; ${Object.entries(byMonth).map(([month, count]) => `${month}: ${String(count)}`).join(', ')}`);
}
