import * as l10n from '@vscode/l10n';
import { element, setAttribute, setText } from '../ui/element';
import { isolated } from '../ui/hostileText';
import { type Part } from '../ui/part';
import { quietButton, textField } from '../ui/toolkit';
import { chosenOption } from './composing';
import { canCompose, type PageState } from './pageState';
import { lengthOf } from './readiness';
import { type ReplyPage } from './replyPage';

/** The text of the answer. A plain `textarea`: the toolkit's can neither hold a greeting nor point to its hints. */
export function composer(page: ReplyPage): Part<PageState> {
  const greeting = element('p', { class: 'greeting', id: 'greeting' });
  const text = element('textarea', {
    class: 'answer',
    id: 'answer',
    key: 'answer',
    attributes: { rows: '4', dir: 'auto', 'aria-label': l10n.t('Answer'), 'aria-describedby': 'greeting answer-note audience', spellcheck: 'true' },
    on: {
      input: () => {
        page.type(text.value);
      },
    },
  });
  const frame = element('div', { class: 'composer-frame' }, greeting, text);
  frame.addEventListener('click', () => {
    text.focus();
  });
  const note = element('p', { class: 'quiet-text', id: 'answer-note' });
  const saved = element('p', { class: 'saved quiet-text' });
  const drop = quietButton(l10n.t('Write without a template'), {
    key: 'drop',
    class: 'link',
    onClick: () => {
      page.withoutTemplate();
      text.focus();
    },
  });
  const again = textField(l10n.t('Why a second answer (stays in the log)'), {
    key: 'again',
    value: '',
    maxLength: 2_000,
    onInput: (value) => {
      page.reason(value);
    },
  });
  const root = element('div', { class: 'composer' }, again.root, frame, element('div', { class: 'answer-foot' }, note, drop, saved));
  let greeted: string | undefined;

  return {
    root,
    update(state) {
      const { panel, composing } = state;
      root.hidden = !panel.canSend;
      if (greeted !== panel.greeting) {
        greeted = panel.greeting;
        greeting.replaceChildren(element('span', { class: 'unseen' }, l10n.t('Begins with: ')), isolated(panel.greeting));
      }
      greeting.hidden = panel.greeting === '';
      if (text.value !== composing.text) text.value = composing.text;
      text.readOnly = !canCompose(state) || panel.freeText === 'forbid';
      setAttribute(text, 'placeholder', panel.freeText === 'forbid' ? l10n.t('Choose a template.') : l10n.t('Choose a template or write here.'));
      setAttribute(text, 'lang', composing.template?.language ?? panel.language);
      setAttribute(text, 'aria-invalid', lengthOf(state).over > 0 ? 'true' : undefined);
      frame.classList.toggle('is-over', lengthOf(state).over > 0);
      frame.classList.toggle('is-fixed', text.readOnly);
      setText(note, noteOn(state));
      setText(saved, savedWords(state));
      note.hidden = note.textContent === '';
      drop.hidden = panel.freeText === 'forbid' || composing.template === undefined || !canCompose(state);
      again.root.hidden = composing.again === undefined;
      again.setValue(composing.again?.reason ?? '');
      setAttribute(again.root, 'readonly', !canCompose(state));
    },
  };
}

function noteOn({ panel, composing }: PageState): string {
  if (composing.template !== undefined && chosenOption(composing, panel.templates) === undefined) {
    return l10n.t('The template of this draft, version {0}, can no longer be sent. Choose a template anew.', composing.template.version);
  }
  if (panel.freeText === 'allow') return '';
  return composing.template === undefined ? l10n.t('Only approved text may be sent here. Choose a template.') : l10n.t('Only approved text may be sent here, so the text cannot be changed by hand. Fill in its fields instead.');
}

function savedWords({ saved }: PageState): string {
  if (saved === 'saved') return l10n.t('Draft saved');
  return saved === 'failed' ? l10n.t('The draft could not be saved') : '';
}
