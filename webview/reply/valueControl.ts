import * as l10n from '@vscode/l10n';
import { choiceOf, choiceText, type PlaceholderDefinition } from '../../src/core/text/placeholderValue';
import { element } from '../ui/element';

/** What a person fills a blank with: a field of the kind of its value, told apart from its frame. */
export interface ValueControl {
  readonly root: HTMLInputElement | HTMLSelectElement;
  show(value: string): void;
  hold(fixed: boolean): void;
}

export interface ControlOptions {
  readonly id: string;
  readonly definition: PlaceholderDefinition | undefined;
  /** Of the answer. */
  readonly language: string;
  readonly describedBy: string;
  readonly onInput: (value: string) => void;
  readonly onBlur: () => void;
}

/** The field for a blank by its type: number, date, link or one line; a list for a choice. Plain ones: the toolkit's cannot point to a hint outside of them. */
export function valueControl(options: ControlOptions): ValueControl {
  return options.definition?.type === 'choice' ? list(options, options.definition) : line(options);
}

function common({ id, definition, describedBy }: ControlOptions): Record<string, string | undefined> {
  return { 'aria-describedby': describedBy, 'aria-required': definition === undefined || definition.required ? 'true' : undefined, 'data-placeholder': id };
}

function line(options: ControlOptions): ValueControl {
  const { id, definition, onInput, onBlur } = options;
  const input = element('input', {
    class: 'field',
    id,
    key: id,
    attributes: { ...common(options), ...kindOf(definition), autocomplete: 'off', dir: definition?.type === 'link' ? 'ltr' : 'auto' },
    on: {
      input: () => {
        onInput(input.value);
      },
      blur: onBlur,
    },
  });
  return {
    root: input,
    show(value) {
      if (input.value !== value) input.value = value;
    },
    hold(fixed) {
      input.readOnly = fixed;
    },
  };
}

function kindOf(definition: PlaceholderDefinition | undefined): Record<string, string | undefined> {
  switch (definition?.type) {
    case 'number': return { type: 'number', step: 'any', min: definition.min === undefined ? undefined : String(definition.min), max: definition.max === undefined ? undefined : String(definition.max) };
    case 'date': return { type: 'date' };
    case 'link': return { type: 'url', spellcheck: 'false' };
    default: return { type: 'text' };
  }
}

function list(options: ControlOptions, definition: PlaceholderDefinition): ValueControl {
  const { id, language, onInput, onBlur } = options;
  const empty = element('option', { attributes: { value: '' } }, l10n.t('Choose…'));
  const choices = (definition.choices ?? []).map((choice) => element('option', { attributes: { value: choiceText(choice, undefined) } }, choiceText(choice, language)));
  const select = element(
    'select',
    {
      class: 'field',
      id,
      key: id,
      attributes: common(options),
      on: {
        change: () => {
          onInput(select.value);
        },
        blur: onBlur,
      },
    },
    empty,
    ...choices,
  );
  return {
    root: select,
    show(value) {
      const choice = choiceOf(definition, value);
      const wanted = choice === undefined ? '' : choiceText(choice, undefined);
      if (select.value !== wanted) select.value = wanted;
    },
    hold(fixed) {
      select.disabled = fixed;
    },
  };
}
