import * as l10n from '@vscode/l10n';
import { changes } from '../../src/core/text/changes';
import { changeNodes } from '../ui/changeNodes';
import { element, type Child } from '../ui/element';
import { hostileText, isolated } from '../ui/hostileText';
import { icon } from '../ui/icon';
import { drawnPart, type Part } from '../ui/part';
import { button } from '../ui/toolkit';
import { type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

/** An answer that waits for a second person: what its author sees of it, and what the second person decides. Also why one came back, and what holds answers back. */
export function waitingBar(page: ReplyPage): Part<PageState> {
  return drawnPart(
    element('section', { class: 'waiting', attributes: { 'aria-label': l10n.t('Approval by a second person') } }),
    ({ panel, composing, busy }) => ({ waiting: panel.waiting, returned: panel.returned, hold: panel.hold, text: composing.text, idle: panel.phase.name === 'idle' || panel.phase.name === 'failed', busy: busy.some((method) => method.startsWith('approval/')) }),
    ({ waiting, returned, hold, text, idle, busy }): readonly Child[] => [
      hold !== undefined && bar('hold doubt', 'attention', element('p', { attributes: { role: 'status' } }, isolated(hold))),
      ...(waiting === undefined
        ? [returned !== undefined && bar('returned doubt', 'attention', element('div', {}, element('p', {}, element('strong', {}, isolated(returned.words))), element('p', { class: 'text', attributes: { dir: 'auto' } }, ...hostileText(returned.reason))))]
        : idle ? [waitingView(waiting, text, busy, page)] : []),
    ],
  );
}

function waitingView(waiting: NonNullable<PageState['panel']['waiting']>, text: string, busy: boolean, page: ReplyPage): Child {
  const { mode } = waiting;
  return bar(
    'for-approval',
    'clock',
    element(
      'div',
      { class: 'waiting-words' },
      element('p', {}, element('strong', {}, isolated(waiting.words))),
      mode !== 'reviewer' && element('p', { class: 'text waiting-text', attributes: { dir: 'auto' } }, ...hostileText(waiting.text)),
      waiting.whyNot !== undefined && element('p', { class: 'quiet-text' }, isolated(waiting.whyNot)),
      mode === 'reviewer' && waiting.text !== text && element('p', { class: 'changes' }, element('span', { class: 'changes-title' }, l10n.t('Your changes to the author’s words:')), ' ', ...changeNodes(changes(waiting.text, text))),
    ),
    mode === 'author' && button(l10n.t('Take back'), { key: 'takeBack', title: l10n.t('It is a draft again'), attributes: { disabled: busy }, onClick: () => void page.do('approval/takeBack', {}) }),
    mode === 'reviewer' && button(l10n.t('Return…'), { key: 'giveBack', title: l10n.t('Give it back to its author with a reason'), attributes: { disabled: busy }, onClick: () => void page.do('approval/return', {}) }),
    mode === 'other' && button(l10n.t('Next mention'), { key: 'waitingNext', onClick: () => void page.do('mention/next', {}) }),
  );
}

function bar(kind: string, sign: 'clock' | 'attention', ...children: readonly Child[]): HTMLElement {
  return element('div', { class: `bar ${kind}` }, icon(sign), ...children);
}
