import * as l10n from '@vscode/l10n';
import { type RetentionPlan } from './retentionApi';

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
