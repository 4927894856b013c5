import * as l10n from '@vscode/l10n';
import { type TextChange } from '../../src/core/text/changes';
import { element } from './element';
import { hostileText } from './hostileText';

/** So many characters of unchanged text stand on each side of a change. */
const contextLength = 24;

/** Added and removed words with a little of what stands around them; `whole` keeps all of it. */
export function changeNodes(parts: readonly TextChange[], { whole = false }: { readonly whole?: boolean } = {}): readonly Node[] {
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
