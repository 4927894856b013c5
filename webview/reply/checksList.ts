import * as l10n from '@vscode/l10n';
import { type CheckView } from '../../src/protocol/replyPanel';
import { element } from '../ui/element';
import { isolated } from '../ui/hostileText';
import { icon, type IconName } from '../ui/icon';
import { drawnPart, section, type Part } from '../ui/part';
import { confirmationKey, type PageState } from './pageState';
import { allChecks } from './readiness';

const signs: Readonly<Record<CheckView['severity'], IconName>> = { refuse: 'refuse', confirm: 'attention', hint: 'hint', ok: 'check' };

/** "Before sending": what refuses, what is to be confirmed, what could be better, what is in order. */
export function checksList(): Part<PageState> {
  const list = element('div', {});
  const root = section(l10n.t('Before sending'), 'checks', list);
  const part = drawnPart<PageState, { readonly checks: readonly CheckView[]; readonly confirmed: readonly string[]; readonly failure: string | undefined }>(
    list,
    (state) => ({ checks: allChecks(state), confirmed: state.confirmed, failure: state.checkFailure }),
    ({ checks, confirmed, failure }) => [
      element('ul', {}, ...checks.map((check) => item(check, confirmed))),
      failure !== undefined && element('p', { class: 'field-problem' }, isolated(failure)),
    ],
  );
  return {
    root,
    update(state) {
      part.update(state);
      const { name } = state.panel.phase;
      root.hidden = !state.panel.canSend || name !== 'idle' && name !== 'failed';
    },
  };
}

function item(check: CheckView, confirmed: readonly string[]): HTMLElement {
  const ticked = check.severity === 'confirm' && confirmed.includes(confirmationKey(check));
  const words = { refuse: l10n.t('Prevents sending: '), confirm: ticked ? l10n.t('Confirmed: ') : l10n.t('To be confirmed: '), hint: l10n.t('Advice: '), ok: l10n.t('In order: ') };
  return element('li', { class: `check ${ticked ? 'ok' : check.severity}` }, icon(ticked ? 'check' : signs[check.severity]), element('span', {}, element('span', { class: 'unseen' }, words[check.severity]), isolated(check.message)));
}
