import * as l10n from '@vscode/l10n';

/** What an entry about a citizen's message says happened; a kind without words of its own stands as it is. */
export function entryWords(kind: string): string {
  switch (kind) {
    case 'mention.received': return l10n.t('The message came in');
    case 'mention.scored': return l10n.t('The desk read its text');
    case 'mention.edited': return l10n.t('Its author changed it');
    case 'mention.deleted': return l10n.t('Its author deleted it');
    case 'mention.opened': return l10n.t('Somebody opened it');
    case 'mention.claimed': return l10n.t('Somebody took it on');
    case 'mention.released': return l10n.t('Somebody gave it back');
    case 'mention.snoozed': return l10n.t('Put off');
    case 'mention.woken': return l10n.t('Shown again');
    case 'mention.referred': return l10n.t('Referred to another unit');
    case 'mention.unitAnswered': return l10n.t('The other unit answered');
    case 'mention.noted': return l10n.t('A note was made');
    case 'mention.caseSet': return l10n.t('A case number was set');
    case 'mention.closed': return l10n.t('It was closed without an answer');
    case 'mention.reopened': return l10n.t('Opened again');
    case 'mention.answeredElsewhere': return l10n.t('Answered in the program of the network');
    case 'kind.corrected': return l10n.t('What the message is was corrected');
    case 'sentiment.corrected': return l10n.t('The reading of the text was corrected');
    case 'reply.submitted': return l10n.t('An answer was handed in for approval');
    case 'reply.approved': return l10n.t('A second person approved the answer');
    case 'reply.returned': return l10n.t('The answer was given back');
    case 'reply.intended': return l10n.t('An answer was about to be sent');
    case 'reply.sent': return l10n.t('The answer was sent');
    case 'reply.failed': return l10n.t('The answer could not be sent');
    case 'reply.unsettled': return l10n.t('It was not known whether the answer was sent');
    case 'reply.settled': return l10n.t('It was found out whether the answer was sent');
    case 'reply.withdrawn': return l10n.t('The answer was withdrawn');
    case 'data.given': return l10n.t('Data about this person were given out');
    default: return kind;
  }
}

/** What a value of an entry is; a field without words of its own stands as it is. */
export function fieldWords(field: string): string {
  switch (field) {
    case 'text': return l10n.t('Text');
    case 'handle': return l10n.t('Account');
    case 'name': return l10n.t('Name');
    case 'authorId': return l10n.t('Id at the network');
    case 'externalId': return l10n.t('Id of the post at the network');
    case 'parentId': return l10n.t('Post that it answers');
    case 'url': return l10n.t('Address');
    case 'media': return l10n.t('Pictures and other media');
    case 'note': return l10n.t('Note');
    case 'case': return l10n.t('Case number');
    case 'reason': case 'againReason': return l10n.t('Reason');
    case 'purpose': return l10n.t('Purpose');
    case 'values': return l10n.t('What was filled into the template');
    case 'actor.name': return l10n.t('Done by');
    case 'authorName': return l10n.t('Written by');
    default: return field;
  }
}
