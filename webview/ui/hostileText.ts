import * as l10n from '@vscode/l10n';
import { element } from './element';

/** A stretch of the text that is drawn in its own way; offsets in UTF-16. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
  readonly draw: (content: readonly Node[]) => Node;
}

/** Characters that change the direction of what follows (Unicode UAX 9, explicit embeddings, overrides and isolates). */
const directionMarks: Readonly<Record<string, string>> = {
  '\u202A': 'LRE', '\u202B': 'RLE', '\u202C': 'PDF', '\u202D': 'LRO', '\u202E': 'RLO', '\u2066': 'LRI', '\u2067': 'RLI', '\u2068': 'FSI', '\u2069': 'PDI',
};
const directionMark = /[\u202A-\u202E\u2066-\u2069]/u;
const link = /https:\/\/[^\s<>"'\u202A-\u202E\u2066-\u2069]+/gu;

/** Without the characters that could reorder the words around them; for names and values that go into our own text. */
export function withoutDirectionMarks(text: string): string {
  return text.replaceAll(/[\u202A-\u202E\u2066-\u2069]/gu, '');
}

/**
 * Text from outside as nodes: never markup, direction marks shown as what they are, https addresses as buttons that ask the host to open
 * them. Stretches that overlap an earlier one or lie outside the text are left out.
 */
export function hostileText(text: string, options: { readonly stretches?: readonly Stretch[]; readonly openLink?: ((url: string) => void) | undefined } = {}): readonly Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const stretch of inOrder(text, [...links(text, options.openLink), ...(options.stretches ?? [])])) {
    nodes.push(...marked(text.slice(at, stretch.start)));
    nodes.push(stretch.draw(marked(text.slice(stretch.start, stretch.start + stretch.length))));
    at = stretch.start + stretch.length;
  }
  nodes.push(...marked(text.slice(at)));
  return nodes;
}

/** A name or another short text from outside, kept from reordering its neighbours. */
export function isolated(text: string, className?: string): HTMLElement {
  return element('bdi', { class: className }, ...hostileText(text));
}

function links(text: string, open: ((url: string) => void) | undefined): readonly Stretch[] {
  if (open === undefined) return [];
  return [...text.matchAll(link)].map((match) => {
    const url = match[0].replace(/[.,;:!?)\]}]+$/u, '');
    return { start: match.index, length: url.length, draw: (content) => linkButton(url, content, open) };
  });
}

function linkButton(url: string, content: readonly Node[], open: (url: string) => void): HTMLElement {
  return element(
    'button',
    {
      class: 'link',
      key: `link ${url}`,
      attributes: { type: 'button', title: l10n.t('Open in the browser') },
      on: {
        click: () => {
          open(url);
        },
      },
    },
    ...content,
  );
}

function inOrder(text: string, stretches: readonly Stretch[]): readonly Stretch[] {
  const kept: Stretch[] = [];
  let end = 0;
  for (const stretch of [...stretches].sort((one, other) => one.start - other.start)) {
    if (stretch.start < end || stretch.length <= 0 || stretch.start + stretch.length > text.length) continue;
    kept.push(stretch);
    end = stretch.start + stretch.length;
  }
  return kept;
}

function marked(text: string): readonly Node[] {
  return text
    .split(/([\u202A-\u202E\u2066-\u2069])/u)
    .filter((piece) => piece !== '')
    .map((piece) => (directionMark.test(piece) ? element('span', { class: 'direction-mark', attributes: { title: l10n.t('Invisible character that changes the direction of the text') } }, directionMarks[piece] ?? '') : document.createTextNode(piece)));
}
