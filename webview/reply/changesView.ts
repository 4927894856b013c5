import * as l10n from '@vscode/l10n';
import { changes, keptShare, type TextChange } from '../../src/core/text/changes';
import { element, type Child } from '../ui/element';
import { hostileText } from '../ui/hostileText';
import { numbers } from '../ui/numbers';
import { drawnPart, type Part } from '../ui/part';
import { quietButton } from '../ui/toolkit';
import { approvedRendering } from './composing';
import { type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

/** So many characters of unchanged text stand on each side of a change. */
const contextLength = 24;

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

/** Added and removed words with a little of what stands around them; `whole` keeps all of it. */
export function changeNodes(parts: readonly TextChange[], whole = false): readonly Node[] {
  return parts.map((part, index) => {
    if (part.kind === 'same') return element('span', { class: 'same' }, ...hostileText(whole ? part.text : shortened(part.text, index === 0, index === parts.length - 1)));
    const added = part.kind === 'added';
    return element(added ? 'ins' : 'del', {}, element('span', { class: 'unseen' }, added ? l10n.t('added: ') : l10n.t('removed: ')), ...hostileText(part.text), element('span', { class: 'unseen' }, '; '));
  });
}

function shortened(text: string, first: boolean, last: boolean): string {
  const characters = [...text];
  if (characters.length <= contextLength * 2) return text;
  const head = first ? '' : characters.slice(0, contextLength).join('');
  const tail = last ? '' : characters.slice(-contextLength).join('');
  return `${head}…${tail}`;
}
