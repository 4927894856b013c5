import * as l10n from '@vscode/l10n';
import { type TemplatePreviewState, type TemplateRendering } from '../../src/protocol/templatePreview';
import { element, type Child } from '../ui/element';
import { hostileText } from '../ui/hostileText';
import { icon } from '../ui/icon';
import { type Numbers } from '../ui/numbers';
import { section } from '../ui/part';

type Network = TemplatePreviewState['networks'][number];

const panelId = 'renderings-panel';

/** What citizens would read: a tab a network, a card a language. */
export function renderings(template: TemplatePreviewState, chosen: string | undefined, words: Numbers, show: (network: string) => void): Child {
  const { networks } = template;
  const shown = networks.find(({ id }) => id === chosen) ?? networks[0];
  if (shown === undefined || shown.renderings.length === 0) return undefined;
  const cards = shown.renderings.map((rendering) => card(rendering, words));
  const title = l10n.t('As a citizen reads it');
  if (networks.length === 1) return section(title, 'renderings', element('div', { class: 'cards' }, ...cards));
  return section(
    title,
    'renderings',
    element('div', { class: 'tabs', attributes: { role: 'tablist', 'aria-label': l10n.t('Network') } }, ...networks.map((network, index) => tab(networks, network, index, network === shown, show))),
    element('div', { class: 'cards', id: panelId, attributes: { role: 'tabpanel', 'aria-labelledby': tabId(shown) } }, ...cards),
  );
}

function tabId(network: Network): string {
  return `network-${network.id}`;
}

function tab(networks: readonly Network[], network: Network, index: number, selected: boolean, show: (network: string) => void): HTMLElement {
  const move = (event: KeyboardEvent): void => {
    const last = networks.length - 1;
    const to = { ArrowRight: index === last ? 0 : index + 1, ArrowLeft: index === 0 ? last : index - 1, Home: 0, End: last }[event.key];
    const next = to === undefined ? undefined : networks[to];
    if (next === undefined) return;
    event.preventDefault();
    show(next.id);
    document.getElementById(tabId(next))?.focus();
  };
  return element(
    'button',
    {
      id: tabId(network),
      key: tabId(network),
      class: network.fits ? 'tab' : 'tab is-over',
      attributes: { type: 'button', role: 'tab', 'aria-selected': selected ? 'true' : 'false', 'aria-controls': selected ? panelId : undefined, tabindex: selected ? '0' : '-1' },
      on: {
        click: () => {
          show(network.id);
        },
        keydown: move,
      },
    },
    !network.fits && icon('attention'),
    network.name,
    !network.fits && element('span', { class: 'unseen' }, ` (${l10n.t('too long')})`),
  );
}

function card(rendering: TemplateRendering, words: Numbers): HTMLElement {
  const over = rendering.length > rendering.max;
  const id = `rendering-${rendering.language}`;
  return element(
    'article',
    { class: 'card', attributes: { 'aria-labelledby': id } },
    element(
      'div',
      { class: 'card-head' },
      element('h3', { id }, rendering.languageName),
      element('span', { class: over ? 'counter is-over' : 'counter' }, `${words.whole(rendering.length)} / ${words.whole(rendering.max)}`, over && element('span', {}, ' ', l10n.t('too long'))),
    ),
    element('p', { class: 'text bubble', attributes: { lang: rendering.language, dir: 'auto' } }, ...hostileText(rendering.text)),
    rendering.raw !== rendering.text && element('details', {}, element('summary', {}, l10n.t('With its blanks')), element('p', { class: 'text raw', attributes: { lang: rendering.language, dir: 'auto' } }, ...hostileText(rendering.raw))),
  );
}
