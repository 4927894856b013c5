import * as l10n from '@vscode/l10n';
import { writtenOut } from '../../src/core/text/placeholderValue';
import { element, setAttribute, setText } from '../ui/element';
import { isolated } from '../ui/hostileText';
import { type Part } from '../ui/part';
import { chosenOption, holes, type Hole } from './composing';
import { holeLabel } from './holeLabel';
import { canCompose, type PageState } from './pageState';
import { valueControl } from './valueControl';
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

function field(hole: Hole, language: string, page: ReplyPage): Field {
  const id = `value-${hole.name}`;
  const { definition } = hole;
  const example = writtenOut(definition, definition?.example[language] ?? '', { language });
  const tag = element('span', { class: 'missing' });
  const problem = element('p', { class: 'field-problem', id: `${id}-problem` });
  const hint = element('p', { class: 'hint', id: `${id}-hint` });
  let left = hole.value !== '';
  let shown: (() => void) | undefined;
  const control = valueControl({
    id,
    definition,
    language,
    describedBy: `${id}-problem ${id}-hint`,
    onInput: (value) => {
      page.fill(hole.name, value);
    },
    onBlur: () => {
      left = true;
      shown?.();
    },
  });
  const root = element('div', { class: 'field-frame' }, element('label', { attributes: { for: id } }, isolated(holeLabel(hole, language)), ' ', tag), control.root, problem, hint);
  const show = (now: Hole, state: PageState): void => {
    control.show(now.value);
    control.hold(!canCompose(state));
    const misfit = now.problem === 'invalid' && left;
    setText(tag, now.problem === 'missing' ? l10n.t('missing') : definition !== undefined && !definition.required ? l10n.t('optional') : '');
    tag.classList.toggle('is-missing', now.problem === 'missing');
    control.root.classList.toggle('is-missing', now.problem === 'missing');
    control.root.classList.toggle('is-misfit', misfit);
    setAttribute(control.root, 'aria-invalid', misfit ? 'true' : undefined);
    const unfollowed = state.notFollowed === now.name ? l10n.t('The edited text was left as it is: change the value there too.') : '';
    setText(problem, misfit ? misfitWords(now, example) : unfollowed);
    setText(hint, hintWords(now, language, example));
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

/** How the citizen will read it, where that is not what stands in the field; else the example. A list shows its examples itself. */
function hintWords({ definition, value, problem }: Hole, language: string, example: string): string {
  if (definition?.type === 'date' && value !== '' && problem === undefined) return l10n.t('It will read: {0}', writtenOut(definition, value, { language }));
  return example === '' || definition?.type === 'choice' ? '' : l10n.t('Example: {0}', example);
}

function misfitWords({ definition, why }: Hole, example: string): string {
  switch (why) {
    case undefined:
    case 'pattern': return example === '' ? l10n.t('This does not fit here.') : l10n.t('This does not fit. It must look like: {0}', example);
    case 'lineBreak': return l10n.t('This does not fit here.');
    case 'tooLong': return l10n.t('This does not fit: one line of at most {0} characters.', definition?.maxLength ?? 0);
    case 'notNumber': return l10n.t('This must be a number in digits.');
    case 'tooSmall': return l10n.t('This must be at least {0}.', definition?.min ?? 0);
    case 'tooLarge': return l10n.t('This must be at most {0}.', definition?.max ?? 0);
    case 'notDate': return l10n.t('This must be a date of the calendar.');
    case 'notChoice': return l10n.t('Choose one of the list.');
    case 'notLink': return l10n.t('This must be a web address that begins with https://.');
    case 'linkOutside': return l10n.t('The address must be within the official domains.');
    case 'notCase': return l10n.t('This must be a case number: up to 40 letters, digits, dots, slashes and hyphens.');
  }
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
