import { type Citizen } from './contactsApi';

/** A citizen as somebody types it: `María Pérez`, `809 555 0101`, `@maria`, `María Pérez <809 555 0101>`. Empty: nobody is named. */
export function parseCitizen(text: string): Citizen {
  const words = text.trim();
  const both = /^(?<name>[^<>]*)<(?<handle>[^<>]*)>$/u.exec(words)?.groups;
  if (both !== undefined) return { name: (both['name'] ?? '').trim(), handle: (both['handle'] ?? '').trim() };
  if (words === '') return {};
  return looksLikeHandle(words) ? { handle: words } : { name: words };
}

/** Telephone numbers, addresses and accounts. */
function looksLikeHandle(text: string): boolean {
  return text.startsWith('@') || /^\S+@\S+$/u.test(text) || /^\+?[\d\s().-]{5,}$/u.test(text);
}
