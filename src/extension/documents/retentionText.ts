import * as l10n from '@vscode/l10n';
import { type Desk } from '../../desk/deskApi';
import { type RetentionPlan, type RetentionRulePlan } from '../../desk/retentionApi';
import { archiveWords, holdLine, ruleTimeWords, scheduleStandingWords, staysWords } from '../../desk/retentionWords';
import { dayWords } from '../../desk/words';
import { escapeMarkdown } from '../safeText';

type DeskParts = Pick<Desk, 'config' | 'language'>;

/** What the retention schedule would dispose of now, and what stays and why, as Markdown. */
export function retentionText(plan: RetentionPlan, desk: DeskParts): string {
  const at = (time: number): string => dayWords(time, desk.config.institution.timeZone, desk.language);
  return [
    `# ${escapeMarkdown(l10n.t('Retention schedule'))}`,
    `${plan.standing === 'signed' ? '✓' : '!'} ${escapeMarkdown(scheduleStandingWords(plan.standing))} ${escapeMarkdown(l10n.t('This is only what would go. As of {0}.', at(plan.at)))}`,
    `## ${escapeMarkdown(plan.due === 0 ? l10n.t('Nothing is due.') : plan.due === 1 ? l10n.t('1 message would go') : l10n.t('{0} messages would go', plan.due))}`,
    ...plan.rules.map((rule) => ruleText(rule, at)),
    `## ${escapeMarkdown(l10n.t('What stays'))}`,
    [...plan.held.map((hold) => escapeMarkdown(holdLine(hold))), ...staysWords(plan).map(escapeMarkdown)].map((line) => `- ${line}`).join('\n'),
    ...(plan.archive.length === 0 ? [] : [`## ${escapeMarkdown(l10n.t('Into the archive'))}`, escapeMarkdown(archiveWords(plan))]),
  ].join('\n\n');
}

function ruleText(rule: RetentionRulePlan, at: (time: number) => string): string {
  const months = Object.entries(rule.byMonth).map(([month, count]) => `${month}: ${String(count)}`).join(', ');
  return [
    `**${escapeMarkdown(rule.name)}: ${String(rule.due)}**`,
    escapeMarkdown(l10n.t('Legal authority: {0}', rule.authority)),
    escapeMarkdown(ruleTimeWords(rule)),
    ...(rule.oldest === undefined ? [] : [escapeMarkdown(l10n.t('Came in from {0} on. By month: {1}', at(rule.oldest), months))]),
  ].join('  \n');
}
