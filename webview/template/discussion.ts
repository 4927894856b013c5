import * as l10n from '@vscode/l10n';
import { longestComment } from '../../src/protocol/templatePreview';
import { debounced } from '../ui/debounced';
import { element, setAttribute } from '../ui/element';
import { hostileText, isolated } from '../ui/hostileText';
import { drawnPart, type Part } from '../ui/part';
import { button } from '../ui/toolkit';
import { type PreviewPage, type PreviewState } from './previewPage';

/** What happened to the template, newest first, and a field to say something about it. */
export function discussion(page: PreviewPage, comment: string): Part<PreviewState> {
  const field = element('textarea', {
    id: 'comment',
    class: 'field',
    attributes: { rows: '2', maxlength: String(longestComment), placeholder: l10n.t('To the author and the other reviewers') },
  });
  field.value = comment;
  const send = button(l10n.t('Comment'), { key: 'comment', onClick: () => void say() });
  const keep = debounced(300, () => {
    page.tell('template/keepComment', { text: field.value });
  });
  const say = async (): Promise<void> => {
    const text = field.value;
    if (text.trim() === '') {
      field.focus();
      return;
    }
    keep.cancel();
    if ((await page.do('template/comment', { text })) && field.value === text) field.value = '';
    field.focus();
  };
  field.addEventListener('input', keep.later);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void say();
  });
  const steps = drawnPart<PreviewState, PreviewState['template']['history']>(
    element('ol', {}),
    ({ template }) => template.history,
    (history) =>
      history.map((step) =>
        element(
          'li',
          { class: step.kind },
          element('span', { class: 'quiet-text when' }, step.atWords),
          element('div', {}, element('p', {}, isolated(step.words)), step.text !== undefined && element('p', { class: 'text said' }, ...hostileText(step.text))),
        ),
      ),
  );
  const root = element(
    'section',
    { class: 'section history', attributes: { 'aria-labelledby': 'title-history' } },
    element('h2', { id: 'title-history' }, l10n.t('History and comments')),
    element('div', { class: 'comment-box' }, element('label', { attributes: { for: 'comment' } }, l10n.t('Your comment')), field, element('div', { class: 'row' }, send, element('span', { class: 'hint' }, l10n.t('Ctrl+Enter')))),
    steps.root,
  );
  return {
    root,
    update(state) {
      setAttribute(send, 'disabled', state.busy);
      steps.update(state);
    },
  };
}
