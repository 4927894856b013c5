import * as l10n from '@vscode/l10n';
import { type AuditVerdict } from '../../core/audit';
import { type DoctorFinding } from '../../desk/deskApi';
import { problemPlace, problemWords, toldProblems, verdictRemarks } from '../../desk/auditProblemWords';
import { escapeMarkdown } from '../safeText';

const problemsShown = 500;
const signs = { ok: '✓', warning: '!', error: '✗' } as const;

/** What Doctor found, as Markdown. */
export function doctorText(findings: readonly DoctorFinding[]): string {
  const worst = [...findings].sort((one, other) => rank(one) - rank(other));
  return [`# ${escapeMarkdown(l10n.t('Desk check'))}`, ...worst.map(({ severity, message }) => `${signs[severity]} ${escapeMarkdown(message)}`)].join('\n\n');
}

/** What verifying found, as Markdown. */
export function verdictText(verdict: AuditVerdict): string {
  const told = toldProblems(verdict.problems);
  const lines = told.slice(0, problemsShown).map((problem) => {
    const severity = problem.severity === 'error' ? l10n.t('Error') : l10n.t('Note');
    return `**${[severity, problemPlace(problem)].filter((part) => part !== '').map(escapeMarkdown).join(' · ')}**  \n${escapeMarkdown(problemWords(problem))}`;
  });
  const more = told.length - lines.length;
  if (more > 0) lines.push(escapeMarkdown(l10n.t('… and {0} more.', more)));
  const head = verdict.ok ? l10n.t('The audit log is whole: {0} entries in {1} files.', verdict.entries, verdict.segments) : l10n.t('The audit log does not verify.');
  return [`# ${escapeMarkdown(l10n.t('Audit log'))}`, escapeMarkdown(head), `${escapeMarkdown(l10n.t('Log head'))}: \`${verdict.head}\``, ...verdictRemarks(verdict).map(escapeMarkdown), ...lines].join('\n\n');
}

function rank({ severity }: DoctorFinding): number {
  return ['error', 'warning', 'ok'].indexOf(severity);
}
