import { type ErrorCode } from '../../core/errors';

/** 0 done, 1 unexpected, 2 usage, 3 desk, configuration or log not writable, 4 network, sign-in or outcome unknown, 5 refused or to be confirmed, 6 log does not verify. */
export type ExitStatus = 0 | 1 | 2 | 3 | 4 | 5 | 6;

const usage: readonly ErrorCode[] = [
  'usage.invalid', 'operator.invalid', 'channel.notFound', 'channel.exists', 'channel.noNetwork', 'channel.notByHand', 'contact.invalid', 'import.unreadable', 'import.empty', 'import.mapping', 'import.datesUnclear', 'import.needsId', 'signIn.notThisWay', 'mention.notFound', 'mention.ambiguous', 'reply.notFound', 'template.notFound', 'unit.notFound', 'case.invalid', 'snooze.invalid',
  'sentiment.invalid', 'kind.invalid', 'report.invalidRange', 'export.exists', 'export.purposeMissing', 'hold.notFound', 'hold.invalid', 'citizen.notFound', 'citizen.purposeMissing', 'legalHold.notFound', 'legalHold.invalid', 'redaction.notFound', 'redaction.nothing', 'redaction.reasonMissing', 'redaction.wholeMention', 'reviewer.notFound', 'reviewer.keyMissing', 'key.invalid', 'key.weakPassphrase', 'trust.invalid', 'audit.noLog',
];

/** The exit status that belongs to an error code; documented in the README and stable. */
export function exitStatus(code: ErrorCode): ExitStatus {
  if (usage.includes(code)) return 2;
  if (code === 'audit.notVerified' || code === 'redaction.damaged') return 6;
  if (code === 'reply.unsettled' || code === 'channel.allFailed') return 4;
  switch (code.slice(0, code.indexOf('.'))) {
    case 'desk': case 'config': case 'store': case 'lock': case 'audit': case 'export': return 3;
    case 'key': return code === 'key.exists' || code === 'key.unreadable' ? 3 : 5;
    case 'secret': case 'signIn': case 'network': case 'media': return 4;
    case 'mention': case 'reply': case 'template': case 'review': case 'close': case 'note': case 'referral': case 'snooze': case 'reviewer': case 'trust': case 'hold': case 'legalHold': case 'retention': case 'citizen': case 'redaction': return 5;
    default: return 1;
  }
}
