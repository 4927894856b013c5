import * as l10n from '@vscode/l10n';
import { type Announcer } from '../ui/announcer';
import { debounced } from '../ui/debounced';
import { element, refill, setAttribute, setText } from '../ui/element';
import { numbers } from '../ui/numbers';
import { type Part } from '../ui/part';
import { button, checkbox, setChecked } from '../ui/toolkit';
import { canCompose, confirmationKey, type PageState } from './pageState';
import { allChecks, lengthOf, overWords, readiness } from './readiness';
import { type ReplyPage } from './replyPage';

/** Below so many characters left, a screen reader is told. */
const nearLimit = 20;

/** Who will see it, how long it is, what is to be confirmed, and Send. */
export function sendBar(page: ReplyPage, announcer: Announcer, send: () => void): Part<PageState> {
  const privately = checkbox(l10n.t('Answer privately'), {
    key: 'private',
    checked: false,
    onChange: (on) => {
      page.privately(on);
    },
  });
  const audience = element('p', { class: 'audience', id: 'audience' });
  const counter = element('span', { class: 'counter' });
  const over = element('span', { class: 'over' });
  const confirmations = element('div', { class: 'confirmations', attributes: { role: 'group', 'aria-label': l10n.t('To be confirmed before sending') } });
  const sendButton = button(l10n.t('Send'), { key: 'send', primary: true, class: 'send', onClick: send });
  const keys = element('span', { class: 'keys quiet-text' }, navigator.userAgent.includes('Mac') ? '⌘↩' : l10n.t('Ctrl+Enter'));
  const root = element(
    'div',
    { class: 'send-bar' },
    confirmations,
    element('div', { class: 'send-row' }, element('div', { class: 'send-words' }, audience, privately), element('div', { class: 'send-count' }, over, counter), element('div', { class: 'send-deed' }, sendButton, keys)),
  );
  let level = '';
  let drawn: string | undefined;
  const sayLevel = debounced(800, () => {
    const { max, count, over: excess } = lengthOf(page.state);
    if (level !== '') announcer.say(excess > 0 ? overWords(excess) : l10n.t('{0} characters left.', max - count));
  });

  function drawConfirmations(state: PageState): void {
    const wanted = allChecks(state).filter((check) => check.severity === 'confirm');
    const key = JSON.stringify(wanted);
    if (key !== drawn) {
      drawn = key;
      refill(
        confirmations,
        wanted.map((check) =>
          checkbox(check.message, {
            key: confirmationKey(check),
            checked: false,
            onChange: (on) => {
              page.confirm(confirmationKey(check), on);
            },
          }),
        ),
      );
    }
    confirmations.hidden = wanted.length === 0;
    for (const box of confirmations.querySelectorAll<HTMLElement>('vscode-checkbox')) setChecked(box, state.confirmed.includes(box.dataset['key'] ?? ''));
  }

  return {
    root,
    update(state) {
      const { panel, composing } = state;
      root.hidden = !panel.canSend || !(canCompose(state) || state.busy.includes('reply/send'));
      const words = numbers(state.language);
      const length = lengthOf(state);
      setText(counter, panel.byHand === true ? l10n.t('{0} characters', words.whole(length.count)) : `${words.whole(length.count)} / ${words.whole(length.max)}`);
      setText(over, length.over > 0 ? overWords(length.over) : '');
      counter.classList.toggle('is-over', length.over > 0);
      const now = length.over > 0 ? 'over' : length.max - length.count <= nearLimit ? 'near' : '';
      if (now !== level) {
        level = now;
        sayLevel.later();
      }
      privately.hidden = !panel.canReplyPrivately;
      setChecked(privately, composing.private);
      setText(audience, composing.private ? panel.audience.private : panel.audience.normal);
      drawConfirmations(state);
      const { refusals, unconfirmed } = readiness(state);
      const ready = refusals.length === 0 && unconfirmed.length === 0 && canCompose(state);
      setText(sendButton, sendWords(state));
      setAttribute(sendButton, 'aria-disabled', ready ? undefined : 'true');
      sendButton.classList.toggle('not-yet', !ready);
    },
  };
}

/** What pressing the button does. */
function sendWords({ panel, composing, forApproval }: PageState): string {
  if (panel.byHand === true && panel.waiting?.mode === 'reviewer') return l10n.t('Approve and copy');
  if (panel.waiting?.mode === 'reviewer') return panel.waiting.text === composing.text.trim() ? l10n.t('Approve and send') : l10n.t('Mend and send');
  if (forApproval) return l10n.t('Send for approval');
  return panel.byHand === true ? l10n.t('Copy and note as given') : l10n.t('Send');
}
