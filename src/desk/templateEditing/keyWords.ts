import * as l10n from '@vscode/l10n';

/** What a key of the front matter means; undefined = no such key. */
export function frontMatterKeyWords(key: string): string | undefined {
  switch (key) {
    case 'id': return l10n.t('The name of the template: the same as its file, in small letters, digits and hyphens.');
    case 'version': return l10n.t('A whole number from 1 on. Other words than those that were approved need a higher one.');
    case 'title': return l10n.t('What the team calls it, by language. Citizens do not see it.');
    case 'topics': return l10n.t('The topics of momentos.json that it answers; it is offered first for messages about them.');
    case 'channels': return l10n.t('The networks it is for. Empty: all of them.');
    case 'words': return l10n.t('Words and beginnings of words, by language, that make it fit a message.');
    case 'sentiment': return l10n.t('The tone of the messages that it answers: negative, neutral or positive.');
    case 'kinds': return l10n.t('What it answers: question, request, complaint, praise, informationRequest. Empty: any of them.');
    case 'placeholders': return l10n.t('The blanks {{name}} of the text that somebody fills in for each answer.');
    case 'expires': return l10n.t('The last day on which it may be sent, such as 2027-12-31.');
    default: return undefined;
  }
}

/** What a key of a placeholder means; undefined = no such key. */
export function placeholderKeyWords(key: string): string | undefined {
  switch (key) {
    case 'name': return l10n.t('How the text calls the blank: letters, digits, hyphens; used as {{name}}.');
    case 'label': return l10n.t('What the reply panel asks for, by language.');
    case 'example': return l10n.t('A value as it could be, by language: reviewers read the text with it.');
    case 'type': return l10n.t('What kind of value it is: text, number, date, choice, link or case.');
    case 'choices': return l10n.t('The values that may be chosen, where the type is choice.');
    case 'min': return l10n.t('The smallest number.');
    case 'max': return l10n.t('The largest number.');
    case 'pattern': return l10n.t('A regular expression that the whole value must match.');
    case 'maxLength': return l10n.t('The most characters that the value may have.');
    case 'required': return l10n.t('Whether an answer needs it: true or false.');
    default: return undefined;
  }
}

/** What a placeholder is filled with that the desk knows by itself; undefined = somebody is asked. */
export function builtInPlaceholderWords(name: string): string | undefined {
  switch (name) {
    case 'author': return l10n.t('The name of the citizen, as the network shows it.');
    case 'institution': return l10n.t('The name of the institution, from momentos.json.');
    case 'hours': return l10n.t('The office hours of momentos.json in words.');
    case 'case': return l10n.t('The case number of the conversation.');
    default: return undefined;
  }
}
