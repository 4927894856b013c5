import * as l10n from '@vscode/l10n';
import { type Hold } from '../core/hold';
import { type Desk } from './deskApi';
import { channelWords, timeWords } from './words';

/** What is held back, by whom and why, until when and what may be sent meanwhile, as a sentence or two. */
export function holdWords({ scope, reason, by, until, statement }: Hold, { config, language }: Pick<Desk, 'config' | 'language'>, now: number): string {
  const parts = [l10n.t('On hold: {0}. Set by {1}: {2}.', scopeWords(scope, config), by.name, reason.replace(/[.\s]+$/u, ''))];
  parts.push(statement === undefined ? l10n.t('Nothing may be sent.') : l10n.t('Only the statement "{0}" may be sent.', statement));
  if (until !== undefined) parts.push(l10n.t('Ends by itself: {0}.', timeWords(until, now, config.institution.timeZone, language)));
  return parts.join(' ');
}

function scopeWords(scope: Hold['scope'], config: Desk['config']): string {
  switch (scope.kind) {
    case 'all': return l10n.t('all answers');
    case 'topic': return l10n.t('the topic {0}', config.topics.find(({ id }) => id === scope.id)?.name ?? scope.id);
    case 'channel': return l10n.t('the channel {0}', channelWords(config, scope.id));
  }
}
