import * as l10n from '@vscode/l10n';
import { element, setText, type Child } from '../ui/element';
import { isolated } from '../ui/hostileText';
import { icon } from '../ui/icon';
import { drawnPart, type Part } from '../ui/part';
import { button, progressRing } from '../ui/toolkit';
import { givingBar } from './givingBar';
import { settling } from './ownReply';
import { type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

/** What becomes of the answer after Send: the time left to take it back, on its way, sent, failed, or nobody knows. */
export function phaseBar(page: ReplyPage): Part<PageState> {
  const root = element('div', { class: 'phase', attributes: { tabindex: '-1', role: 'group', 'aria-label': l10n.t('State of the answer') } });
  const seconds = element('span', { class: 'seconds' });
  let ticking: number | undefined;

  const tick = (): void => {
    const { panel, clockOffset } = page.state;
    if (panel.phase.name !== 'undo') return;
    const left = Math.max(0, Math.ceil((panel.phase.until - (Date.now() + clockOffset)) / 1_000));
    setText(seconds, left === 0 ? l10n.t('Sending…') : left === 1 ? l10n.t('Goes out in 1 second') : l10n.t('Goes out in {0} seconds', left));
  };

  const part = drawnPart<PageState, { readonly phase: PageState['panel']['phase']; readonly settle: string | undefined; readonly answered: boolean; readonly canSend: boolean; readonly waiting: boolean; readonly status: string; readonly failure: string | undefined; readonly undoing: boolean; readonly giving: boolean }>(
    root,
    ({ panel, failure, busy }) => ({
      phase: panel.phase,
      settle: panel.phase.name === 'unsettled' ? (panel.phase.replyId ?? panel.conversation.findLast((post) => post.reply?.state === 'unsettled')?.reply?.id) : undefined,
      answered: panel.answered,
      canSend: panel.canSend,
      waiting: panel.waiting !== undefined,
      status: panel.mention.statusWords,
      failure: failure?.aboutAnswer === true ? failure.words : undefined,
      undoing: busy.includes('reply/undo'),
      giving: busy.includes('reply/settle'),
    }),
    ({ phase, settle, answered, canSend, waiting, status, failure, undoing, giving }): readonly Child[] => {
      const problem = failure !== undefined && bar('problem', icon('refuse'), element('p', { attributes: { role: 'alert' } }, isolated(failure)));
      switch (phase.name) {
        case 'undo':
          return [problem, bar('undo', icon('clock'), element('p', {}, seconds), element('div', { class: 'row' }, button(l10n.t('Undo'), { key: 'undo', primary: true, attributes: { disabled: undoing }, onClick: () => void page.undo() }), element('span', { class: 'keys quiet-text' }, l10n.t('Esc'))))];
        case 'sending':
          return [problem, bar('sending', progressRing(l10n.t('Sending…')), element('p', {}, l10n.t('Sending…')))];
        case 'sent':
          return [problem, bar('done', icon('check'), element('p', {}, isolated(phase.words)), nextButton(true))];
        case 'failed':
          return [bar('problem', icon('refuse'), element('p', { attributes: { role: 'alert' } }, isolated(phase.message))), problem];
        case 'giving':
          return [problem, givingBar(phase, giving, page)];
        case 'unsettled':
          return [problem, bar('doubt', icon('attention'), element('p', { attributes: { role: 'alert' } }, isolated(phase.message)), settle !== undefined && settling(settle, page))];
        case 'idle':
          return canSend || waiting
            ? problem === false ? [] : [problem]
            : [problem, bar('done', icon(answered ? 'check' : 'close'), element('p', {}, status), nextButton(false))];
      }
    },
  );

  function nextButton(primary: boolean): HTMLElement {
    return button(l10n.t('Next mention'), { key: 'next', primary, onClick: () => void page.do('mention/next', {}) });
  }

  return {
    root,
    update(state) {
      part.update(state);
      tick();
      const undo = state.panel.phase.name === 'undo';
      if (undo && ticking === undefined) ticking = window.setInterval(tick, 250);
      if (!undo && ticking !== undefined) {
        window.clearInterval(ticking);
        ticking = undefined;
      }
    },
  };
}

function bar(kind: string, ...children: readonly Child[]): HTMLElement {
  return element('div', { class: `bar ${kind}` }, ...children);
}
