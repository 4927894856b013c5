import * as l10n from '@vscode/l10n';
import { type ReplyView } from '../../src/protocol/replyPanel';
import { element } from '../ui/element';
import { icon, type IconName } from '../ui/icon';
import { type Part } from '../ui/part';
import { button, quietButton, textField } from '../ui/toolkit';
import { type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

const signs: Readonly<Record<ReplyView['state'], IconName>> = { intended: 'clock', sent: 'check', failed: 'refuse', unsettled: 'attention', withdrawn: 'close' };

/** State of an answer of ours, and what can still be done about it. */
export function ownReply(reply: ReplyView, page: ReplyPage): HTMLElement {
  return element(
    'div',
    { class: 'own-reply' },
    element('span', { class: `reply-state ${reply.state}` }, icon(signs[reply.state]), element('span', {}, reply.stateWords)),
    reply.canWithdraw &&
      quietButton(l10n.t('Withdraw…'), {
        class: 'link',
        key: `withdraw ${reply.id}`,
        title: l10n.t('Delete it on the network; the words stay in the log'),
        onClick: () => {
          page.startWithdrawal(reply.id);
        },
      }),
    reply.canWithdraw && quietButton(l10n.t('Correct…'), { key: `correct ${reply.id}`, class: 'link', title: l10n.t('Withdraw it and write another answer'), onClick: () => void page.do('reply/correct', { replyId: reply.id }) }),
    reply.state === 'sent' && quietButton(l10n.t('Follow up…'), { key: `followUp ${reply.id}`, class: 'link', title: l10n.t('Write a second answer'), onClick: () => void page.do('reply/followUp', {}) }),
    reply.state === 'unsettled' && page.state.panel.phase.name !== 'giving' && settling(reply.id, page),
  );
}

/** A person looked on the network and says what became of the answer. */
export function settling(replyId: string, page: ReplyPage): HTMLElement {
  return element(
    'span',
    { class: 'settling' },
    button(l10n.t('It was sent'), { key: `settle sent ${replyId}`, onClick: () => void page.do('reply/settle', { replyId, sent: true }) }),
    button(l10n.t('It was not sent'), { key: `settle unsent ${replyId}`, onClick: () => void page.do('reply/settle', { replyId, sent: false }) }),
  );
}

/** Asks for the reason of a withdrawal; one form for the page, moved to the answer that it is about. */
export function withdrawalForm(page: ReplyPage): Part<PageState> {
  const field = textField(l10n.t('Reason for withdrawing (stays in the log)'), {
    key: 'withdrawal reason',
    value: '',
    maxLength: 2_000,
    onInput: () => {
      problem.textContent = '';
    },
  });
  const problem = element('p', { class: 'field-problem', attributes: { role: 'alert' } });
  let replyId: string | undefined;
  const submit = (): void => {
    const reason = field.value().trim();
    if (reason === '') {
      problem.textContent = l10n.t('Say why: a withdrawal needs a reason.');
      field.root.focus();
    } else if (replyId !== undefined) void page.withdraw(replyId, reason);
  };
  const root = element(
    'form',
    {
      class: 'withdrawal',
      on: {
        submit: (event) => {
          event.preventDefault();
          submit();
        },
        keydown: (event) => {
          if (event.key === 'Enter' && event.target === field.root) {
            event.preventDefault();
            submit();
          }
          if (event.key === 'Escape') {
            event.stopPropagation();
            page.startWithdrawal(undefined);
          }
        },
      },
    },
    field.root,
    problem,
    element(
      'div',
      { class: 'row' },
      button(l10n.t('Withdraw'), { key: 'withdrawal go', primary: true, onClick: submit }),
      button(l10n.t('Keep it'), {
        key: 'withdrawal keep',
        onClick: () => {
          page.startWithdrawal(undefined);
        },
      }),
    ),
  );
  return {
    root,
    update(state) {
      if (state.withdrawing === replyId) return;
      replyId = state.withdrawing;
      field.setValue('');
      problem.textContent = '';
      if (replyId !== undefined)
        queueMicrotask(() => {
          field.root.focus();
        });
    },
  };
}
