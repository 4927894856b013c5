/**
 * Every way in which a deed can fail, as a readable code. The sentence a person reads is chosen by code in `desk/sentences.ts`;
 * the exit status of the command line by `exitStatus`.
 */
export const errorCodes = [
  // desk and configuration
  'desk.notFound', 'desk.exists', 'desk.untrusted', 'config.unreadable', 'config.invalid', 'config.unknownKey', 'config.newerSchema',
  // stores
  'store.notWritable', 'store.unreadable', 'store.newerSchema', 'store.diskFull', 'lock.busy', 'lock.otherHost', 'lock.lost',
  'audit.changedUnderneath', 'audit.notVerified', 'audit.noLog',
  // secrets and sign-in
  'secret.missing', 'secret.expired', 'secret.otherOrigin', 'secret.otherAccount', 'secret.unreadable', 'signIn.refused', 'signIn.cancelled', 'signIn.timedOut', 'signIn.notThisWay', 'signIn.appMissing', 'signIn.missingScopes',
  // network
  'network.offline', 'network.timeout', 'network.tls', 'network.plainHttp', 'network.redirect', 'network.tooLarge', 'network.malformed',
  'network.unauthorized', 'network.forbidden', 'network.notFound', 'network.invalid', 'network.rateLimited', 'network.unavailable',
  'network.cancelled', 'network.outcomeUnknown', 'network.unexpected',
  'network.noCredits', 'network.planForbids', 'network.capReached', 'network.duplicate', 'network.replyForbidden',
  // pictures of citizens
  'media.refused', 'media.noPicture',
  // mentions and deeds
  'mention.notFound', 'mention.ambiguous', 'mention.claimedByOther', 'mention.alreadyAnswered', 'mention.wrongStatus', 'mention.gone',
  'reply.notFound', 'reply.empty', 'reply.tooLong', 'reply.notApproved', 'reply.hole', 'reply.invalidValue', 'reply.freeTextForbidden', 'reply.norm',
  'reply.toConfirm', 'reply.unsettled', 'reply.reasonMissing', 'reply.notSupported', 'reply.inProgress',
  'reply.notGiven', 'reply.toGive', 'contact.invalid', 'import.unreadable', 'import.empty', 'import.mapping', 'import.datesUnclear', 'import.needsId',
  'reply.needsSecondPerson', 'reply.waitsForApproval', 'reply.notWaiting', 'reply.ownAnswer', 'reply.onHold', 'hold.notFound', 'hold.invalid', 'hold.own',
  'retention.none', 'retention.unsigned', 'retention.own', 'citizen.notFound', 'citizen.purposeMissing',
  'legalHold.notFound', 'legalHold.invalid', 'legalHold.own', 'redaction.held',
  'redaction.notFound', 'redaction.nothing', 'redaction.proposedAlready', 'redaction.own', 'redaction.underWay', 'redaction.wholeMention', 'redaction.damaged', 'redaction.reasonMissing', 'redaction.onHold', 'redaction.changed',
  'template.notFound', 'template.invalid', 'template.tooLarge', 'template.wrongState', 'template.noLanguage', 'template.changed',
  'review.notReviewer', 'review.ownProposal', 'review.sameAccount', 'review.reasonMissing', 'review.nothingToReview', 'review.signedAlready',
  // reviewers and their keys
  'reviewer.notFound', 'reviewer.notCounted', 'reviewer.keyInUse', 'reviewer.keyMissing', 'reviewer.roleMissing', 'reviewer.ownEntry',
  'key.missing', 'key.notYours', 'key.unreadable', 'key.passphrase', 'key.weakPassphrase', 'key.invalid', 'key.exists', 'trust.missing', 'trust.mismatch', 'trust.invalid',
  'close.reasonMissing', 'unit.notFound', 'case.invalid', 'snooze.inPast', 'snooze.invalid', 'note.empty', 'referral.none', 'sentiment.invalid', 'kind.invalid',
  'report.invalidRange', 'export.exists', 'export.notWritable', 'export.purposeMissing',
  // callers
  'usage.invalid', 'operator.invalid', 'channel.notFound', 'channel.exists', 'channel.noNetwork', 'channel.notByHand', 'channel.allFailed', 'rpc.timeout', 'rpc.disposed', 'rpc.invalid', 'unexpected',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** The one error class. `details` never hold a secret; they may be shown and logged. */
export class MomentosError extends Error {
  override readonly name = 'MomentosError';

  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
    options: { readonly cause?: unknown } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
  }
}

export function isMomentosError(error: unknown, ...codes: readonly ErrorCode[]): error is MomentosError {
  return error instanceof MomentosError && (codes.length === 0 || codes.includes(error.code));
}

/** Anything thrown, as a MomentosError; what we did not foresee becomes `unexpected` with its cause kept. */
export function asMomentosError(error: unknown): MomentosError {
  return error instanceof MomentosError ? error : new MomentosError('unexpected', {}, { cause: error });
}
