import { element, refill, type Child } from './element';

/** A part of a page: drawn once, told of each new state. */
export interface Part<State> {
  readonly root: HTMLElement;
  update(state: State): void;
}

/**
 * A part without anything to type in: drawn again as a whole, and only when what it shows (`slice`, compared as JSON) has changed.
 * `draw` returning nothing hides it.
 */
export function drawnPart<State, Slice>(root: HTMLElement, slice: (state: State) => Slice, draw: (slice: Slice) => readonly Child[]): Part<State> {
  let drawn: string | undefined;
  return {
    root,
    update(state) {
      const now = slice(state);
      const key = JSON.stringify(now) ?? '';
      if (key === drawn) return;
      drawn = key;
      const children = draw(now);
      refill(root, children);
      root.hidden = children.length === 0;
    },
  };
}

/** A titled section of a page. */
export function section(title: string, className: string, ...children: readonly Child[]): HTMLElement {
  const id = `title-${className.split(' ')[0] ?? ''}`;
  return element('section', { class: `section ${className}`, attributes: { 'aria-labelledby': id } }, element('h2', { id }, title), ...children);
}
