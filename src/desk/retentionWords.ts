import * as l10n from '@vscode/l10n';
import { type DisposalResult, type RetentionPlan, type RetentionRulePlan } from './retentionApi';

/** Whether the schedule may be carried out, as a sentence. */
export function scheduleStandingWords(standing: RetentionPlan['standing']): string {
  switch (standing) {
    case 'signed': return l10n.t('The schedule is signed.');
    case 'unsigned': return l10n.t('Nobody has signed the schedule yet, so nothing is disposed of.');
    case 'badSignature': return l10n.t('The schedule was changed after it was signed, so nothing is disposed of.');
    case 'strangeSigner': return l10n.t('Whoever signed the schedule does not decide on erasures, so nothing is disposed of.');
    case 'replaced': return l10n.t('This desk knows a later schedule, so nothing is disposed of.');
  }
}

/** From when on a rule counts, and how long. */
export function ruleTimeWords({ from, keepDays }: Pick<RetentionRulePlan, 'from' | 'keepDays'>): string {
  return from === 'closed' ? l10n.t('{0} days after it was answered or closed', keepDays) : l10n.t('{0} days after it came in', keepDays);
}

export function holdLine({ id, reason, by, mentions }: RetentionPlan['held'][number]): string {
  return l10n.t('Kept by the hold {0} ({1}; {2}): {3}', id, reason, by, mentions);
}

/** What stays for another reason than a hold, a line each; those that are none are left out. */
export function staysWords({ notYet, open, unsettled, noRule }: RetentionPlan): readonly string[] {
  return [
    ...(notYet === 0 ? [] : [l10n.t('Their time is not up yet: {0}', notYet)]),
    ...(open === 0 ? [] : [l10n.t('They, or others of their conversation, are still open: {0}', open)]),
    ...(unsettled === 0 ? [] : [l10n.t('An answer is under way: {0}', unsettled)]),
    ...(noRule === 0 ? [] : [l10n.t('No rule fits: {0}', noRule)]),
    ...(notYet + open + unsettled + noRule === 0 ? [l10n.t('Nothing else.')] : []),
  ];
}

export function archiveWords({ archive }: Pick<RetentionPlan, 'archive'>): string {
  return l10n.t('Months without any word of a citizen, to be put into audit/archive: {0}.', archive.join(', '));
}

/** What was disposed of, and what is left to a person; a line each. */
export function disposalWords({ mentions, values, drafts, archived, stopped }: DisposalResult): readonly string[] {
  const nothing = stopped ? [l10n.t('Stopped; nothing was disposed of.')] : archived.length === 0 ? [l10n.t('Nothing is due.')] : [];
  return [
    ...(mentions === 0 ? nothing : [l10n.t('Disposed of: {0} messages, {1} texts of the audit log, {2} drafts. The log says under which rule.', mentions, values, drafts)]),
    ...(stopped && mentions > 0 ? [l10n.t('Stopped before the end: the rest is still due, and goes with the next run.')] : []),
    ...(archived.length === 0 ? [] : [l10n.t('Put into audit/archive, part of the chain as before: {0}.', archived.join(', '))]),
    ...(mentions === 0 ? [] : [l10n.t('Not reached: copies of the desk folder, backups, git, and files exported earlier. Their own rules hold for them.')]),
  ];
}
