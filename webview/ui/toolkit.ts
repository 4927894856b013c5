import { provideVSCodeDesignSystem, vsCodeBadge, vsCodeButton, vsCodeCheckbox, vsCodeProgressRing, vsCodeTextField, type Checkbox, type TextField } from '@vscode/webview-ui-toolkit';
import { element, furnish, type ElementOptions } from './element';

provideVSCodeDesignSystem().register(vsCodeBadge(), vsCodeButton(), vsCodeCheckbox(), vsCodeProgressRing(), vsCodeTextField());

/** A push button of VS Code's look. */
export function button(label: string, options: { readonly key: string; readonly primary?: boolean; readonly title?: string; readonly onClick: () => void } & Pick<ElementOptions, 'class' | 'attributes'>): HTMLElement {
  const made = document.createElement('vscode-button');
  return furnish(
    made,
    {
      key: options.key,
      class: options.class,
      attributes: { appearance: options.primary === true ? 'primary' : 'secondary', title: options.title, ...options.attributes },
      on: { click: options.onClick },
    },
    [label],
  );
}

/** A button that reads as plain words until it is pointed at; the toolkit has none. */
export function quietButton(label: string, options: { readonly key: string; readonly title?: string; readonly class?: string; readonly onClick: () => void }): HTMLElement {
  return element('button', { key: options.key, class: options.class ?? 'quiet', attributes: { type: 'button', title: options.title }, on: { click: options.onClick } }, label);
}

export function checkbox(label: string, options: { readonly key: string; readonly checked: boolean; readonly onChange: (checked: boolean) => void }): HTMLElement {
  const made = document.createElement('vscode-checkbox') as Checkbox;
  furnish(made, { key: options.key }, [label]);
  made.checked = options.checked;
  made.addEventListener('change', () => {
    options.onChange(made.checked);
  });
  return made;
}

/** Ticks or clears a checkbox made by `checkbox`; says nothing to its listener. */
export function setChecked(made: HTMLElement, checked: boolean): void {
  const box = made as Checkbox;
  if (box.checked !== checked) box.checked = checked;
}

export interface NamedField {
  readonly root: HTMLElement;
  value(): string;
  setValue(value: string): void;
}

/** A one-line field with its label above. */
export function textField(label: string, options: { readonly key: string; readonly value: string; readonly maxLength?: number; readonly onInput: (value: string) => void }): NamedField {
  const made = document.createElement('vscode-text-field') as TextField;
  furnish(made, { key: options.key, class: 'wide' }, [label]);
  made.value = options.value;
  if (options.maxLength !== undefined) made.maxlength = options.maxLength;
  made.addEventListener('input', () => {
    options.onInput(made.value);
  });
  return {
    root: made,
    value: () => made.value,
    setValue: (value) => {
      if (made.value !== value) made.value = value;
    },
  };
}

/** A small word in a rounded frame. */
export function badge(text: string): HTMLElement {
  const made = document.createElement('vscode-badge');
  return furnish(made, {}, [text]);
}

/** A turning ring; it stands still when the person asked for less motion (page.css). */
export function progressRing(label: string): HTMLElement {
  const made = document.createElement('vscode-progress-ring');
  return furnish(made, { attributes: { 'aria-label': label } });
}
