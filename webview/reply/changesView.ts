import * as l10n from '@vscode/l10n';
import { changes, keptShare } from '../../src/core/text/changes';
import { changeNodes } from '../ui/changeNodes';
import { element, type Child } from '../ui/element';
import { numbers } from '../ui/numbers';
import { drawnPart, type Part } from '../ui/part';
import { quietButton } from '../ui/toolkit';
import { approvedRendering } from './composing';
import { type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

/** What the person did to the approved text, under the composer. */
export function changesView(page: ReplyPage): Part<PageState> {
  return drawnPart(
    element('div', { class: 'changes' }),
    ({ composing, panel, setAside, language }) => ({ approved: approvedRendering(composing, panel.templates)?.text, text: composing.text, setAside, language, fixed: !panel.canSend || panel.phase.name === 'undo' || panel.phase.name === 'sending' }),
    ({ approved, text, setAside, language, fixed }): readonly Child[] => {
      if (approved === undefined || fixed) return [];
      if (approved === text) {
        if (setAside === undefined) return [];
        return [
          quietButton(l10n.t('Bring back my changes'), {
            key: 'bringBack',
            class: 'link',
            onClick: () => {
              page.bringBack();
            },
          }),
        ];
      }
      return [
        element('span', { class: 'changes-title' }, l10n.t('Changes to the approved text ({0} of its words kept):', numbers(language).percent(keptShare(approved, text)))),
        ' ',
        element('span', { class: 'changes-text' }, ...changeNodes(changes(approved, text))),
        ' ',
        quietButton(l10n.t('Back to the approved text'), {
          key: 'back',
          class: 'link',
          onClick: () => {
            page.backToApproved();
          },
        }),
      ];
    },
  );
}
