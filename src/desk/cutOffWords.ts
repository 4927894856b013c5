import * as l10n from '@vscode/l10n';
import { type CutOffWork } from '../core/erasurePorts';
import { sentence } from './sentences';

/** What became of work that a crash had cut off, and what is left to do about it. */
export function cutOffWords({ kind, state, outcome, error }: CutOffWork): string {
  const isErasure = kind === 'erasure';
  switch (state) {
    case 'finished':
      if (!isErasure) return l10n.t('Finished months of the audit log were being put into the archive when the desk was cut off. It is done now.');
      if (outcome === undefined) return l10n.t('An erasure was cut off before its end. It is done now.');
      return l10n.t('An erasure was cut off before its end. It is done now: {0} messages, {1} texts of the audit log and {2} drafts were still there and are erased.', outcome.mentions, outcome.values, outcome.drafts);
    case 'dropped':
      return isErasure
        ? l10n.t('An erasure was cut off before the audit log had it: nothing was erased. Decide on it, or apply the schedule, once more.')
        : l10n.t('The archiving of finished months was cut off before the audit log had it: nothing was moved. The next run of the retention schedule moves them.');
    case 'waiting':
      return isErasure
        ? l10n.t('An erasure was cut off before its end, or is under way: some of its words may still stand in the desk folder. It is finished when the desk is next opened for work, in VS Code or by a command such as "momentos inbox".')
        : l10n.t('The archiving of finished months was cut off before its end, or is under way. It is finished when the desk is next opened for work, in VS Code or by a command such as "momentos inbox".');
    case 'failed':
      return isErasure
        ? l10n.t('An erasure was cut off and cannot be finished: some of its words may still stand in the desk folder. {0} It is tried again at each opening of the desk.', reasonOf(kind, error))
        : l10n.t('The archiving of finished months was cut off and cannot be finished. {0} It is tried again at each opening of the desk.', reasonOf(kind, error));
  }
}

function reasonOf(kind: CutOffWork['kind'], error: CutOffWork['error']): string {
  if (error === undefined) return '';
  const path = error.details['path'];
  if (error.code === 'store.unreadable' && typeof path === 'string' && /(?:redaction|archiving)\.json$/u.test(path)) {
    return kind === 'erasure'
      ? l10n.t('{0} cannot be read. The audit log tells what was to go: delete that file, then run "momentos audit redact again" (Erase Again What Came Back).', path)
      : l10n.t('{0} cannot be read. Delete that file: the next run of the retention schedule archives what is left.', path);
  }
  if (error.code === 'redaction.damaged') return l10n.t('Entries of the audit log that it names are gone or damaged: see "momentos audit verify" and put back a good copy.');
  return sentence(error);
}
