import * as l10n from '@vscode/l10n';
import { fold } from '../../src/core/text/fold';
import { type TemplateOption } from '../../src/protocol/replyPanel';
import { byKey, element, refill, setAttribute, setText } from '../ui/element';
import { type Announcer } from '../ui/announcer';
import { debounced } from '../ui/debounced';
import { isolated } from '../ui/hostileText';
import { section, type Part } from '../ui/part';
import { canCompose, type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

/** Approved templates for this mention, the fitting ones first: a search field over a listbox that one key at a time goes through. */
export function templateList(page: ReplyPage, announcer: Announcer): Part<PageState> {
  let search = '';
  let active = 0;
  let drawn: string | undefined;
  let mention = page.state.panel.mention.id;
  const said = debounced(600, () => {
    const count = found().length;
    announcer.say(count === 0 ? l10n.t('No template has these words.') : count === 1 ? l10n.t('1 template') : l10n.t('{0} templates', count));
  });

  const list = element('div', { class: 'options', id: 'template-options', key: 'options', attributes: { role: 'listbox', 'aria-label': l10n.t('Approved templates') }, on: { keydown: (event) => { move(event); } } });
  const nothing = element('p', { class: 'quiet-text nothing' });
  const field = element('input', {
    class: 'field search',
    key: 'search',
    attributes: { type: 'search', placeholder: l10n.t('Search templates…'), 'aria-label': l10n.t('Search templates'), 'aria-controls': 'template-options', autocomplete: 'off', spellcheck: 'false' },
    on: {
      input: () => {
        search = field.value;
        active = 0;
        draw(page.state);
        said.later();
      },
      keydown: (event) => {
        if (event.isComposing || event.ctrlKey || event.metaKey) return;
        const first = found()[0];
        if (event.key === 'ArrowDown' && first !== undefined) {
          event.preventDefault();
          focusOption(0);
        } else if (event.key === 'Enter' && first !== undefined && search !== '') {
          event.preventDefault();
          page.choose(first);
        } else if (event.key === 'Escape' && search !== '') {
          event.preventDefault();
          event.stopPropagation();
          field.value = search = '';
          draw(page.state);
        }
      },
    },
  });
  const root = section(l10n.t('Approved templates'), 'templates', field, list, nothing);

  function found(): readonly TemplateOption[] {
    const words = fold(search).split(/\s+/u).filter((word) => word !== '');
    return page.state.panel.templates.filter((option) => {
      const text = fold([option.title, option.id, ...Object.values(option.bodies)].join(' '));
      return words.every((word) => text.includes(word));
    });
  }

  function focusOption(index: number): void {
    const options = found();
    active = Math.max(0, Math.min(index, options.length - 1));
    const option = options[active];
    if (option === undefined) return;
    draw(page.state);
    byKey(list, keyOf(option))?.focus();
  }

  function move(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const options = found();
    const steps: Readonly<Record<string, number>> = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: options.length - 1, PageDown: active + 5, PageUp: active - 5 };
    const step = steps[event.key];
    const option = options[active];
    if (event.key === 'ArrowUp' && active === 0) field.focus();
    else if (step !== undefined) focusOption(step);
    else if ((event.key === 'Enter' || event.key === ' ') && option !== undefined) page.choose(option);
    else return;
    event.preventDefault();
  }

  function draw(state: PageState): void {
    const options = found();
    active = Math.max(0, Math.min(active, options.length - 1));
    const { template } = state.composing;
    const key = JSON.stringify([options.map((option) => [keyOf(option), option.title, option.reason]), template, active, search]);
    setText(nothing, state.panel.templates.length === 0 ? l10n.t('No approved template can be sent now. Approve one in the Templates view.') : l10n.t('No template has these words.'));
    setAttribute(nothing, 'hidden', options.length > 0);
    setAttribute(list, 'hidden', options.length === 0);
    field.hidden = state.panel.templates.length === 0;
    if (key === drawn) return;
    drawn = key;
    refill(list, options.map((option, index) => optionRow(option, option.id === template?.id && option.version === template.version, index === active)));
  }

  function optionRow(option: TemplateOption, selected: boolean, reachable: boolean): HTMLElement {
    return element(
      'div',
      {
        class: 'option',
        key: keyOf(option),
        attributes: { role: 'option', 'aria-selected': selected ? 'true' : 'false', tabindex: reachable ? '0' : '-1' },
        on: {
          click: () => {
            active = found().findIndex((each) => keyOf(each) === keyOf(option));
            page.choose(option);
          },
        },
      },
      element('span', { class: 'option-title' }, isolated(option.title), ' ', element('span', { class: 'version' }, `v${String(option.version)}`)),
      ' ',
      element('span', { class: 'reason' }, option.reason),
    );
  }

  return {
    root,
    update(state) {
      if (mention !== state.panel.mention.id) {
        mention = state.panel.mention.id;
        field.value = search = '';
        active = 0;
      }
      root.hidden = !state.panel.canSend;
      setAttribute(list, 'aria-disabled', canCompose(state) ? undefined : 'true');
      draw(state);
    },
  };
}

function keyOf(option: TemplateOption): string {
  return `${option.id} ${String(option.version)}`;
}
