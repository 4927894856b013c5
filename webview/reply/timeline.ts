import { type ContactView } from '../../src/protocol/replyPanel';
import { element } from '../ui/element';

/** The contacts as dots on a line from the first to this one; the list below says the same in words. */
export function timeline(contacts: readonly ContactView[], now: number): HTMLElement {
  const times = contacts.map((contact) => contact.at);
  const first = Math.min(...times, now);
  const span = Math.max(1, now - first);
  const dots = [...times, now].map((at) => dot(Math.min(1, Math.max(0, (at - first) / span)), at === now));
  return element('div', { class: 'timeline', attributes: { 'aria-hidden': 'true' } }, ...dots);
}

function dot(share: number, current: boolean): HTMLElement {
  const made = element('span', { class: current ? 'dot current' : 'dot' });
  made.style.setProperty('--at', share.toFixed(3));
  return made;
}
