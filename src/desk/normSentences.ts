import * as l10n from '@vscode/l10n';
import { normCodes, type NormCode } from '../core/norm/normRule';

/** What a rule of the norm check asks for, with the words that it points at. */
export function normWords(norm: NormCode, found: string): string {
  switch (norm) {
    case 'firstPerson': return l10n.t('The institution speaks, as "we": {0}.', found);
    case 'politicalNames': return l10n.t('A public account names no party and no candidate: {0}.', found);
    case 'plainLetters': return l10n.t('Words are written with letters, not with @, x or digits: {0}.', found);
    case 'plainWords': return l10n.t('There are plainer words: {0}.', found);
    case 'acronyms': return l10n.t('Spell out where it first stands: {0}.', found);
    case 'officialLinks': return l10n.t('There is a link outside the official domains: {0}.', found);
    case 'personalData': return l10n.t('Everyone would see personal data: {0}.', found);
    case 'hashtags': return l10n.t('Begin each word of a hashtag with a capital, so that screen readers say it: {0}.', found);
  }
}

/** The same for a finding on an answer or an error `reply.norm`, whose details name the rule and what it found. */
export function normSentence({ details }: { readonly details: Readonly<Record<string, unknown>> }): string {
  const norm = normCodes.find((code) => code === details['norm']) ?? 'plainWords';
  return normWords(norm, typeof details['found'] === 'string' ? details['found'] : '');
}
