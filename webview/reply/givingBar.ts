import * as l10n from '@vscode/l10n';
import { type SendPhase } from '../../src/protocol/replyPanel';
import { element } from '../ui/element';
import { hostileText, isolated } from '../ui/hostileText';
import { icon } from '../ui/icon';
import { button, quietButton } from '../ui/toolkit';
import { type ReplyPage } from './replyPage';

/** The words that a person gives to the citizen, and the question whether they were given. */
export function givingBar({ replyId, text, message }: Extract<SendPhase, { readonly name: 'giving' }>, busy: boolean, page: ReplyPage): HTMLElement {
  const settle = (sent: boolean) => (): void => void page.do('reply/settle', { replyId, sent });
  return element(
    'div',
    { class: 'bar giving' },
    icon('people'),
    element(
      'div',
      { class: 'giving-words' },
      element('p', {}, isolated(message)),
      element('p', { class: 'text giving-text', attributes: { dir: 'auto' } }, ...hostileText(text)),
      element(
        'div',
        { class: 'row' },
        button(l10n.t('Yes, it was given'), { key: 'given', primary: true, attributes: { disabled: busy }, onClick: settle(true) }),
        button(l10n.t('No'), { key: 'notGiven', attributes: { disabled: busy }, onClick: settle(false) }),
        quietButton(l10n.t('Copy again'), { key: 'copyAgain', class: 'link', onClick: () => void page.do('reply/copy', { replyId }) }),
      ),
    ),
  );
}
