import * as l10n from '@vscode/l10n';
import { type RejectReason } from './importApi';
import { type ImportField } from './importFields';

/** Why a row was kept aside. */
export function rejectWords(reason: RejectReason): string {
  switch (reason) {
    case 'noText': return l10n.t('The text is empty.');
    case 'noDate': return l10n.t('The date is empty.');
    case 'badDate': return l10n.t('The date cannot be read.');
    case 'future': return l10n.t('The date lies in the future.');
    case 'tooLarge': return l10n.t('The row is too large.');
    case 'tooManyCells': return l10n.t('The row has more cells than there are headings.');
    case 'malformed': return l10n.t('The row cannot be read.');
    case 'noId': return l10n.t('The id of the network is missing.');
    case 'answerWithoutTime': return l10n.t('The answer has no date.');
    case 'answerEarly': return l10n.t('The answer lies before the message.');
    case 'badCase': return l10n.t('The case number cannot be one.');
  }
}

/** What a column means. */
export function fieldWords(field: ImportField): string {
  switch (field) {
    case 'text': return l10n.t('what the citizen wrote or said');
    case 'at': return l10n.t('when');
    case 'handle': return l10n.t('account, number or address');
    case 'name': return l10n.t('name of the citizen');
    case 'id': return l10n.t('id of the message');
    case 'url': return l10n.t('link to the message');
    case 'language': return l10n.t('language');
    case 'parentId': return l10n.t('id of the message that it answers');
    case 'case': return l10n.t('case number');
    case 'visibility': return l10n.t('who could see it');
    case 'answer': return l10n.t('what was answered');
    case 'answeredAt': return l10n.t('when it was answered');
  }
}
