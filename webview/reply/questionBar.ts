import * as l10n from '@vscode/l10n';
import { byKey, element } from '../ui/element';
import { drawnPart, type Part } from '../ui/part';
import { button } from '../ui/toolkit';
import { type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

/** Asks before words of the person's own are replaced by a template. Keeping them is the safe answer and has the focus. */
export function questionBar(page: ReplyPage): Part<PageState> {
  const root = element('div', {
    class: 'bar question',
    attributes: { role: 'alertdialog', 'aria-labelledby': 'question-words' },
    on: {
      keydown: (event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        page.answer(false);
      },
    },
  });
  const part = drawnPart<PageState, PageState['question']>(
    root,
    ({ question }) => question,
    (question) =>
      question === undefined
        ? []
        : [
            element('p', { id: 'question-words' }, l10n.t('You have changed the text by hand. Replace it?')),
            element(
              'div',
              { class: 'row' },
              button(l10n.t('Keep my text'), {
                key: 'keep',
                primary: true,
                onClick: () => {
                  page.answer(false);
                },
              }),
              button(l10n.t('Replace'), {
                key: 'replace',
                onClick: () => {
                  page.answer(true);
                },
              }),
            ),
          ],
  );
  return {
    root,
    update(state) {
      const asked = root.hidden && state.question !== undefined;
      part.update(state);
      if (asked) byKey(root, 'keep')?.focus();
    },
  };
}
