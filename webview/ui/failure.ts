import * as l10n from '@vscode/l10n';
import { isMomentosError } from '../../src/core/errors';
import { RemoteError } from '../../src/protocol/rpc';

/** What went wrong, for a person: the host's own sentence, or ours when the host did not answer. */
export function failureWords(error: unknown): string {
  if (error instanceof RemoteError) return error.message;
  if (isMomentosError(error, 'rpc.timeout')) return l10n.t('VS Code did not answer in time. What you wrote is still here; please try again.');
  if (isMomentosError(error, 'rpc.disposed')) return l10n.t('This panel is no longer connected. Close it and open the mention again.');
  return l10n.t('Something unforeseen went wrong. What you wrote is still here; please try again.');
}
