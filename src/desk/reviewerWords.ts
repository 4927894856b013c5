import * as l10n from '@vscode/l10n';
import { type ReviewerRole } from '../core/config';
import { type ApprovalVerdict } from '../core/reviewRules';
import { type ReviewerStanding } from '../core/reviewers';

/** What a reviewer decides on, in words. */
export function reviewerRoleWords(role: ReviewerRole): string {
  return role === 'templates' ? l10n.t('templates and answers') : l10n.t('erasures and legal holds');
}

/** Whether an entry of `reviewers` counts, and why not, in words. */
export function reviewerStandingWords(standing: ReviewerStanding | 'revoked'): string {
  switch (standing) {
    case 'counted': return l10n.t('counts');
    case 'unsigned': return l10n.t('it has no key and signature yet');
    case 'badSignature': return l10n.t('its signature does not fit, so somebody changed it');
    case 'notTrusted': return l10n.t('nobody has confirmed the first key on this machine');
    case 'strangeSigner': return l10n.t('no reviewer who counts has signed it');
    case 'revoked': return l10n.t('its key is revoked');
  }
}

/** What an approval counts for, in words. */
export function approvalVerdictWords(verdict: ApprovalVerdict): string {
  switch (verdict) {
    case 'valid': return l10n.t('valid');
    case 'unsigned': return l10n.t('without signature');
    case 'badSignature': return l10n.t('its signature does not fit');
    case 'reviewerUnlisted': return l10n.t('its reviewer is not listed');
    case 'reviewerUnsigned': return l10n.t('the entry of its reviewer does not count');
    case 'notTrusted': return l10n.t('the first key is not confirmed on this machine');
    case 'keyRevoked': return l10n.t('the key was revoked by then');
    case 'otherScope': return l10n.t('for another institution');
    case 'practiceOnly': return l10n.t('for practice only');
  }
}
