import { element } from './element';

/** Says things to screen readers that others see at a glance. */
export interface Announcer {
  readonly root: HTMLElement;
  /** Read out when the reader pauses; the same words twice are read twice. */
  say(words: string): void;
}

export function announcer(): Announcer {
  const root = element('div', { class: 'unseen', attributes: { role: 'status', 'aria-live': 'polite' } });
  return {
    root,
    say(words) {
      root.replaceChildren(element('p', {}, words));
    },
  };
}
