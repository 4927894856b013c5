import * as l10n from '@vscode/l10n';
import { element } from '../ui/element';
import { isolated } from '../ui/hostileText';
import { icon } from '../ui/icon';
import { drawnPart, type Part } from '../ui/part';
import { button } from '../ui/toolkit';
import { type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

/** Why a deed other than answering failed; stays in sight however far the page is scrolled. */
export function noticeBar(page: ReplyPage): Part<PageState> {
  return drawnPart<PageState, string | undefined>(
    element('section', { class: 'notice', attributes: { 'aria-label': l10n.t('What went wrong') } }),
    ({ failure }) => (failure?.aboutAnswer === false ? failure.words : undefined),
    (words) =>
      words === undefined
        ? []
        : [
            element(
              'div',
              { class: 'bar problem' },
              icon('refuse'),
              element('p', { attributes: { role: 'alert' } }, isolated(words)),
              button(l10n.t('Understood'), {
                key: 'understood',
                onClick: () => {
                  page.dismiss();
                },
              }),
            ),
          ],
  );
}
