import * as l10n from '@vscode/l10n';
import { type MomentosError } from '../../core/errors';
import { sentence } from '../../desk/sentences';

/** What a failed start tells the person: what happened and what to do. */
export function startSentence(error: MomentosError): string {
  const dir = String(error.details['dir'] ?? '');
  if (error.code === 'lock.busy' && dir !== '') {
    return l10n.t('The practice desk {0} is open already: another "npm start" is running for it (process {1}). Stop that one with Ctrl+C, or name another folder: npm start -- --desk DIR', dir, String(error.details['pid'] ?? '?'));
  }
  if (error.code === 'usage.invalid' && error.details['reason'] === 'notEmpty') {
    return l10n.t('{0} is not empty and holds no desk. Nothing was changed; name an empty or new folder: npm start -- --desk DIR', dir);
  }
  if (error.code === 'desk.exists') {
    return l10n.t('{0} is the desk of a real institution, not one for practice. Nothing was changed; name another folder: npm start -- --desk DIR', dir);
  }
  return sentence(error);
}
