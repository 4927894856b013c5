import * as l10n from '@vscode/l10n';
import { type AuditProblemCode } from '../../core/audit';

/** What a problem of the audit log means, for a person. */
export function auditProblemWords(code: AuditProblemCode): string {
  switch (code) {
    case 'line.malformed': return l10n.t('a line cannot be read');
    case 'line.notCanonical': return l10n.t('a line is not written in the fixed form');
    case 'hash.mismatch': return l10n.t('the entry was changed: its hash does not fit');
    case 'prev.mismatch': return l10n.t('the entry does not follow from the one before');
    case 'seq.gap': return l10n.t('an entry is missing before this one');
    case 'kind.unknown': return l10n.t('an entry of a kind that this version does not know');
    case 'schema.unknown': return l10n.t('an entry of a form that this version does not know');
    case 'value.mismatch': return l10n.t('a kept text was changed: it does not fit the entry');
    case 'value.missing': return l10n.t('a kept text is missing (redacted, or lost)');
    case 'value.malformed': return l10n.t('a kept text cannot be read');
    case 'value.orphan': return l10n.t('a kept text without an entry');
    case 'segment.missing': return l10n.t('the file of a month is missing');
    case 'segment.unreadable': return l10n.t('a file cannot be read');
    case 'segment.order': return l10n.t('entries stand in the file of another month');
    case 'tail.torn': return l10n.t('the last line was cut off by a crash and was set aside');
    case 'tail.cut': return l10n.t('the end of the log is missing');
    case 'clock.back': return l10n.t('the clock of this machine was set back');
    case 'head.mismatch': return l10n.t('the expected head does not occur in the log');
  }
}
