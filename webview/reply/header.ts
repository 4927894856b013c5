import * as l10n from '@vscode/l10n';
import { type MentionView } from '../../src/protocol/replyPanel';
import { element, type Child } from '../ui/element';
import { isolated } from '../ui/hostileText';
import { icon } from '../ui/icon';
import { drawnPart, type Part } from '../ui/part';
import { badge, button, quietButton } from '../ui/toolkit';
import { type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

/** Who wrote, where, by when an answer is due, and what else can be done with the mention. */
export function header(page: ReplyPage): Part<PageState> {
  const root = element('header', { class: 'header' });
  return drawnPart(
    root,
    ({ panel, busy }) => ({ mention: panel.mention, claiming: busy.includes('mention/claim') || busy.includes('mention/release') }),
    ({ mention, claiming }) => [who(mention), due(mention), claim(mention, claiming, page), actions(mention, page)],
  );
}

function who(mention: MentionView): HTMLElement {
  return element(
    'div',
    { class: 'who' },
    element('span', { class: 'initials', attributes: { 'aria-hidden': 'true' } }, ...isolated(mention.initials).childNodes),
    element(
      'div',
      { class: 'names' },
      element('h1', { key: 'title', attributes: { tabindex: '-1' } }, isolated(mention.author), ' ', isolated(mention.handle, 'handle')),
      element(
        'p',
        { class: 'quiet-text subtitle' },
        mention.alert !== undefined && element('strong', { class: 'alert-words' }, icon('attention'), mention.alert),
        badge(mention.statusWords),
        mention.claimedBy !== undefined && !mention.claimedByMe && element('span', { class: 'claimed-by' }, icon('people'), isolated(mention.claimedBy)),
        isolated(mention.subtitle),
      ),
    ),
  );
}

function due(mention: MentionView): HTMLElement {
  const signs = { overdue: icon('attention'), soon: icon('clock'), later: icon('clock'), none: undefined };
  return element(
    'div',
    { class: 'due' },
    element('p', { class: `due-words ${mention.dueState}` }, signs[mention.dueState], element('span', {}, mention.dueWords)),
    element('p', { class: 'quiet-text' }, mention.targetWords),
  );
}

function claim(mention: MentionView, claiming: boolean, page: ReplyPage): Child {
  const offered =
    mention.status === 'answered' || mention.status === 'closed'
      ? undefined
      : mention.claimedByMe
        ? button(l10n.t('Release'), { key: 'claim', title: l10n.t('Let colleagues take this mention'), attributes: { disabled: claiming }, onClick: () => void page.do('mention/release', {}) })
        : button(l10n.t('Claim'), { key: 'claim', title: l10n.t('Tell colleagues that you are answering'), attributes: { disabled: claiming }, onClick: () => void page.do('mention/claim', {}) });
  return offered === undefined ? undefined : element('div', { class: 'claim' }, offered);
}

function actions(mention: MentionView, page: ReplyPage): HTMLElement {
  const { url } = mention;
  const over = mention.status === 'closed';
  const deeds: readonly Child[] = [
    quietButton(l10n.t('Refer…'), { key: 'refer', title: l10n.t('Ask a unit of the institution; the citizen’s time keeps running'), onClick: () => void page.do('mention/refer', {}) }),
    mention.referral !== undefined && mention.referral.answer === undefined && quietButton(l10n.t('Record the unit’s answer…'), { key: 'unitAnswer', onClick: () => void page.do('mention/unitAnswer', {}) }),
    quietButton(l10n.t('Note…'), { key: 'note', title: l10n.t('For colleagues; never sent'), onClick: () => void page.do('mention/note', {}) }),
    quietButton(l10n.t('Case number…'), { key: 'case', onClick: () => void page.do('mention/case', {}) }),
    !over && quietButton(l10n.t('Snooze…'), { key: 'snooze', onClick: () => void page.do('mention/snooze', {}) }),
    !over && quietButton(l10n.t('Close…'), { key: 'close', title: l10n.t('Close without an answer, with a reason'), onClick: () => void page.do('mention/close', {}) }),
    url !== undefined && quietButton(l10n.t('Open on the network'), { key: 'open', onClick: () => void page.do('link/open', { url }) }),
    quietButton(l10n.t('Next mention'), { key: 'next', onClick: () => void page.do('mention/next', {}) }),
  ];
  return element('div', { class: 'deeds', attributes: { role: 'group', 'aria-label': l10n.t('More to do with this mention') } }, ...deeds);
}
