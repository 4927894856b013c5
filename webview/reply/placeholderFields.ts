import * as l10n from '@vscode/l10n';
import { element, setAttribute, setText } from '../ui/element';
import { isolated } from '../ui/hostileText';
import { type Part } from '../ui/part';
import { chosenOption, holes, type Hole } from './composing';
import { holeLabel } from './holeLabel';
import { canCompose, type PageState } from './pageState';
import { type ReplyPage } from './replyPage';

interface Field {
  readonly root: HTMLElement;
  show(hole: Hole, state: PageState): void;
}

/** One field for each blank of the chosen template; what the desk knows by itself is folded away. */
export function placeholderFields(page: ReplyPage): Part<PageState> {
  const asked = element('div', { class: 'fields' });
  const known = element('div', { class: 'fields' });
  const summary = element('summary', {});
  const folded = element('details', { class: 'known' }, summary, known);
  const languages = element('div', { class: 'languages', attributes: { role: 'group', 'aria-label': l10n.t('Language of the answer') } });
  const root = element('div', { class: 'placeholders' }, languages, asked, folded);
  let fields = new Map<string, Field>();
  let built = '';

  return {
    root,
    update(state) {
      const option = chosenOption(state.composing, state.panel.templates);
      root.hidden = option === undefined || !state.panel.canSend;
      if (option === undefined || state.composing.template === undefined) {
        built = '';
        return;
      }
      const { language } = state.composing.template;
      const list = holes(state.composing, option, state.panel.known);
      const shape = JSON.stringify([option.id, option.version, language, list.map((hole) => hole.name)]);
      if (shape !== built) {
        built = shape;
        fields = new Map(list.map((hole) => [hole.name, field(hole, language, page)]));
        asked.replaceChildren(...list.filter((hole) => !isFolded(hole)).map((hole) => rootOf(fields, hole)));
        known.replaceChildren(...list.filter(isFolded).map((hole) => rootOf(fields, hole)));
        drawLanguages(languages, option.languages, language, state.language, page);
      }
      for (const hole of list) fields.get(hole.name)?.show(hole, state);
      const { length } = known.children;
      asked.hidden = asked.children.length === 0;
      folded.hidden = length === 0;
      setText(summary, length === 1 ? l10n.t('1 value filled in from what is known') : l10n.t('{0} values filled in from what is known', length));
    },
  };
}

/** Values that every desk has and knows here; the template's own blanks are always in sight. */
function isFolded(hole: Hole): boolean {
  return hole.known && hole.definition === undefined;
}

function rootOf(fields: ReadonlyMap<string, Field>, hole: Hole): Node {
  return fields.get(hole.name)?.root ?? document.createTextNode('');
}

/** A plain input: the toolkit's text field cannot point from inside its shadow to a hint or an error outside. */
function field(hole: Hole, language: string, page: ReplyPage): Field {
  const id = `value-${hole.name}`;
  const { definition } = hole;
  const example = definition?.example[language] ?? '';
  const tag = element('span', { class: 'missing' });
  const problem = element('p', { class: 'field-problem', id: `${id}-problem` });
  const hint = element('p', { class: 'hint', id: `${id}-hint` }, example === '' ? '' : l10n.t('Example: {0}', example));
  let left = hole.value !== '';
  let shown: (() => void) | undefined;
  const input = element('input', {
    class: 'field',
    id,
    key: id,
    attributes: { type: 'text', autocomplete: 'off', 'aria-describedby': `${id}-problem ${id}-hint`, 'aria-required': definition === undefined || definition.required ? 'true' : undefined, dir: 'auto' },
    on: {
      input: () => {
        page.fill(hole.name, input.value);
      },
      blur: () => {
        left = true;
        shown?.();
      },
    },
  });
  const root = element('div', { class: 'field-frame' }, element('label', { attributes: { for: id } }, isolated(holeLabel(hole, language)), ' ', tag), input, problem, hint);
  const show = (now: Hole, state: PageState): void => {
    if (input.value !== now.value) input.value = now.value;
    input.readOnly = !canCompose(state);
    const misfit = now.problem === 'invalid' && left;
    setText(tag, now.problem === 'missing' ? l10n.t('missing') : definition !== undefined && !definition.required ? l10n.t('optional') : '');
    tag.classList.toggle('is-missing', now.problem === 'missing');
    input.classList.toggle('is-missing', now.problem === 'missing');
    input.classList.toggle('is-misfit', misfit);
    setAttribute(input, 'aria-invalid', misfit ? 'true' : undefined);
    const unfollowed = state.notFollowed === now.name ? l10n.t('The edited text was left as it is: change the value there too.') : '';
    setText(problem, misfit ? misfitWords(now, example) : unfollowed);
    hint.hidden = hint.textContent === '' || misfit;
  };
  return {
    root,
    show(now, state) {
      shown = () => {
        show(now, state);
      };
      shown();
    },
  };
}

function misfitWords({ definition }: Hole, example: string): string {
  const max = definition?.maxLength;
  if (definition?.pattern !== undefined && example !== '') return l10n.t('This does not fit. It must look like: {0}', example);
  return max === undefined ? l10n.t('This does not fit here.') : l10n.t('This does not fit: one line of at most {0} characters.', max);
}

function drawLanguages(frame: HTMLElement, languages: readonly string[], chosen: string, interfaceLanguage: string, page: ReplyPage): void {
  const names = new Intl.DisplayNames([interfaceLanguage], { type: 'language' });
  frame.hidden = languages.length < 2;
  const focused = frame.contains(document.activeElement);
  frame.replaceChildren(
    ...languages.map((language) =>
      element(
        'button',
        {
          class: 'choice',
          key: `language ${language}`,
          attributes: { type: 'button', 'aria-pressed': language === chosen ? 'true' : 'false' },
          on: {
            click: () => {
              page.speak(language);
            },
          },
        },
        capitalised(names.of(language) ?? language, interfaceLanguage),
      ),
    ),
  );
  if (focused) frame.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
}

function capitalised(word: string, language: string): string {
  const [first = '', ...rest] = word;
  return first.toLocaleUpperCase(language) + rest.join('');
}
