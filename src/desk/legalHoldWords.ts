import * as l10n from '@vscode/l10n';
import { type LegalHold } from '../core/legalHold';
import { type Desk } from './deskApi';
import { timeWords } from './words';

/** What may not be erased, since when, by whom and why, as a sentence or two. */
export function legalHoldWords({ scope, reason, by, at }: LegalHold, desk: Pick<Desk, 'config' | 'language' | 'inbox'>, now: number): string {
  const time = (ms: number): string => timeWords(ms, now, desk.config.institution.timeZone, desk.language);
  return `${l10n.t('Legal hold on {0}.', legalHoldScopeWords(scope, desk, time))} ${l10n.t('Set by {0} ({1}): {2}.', by.name, time(at), reason.replace(/[.\s]+$/u, ''))}`;
}

function legalHoldScopeWords(scope: LegalHold['scope'], { inbox }: Pick<Desk, 'inbox'>, time: (ms: number) => string): string {
  switch (scope.kind) {
    case 'case': return l10n.t('the case {0}', scope.number);
    case 'author': {
      const author = inbox.list({ all: true }).find(({ authorId }) => authorId === scope.id)?.post.author;
      return author === undefined || author.handle === '' ? l10n.t('the person {0}', scope.id) : l10n.t('the person {0} ({1})', author.handle, scope.id);
    }
    case 'period': return scope.to === undefined ? l10n.t('everything since {0}', time(scope.from)) : l10n.t('everything from {0} to {1}', time(scope.from), time(scope.to));
  }
}
